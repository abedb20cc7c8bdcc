/** Edits what a schema says of itself: name, description, and whether it answers data calls. */
import { Button, Modal, Switch, Textarea, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ApiError, describeError } from "../../api/errors";
import { refreshSchemas } from "../../api/schemas";
import type { SchemaBase } from "../../api/types";
import { useTenant } from "../../app/tenant";
import { Failure } from "../../ui/failure";
import { changedDetails, detailsOf } from "./details";
import { saveDetails } from "./save-details";

interface EditDetailsProps {
  readonly schema: SchemaBase;
  readonly onClose: () => void;
}

export function EditDetails({ schema, onClose }: EditDetailsProps) {
  const { tenant } = useTenant();
  const client = useQueryClient();
  // What the form began with, also when the list behind it is asked again meanwhile.
  const [before] = useState(() => detailsOf(schema));
  const [details, setDetails] = useState(before);
  const change = useMutation({
    mutationFn: () => saveDetails(tenant.id, schema.id, before, changedDetails(before, details)),
    onSuccess: async () => {
      await refreshSchemas(client, tenant.id);
      notifications.show({ message: `Saved the details of ${details.name}.` });
      onClose();
    },
  });
  const refusal = change.error;
  const atName = refusal instanceof ApiError && refusal.path === "name" ? refusal.message : null;

  function submit(event: FormEvent) {
    event.preventDefault();
    change.mutate();
  }

  return (
    <Modal opened onClose={onClose} title={`Details of ${schema.name}`} size={480}>
      <form className="form" onSubmit={submit}>
        <TextInput
          label="Name"
          required
          withAsterisk={false}
          autoComplete="off"
          spellCheck={false}
          error={atName}
          value={details.name}
          onChange={(event) => setDetails({ ...details, name: event.currentTarget.value })}
          styles={{ input: { fontFamily: "var(--font-mono)" } }}
        />
        <Textarea
          label="Description"
          placeholder="What it is for, in a sentence"
          data-autofocus
          value={details.description}
          onChange={(event) => setDetails({ ...details, description: event.currentTarget.value })}
        />
        <Switch
          label="Active"
          description="An inactive schema keeps its tables and rows, and refuses data calls."
          checked={details.isActive}
          onChange={(event) => setDetails({ ...details, isActive: event.currentTarget.checked })}
        />
        {refusal !== null && atName === null && <Failure {...describeError(refusal)} />}
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
