import { expect, it } from "vitest";
import { asSentence, formatActor, formatAgo, formatBytes, plural } from "./format";

it.each([
  [0, "0 B"],
  [8192, "8 kB"],
  [1536, "1.5 kB"],
  [52_428_800, "50 MB"],
])("%d bytes", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

it("names people by themselves", () => {
  expect(formatActor("user ada@example.org")).toBe("ada@example.org");
  expect(formatActor("apiKey Till")).toBe("key Till");
  expect(formatActor("system")).toBe("system");
});

it("begins sentences with a capital and leaves names alone", () => {
  expect(asSentence("there is no type `x`")).toBe("There is no type `x`");
  expect(asSentence("`created_at` has no zone")).toBe("`created_at` has no zone");
});

it("counts in words", () => {
  expect(plural(1, "table")).toBe("1 table");
  expect(plural(50_312, "row")).toBe("50,312 rows");
  expect(plural(2, "index", "indexes")).toBe("2 indexes");
});

it("tells times from now", () => {
  const now = Date.parse("2026-11-23T12:00:00Z");
  expect(formatAgo("2026-11-23T11:59:58Z", now)).toBe("just now");
  expect(formatAgo("2026-11-23T11:57:00Z", now)).toBe("3 minutes ago");
  expect(formatAgo("2026-11-21T12:00:00Z", now)).toBe("2 days ago");
  expect(formatAgo("not a time", now)).toBe("not a time");
});
