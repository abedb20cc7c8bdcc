/** The list of keys. */
import { Modal } from "@mantine/core";
import { SHORTCUTS } from "./navigation";
import "./shortcuts-help.css";

interface ShortcutsHelpProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function ShortcutsHelp({ opened, onClose }: ShortcutsHelpProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keys" size={440}>
      <dl className="shortcuts">
        {SHORTCUTS.map(([keys, does]) => (
          <div key={keys} className="shortcuts-row">
            <dt>{does}</dt>
            <dd>
              <kbd className="key">{keys}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
