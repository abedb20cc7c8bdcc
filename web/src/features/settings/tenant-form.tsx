/** Renames the tenant. */
import { Button, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { meQuery } from "../../api/auth";
import { describeError } from "../../api/errors";
import { renameTenant } from "../../api/tenants";
import { useTenant } from "../../app/tenant";
import { Failure } from "../../ui/failure";

export function TenantForm() {
  const { tenant } = useTenant();
  const [name, setName] = useState(tenant.name);
  const client = useQueryClient();
  const router = useRouter();
  const rename = useMutation({
    mutationFn: () => renameTenant(tenant.id, name.trim()),
    onSuccess: async () => {
      await client.fetchQuery({ ...meQuery, staleTime: 0 });
      await router.invalidate();
      notifications.show({ message: `The tenant is called ${name.trim()} now.` });
    },
  });
  const isSame = name.trim() === tenant.name || name.trim() === "";
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        rename.mutate();
      }}
    >
      <TextInput
        label="Name"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {rename.isError && <Failure {...describeError(rename.error)} />}
      <div>
        <Button
          type="submit"
          variant="default"
          loading={rename.isPending}
          disabled={isSame}
          title={isSame ? "Give it another name first" : undefined}
        >
          Rename tenant
        </Button>
      </div>
    </form>
  );
}
