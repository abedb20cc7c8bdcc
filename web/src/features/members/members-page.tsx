/** Who belongs to the tenant, and as what. */
import { Select } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconUserMinus } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { describeError, errorLine } from "../../api/errors";
import { ROLE_OPTIONS, ROLE_WORDS } from "../../api/roles";
import { changeMember, membersQuery, removeMember } from "../../api/tenants";
import type { Member, Role } from "../../api/types";
import { useTenant } from "../../app/tenant";
import { Ago } from "../../ui/ago";
import { Confirm } from "../../ui/confirm";
import { Failure } from "../../ui/failure";
import { IconButton } from "../../ui/icon-button";
import { Page } from "../../ui/page";
import { Skeleton } from "../../ui/skeleton";
import { AddMember } from "./add-member";
import "../../ui/list-table.css";

function RoleField({ member }: { readonly member: Member }) {
  const { tenant, isOwner } = useTenant();
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (role: Role) => changeMember(tenant.id, member.userId, role),
    onSettled: () => client.invalidateQueries({ queryKey: membersQuery(tenant.id).queryKey }),
    onError: (error) =>
      notifications.show({
        title: `${member.name} is still ${member.role}`,
        message: errorLine(error),
      }),
  });
  if (!isOwner) return <span title={ROLE_WORDS[member.role]}>{member.role}</span>;
  return (
    <Select
      aria-label={`Role of ${member.name}`}
      data={ROLE_OPTIONS}
      value={change.isPending ? change.variables : member.role}
      onChange={(role) => role !== null && role !== member.role && change.mutate(role as Role)}
      allowDeselect={false}
      w={120}
    />
  );
}

function RemoveMember({
  member,
  onClose,
}: {
  readonly member: Member;
  readonly onClose: () => void;
}) {
  const { tenant } = useTenant();
  const client = useQueryClient();
  const removal = useMutation({
    mutationFn: () => removeMember(tenant.id, member.userId),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: membersQuery(tenant.id).queryKey });
      onClose();
    },
  });
  return (
    <Confirm
      title={`Remove ${member.name} from ${tenant.name}`}
      action={`Remove ${member.name}`}
      busy={removal.isPending}
      failure={removal.isError ? describeError(removal.error) : undefined}
      onConfirm={() => removal.mutate()}
      onClose={onClose}
    >
      {member.email} no longer sees anything of {tenant.name}. What they made stays.
    </Confirm>
  );
}

export function MembersPage() {
  const { tenant, me, isOwner } = useTenant();
  const members = useQuery(membersQuery(tenant.id));
  const [removing, setRemoving] = useState<Member>();
  return (
    <Page title="Members" intro={`Who may work in ${tenant.name}.`} width="narrow">
      {isOwner && <AddMember />}
      {members.isPending && <Skeleton lines={3} height={44} label="Loading the members" />}
      {members.isError && (
        <Failure {...describeError(members.error)} onRetry={() => void members.refetch()} />
      )}
      {members.data !== undefined && (
        <table className="list-table" aria-label="Members">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Role</th>
              <th scope="col">Since</th>
              <th scope="col">
                <span className="visually-hidden">Acts</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {members.data.items.map((member) => (
              <tr key={member.userId}>
                <td>
                  <span className="list-table-main">{member.name}</span>
                  {member.userId === me.user.id && <span className="faint"> (you)</span>}
                  <div className="faint">{member.email}</div>
                </td>
                <td>
                  <RoleField member={member} />
                </td>
                <td data-label="Since">
                  <Ago time={member.createdAt} />
                </td>
                <td className="list-table-actions">
                  {isOwner && (
                    <IconButton
                      icon={IconUserMinus}
                      label={`Remove ${member.name}`}
                      onClick={() => setRemoving(member)}
                    />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {removing !== undefined && (
        <RemoveMember member={removing} onClose={() => setRemoving(undefined)} />
      )}
    </Page>
  );
}
