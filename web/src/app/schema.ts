/** The schema the page is about; its layout shows the tabs only once it is there. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { schemaQuery } from "../api/schemas";
import type { Schema } from "../api/types";
import { useTenant } from "./tenant";

const route = getRouteApi("/t/$tenant/schemas/$schemaId");

export function useSchema(): Schema {
  const { tenant } = useTenant();
  const { schemaId } = route.useParams();
  const { data } = useQuery(schemaQuery(tenant.id, schemaId));
  if (data === undefined) throw new Error("The tabs of a schema are shown before the schema is.");
  return data;
}
