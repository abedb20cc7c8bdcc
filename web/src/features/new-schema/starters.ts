/** Documents to begin with; each is valid as it stands. */
import type { Start } from "../../app/paths";
import blank from "./starters/blank.json?raw";
import customTable from "./starters/custom-table.json?raw";
import shop from "./starters/shop.json?raw";
import tasks from "./starters/tasks.json?raw";

export interface Starter {
  readonly id: string;
  readonly label: string;
  readonly text: string;
  readonly document: string;
}

export const BLANK: Starter = {
  id: "blank",
  label: "Blank",
  text: "One table to rename",
  document: blank,
};

const SHOP: Starter = {
  id: "shop",
  label: "Shop",
  text: "Customers, products, orders",
  document: shop,
};

export const STARTERS: readonly Starter[] = [
  BLANK,
  SHOP,
  { id: "tasks", label: "Tasks", text: "People, tasks, labels", document: tasks },
  {
    id: "custom",
    label: "Single table",
    text: "Id, name, time of creation",
    document: customTable,
  },
];

/** The document the page opens with. */
export function documentFor(start: Start | undefined): string {
  switch (start) {
    case "example":
      return SHOP.document;
    case "paste":
    case "file":
      return "";
    case "blank":
    case undefined:
      return BLANK.document;
  }
}
