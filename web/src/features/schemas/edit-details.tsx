/** Edits what a schema says of itself: description, and whether it answers data calls. */
import { Button, Modal, Switch, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { describeError } from "../../api/errors";
import { changeSchema, refreshSchemas } from "../../api/schemas";
import type { SchemaBase } from "../../api/types";
import { useTenant } from "../../app/tenant";
import { Failure } from "../../ui/failure";

interface EditDetailsProps {
  readonly schema: SchemaBase;
  readonly onClose: () => void;
}

export function EditDetails({ schema, onClose }: EditDetailsProps) {
  const { tenant } = useTenant();
  const client = useQueryClient();
  const [description, setDescription] = useState(schema.description ?? "");
  const [isActive, setActive] = useState(schema.isActive);
  const change = useMutation({
    mutationFn: () => changeSchema(tenant.id, schema, { description, isActive }),
    onSuccess: async () => {
      await refreshSchemas(client, tenant.id);
      notifications.show({ message: `Saved the details of ${schema.name}.` });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={`Details of ${schema.name}`} size={480}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <Textarea
          label="Description"
          placeholder="What it is for, in a sentence"
          data-autofocus
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <Switch
          label="Active"
          description="An inactive schema keeps its tables and rows, and refuses data calls."
          checked={isActive}
          onChange={(event) => setActive(event.currentTarget.checked)}
        />
        {change.isError && <Failure {...describeError(change.error)} />}
        <div className="form-actions">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={change.isPending}>
            Save details
          </Button>
        </div>
      </form>
    </Modal>
  );
}
