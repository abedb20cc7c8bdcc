import { expect, it } from "vitest";
import { columnKind } from "./column-kind";

it.each([
  ["bigint", "number"],
  ["numeric(12,2)", "number"],
  ["varchar(255)", "text"],
  ["text", "longText"],
  ["text[]", "array"],
  ["order_status", "enum"],
  ["order_status[]", "array"],
  ["timestamptz", "timestamp"],
  ["timestamp(3) with time zone", "timestamp"],
  ["time", "time"],
  ["jsonb", "json"],
  ["boolean", "boolean"],
  ["date", "date"],
  ["int4range", "other"],
])("%s is %s", (type, kind) => {
  expect(columnKind(type, ["order_status"])).toBe(kind);
});
