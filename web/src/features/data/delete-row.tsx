/** Deletes a row after asking once. */
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { describeError } from "../../api/errors";
import { deleteRow, refreshRows } from "../../api/rows";
import { useSchema } from "../../app/schema";
import { Confirm } from "../../ui/confirm";
import type { TableView } from "./use-data-view";

interface DeleteRowProps {
  readonly view: TableView;
  readonly rowKey: string;
}

/** The tables whose rows go too when a row of `table` goes. */
function useCascades(table: string): string[] {
  const { definition } = useSchema();
  const found = (definition.relationships ?? []).filter(
    (one) => one.type !== "manyToMany" && one.to.table === table && one.onDelete === "cascade",
  );
  return [...new Set(found.map((one) => one.from.table))];
}

export function DeleteRow({ view, rowKey }: DeleteRowProps) {
  const [isAsking, setAsking] = useState(false);
  const client = useQueryClient();
  const cascades = useCascades(view.table.name);
  const key = rowKey.split(",").map(decodeURIComponent).join(", ");
  const deletion = useMutation({
    mutationFn: () => deleteRow(view.ref, rowKey),
    onSuccess: async () => {
      view.change({ row: undefined });
      notifications.show({ message: `Deleted ${key} from ${view.table.name}.` });
      await refreshRows(client, view.ref);
    },
  });
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        Delete row
      </Button>
      {isAsking && (
        <Confirm
          title={`Delete this row of ${view.table.name}`}
          action="Delete row"
          busy={deletion.isPending}
          failure={deletion.isError ? describeError(deletion.error) : undefined}
          onConfirm={() => deletion.mutate()}
          onClose={() => setAsking(false)}
        >
          The row <strong className="mono">{key}</strong> is deleted for good.
          {cascades.length > 0 && ` The rows of ${cascades.join(", ")} that belong to it go too.`}
        </Confirm>
      )}
    </>
  );
}
