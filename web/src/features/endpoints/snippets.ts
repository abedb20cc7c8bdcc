/** The addresses of a table and what to paste into a shell. */
import { keyColumns } from "../../lib/definition";

interface TableLike {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly primaryKey?: boolean }[];
  readonly primaryKey?: readonly string[] | { readonly columns: readonly string[] };
}

export interface Endpoint {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly does: string;
}

export function endpointsOf(schemaId: string, table: TableLike): Endpoint[] {
  const data = `/api/schemas/${schemaId}/tables/${table.name}/data`;
  const all: Endpoint[] = [
    { method: "GET", path: data, does: "Rows, filtered and sorted by the query" },
    { method: "POST", path: data, does: "Add one row, or a list of rows" },
  ];
  const key = keyColumns(table);
  if (key.length === 0) return all;
  const row = `${data}/{${key.join("},{")}}`;
  return [
    ...all,
    { method: "GET", path: row, does: "One row" },
    { method: "PUT", path: row, does: "Change the given columns of one row" },
    { method: "DELETE", path: row, does: "Delete one row" },
  ];
}

export function curlSnippet(origin: string, schemaId: string, table: string): string {
  return [
    `curl '${origin}/api/schemas/${schemaId}/tables/${table}/data?limit=5' \\`,
    "  -H 'apikey: YOUR_KEY'",
  ].join("\n");
}
