import { expect, it } from "vitest";
import { parseSearch, stringifySearch } from "./search-params";

it("keeps numbers as the text they were", () => {
  expect(parseSearch("?row=9223372036854775807&page=2")).toEqual({
    row: "9223372036854775807",
    page: "2",
  });
});

it("reads and writes lists", () => {
  const parts = { filter: ["a.eq.x y", "b.null."], table: "t" };
  expect(parseSearch(stringifySearch(parts))).toEqual(parts);
  expect(stringifySearch({ page: 2, none: undefined })).toBe("?page=2");
  expect(stringifySearch({})).toBe("");
});
