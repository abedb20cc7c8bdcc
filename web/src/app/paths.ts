/** Every link of the client, in one place. */

/** The starting points the new schema page can be opened with. */
export type Start = "blank" | "example" | "paste" | "file";

/** What the list of schemas keeps in its address. */
export interface SchemaListSearch {
  readonly search?: string;
  readonly status?: string;
  readonly project?: string;
  readonly sort?: string;
  readonly view?: "rows";
}

/** What the data grid keeps in its address. */
export interface DataSearch {
  readonly table?: string;
  readonly order?: string;
  readonly filter?: readonly string[];
  readonly page?: number;
  readonly row?: string;
}

const schema = (tenant: string, schemaId: string) => ({ tenant, schemaId });

export const paths = {
  home: () => ({ to: "/" }) as const,
  signIn: (search: { redirect?: string }) => ({ to: "/sign-in", search }) as const,
  newTenant: () => ({ to: "/new-tenant" }) as const,
  schemas: (tenant: string, search: SchemaListSearch = {}) =>
    ({ to: "/t/$tenant/schemas", params: { tenant }, search }) as const,
  newSchema: (tenant: string, start?: Start) =>
    ({
      to: "/t/$tenant/schemas/new",
      params: { tenant },
      search: start === undefined ? {} : { start },
    }) as const,
  design: (tenant: string, schemaId: string, search: { table?: string } = {}) =>
    ({ to: "/t/$tenant/schemas/$schemaId", params: schema(tenant, schemaId), search }) as const,
  data: (tenant: string, schemaId: string, search: DataSearch = {}) =>
    ({
      to: "/t/$tenant/schemas/$schemaId/data",
      params: schema(tenant, schemaId),
      search,
    }) as const,
  history: (tenant: string, schemaId: string) =>
    ({ to: "/t/$tenant/schemas/$schemaId/history", params: schema(tenant, schemaId) }) as const,
  endpoints: (tenant: string, schemaId: string, search: { table?: string } = {}) =>
    ({
      to: "/t/$tenant/schemas/$schemaId/endpoints",
      params: schema(tenant, schemaId),
      search,
    }) as const,
  projects: (tenant: string) => ({ to: "/t/$tenant/projects", params: { tenant } }) as const,
  members: (tenant: string) => ({ to: "/t/$tenant/members", params: { tenant } }) as const,
  keys: (tenant: string) => ({ to: "/t/$tenant/keys", params: { tenant } }) as const,
  settings: (tenant: string) => ({ to: "/t/$tenant/settings", params: { tenant } }) as const,
};
