/** The keys programs use to reach the tenant's data. */
import { Button } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { describeError } from "../../api/errors";
import { keysQuery, revokeKey } from "../../api/tenants";
import type { ApiKey } from "../../api/types";
import { useTenant } from "../../app/tenant";
import { plural } from "../../lib/format";
import { Ago } from "../../ui/ago";
import { Confirm } from "../../ui/confirm";
import { Empty } from "../../ui/empty";
import { Failure } from "../../ui/failure";
import { IconButton } from "../../ui/icon-button";
import { Page } from "../../ui/page";
import { Skeleton } from "../../ui/skeleton";
import { CreateKey } from "./create-key";
import "../../ui/list-table.css";

function KeyRow({ apiKey, onRevoke }: { readonly apiKey: ApiKey; readonly onRevoke: () => void }) {
  return (
    <tr>
      <td>
        <span className="list-table-main">{apiKey.name}</span>
        <div className="faint mono">{apiKey.prefix}…</div>
      </td>
      <td data-label="Role">{apiKey.role}</td>
      <td data-label="Reaches">
        {apiKey.schemas === undefined || apiKey.schemas === null || apiKey.schemas.length === 0
          ? "all schemas"
          : plural(apiKey.schemas.length, "schema")}
      </td>
      <td data-label="Last used">
        {apiKey.lastUsedAt ? (
          <Ago time={apiKey.lastUsedAt} />
        ) : (
          <span className="faint">never</span>
        )}
      </td>
      <td data-label="Expires">
        {apiKey.expiresAt ? <Ago time={apiKey.expiresAt} /> : <span className="faint">never</span>}
      </td>
      <td className="list-table-actions">
        <IconButton icon={IconTrash} label={`Revoke ${apiKey.name}`} onClick={onRevoke} />
      </td>
    </tr>
  );
}

function RevokeKey({ apiKey, onClose }: { readonly apiKey: ApiKey; readonly onClose: () => void }) {
  const { tenant } = useTenant();
  const client = useQueryClient();
  const revocation = useMutation({
    mutationFn: () => revokeKey(tenant.id, apiKey.id),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keysQuery(tenant.id).queryKey });
      onClose();
    },
  });
  return (
    <Confirm
      title={`Revoke ${apiKey.name}`}
      action={`Revoke ${apiKey.name}`}
      busy={revocation.isPending}
      failure={revocation.isError ? describeError(revocation.error) : undefined}
      onConfirm={() => revocation.mutate()}
      onClose={onClose}
    >
      Programs that use this key are refused from now on. A revoked key cannot be brought back.
    </Confirm>
  );
}

function KeyTable({ keys }: { readonly keys: readonly ApiKey[] }) {
  const [revoking, setRevoking] = useState<ApiKey>();
  return (
    <>
      <table className="list-table" aria-label="Keys">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Role</th>
            <th scope="col">Reaches</th>
            <th scope="col">Last used</th>
            <th scope="col">Expires</th>
            <th scope="col">
              <span className="visually-hidden">Acts</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {keys.map((apiKey) => (
            <KeyRow key={apiKey.id} apiKey={apiKey} onRevoke={() => setRevoking(apiKey)} />
          ))}
        </tbody>
      </table>
      {revoking !== undefined && (
        <RevokeKey apiKey={revoking} onClose={() => setRevoking(undefined)} />
      )}
    </>
  );
}

export function KeysPage() {
  const { tenant, canManage } = useTenant();
  const keys = useQuery({ ...keysQuery(tenant.id), enabled: canManage });
  const [isCreating, setCreating] = useState(false);
  const create = (
    <Button
      leftSection={<IconPlus size={16} stroke={2} aria-hidden />}
      onClick={() => setCreating(true)}
    >
      Create key
    </Button>
  );
  return (
    <Page
      title="Keys"
      intro="A key lets a program reach this tenant's data with a role. It is shown once and kept only as a hash."
      width="narrow"
      actions={canManage && create}
    >
      {!canManage && (
        <Empty title="Keys are kept by owners and admins">
          Your role in {tenant.name} is {tenant.role}.
        </Empty>
      )}
      {keys.isLoading && <Skeleton lines={3} height={44} label="Loading the keys" />}
      {keys.isError && (
        <Failure {...describeError(keys.error)} onRetry={() => void keys.refetch()} />
      )}
      {keys.data?.items.length === 0 && (
        <Empty title="No keys yet">Create one for each program, so that each can be revoked.</Empty>
      )}
      {keys.data !== undefined && keys.data.items.length > 0 && <KeyTable keys={keys.data.items} />}
      {isCreating && <CreateKey onClose={() => setCreating(false)} />}
    </Page>
  );
}
