/** What the palette offers: places, schemas, acts, as plain values. */
import type { Icon } from "@tabler/icons-react";

export interface Command {
  readonly id: string;
  readonly group: "Go to" | "Schemas" | "Do";
  readonly label: string;
  readonly icon: Icon;
  readonly keys?: string;
  /** Names of the user's own things are set in the mono face. */
  readonly isName?: boolean;
  readonly perform: () => void;
}

/** Commands whose label holds every word typed, best first: those that start with it. */
export function matchCommands(commands: readonly Command[], typed: string): Command[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const text = (command: Command) => `${command.group} ${command.label}`.toLowerCase();
  const found = commands.filter((command) => words.every((word) => text(command).includes(word)));
  const rank = (command: Command) =>
    command.label.toLowerCase().startsWith(words.join(" ")) ? 0 : 1;
  return found.toSorted((left, right) => rank(left) - rank(right));
}
