/** Which table, which filters, and a new row. */
import { Button, Select } from "@mantine/core";
import { IconPlus, IconRefresh } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { refreshRows } from "../../api/rows";
import { useSchema } from "../../app/schema";
import { useTenant } from "../../app/tenant";
import { filterLabel } from "../../lib/filter";
import { Chip } from "../../ui/chip";
import { IconButton } from "../../ui/icon-button";
import type { TableView } from "./use-data-view";

function AddRow({ view }: { readonly view: TableView }) {
  const { tenant, canWrite } = useTenant();
  const reason = canWrite ? undefined : `Your role in ${tenant.name} is ${tenant.role}: it reads.`;
  return (
    <Button
      data-shortcut-new
      leftSection={<IconPlus size={16} stroke={2} aria-hidden />}
      disabled={!canWrite}
      title={reason}
      onClick={() => view.change({ row: "new" })}
    >
      Add row
    </Button>
  );
}

export function DataToolbar({ view }: { readonly view: TableView }) {
  const schema = useSchema();
  const client = useQueryClient();
  const { filters } = view;
  return (
    <div className="data-toolbar">
      <Select
        aria-label="Table"
        data={schema.definition.tables.map(({ name }) => name)}
        value={view.table.name}
        onChange={(table) =>
          table !== null &&
          view.change({
            table,
            order: undefined,
            filter: undefined,
            page: undefined,
            row: undefined,
          })
        }
        allowDeselect={false}
        searchable
        w={200}
      />
      <div className="data-chips">
        {filters.map((filter, index) => (
          <Chip
            key={filterLabel(filter)}
            label={filterLabel(filter)}
            onRemove={() => view.setFilters(filters.filter((_, other) => other !== index))}
          />
        ))}
      </div>
      <div className="data-acts">
        <IconButton
          icon={IconRefresh}
          label="Ask again for the rows"
          onClick={() => void refreshRows(client, view.ref)}
        />
        <AddRow view={view} />
      </div>
    </div>
  );
}
