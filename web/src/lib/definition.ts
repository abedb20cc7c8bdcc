/** Questions about a definition that several pages ask. The shapes are the least they need. */

interface TableKeys {
  readonly columns: readonly { readonly name: string; readonly primaryKey?: boolean }[];
  readonly primaryKey?: readonly string[] | { readonly columns: readonly string[] };
}

/** The columns of a table's key in key order; none when it has no key. */
export function keyColumns(table: TableKeys): readonly string[] {
  const { primaryKey } = table;
  if (primaryKey !== undefined) {
    return "columns" in primaryKey ? primaryKey.columns : primaryKey;
  }
  return table.columns.filter((column) => column.primaryKey === true).map(({ name }) => name);
}

interface Reference {
  readonly from: { readonly table: string; readonly columns?: readonly string[] };
  readonly to: { readonly table: string; readonly columns?: readonly string[] };
}

/** Where a single column points to, if it is a foreign key by itself. */
export function referenceOf(
  relationships: readonly Reference[],
  table: string,
  column: string,
): { readonly table: string; readonly column: string } | undefined {
  for (const { from, to } of relationships) {
    const target = to.columns?.[0];
    const isOne = from.columns?.length === 1 && from.columns[0] === column;
    if (from.table === table && isOne && target !== undefined)
      return { table: to.table, column: target };
  }
  return undefined;
}

const ACTION_WORDS: Readonly<Record<string, string>> = {
  noAction: "no action",
  restrict: "restrict",
  cascade: "cascade",
  setNull: "set null",
  setDefault: "set default",
};

/** `setNull` → `set null`. */
export function actionWords(action: string | undefined): string {
  return ACTION_WORDS[action ?? "noAction"] ?? action ?? "";
}
