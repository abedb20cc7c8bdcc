/** The grid: rows of one page, moved through by key, opened by Enter. */
import { Button } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { describeError } from "../../api/errors";
import { rowsQuery } from "../../api/rows";
import { rowKey } from "../../lib/row-key";
import { Empty } from "../../ui/empty";
import { Failure } from "../../ui/failure";
import { Skeleton } from "../../ui/skeleton";
import { GridCell } from "./grid-cell";
import { GridHead } from "./grid-head";
import { Pager } from "./pager";
import { useCellKeys } from "./use-cell-keys";
import { PAGE_SIZE, type TableView } from "./use-data-view";
import "./grid.css";

function NoRows({ view }: { readonly view: TableView }) {
  const isFiltered = view.filters.length > 0;
  return (
    <div className="grid-none">
      <Empty
        title={isFiltered ? "No row matches" : `No rows in ${view.table.name} yet`}
        actions={
          isFiltered && (
            <Button variant="default" onClick={() => view.setFilters([])}>
              Clear the filters
            </Button>
          )
        }
      >
        {isFiltered
          ? "Every filter above must hold for a row to be shown."
          : "Add the first one here, or send it to the API."}
      </Empty>
    </div>
  );
}

export function Grid({ view }: { readonly view: TableView }) {
  const rows = useQuery({
    ...rowsQuery(view.ref, {
      filters: view.filters,
      order: view.order,
      limit: PAGE_SIZE,
      offset: (view.page - 1) * PAGE_SIZE,
    }),
    placeholderData: keepPreviousData,
  });
  const cells = useCellKeys(rows.data?.length ?? 0, view.columns.length, (index) => {
    const row = rows.data?.[index];
    const key = row && rowKey(row, view.key);
    if (key !== undefined) view.change({ row: key });
  });

  return (
    <>
      <div className="grid-scroll">
        <table
          className="grid"
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is a table one can move in.
          role="grid"
          aria-label={`Rows of ${view.table.name}`}
          aria-busy={rows.isFetching}
          ref={cells.ref}
          onKeyDown={cells.onKeyDown}
        >
          <GridHead view={view} />
          <tbody>
            {rows.data?.map((row, rowIndex) => (
              <tr key={rowKey(row, view.key) ?? rowIndex}>
                {view.columns.map((column, columnIndex) => (
                  <GridCell
                    key={column.name}
                    column={column}
                    cell={row[column.name]}
                    at={`${rowIndex}:${columnIndex}`}
                    isCurrent={cells.isCurrent(rowIndex, columnIndex)}
                    onOpen={() => cells.open(rowIndex, columnIndex)}
                    onFocus={() => cells.moveTo(rowIndex, columnIndex)}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        {rows.isPending && (
          <div className="grid-none">
            <Skeleton lines={8} height={28} label="Loading the rows" />
          </div>
        )}
        {rows.isError && (
          <div className="grid-none">
            <Failure {...describeError(rows.error)} onRetry={() => void rows.refetch()} />
          </div>
        )}
        {rows.data?.length === 0 && !rows.isError && <NoRows view={view} />}
      </div>
      <Pager view={view} shown={rows.data?.length ?? 0} />
    </>
  );
}
