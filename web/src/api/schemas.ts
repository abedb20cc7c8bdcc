/** Schemas: list, details, changes, validation, history. */
import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { call, path, send, withQuery } from "./client";
import type { Page, Schema, SchemaSummary, Validation, Version } from "./types";

/** What the list is ordered by unless something else is asked: what was touched last. */
const DEFAULT_SORT = "-updatedAt";
/** How many schemas one page of the list holds. */
const PAGE_SIZE = 60;
/** The most versions the history asks for. */
const VERSION_LIMIT = 200;

export interface SchemaListing {
  readonly search?: string | undefined;
  readonly status?: string | undefined;
  readonly project?: string | undefined;
  readonly sort?: string | undefined;
}

export function schemasQuery(tenantId: string, listing: SchemaListing) {
  return infiniteQueryOptions({
    queryKey: ["tenant", tenantId, "schemas", listing],
    queryFn: ({ pageParam, signal }) =>
      call<Page<SchemaSummary>>(
        withQuery("/api/schemas", {
          ...listing,
          sort: listing.sort ?? DEFAULT_SORT,
          limit: PAGE_SIZE,
          cursor: pageParam,
        }),
        { tenantId, signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: (previous) => previous,
  });
}

export async function fetchSchema(
  tenantId: string,
  id: string,
  signal?: AbortSignal,
): Promise<Schema> {
  return call<Schema>(path`/api/schemas/${id}`, { tenantId, signal });
}

export function schemaQuery(tenantId: string, id: string) {
  return queryOptions({
    queryKey: ["tenant", tenantId, "schema", id],
    queryFn: ({ signal }) => fetchSchema(tenantId, id, signal),
  });
}

export function versionsQuery(tenantId: string, id: string) {
  return queryOptions({
    queryKey: ["tenant", tenantId, "schema", id, "versions"],
    queryFn: ({ signal }) =>
      call<Page<Version>>(withQuery(path`/api/schemas/${id}/versions`, { limit: VERSION_LIMIT }), {
        tenantId,
        signal,
      }),
  });
}

export interface NewSchema {
  readonly name: string;
  readonly description: string;
  readonly projectId: string | undefined;
  /** The document as typed; it must be JSON. */
  readonly document: string;
}

/** Creates a schema; the same `idempotencyKey` twice creates it once. */
export async function createSchema(
  tenantId: string,
  schema: NewSchema,
  idempotencyKey: string,
): Promise<Schema> {
  const details = JSON.stringify({
    name: schema.name,
    ...(schema.description === "" ? {} : { description: schema.description }),
    ...(schema.projectId === undefined ? {} : { projectId: schema.projectId }),
  });
  return call("/api/schemas", {
    method: "POST",
    tenantId,
    rawBody: `${details.slice(0, -1)},"definition":${schema.document}}`,
    headers: { "Idempotency-Key": idempotencyKey },
  });
}

/** Asks the server what it thinks of a document; `document` must be JSON. */
export function validationQuery(tenantId: string, document: string) {
  return queryOptions({
    queryKey: ["tenant", tenantId, "validation", document],
    queryFn: ({ signal }) =>
      call<Validation>("/api/schemas/validate", {
        method: "POST",
        tenantId,
        rawBody: `{"definition":${document}}`,
        signal,
      }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 30_000,
    placeholderData: (previous) => previous,
  });
}

export interface SchemaDetails {
  readonly name?: string;
  readonly description?: string;
  readonly isActive?: boolean;
}

/** Changes a schema's details; refused when `version` is no longer the current one. */
export async function changeSchema(
  tenantId: string,
  schema: { readonly id: string; readonly version: number },
  details: SchemaDetails,
): Promise<Schema> {
  return call(path`/api/schemas/${schema.id}`, {
    method: "PUT",
    tenantId,
    body: details,
    headers: { "If-Match": `"${schema.version}"` },
  });
}

export async function takeOutOfUse(tenantId: string, id: string): Promise<void> {
  await send(path`/api/schemas/${id}`, { method: "DELETE", tenantId });
}

export async function restoreSchema(tenantId: string, id: string): Promise<void> {
  await send(path`/api/schemas/${id}/restore`, { method: "POST", tenantId, body: {} });
}

/** After any change to schemas: lists and details are asked again. */
export async function refreshSchemas(client: QueryClient, tenantId: string): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: ["tenant", tenantId, "schemas"] }),
    client.invalidateQueries({ queryKey: ["tenant", tenantId, "schema"] }),
  ]);
}
