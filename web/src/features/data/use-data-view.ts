/** What the data tab shows, read from its address, and how to change that. */
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import type { TableRef } from "../../api/rows";
import type { Column, Table } from "../../api/types";
import { type DataSearch, paths } from "../../app/paths";
import { useSchema } from "../../app/schema";
import { useTenant } from "../../app/tenant";
import { type ColumnKind, columnKind } from "../../lib/column-kind";
import { keyColumns, referenceOf } from "../../lib/definition";
import { type Filter, readFilter, writeFilter } from "../../lib/filter";

const route = getRouteApi("/t/$tenant/schemas/$schemaId/data");

/** How many rows a page of the grid holds. */
export const PAGE_SIZE = 50;

/** A column with what the grid and the form need to know of it. */
export interface GridColumn {
  readonly column: Column;
  readonly name: string;
  readonly kind: ColumnKind;
  readonly isKey: boolean;
  readonly reference: { readonly table: string; readonly column: string } | undefined;
  /** The values of its enum, if it is one. */
  readonly values: readonly string[];
}

export interface Sorting {
  readonly column: string;
  readonly descending: boolean;
}

type Change = { readonly [K in keyof DataSearch]?: DataSearch[K] | undefined };

export interface TableView {
  readonly ref: TableRef;
  readonly table: Table;
  readonly columns: readonly GridColumn[];
  readonly key: readonly string[];
  readonly filters: readonly Filter[];
  readonly sorting: Sorting | undefined;
  /** The order asked for: the chosen column, then the key, so that pages never overlap. */
  readonly order: string | undefined;
  readonly page: number;
  readonly openRow: string | undefined;
  readonly change: (change: Change) => void;
  readonly setFilters: (filters: readonly Filter[]) => void;
  readonly setSorting: (sorting: Sorting | undefined) => void;
}

function readSorting(order: string | undefined): Sorting | undefined {
  const match = /^(.+)\.(asc|desc)$/.exec(order ?? "");
  return match?.[1] === undefined
    ? undefined
    : { column: match[1], descending: match[2] === "desc" };
}

function orderOf(sorting: Sorting | undefined, key: readonly string[]): string | undefined {
  const rest = key.filter((column) => column !== sorting?.column).map((name) => `${name}.asc`);
  const first = sorting && [`${sorting.column}.${sorting.descending ? "desc" : "asc"}`];
  const order = [...(first ?? []), ...rest].join(",");
  return order === "" ? undefined : order;
}

function useColumns(table: Table | undefined): readonly GridColumn[] {
  const { definition } = useSchema();
  if (table === undefined) return [];
  const enums = definition.enums ?? [];
  const key = keyColumns(table);
  return table.columns.map((column) => ({
    column,
    name: column.name,
    kind: columnKind(
      column.type,
      enums.map(({ name }) => name),
    ),
    isKey: key.includes(column.name),
    reference: referenceOf(definition.relationships ?? [], table.name, column.name),
    values: enums.find(({ name }) => name === column.type)?.values.map(({ name }) => name) ?? [],
  }));
}

/** Nothing when the address names a table that does not exist. */
export function useDataView(): TableView | undefined {
  const schema = useSchema();
  const { tenant, tenantParam } = useTenant();
  const search = route.useSearch();
  const navigate = useNavigate();
  const tables = schema.definition.tables;
  const table = tables.find(({ name }) => name === (search.table ?? tables[0]?.name));
  const columns = useColumns(table);
  if (table === undefined) return undefined;

  const key = keyColumns(table);
  const sorting = readSorting(search.order);
  const change = (part: Change) => {
    const next = Object.entries({ ...search, ...part }).filter(([, value]) => value !== undefined);
    void navigate(paths.data(tenantParam, schema.id, Object.fromEntries(next) as DataSearch));
  };
  return {
    ref: { tenantId: tenant.id, schemaId: schema.id, table: table.name },
    table,
    columns,
    key,
    filters: (search.filter ?? []).map(readFilter).filter((one) => one !== undefined),
    sorting,
    order: orderOf(sorting, key),
    page: search.page ?? 1,
    openRow: search.row,
    change,
    setFilters: (filters) =>
      change({
        filter: filters.length === 0 ? undefined : filters.map(writeFilter),
        page: undefined,
      }),
    setSorting: (next) =>
      change({
        order: next && `${next.column}.${next.descending ? "desc" : "asc"}`,
        page: undefined,
      }),
  };
}
