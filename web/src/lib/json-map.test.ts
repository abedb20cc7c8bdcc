import { describe, expect, it } from "vitest";
import { lineOf, locate, mapJson } from "./json-map";

const text = `{
  "tables": [
    { "name": "a", "columns": [{ "name": "id", "type": "uuidd" }] }
  ]
}`;

describe("mapJson", () => {
  it("finds a value by its path", () => {
    const span = locate(mapJson(text), "tables[0].columns[0].type");
    expect(text.slice(span.from, span.to)).toBe('"uuidd"');
    expect(lineOf(text, span.from).line).toBe(3);
  });

  it("falls back to what is around a missing key", () => {
    const span = locate(mapJson(text), "tables[0].columns[0].notNull");
    expect(text.slice(span.from, span.to)).toBe('{ "name": "id", "type": "uuidd" }');
    expect(locate(mapJson(text), "nothing.here")).toEqual({ from: 0, to: 0 });
    expect(locate(mapJson(text), "a]")).toEqual({ from: 0, to: 0 });
  });

  it.each([
    ["", 0],
    ['{"a" 1}', 5],
    ['{"a": 1,}', 8],
    ["[1 2]", 3],
    ['{"a": "open', 6],
    ['{"a": 1} x', 9],
    ["{'a': 1}", 1],
    ['["\\x"]', 1],
  ])("says where %s breaks", (broken, at) => {
    expect(mapJson(broken)).toMatchObject({ ok: false, at });
  });

  it("refuses to nest without end", () => {
    expect(mapJson("[".repeat(5000))).toMatchObject({ ok: false });
  });
});
