import { describe, expect, it } from "vitest";
import { bodyOf, changedColumns, columnOfRefusal, draftOf, emptied } from "./row-draft";

const columns = [
  { name: "id", kind: "number", column: { identity: "always" } },
  { name: "name", kind: "text", column: {} },
  { name: "total", kind: "number", column: {} },
  { name: "year", kind: "number", column: { generated: "1" } },
] as const;

const row = {
  id: { kind: "number", text: "7" },
  name: { kind: "text", text: "a" },
  total: { kind: "null" },
  year: { kind: "number", text: "2026" },
} as const;

describe("a row's form", () => {
  it("sends nothing when nothing changed", () => {
    const before = draftOf(columns, row);
    expect(bodyOf(columns, before, before)).toBe("{}");
  });

  it("sends only what changed, with every digit", () => {
    const before = draftOf(columns, row);
    const after = { ...before, total: { state: "typed", text: "9007199254740993.10" } } as const;
    expect(bodyOf(columns, before, after)).toBe('{"total":9007199254740993.10}');
    expect(changedColumns(columns, before, after).map(({ name }) => name)).toEqual(["total"]);
  });

  it("never sends what the database fills itself", () => {
    const before = draftOf(columns, undefined);
    const after = {
      ...before,
      id: { state: "typed", text: "1" },
      name: { state: "null" },
    } as const;
    expect(bodyOf(columns, before, after)).toBe('{"name":null}');
  });

  it("tells an emptied text from an emptied number", () => {
    expect(emptied("text", true)).toEqual({ state: "typed", text: "" });
    expect(emptied("number", true)).toEqual({ state: "unset" });
    expect(emptied("number", false)).toEqual({ state: "null" });
  });
});

describe("a refusal", () => {
  it("is shown at the column it names", () => {
    const at = (path: string | undefined, message: string) =>
      columnOfRefusal(columns, { path, message });
    expect(at("total", "")).toBe("total");
    expect(at("[0].total", "")).toBe("total");
    expect(at(undefined, "The column `name` is required.")).toBe("name");
    expect(at(undefined, "The server is tired.")).toBeUndefined();
  });
});
