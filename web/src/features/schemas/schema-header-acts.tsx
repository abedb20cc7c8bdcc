/** What can be done with the schema as a whole. */
import { Button, Menu } from "@mantine/core";
import { IconArchive, IconArrowBackUp, IconDots, IconPencil } from "@tabler/icons-react";
import { useState } from "react";
import type { Schema } from "../../api/types";
import { useDesignRights } from "../../app/design-rights";
import { IconButton } from "../../ui/icon-button";
import { EditDetails } from "./edit-details";
import { OutOfUse } from "./out-of-use";
import { useRestore } from "./use-restore";

export function SchemaHeaderActs({ schema }: { readonly schema: Schema }) {
  const { mayChange } = useDesignRights();
  const [open, setOpen] = useState<"details" | "out">();
  const restore = useRestore();
  const close = () => setOpen(undefined);
  if (!mayChange(schema)) return null;
  if (schema.deletedAt !== undefined && schema.deletedAt !== null) {
    return (
      <div className="schema-acts">
        <Button
          leftSection={<IconArrowBackUp size={16} stroke={1.75} aria-hidden />}
          onClick={() => restore(schema)}
        >
          Restore {schema.name}
        </Button>
      </div>
    );
  }
  return (
    <div className="schema-acts">
      <Menu>
        <Menu.Target>
          <IconButton icon={IconDots} label={`Acts on ${schema.name}`} />
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconPencil size={16} stroke={1.75} aria-hidden />}
            onClick={() => setOpen("details")}
          >
            Edit details
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            data-danger
            leftSection={<IconArchive size={16} stroke={1.75} aria-hidden />}
            onClick={() => setOpen("out")}
          >
            Take out of use
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {open === "details" && <EditDetails schema={schema} onClose={close} />}
      {open === "out" && <OutOfUse schema={schema} onClose={close} />}
    </div>
  );
}
