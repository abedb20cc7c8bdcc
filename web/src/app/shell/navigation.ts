/** The places of a tenant: the rail, the palette and the `g` keys read the same list. */
import {
  type Icon,
  IconDatabase,
  IconFolders,
  IconKey,
  IconSettings,
  IconUsers,
} from "@tabler/icons-react";
import { paths } from "../paths";

export interface Place {
  readonly label: string;
  readonly icon: Icon;
  /** Pressed after `g`. */
  readonly key: string;
  readonly link: (tenant: string) => { readonly to: string; readonly params: { tenant: string } };
}

export const PLACES = [
  { label: "Schemas", icon: IconDatabase, key: "s", link: paths.schemas },
  { label: "Projects", icon: IconFolders, key: "p", link: paths.projects },
  { label: "Members", icon: IconUsers, key: "m", link: paths.members },
  { label: "Keys", icon: IconKey, key: "k", link: paths.keys },
  { label: "Settings", icon: IconSettings, key: "t", link: paths.settings },
] as const satisfies readonly Place[];

/** The tabs of a schema, in the order of their number keys. */
export const SCHEMA_TABS = [
  { label: "Design", key: "g", link: paths.design },
  { label: "Data", key: "d", link: paths.data },
  { label: "History", key: "h", link: paths.history },
  { label: "API", key: "a", link: paths.endpoints },
] as const;

/** All keys, as the help shows them. */
export const SHORTCUTS: readonly (readonly [keys: string, does: string])[] = [
  ["⌘ K", "Find anything, do anything"],
  ["/", "Search on this page"],
  ["n", "New schema, or a new row in a table"],
  ["g then s", "Go to Schemas"],
  ["g then p", "Go to Projects"],
  ["g then m", "Go to Members"],
  ["g then k", "Go to Keys"],
  ["g then t", "Go to Settings"],
  ["1 … 4", "Design, Data, History, API of a schema"],
  ["g then g d h a", "The same four"],
  ["← ↑ → ↓", "Move between the cells of a table"],
  ["Enter", "Open the row of the cell"],
  ["⌘ ⏎", "Save the row"],
  ["?", "This list"],
];
