/** Find anything, do anything: a list that follows what is typed. */
import { Modal } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { type Command, matchCommands } from "./commands";
import { useCommands } from "./use-commands";
import "./command-palette.css";

/** How long a pause in typing must be before schemas are asked for. */
const PAUSE_MS = 150;

interface CommandPaletteProps {
  readonly onClose: () => void;
  readonly onHelp: () => void;
}

function CommandRow(props: {
  readonly command: Command;
  readonly isChosen: boolean;
  readonly onRun: () => void;
}) {
  const { command, isChosen, onRun } = props;
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isChosen) row.current?.scrollIntoView({ block: "nearest" });
  }, [isChosen]);
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the field, which points here by aria-activedescendant.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above handles the keys.
    <div
      ref={row}
      id={`command-${command.id}`}
      role="option"
      aria-selected={isChosen}
      className="palette-row"
      onClick={onRun}
    >
      <command.icon size={16} stroke={1.75} aria-hidden />
      <span className={command.isName === true ? "mono clip" : "clip"}>{command.label}</span>
      <span className="palette-group">{command.group}</span>
      {command.keys !== undefined && <kbd className="key">{command.keys}</kbd>}
    </div>
  );
}

export function CommandPalette({ onClose, onHelp }: CommandPaletteProps) {
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const [search] = useDebouncedValue(typed.trim(), PAUSE_MS);
  const found = matchCommands(useCommands(search, onHelp), typed);
  const chosen = Math.min(at, found.length - 1);

  function run(command: Command | undefined) {
    if (command === undefined) return;
    onClose();
    command.perform();
  }

  function onKeyDown(event: KeyboardEvent) {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) setAt((chosen + step + found.length) % Math.max(found.length, 1));
    else if (event.key === "Enter") run(found[chosen]);
    else return;
    event.preventDefault();
  }

  return (
    <Modal opened onClose={onClose} withCloseButton={false} size={560} padding={0}>
      <input
        className="palette-field"
        role="combobox"
        aria-label="Find anything"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={found[chosen] === undefined ? "" : `command-${found[chosen].id}`}
        placeholder="Find a schema, a place or an act"
        data-autofocus
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id="palette-list" role="listbox" aria-label="Found" className="palette-list">
        {found.map((command, index) => (
          <CommandRow
            key={command.id}
            command={command}
            isChosen={index === chosen}
            onRun={() => run(command)}
          />
        ))}
        {found.length === 0 && <p className="palette-none">Nothing is called “{typed}”.</p>}
      </div>
    </Modal>
  );
}
