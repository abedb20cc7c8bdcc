/** The rows of one table: see, sort, filter, add, change, delete. */
import { useSchema } from "../../app/schema";
import { Empty } from "../../ui/empty";
import { DataToolbar } from "./data-toolbar";
import { Grid } from "./grid";
import { RowPanel } from "./row-panel";
import { useDataView } from "./use-data-view";
import "./data-tab.css";

export function DataTab() {
  const { definition } = useSchema();
  const view = useDataView();
  if (definition.tables.length === 0) {
    return (
      <div className="page page-wide">
        <Empty title="No tables in this schema">There is nothing to hold rows yet.</Empty>
      </div>
    );
  }
  if (view === undefined) {
    return (
      <div className="page page-wide">
        <Empty title="There is no such table">
          This schema has no table of that name. Choose another one on the Design tab.
        </Empty>
      </div>
    );
  }
  return (
    <div className="data">
      <DataToolbar view={view} />
      <Grid key={view.table.name} view={view} />
      {view.openRow !== undefined && <RowPanel key={view.openRow} view={view} row={view.openRow} />}
    </div>
  );
}
