/** Brings a schema back into use. */
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { errorLine } from "../../api/errors";
import { refreshSchemas, restoreSchema } from "../../api/schemas";
import type { SchemaBase } from "../../api/types";
import { useTenant } from "../../app/tenant";

export function useRestore(): (schema: SchemaBase) => void {
  const { tenant } = useTenant();
  const client = useQueryClient();
  const restoration = useMutation({
    mutationFn: (schema: SchemaBase) => restoreSchema(tenant.id, schema.id),
    onSuccess: async (_, schema) => {
      await refreshSchemas(client, tenant.id);
      notifications.show({ message: `${schema.name} is in use again.` });
    },
    onError: (error, schema) => {
      notifications.show({
        title: `${schema.name} is still out of use`,
        message: errorLine(error),
      });
    },
  });
  return restoration.mutate;
}
