/** The quick acts on one schema of the list. */
import { Menu } from "@mantine/core";
import {
  IconArchive,
  IconArrowBackUp,
  IconDots,
  IconExternalLink,
  IconPencil,
  IconTable,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { SchemaSummary } from "../../api/types";
import { useDesignRights } from "../../app/design-rights";
import { paths } from "../../app/paths";
import { useTenant } from "../../app/tenant";
import { IconButton } from "../../ui/icon-button";
import type { SchemaActs } from "./schemas-page";

interface SchemaMenuProps {
  readonly schema: SchemaSummary;
  readonly acts: SchemaActs;
}

function ManageItems({ schema, acts }: SchemaMenuProps) {
  return (
    <>
      <Menu.Item
        leftSection={<IconPencil size={16} stroke={1.75} aria-hidden />}
        onClick={() => acts.onEdit(schema)}
      >
        Edit details
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item
        data-danger
        leftSection={<IconArchive size={16} stroke={1.75} aria-hidden />}
        onClick={() => acts.onRemove(schema)}
      >
        Take out of use
      </Menu.Item>
    </>
  );
}

export function SchemaMenu({ schema, acts }: SchemaMenuProps) {
  const { tenantParam } = useTenant();
  const isMine = useDesignRights().mayChange(schema);
  const isGone = schema.deletedAt !== undefined && schema.deletedAt !== null;
  if (isGone && !isMine) return null;
  return (
    <Menu>
      <Menu.Target>
        <IconButton icon={IconDots} label={`Acts on ${schema.name}`} />
      </Menu.Target>
      <Menu.Dropdown>
        {isGone ? (
          <Menu.Item
            leftSection={<IconArrowBackUp size={16} stroke={1.75} aria-hidden />}
            onClick={() => acts.onRestore(schema)}
          >
            Restore
          </Menu.Item>
        ) : (
          <>
            <Menu.Item
              leftSection={<IconExternalLink size={16} stroke={1.75} aria-hidden />}
              renderRoot={(props) => <Link {...paths.design(tenantParam, schema.id)} {...props} />}
            >
              Open
            </Menu.Item>
            <Menu.Item
              leftSection={<IconTable size={16} stroke={1.75} aria-hidden />}
              renderRoot={(props) => <Link {...paths.data(tenantParam, schema.id)} {...props} />}
            >
              See its data
            </Menu.Item>
            {isMine && <ManageItems schema={schema} acts={acts} />}
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
