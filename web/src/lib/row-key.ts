/** The path segment that names one row: its key columns in order, each percent-encoded. */
import { cellText, type Row } from "./row-text";

/** `a,b` for a composite key; nothing when a part is missing or the table has no key. */
export function rowKey(row: Row, keyColumns: readonly string[]): string | undefined {
  if (keyColumns.length === 0) return undefined;
  const parts: string[] = [];
  for (const column of keyColumns) {
    const cell = row[column];
    if (cell === undefined || cell.kind === "null") return undefined;
    parts.push(encodeURIComponent(cellText(cell)));
  }
  return parts.join(",");
}
