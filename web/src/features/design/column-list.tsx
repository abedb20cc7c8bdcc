/** The columns of a table: name, type, key, null, default. */
import { Tooltip } from "@mantine/core";
import { IconKey, IconLink } from "@tabler/icons-react";
import type { Column, Table } from "../../api/types";
import { useSchema } from "../../app/schema";
import { keyColumns, referenceOf } from "../../lib/definition";
import "./column-list.css";

/** What fills the column when nothing is given. */
function Filling({ column, tracked }: { readonly column: Column; readonly tracked: boolean }) {
  return (
    <>
      {column.default !== undefined && <code className="column-code">{column.default}</code>}
      {column.generated !== undefined && (
        <code className="column-code">generated as {column.generated}</code>
      )}
      {column.identity !== undefined && (
        <code className="column-code">
          {column.identity === "always" ? "identity, always" : "identity, by default"}
        </code>
      )}
      {tracked && <span className="tag">set at each update</span>}
    </>
  );
}

function Mark(props: { readonly icon: typeof IconKey; readonly label: string }) {
  const { icon: Glyph, label } = props;
  return (
    <Tooltip label={label}>
      <span className="column-mark" role="img" aria-label={label}>
        <Glyph size={14} stroke={2} aria-hidden />
      </span>
    </Tooltip>
  );
}

function ColumnRow({ column, table }: { readonly column: Column; readonly table: Table }) {
  const { definition } = useSchema();
  const isKey = keyColumns(table).includes(column.name);
  const reference = referenceOf(definition.relationships ?? [], table.name, column.name);
  return (
    <tr>
      <th scope="row">
        <span className="column-name">
          <span className="mono clip">{column.name}</span>
          {isKey && <Mark icon={IconKey} label="Primary key" />}
          {reference !== undefined && (
            <Mark icon={IconLink} label={`Points to ${reference.table}.${reference.column}`} />
          )}
        </span>
        {column.description !== undefined && (
          <span className="column-description">{column.description}</span>
        )}
      </th>
      <td className="mono column-type">{column.type}</td>
      <td className="column-null">
        {isKey || column.notNull === true ? "required" : <span className="faint">optional</span>}
      </td>
      <td className="column-filling">
        <Filling column={column} tracked={table.trackUpdates === column.name} />
      </td>
    </tr>
  );
}

export function ColumnList({ table }: { readonly table: Table }) {
  return (
    <table className="columns">
      <thead>
        <tr>
          <th scope="col">Column</th>
          <th scope="col">Type</th>
          <th scope="col">Value</th>
          <th scope="col">Default</th>
        </tr>
      </thead>
      <tbody>
        {table.columns.map((column) => (
          <ColumnRow key={column.name} column={column} table={table} />
        ))}
      </tbody>
    </table>
  );
}
