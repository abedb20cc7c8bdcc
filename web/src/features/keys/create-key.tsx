/** Creates a key and shows it, this once. */
import { Button, Modal, MultiSelect, Select, TextInput } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { describeError } from "../../api/errors";
import { ROLE_OPTIONS, ROLE_WORDS } from "../../api/roles";
import { schemasQuery } from "../../api/schemas";
import { createKey, keysQuery } from "../../api/tenants";
import type { Role } from "../../api/types";
import { useTenant } from "../../app/tenant";
import { Failure } from "../../ui/failure";
import { ShownOnce } from "../../ui/shown-once";

const DAY_MS = 86_400_000;

const EXPIRIES = [
  { value: "never", label: "Never" },
  { value: "30", label: "In 30 days" },
  { value: "90", label: "In 90 days" },
  { value: "365", label: "In a year" },
];

function expiresAt(choice: string): { expiresAt?: string } {
  const days = Number(choice);
  if (Number.isNaN(days)) return {};
  return { expiresAt: new Date(Date.now() + days * DAY_MS).toISOString() };
}

export function CreateKey({ onClose }: { readonly onClose: () => void }) {
  const { tenant } = useTenant();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("editor");
  const [expiry, setExpiry] = useState("never");
  const [schemas, setSchemas] = useState<string[]>([]);
  const known = useInfiniteQuery(schemasQuery(tenant.id, { sort: "name" }));
  const options = (known.data?.pages ?? []).flatMap(({ items }) =>
    items.map((schema) => ({ value: schema.id, label: schema.name })),
  );
  const creation = useMutation({
    mutationFn: () =>
      createKey(tenant.id, {
        name: name.trim(),
        role,
        ...(schemas.length === 0 ? {} : { schemas }),
        ...expiresAt(expiry),
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: keysQuery(tenant.id).queryKey }),
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={creation.data === undefined ? "Create key" : "Your new key"}
      size={480}
      closeOnClickOutside={creation.data === undefined}
    >
      {creation.data !== undefined ? (
        <ShownOnce what="Key" secret={creation.data.key} onClose={onClose}>
          Copy the key of {creation.data.name} now. It is not kept and cannot be shown again.
        </ShownOnce>
      ) : (
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault();
            creation.mutate();
          }}
        >
          <TextInput
            label="Name"
            placeholder="The program that will use it"
            required
            withAsterisk={false}
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Select
            label="Role"
            description={ROLE_WORDS[role]}
            data={ROLE_OPTIONS}
            value={role}
            onChange={(next) => next !== null && setRole(next as Role)}
            allowDeselect={false}
          />
          <MultiSelect
            label="Schemas"
            placeholder={schemas.length === 0 ? "All of them" : ""}
            data={options}
            value={schemas}
            onChange={setSchemas}
            searchable
          />
          <Select
            label="Expires"
            data={EXPIRIES}
            value={expiry}
            onChange={(next) => setExpiry(next ?? "never")}
            allowDeselect={false}
          />
          {creation.isError && <Failure {...describeError(creation.error)} />}
          <div className="form-actions">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={creation.isPending}>
              Create key
            </Button>
          </div>
        </form>
      )}
    </Modal>
  );
}
