/** The side panel of one row: a new one, or one to see, change and delete. */
import { Drawer } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { describeError } from "../../api/errors";
import { rowQuery } from "../../api/rows";
import { Failure } from "../../ui/failure";
import { Skeleton } from "../../ui/skeleton";
import { RowForm } from "./row-form";
import type { TableView } from "./use-data-view";
import "./row-panel.css";

interface RowPanelProps {
  readonly view: TableView;
  /** The key of the row, or `new`. */
  readonly row: string;
}

/** A form is not refilled under the hands of who types in it. */
const ONCE = { refetchOnWindowFocus: false, refetchOnReconnect: false } as const;

function ExistingRow({ view, row }: RowPanelProps) {
  const found = useQuery({ ...rowQuery(view.ref, row), ...ONCE });
  if (found.isPending) return <Skeleton lines={6} height={48} label="Loading the row" />;
  if (found.isError) {
    return <Failure {...describeError(found.error)} onRetry={() => void found.refetch()} />;
  }
  return <RowForm view={view} row={found.data} rowKey={row} />;
}

export function RowPanel({ view, row }: RowPanelProps) {
  const isNew = row === "new";
  const close = () => view.change({ row: undefined });
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size={460}
      title={isNew ? `New row of ${view.table.name}` : `Row of ${view.table.name}`}
      closeButtonProps={{ "aria-label": "Close the row" }}
    >
      {isNew ? <RowForm view={view} /> : <ExistingRow view={view} row={row} />}
    </Drawer>
  );
}
