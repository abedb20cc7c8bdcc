/** The heads of the columns: name, type, order, and the column's menu. */
import { IconArrowDown, IconArrowUp, IconKey } from "@tabler/icons-react";
import { ColumnMenu } from "./column-menu";
import type { GridColumn, TableView } from "./use-data-view";

function next(view: TableView, name: string) {
  const { sorting } = view;
  if (sorting?.column !== name) return { column: name, descending: false };
  return sorting.descending ? undefined : { column: name, descending: true };
}

function Head({ view, column }: { readonly view: TableView; readonly column: GridColumn }) {
  const { sorting } = view;
  const isSorted = sorting?.column === column.name;
  const order = !isSorted ? "none" : sorting.descending ? "descending" : "ascending";
  const Arrow = order === "descending" ? IconArrowDown : IconArrowUp;
  return (
    <th scope="col" aria-sort={order} data-kind={column.kind}>
      <div className="grid-head">
        <button
          type="button"
          className="grid-sort"
          title={column.column.description ?? `Sort by ${column.name}`}
          onClick={() => view.setSorting(next(view, column.name))}
        >
          {column.isKey && <IconKey size={12} stroke={2} aria-label="key" />}
          <span className="mono clip">{column.name}</span>
          {isSorted && <Arrow size={14} stroke={2} aria-hidden />}
          <span className="grid-type mono clip">{column.column.type}</span>
        </button>
        <ColumnMenu view={view} column={column} />
      </div>
    </th>
  );
}

export function GridHead({ view }: { readonly view: TableView }) {
  return (
    <thead>
      <tr>
        {view.columns.map((column) => (
          <Head key={column.name} view={view} column={column} />
        ))}
      </tr>
    </thead>
  );
}
