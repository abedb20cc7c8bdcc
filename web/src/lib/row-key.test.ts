import { expect, it } from "vitest";
import { rowKey } from "./row-key";

const text = (value: string) => ({ kind: "text", text: value }) as const;

it("names a row by its key", () => {
  expect(rowKey({ id: text("a b") }, ["id"])).toBe("a%20b");
  expect(rowKey({ a: text("x,y"), b: { kind: "number", text: "7" } }, ["a", "b"])).toBe("x%2Cy,7");
});

it("has no name for a row without a key", () => {
  expect(rowKey({ id: text("1") }, [])).toBeUndefined();
  expect(rowKey({ id: { kind: "null" } }, ["id"])).toBeUndefined();
});
