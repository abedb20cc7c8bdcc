import { describe, expect, it } from "vitest";
import { type Filter, filterLabel, filterParam, readFilter, writeFilter } from "./filter";

describe("filters", () => {
  it("survive the URL, dots and commas included", () => {
    const filter: Filter = { column: "total", operator: "gt", value: "1.5" };
    expect(readFilter(writeFilter(filter))).toEqual(filter);
    const list: Filter = { column: "a", operator: "in", value: "x, y.z" };
    expect(readFilter(writeFilter(list))).toEqual(list);
  });

  it("ignore nonsense", () => {
    expect(readFilter("total")).toBeUndefined();
    expect(readFilter("total.drop.1")).toBeUndefined();
    expect(readFilter("")).toBeUndefined();
  });

  it("speak the words of the data API", () => {
    expect(filterParam({ column: "a", operator: "eq", value: "x" })).toEqual(["a", "eq.x"]);
    expect(filterParam({ column: "a", operator: "like", value: "x" })).toEqual(["a", "ilike.*x*"]);
    expect(filterParam({ column: "a", operator: "null", value: "" })).toEqual(["a", "is.null"]);
    expect(filterParam({ column: "a", operator: "value", value: "" })).toEqual([
      "a",
      "not.is.null",
    ]);
    expect(filterParam({ column: "a", operator: "lte", value: "5" })).toEqual(["a", "lte.5"]);
    expect(filterParam({ column: "a", operator: "in", value: 'x, y z,"q' })).toEqual([
      "a",
      'in.(x,"y z","\\"q")',
    ]);
  });

  it("read like a sentence", () => {
    expect(filterLabel({ column: "note", operator: "null", value: "" })).toBe("note is null");
    expect(filterLabel({ column: "total", operator: "gt", value: "10" })).toBe(
      "total is greater than 10",
    );
  });
});
