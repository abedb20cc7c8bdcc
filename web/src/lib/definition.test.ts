import { expect, it } from "vitest";
import { actionWords, keyColumns, referenceOf } from "./definition";

const columns = [{ name: "id", primaryKey: true }, { name: "n" }];

it("finds a table's key however it is written", () => {
  expect(keyColumns({ columns })).toEqual(["id"]);
  expect(keyColumns({ columns: [{ name: "n" }] })).toEqual([]);
  expect(keyColumns({ columns, primaryKey: ["b", "a"] })).toEqual(["b", "a"]);
  expect(keyColumns({ columns, primaryKey: { columns: ["x"] } })).toEqual(["x"]);
});

it("finds where a column points to", () => {
  const relationships = [
    { from: { table: "a", columns: ["x", "y"] }, to: { table: "b", columns: ["x", "y"] } },
    { from: { table: "a", columns: ["b_id"] }, to: { table: "b", columns: ["id"] } },
    { from: { table: "a" }, to: { table: "c" } },
  ];
  expect(referenceOf(relationships, "a", "b_id")).toEqual({ table: "b", column: "id" });
  expect(referenceOf(relationships, "a", "x")).toBeUndefined();
  expect(referenceOf(relationships, "b", "b_id")).toBeUndefined();
});

it("says actions in words", () => {
  expect(actionWords(undefined)).toBe("no action");
  expect(actionWords("setNull")).toBe("set null");
});
