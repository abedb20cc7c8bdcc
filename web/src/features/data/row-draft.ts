/** What the form of a row holds, and what of it is sent. No React here. */
import type { ColumnKind } from "../../lib/column-kind";
import { encodeRow, type Typed } from "../../lib/row-body";
import { cellText, type Row } from "../../lib/row-text";

/** One field: left to the database, explicitly null, or typed. */
export type Field =
  | { readonly state: "unset" }
  | { readonly state: "null" }
  | { readonly state: "typed"; readonly text: string };

export type Draft = Readonly<Record<string, Field>>;

interface DraftColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly column: { readonly generated?: string; readonly identity?: string };
}

/** Columns the database fills by itself and nobody may write. */
export function isReadOnly({ column }: DraftColumn): boolean {
  return column.generated !== undefined || column.identity === "always";
}

/** The form of a new row, or of one that exists. */
export function draftOf(columns: readonly DraftColumn[], row: Row | undefined): Draft {
  return Object.fromEntries(
    columns.map(({ name }): [string, Field] => {
      const cell = row?.[name];
      if (cell === undefined) return [name, { state: "unset" }];
      if (cell.kind === "null") return [name, { state: "null" }];
      return [name, { state: "typed", text: cellText(cell) }];
    }),
  );
}

function same(left: Field | undefined, right: Field | undefined): boolean {
  if (left === undefined || right === undefined || left.state !== right.state) return false;
  return left.state !== "typed" || (right.state === "typed" && left.text === right.text);
}

/** The columns that differ from where the form began. */
export function changedColumns<C extends DraftColumn>(
  columns: readonly C[],
  before: Draft,
  after: Draft,
): C[] {
  return columns.filter(
    (column) => !isReadOnly(column) && !same(before[column.name], after[column.name]),
  );
}

/** The JSON to send: only what was changed, so that two people never overwrite each other's columns. */
export function bodyOf(columns: readonly DraftColumn[], before: Draft, after: Draft): string {
  const values = changedColumns(columns, before, after).flatMap(
    ({ name, kind }): [string, ColumnKind, Typed][] => {
      const field = after[name];
      if (field === undefined || field.state === "unset") return [];
      if (field.state === "null") return [[name, kind, { isNull: true }]];
      return [[name, kind, { isNull: false, text: field.text }]];
    },
  );
  return encodeRow(values);
}

/** What an emptied field means: empty text where text may be empty, else no value. */
export function emptied(kind: ColumnKind, isNew: boolean): Field {
  if (kind === "text" || kind === "longText" || kind === "other")
    return { state: "typed", text: "" };
  return isNew ? { state: "unset" } : { state: "null" };
}

/** The column a refusal speaks of, if it names one. */
export function columnOfRefusal(
  columns: readonly { readonly name: string }[],
  refusal: { readonly path: string | undefined; readonly message: string },
): string | undefined {
  const last = refusal.path
    ?.split(/[.[\]]+/)
    .filter(Boolean)
    .at(-1);
  const byPath = columns.find(({ name }) => name === last);
  if (byPath !== undefined) return byPath.name;
  const named = columns.filter(({ name }) =>
    ["`", '"', "“", "'"].some((quote) => refusal.message.includes(`${quote}${name}`)),
  );
  return named.length === 1 ? named[0]?.name : undefined;
}
