import { expect, it } from "vitest";
import { findingsOf } from "./findings";

const text = '{\n  "tables": [\n    { "name": "A" }\n  ]\n}';
const problem = { code: "bad_name", message: "No.", severity: "error" } as const;

it("puts a problem at its line", () => {
  const [found] = findingsOf(text, [{ ...problem, path: "tables[0].name" }]);
  expect(found?.line).toBe(3);
  expect(text.slice(found?.from, found?.to)).toBe('"A"');
});

it("understands paths from the request's root", () => {
  const [found] = findingsOf(text, [{ ...problem, path: "definition.tables[0].name" }]);
  expect(found?.line).toBe(3);
});

it("says first that a text is no JSON", () => {
  const found = findingsOf('{\n"a" 1}', [{ ...problem, path: "a" }]);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ code: "invalid_json", line: 2 });
});

it("has nothing to say about nothing", () => {
  expect(findingsOf("  ", [])).toEqual([]);
});
