/** What the list can be narrowed to and ordered by, in the words of the server. */
import type { SchemaSummary } from "../../api/types";

export const STATUS_FILTERS = [
  { value: "active", label: "Active" },
  { value: "inactive", label: "Inactive" },
  { value: "deleted", label: "Out of use" },
];

export const SORTS = [
  { value: "-updatedAt", label: "Last changed" },
  { value: "-createdAt", label: "Newest" },
  { value: "name", label: "Name A–Z" },
  { value: "-name", label: "Name Z–A" },
];

/** How a schema is, as icon and word. */
export function schemaStatus(schema: Pick<SchemaSummary, "isActive" | "deletedAt">) {
  if (schema.deletedAt !== undefined && schema.deletedAt !== null) {
    return { tone: "gone", label: "Out of use", reason: "It can be restored." } as const;
  }
  return schema.isActive
    ? ({ tone: "ok", label: "Active", reason: "It answers data calls." } as const)
    : ({ tone: "paused", label: "Inactive", reason: "It refuses data calls for now." } as const);
}
