/** Saves details unless somebody else changed the same ones meanwhile. */
import { ApiError } from "../../api/errors";
import { changeSchema, fetchSchema } from "../../api/schemas";
import { type Details, detailsOf, overtaken } from "./details";

/** The version guards the definition only, so the details are compared here before they are sent. */
export async function saveDetails(
  tenantId: string,
  schemaId: string,
  before: Details,
  changes: Partial<Details>,
): Promise<void> {
  const now = await fetchSchema(tenantId, schemaId);
  const lost = overtaken(before, detailsOf(now), changes);
  if (lost.length > 0) {
    throw new ApiError(412, {
      code: "overtaken",
      title: "Somebody else changed this meanwhile",
      detail: theirs(lost, detailsOf(now)),
      hint: "Close this and open it again to see what it says now. What you typed is still here.",
    });
  }
  await changeSchema(tenantId, now, changes);
}

/** What the other person made of it. */
function theirs(lost: readonly string[], now: Details): string {
  if (lost.includes("description")) return `Its description is now “${now.description}”.`;
  if (lost.includes("name")) return `It is now called ${now.name}.`;
  return `It is now ${now.isActive ? "active" : "inactive"}.`;
}
