import { expect, it } from "vitest";
import { changedDetails, detailsOf, overtaken } from "./details";

const before = detailsOf({ name: "crm", description: null, isActive: true });

it("sends only what was changed", () => {
  expect(changedDetails(before, before)).toEqual({});
  expect(changedDetails(before, { ...before, name: " crm2 " })).toEqual({ name: "crm2" });
  expect(changedDetails(before, { ...before, isActive: false })).toEqual({ isActive: false });
});

it("notices what somebody else changed meanwhile", () => {
  const now = { ...before, description: "theirs" };
  expect(overtaken(before, now, { description: "mine" })).toEqual(["description"]);
  expect(overtaken(before, now, { description: "theirs" })).toEqual([]);
  expect(overtaken(before, now, { isActive: false })).toEqual([]);
});
