import { describe, expect, it } from "vitest";
import { readData, readSchemaList, readSignIn, readStart } from "./search";

describe("addresses", () => {
  it("go back only to our own pages", () => {
    expect(readSignIn({ redirect: "/t/1/schemas" })).toEqual({ redirect: "/t/1/schemas" });
    expect(readSignIn({ redirect: "//evil.example" })).toEqual({});
    expect(readSignIn({ redirect: "https://evil.example" })).toEqual({});
  });

  it("keep what they know and drop nonsense", () => {
    expect(readSchemaList({ search: 42, status: "", view: "tiles", other: 1 })).toEqual({
      search: "42",
    });
    expect(readStart({ start: "nowhere" })).toEqual({});
    expect(readData({ table: "a", filter: ["x.eq.1", 7], page: 0, row: "new" })).toEqual({
      table: "a",
      filter: ["x.eq.1"],
      row: "new",
    });
    expect(readData({ page: 3 })).toEqual({ page: 3 });
    expect(readData({ page: 1.5 })).toEqual({});
  });
});
