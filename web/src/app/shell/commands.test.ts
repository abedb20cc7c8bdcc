import { IconKey } from "@tabler/icons-react";
import { expect, it } from "vitest";
import { type Command, matchCommands } from "./commands";

const command = (group: Command["group"], label: string): Command => ({
  id: label,
  group,
  label,
  icon: IconKey,
  perform: () => {},
});

const ALL = [command("Go to", "Schemas"), command("Do", "New schema"), command("Schemas", "crm")];

it("finds by every word, in any order", () => {
  expect(matchCommands(ALL, "schema new").map(({ id }) => id)).toEqual(["New schema"]);
  expect(matchCommands(ALL, "zebra")).toEqual([]);
});

it("puts what starts with the words first", () => {
  expect(matchCommands(ALL, "new").map(({ id }) => id)[0]).toBe("New schema");
  expect(matchCommands(ALL, "s").map(({ id }) => id)[0]).toBe("Schemas");
});

it("shows all when nothing is typed", () => {
  expect(matchCommands(ALL, " ")).toHaveLength(3);
});
