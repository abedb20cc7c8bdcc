/** Adds somebody; the administrator of the server may add people who have no account yet. */
import { Button, Modal, Select, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { describeError } from "../../api/errors";
import { ROLE_OPTIONS, ROLE_WORDS } from "../../api/roles";
import { addMember, membersQuery } from "../../api/tenants";
import type { AddedMember, Role } from "../../api/types";
import { useTenant } from "../../app/tenant";
import { Failure } from "../../ui/failure";
import { ShownOnce } from "../../ui/shown-once";
import "./add-member.css";

function FirstPassword(props: { readonly member: AddedMember; readonly onClose: () => void }) {
  const { member, onClose } = props;
  if (member.initialPassword === undefined) return null;
  return (
    <Modal opened onClose={onClose} title={`An account for ${member.name}`} size={480}>
      <ShownOnce what="Password" secret={member.initialPassword} onClose={onClose}>
        {member.email} had no account, so one was made. Give them this first password; it cannot be
        shown again, and they can change it under Settings.
      </ShownOnce>
    </Modal>
  );
}

export function AddMember() {
  const { tenant, me } = useTenant();
  const client = useQueryClient();
  const [email, setEmail] = useState("");
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("viewer");
  const addition = useMutation({
    mutationFn: () =>
      addMember(tenant.id, {
        email: email.trim(),
        role,
        ...(name.trim() === "" ? {} : { name: name.trim() }),
      }),
    onSuccess: async (member) => {
      await client.invalidateQueries({ queryKey: membersQuery(tenant.id).queryKey });
      notifications.show({ message: `${member.email} belongs to ${tenant.name} now.` });
      setEmail("");
      setName("");
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
        label="E-mail"
        type="email"
        required
        withAsterisk={false}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        className="add-member-text"
      />
      {me.user.isAdmin && (
        <TextInput
          label="Name, for somebody new"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          className="add-member-text"
        />
      )}
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
      {addition.data !== undefined && (
        <FirstPassword member={addition.data} onClose={() => addition.reset()} />
      )}
    </form>
  );
}
