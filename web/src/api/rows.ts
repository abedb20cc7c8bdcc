/** Rows of one table, in the grammar of the data API. */
import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { type Filter, filterParam } from "../lib/filter";
import { parseRows, type Row } from "../lib/row-text";
import { path, send } from "./client";

/** Which table of which schema. */
export interface TableRef {
  readonly tenantId: string;
  readonly schemaId: string;
  readonly table: string;
}

export interface RowListing {
  readonly filters: readonly Filter[];
  readonly order: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

const rowsKey = (ref: TableRef) =>
  ["tenant", ref.tenantId, "rows", ref.schemaId, ref.table] as const;

/**
 * After any write: the lists and totals of a schema are asked again, of all its tables, since a
 * write may reach others. Single rows are not: each is asked afresh when it is opened.
 */
export async function refreshRows(client: QueryClient, ref: TableRef): Promise<void> {
  await client.invalidateQueries({
    queryKey: ["tenant", ref.tenantId, "rows", ref.schemaId],
    predicate: ({ queryKey }) => queryKey[5] !== "row",
  });
}

function dataPath(ref: TableRef): string {
  return path`/api/schemas/${ref.schemaId}/tables/${ref.table}/data`;
}

function filterQuery(filters: readonly Filter[]): URLSearchParams {
  const params = new URLSearchParams();
  for (const filter of filters) params.append(...filterParam(filter));
  return params;
}

/** The address a listing is asked from; also shown on the API tab. */
export function rowsPath(ref: TableRef, listing: RowListing): string {
  const params = filterQuery(listing.filters);
  if (listing.order !== undefined) params.set("order", listing.order);
  params.set("limit", String(listing.limit));
  if (listing.offset > 0) params.set("offset", String(listing.offset));
  return `${dataPath(ref)}?${params.toString()}`;
}

export function rowsQuery(ref: TableRef, listing: RowListing) {
  return queryOptions({
    queryKey: [...rowsKey(ref), "list", listing],
    queryFn: async ({ signal }): Promise<Row[]> => {
      const response = await send(rowsPath(ref, listing), { tenantId: ref.tenantId, signal });
      return parseRows(await response.text());
    },
  });
}

/** How many rows match; asked apart so that the rows never wait for it. */
export function rowCountQuery(ref: TableRef, filters: readonly Filter[]) {
  return queryOptions({
    queryKey: [...rowsKey(ref), "count", filters],
    queryFn: async ({ signal }): Promise<number | null> => {
      const params = filterQuery(filters);
      params.set("limit", "1");
      const response = await send(`${dataPath(ref)}?${params.toString()}`, {
        tenantId: ref.tenantId,
        headers: { Prefer: "count=exact" },
        signal,
      });
      const total = /\/(\d+)$/.exec(response.headers.get("content-range") ?? "");
      return total === null ? null : Number(total[1]);
    },
  });
}

/** One row; `key` is the path segment that names it. */
export function rowQuery(ref: TableRef, key: string) {
  return queryOptions({
    queryKey: [...rowsKey(ref), "row", key],
    queryFn: async ({ signal }): Promise<Row | undefined> => {
      const response = await send(`${dataPath(ref)}/${key}`, { tenantId: ref.tenantId, signal });
      return parseRows(await response.text())[0];
    },
    gcTime: 0,
  });
}

export async function insertRow(ref: TableRef, body: string): Promise<void> {
  await send(dataPath(ref), { method: "POST", tenantId: ref.tenantId, rawBody: body });
}

export async function updateRow(ref: TableRef, key: string, body: string): Promise<void> {
  await send(`${dataPath(ref)}/${key}`, { method: "PUT", tenantId: ref.tenantId, rawBody: body });
}

export async function deleteRow(ref: TableRef, key: string): Promise<void> {
  await send(`${dataPath(ref)}/${key}`, { method: "DELETE", tenantId: ref.tenantId });
}
