/** The form of a row: a field per column, typed by the column. */
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ApiError, describeError, errorLine } from "../../api/errors";
import { insertRow, refreshRows, updateRow } from "../../api/rows";
import { useTenant } from "../../app/tenant";
import { plural } from "../../lib/format";
import type { Row } from "../../lib/row-text";
import { Failure } from "../../ui/failure";
import { Prose } from "../../ui/prose";
import { DeleteRow } from "./delete-row";
import {
  bodyOf,
  changedColumns,
  columnOfRefusal,
  type Draft,
  draftOf,
  isReadOnly,
} from "./row-draft";
import { RowField } from "./row-field";
import type { GridColumn, TableView } from "./use-data-view";

interface RowFormProps {
  readonly view: TableView;
  readonly row?: Row | undefined;
  readonly rowKey?: string;
}

/** The cursor begins where a person has something to say: not at a key or at a default. */
function startsHere(column: GridColumn, isNew: boolean): boolean {
  const { default: filling, identity } = column.column;
  if (isReadOnly(column)) return false;
  return isNew ? filling === undefined && identity === undefined : !column.isKey;
}

/** Saves the row and leaves the panel; what was typed stays when it is refused. */
function useSave(view: TableView, rowKey: string | undefined) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: string) =>
      rowKey === undefined ? insertRow(view.ref, body) : updateRow(view.ref, rowKey, body),
    onSuccess: async () => {
      view.change({ row: undefined });
      notifications.show({
        message: `${rowKey === undefined ? "Added a row to" : "Saved the row of"} ${view.table.name}.`,
      });
      await refreshRows(client, view.ref);
    },
  });
}

export function RowForm({ view, row, rowKey }: RowFormProps) {
  const { canWrite, tenant } = useTenant();
  const [before] = useState<Draft>(() => draftOf(view.columns, row));
  const [draft, setDraft] = useState<Draft>(before);
  const save = useSave(view, rowKey);
  const isNew = rowKey === undefined;
  const first = view.columns.find((column) => startsHere(column, isNew));
  const changes = changedColumns(view.columns, before, draft).length;
  const refused =
    save.error instanceof ApiError ? columnOfRefusal(view.columns, save.error) : undefined;

  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate(bodyOf(view.columns, before, draft));
  }

  return (
    <form
      className="row-form"
      onSubmit={submit}
      onKeyDown={(event) => {
        const isSave = (event.ctrlKey || event.metaKey) && event.key === "Enter";
        if (isSave) event.currentTarget.requestSubmit();
      }}
      noValidate
    >
      {view.columns.map((column) => (
        <RowField
          key={column.name}
          column={column}
          isFirst={column === first}
          field={draft[column.name] ?? { state: "unset" }}
          isNew={isNew}
          isLocked={!canWrite}
          error={column.name === refused ? <Prose text={errorLine(save.error)} /> : undefined}
          onChange={(field) => setDraft({ ...draft, [column.name]: field })}
        />
      ))}
      {save.isError && refused === undefined && <Failure {...describeError(save.error)} />}
      <div className="row-form-foot">
        {!isNew && canWrite && <DeleteRow view={view} rowKey={rowKey} />}
        <Button
          type="submit"
          loading={save.isPending}
          disabled={!canWrite || (!isNew && changes === 0)}
          title={
            canWrite
              ? isNew || changes > 0
                ? undefined
                : "Nothing has been changed"
              : `Your role in ${tenant.name} is ${tenant.role}: it reads.`
          }
        >
          {isNew ? "Add row" : changes === 0 ? "Save row" : `Save ${plural(changes, "change")}`}
        </Button>
      </div>
    </form>
  );
}
