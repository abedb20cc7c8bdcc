/** Takes a schema out of use; it asks for the name first. */
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { describeError } from "../../api/errors";
import { refreshSchemas, takeOutOfUse } from "../../api/schemas";
import type { SchemaBase } from "../../api/types";
import { useTenant } from "../../app/tenant";
import { Confirm } from "../../ui/confirm";

interface OutOfUseProps {
  readonly schema: SchemaBase;
  readonly onClose: () => void;
}

export function OutOfUse({ schema, onClose }: OutOfUseProps) {
  const { tenant } = useTenant();
  const client = useQueryClient();
  const removal = useMutation({
    mutationFn: () => takeOutOfUse(tenant.id, schema.id),
    onSuccess: async () => {
      await refreshSchemas(client, tenant.id);
      notifications.show({
        message: `${schema.name} is out of use. It can be restored from the list.`,
      });
      onClose();
    },
  });
  return (
    <Confirm
      title={`Take ${schema.name} out of use`}
      name={schema.name}
      action={`Take ${schema.name} out of use`}
      busy={removal.isPending}
      failure={removal.isError ? describeError(removal.error) : undefined}
      onConfirm={() => removal.mutate()}
      onClose={onClose}
    >
      Its tables stop answering at once. Tables and rows are kept, and the schema can be restored
      from the list under the status “Out of use”.
    </Confirm>
  );
}
