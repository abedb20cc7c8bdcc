/** Adds somebody who has an account. */
import { Button, Select, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { describeError } from "../../api/errors";
import { ROLE_OPTIONS, ROLE_WORDS } from "../../api/roles";
import { addMember, membersQuery } from "../../api/tenants";
import type { Role } from "../../api/types";
import { useTenant } from "../../app/tenant";
import { Failure } from "../../ui/failure";
import "./add-member.css";

export function AddMember() {
  const { tenant } = useTenant();
  const client = useQueryClient();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("viewer");
  const addition = useMutation({
    mutationFn: () => addMember(tenant.id, email.trim(), role),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: membersQuery(tenant.id).queryKey });
      notifications.show({ message: `${email.trim()} belongs to ${tenant.name} now.` });
      setEmail("");
    },
  });
  return (
    <form
      className="add-member"
      onSubmit={(event) => {
        event.preventDefault();
        addition.mutate();
      }}
    >
      <TextInput
        label="E-mail of an account"
        type="email"
        required
        withAsterisk={false}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        className="add-member-email"
      />
      <Select
        label="Role"
        data={ROLE_OPTIONS}
        value={role}
        onChange={(next) => next !== null && setRole(next as Role)}
        allowDeselect={false}
        w={120}
      />
      <Button type="submit" variant="default" loading={addition.isPending}>
        Add member
      </Button>
      <p className="add-member-hint">
        {role}: {ROLE_WORDS[role]}
      </p>
      {addition.isError && (
        <div className="add-member-failure">
          <Failure {...describeError(addition.error)} />
        </div>
      )}
    </form>
  );
}
