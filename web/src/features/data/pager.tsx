/** Which rows are shown, of how many; the total never holds the rows up. */
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { rowCountQuery } from "../../api/rows";
import { formatCount } from "../../lib/format";
import { IconButton } from "../../ui/icon-button";
import { PAGE_SIZE, type TableView } from "./use-data-view";

interface PagerProps {
  readonly view: TableView;
  readonly shown: number;
}

export function Pager({ view, shown }: PagerProps) {
  const count = useQuery(rowCountQuery(view.ref, view.filters));
  const before = (view.page - 1) * PAGE_SIZE;
  const total = typeof count.data === "number" ? count.data : undefined;
  const isLast = total === undefined ? shown < PAGE_SIZE : before + shown >= total;
  const range =
    shown === 0 ? "No rows" : `Rows ${formatCount(before + 1)}–${formatCount(before + shown)}`;
  const goTo = (page: number) => view.change({ page: page === 1 ? undefined : page });
  return (
    <footer className="pager numbers">
      <span role="status">
        {range}
        {total !== undefined && shown > 0 && ` of ${formatCount(total)}`}
      </span>
      <div className="pager-acts">
        <IconButton
          icon={IconChevronLeft}
          label={view.page === 1 ? "This is the first page" : "Previous page"}
          disabled={view.page === 1}
          onClick={() => view.page > 1 && goTo(view.page - 1)}
        />
        <IconButton
          icon={IconChevronRight}
          label={isLast ? "This is the last page" : "Next page"}
          disabled={isLast}
          onClick={() => !isLast && goTo(view.page + 1)}
        />
      </div>
    </footer>
  );
}
