/** One value in the grid. */
import { IconArrowUpRight } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { paths } from "../../app/paths";
import { useSchema } from "../../app/schema";
import { useTenant } from "../../app/tenant";
import { writeFilter } from "../../lib/filter";
import { type Cell, cellText } from "../../lib/row-text";
import type { GridColumn } from "./use-data-view";

/** Longer values are cut in the grid; the row shows them whole. */
const MAX_SHOWN = 200;

interface GridCellProps {
  readonly column: GridColumn;
  readonly cell: Cell | undefined;
  readonly at: string;
  readonly isCurrent: boolean;
  readonly onOpen: () => void;
  readonly onFocus: () => void;
}

function Value({ cell }: { readonly cell: Cell | undefined }) {
  if (cell === undefined || cell.kind === "null") return <span className="grid-null">null</span>;
  const text = cellText(cell);
  if (text === "") return <span className="grid-null">empty</span>;
  return <span className="clip">{text.slice(0, MAX_SHOWN)}</span>;
}

/** Leads to the row that a foreign key points to. */
function Reference({ column, cell }: { readonly column: GridColumn; readonly cell: Cell }) {
  const { tenantParam } = useTenant();
  const schema = useSchema();
  const { reference } = column;
  if (reference === undefined) return null;
  const filter = writeFilter({ column: reference.column, operator: "eq", value: cellText(cell) });
  return (
    <Link
      {...paths.data(tenantParam, schema.id, { table: reference.table, filter: [filter] })}
      className="grid-reference"
      tabIndex={-1}
      aria-label={`Go to ${reference.table} ${cellText(cell)}`}
      title={`Go to this row of ${reference.table}`}
      onClick={(event) => event.stopPropagation()}
    >
      <IconArrowUpRight size={14} stroke={2} aria-hidden />
    </Link>
  );
}

export function GridCell({ column, cell, at, isCurrent, onOpen, onFocus }: GridCellProps) {
  const isFilled = cell !== undefined && cell.kind !== "null";
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles Enter.
    <td
      data-cell={at}
      data-kind={column.kind}
      tabIndex={isCurrent ? 0 : -1}
      onClick={onOpen}
      onFocus={onFocus}
    >
      <div className="grid-value">
        <Value cell={cell} />
        {column.reference !== undefined && isFilled && <Reference column={column} cell={cell} />}
      </div>
    </td>
  );
}
