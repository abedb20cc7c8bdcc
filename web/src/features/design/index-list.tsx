/** The indexes of a table. */
import { IconListSearch } from "@tabler/icons-react";
import type { Index, IndexPart, Table } from "../../api/types";

function partText(part: IndexPart): string {
  if (typeof part === "string") return part;
  const subject = "column" in part ? part.column : `(${part.expression})`;
  const order = part.order === undefined ? "" : ` ${part.order}`;
  const nulls = part.nulls === undefined ? "" : ` nulls ${part.nulls}`;
  return `${subject}${order}${nulls}`;
}

function IndexRow({ index }: { readonly index: Index }) {
  return (
    <li className="fact">
      <IconListSearch size={14} stroke={2} aria-hidden className="fact-icon" />
      <span>{index.method ?? "btree"}</span>
      <code className="column-code">({index.columns.map(partText).join(", ")})</code>
      {index.include !== undefined && index.include.length > 0 && (
        <code className="column-code">include ({index.include.join(", ")})</code>
      )}
      {index.where !== undefined && <code className="column-code">where {index.where}</code>}
      {index.unique === true && <span className="tag">unique</span>}
      {index.automatic === true && (
        <span className="tag" title="Tenanta added it, because a foreign key had none.">
          automatic
        </span>
      )}
      <span className="mono fact-name">{index.name}</span>
    </li>
  );
}

export function IndexList({ table }: { readonly table: Table }) {
  if (table.indexes === undefined || table.indexes.length === 0) return null;
  return (
    <>
      <h3 className="sheet-part">Indexes</h3>
      <ul className="facts">
        {table.indexes.map((index) => (
          <IndexRow key={index.name} index={index} />
        ))}
      </ul>
    </>
  );
}
