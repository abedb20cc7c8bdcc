/** No schema yet: three ways to begin, each one click. And no schema that matches. */
import { Button } from "@mantine/core";
import { IconClipboard, IconFileUpload, IconPlus } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useDesignRights } from "../../app/design-rights";
import { paths, type Start } from "../../app/paths";
import { useTenant } from "../../app/tenant";
import { Empty } from "../../ui/empty";

const WAYS = [
  { start: "example", label: "Start from an example", icon: IconPlus },
  { start: "paste", label: "Paste a definition", icon: IconClipboard },
  { start: "file", label: "Open a file", icon: IconFileUpload },
] as const satisfies readonly { start: Start; label: string; icon: unknown }[];

export function NoSchemas() {
  const { tenant, tenantParam } = useTenant();
  const { mayCreate } = useDesignRights();
  if (!mayCreate) {
    return (
      <Empty title="No schemas yet">
        Your role in {tenant.name} is {tenant.role}. An owner or admin can create the first schema.
      </Empty>
    );
  }
  return (
    <Empty
      title="Describe your first tables"
      actions={WAYS.map(({ start, label, icon: Glyph }, index) => (
        <Button
          key={start}
          variant={index === 0 ? "filled" : "default"}
          leftSection={<Glyph size={16} stroke={1.75} aria-hidden />}
          renderRoot={(props) => <Link {...paths.newSchema(tenantParam, start)} {...props} />}
        >
          {label}
        </Button>
      ))}
    >
      A schema is a set of tables with their columns, keys and relationships. Tenanta checks the
      description and makes real PostgreSQL tables from it.
    </Empty>
  );
}

export function NoMatches() {
  const { tenantParam } = useTenant();
  return (
    <Empty
      title="No schema matches"
      actions={
        <Button
          variant="default"
          renderRoot={(props) => <Link {...paths.schemas(tenantParam)} {...props} />}
        >
          Clear search and filters
        </Button>
      }
    >
      Try fewer letters or another status.
    </Empty>
  );
}
