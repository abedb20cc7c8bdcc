import { describe, expect, it } from "vitest";
import { cellText, parseRows } from "./row-text";

describe("parseRows", () => {
  it("keeps every digit of int8 and numeric", () => {
    const [row] = parseRows('[{"id":9223372036854775807,"total":12345678901234567890.10}]');
    expect(cellText(row?.["id"])).toBe("9223372036854775807");
    expect(cellText(row?.["total"])).toBe("12345678901234567890.10");
  });

  it("keeps a json column as it was written", () => {
    const [row] = parseRows('[{"doc":{"a":1.50,"b":["}",{"c":"\\"]"}]},"after":1}]');
    expect(row?.["doc"]).toEqual({ kind: "json", text: '{"a":1.50,"b":["}",{"c":"\\"]"}]}' });
    expect(cellText(row?.["after"])).toBe("1");
  });

  it("tells null, an empty text and booleans apart", () => {
    const [row] = parseRows('[{"a":null,"b":"","c":true}]');
    expect(row).toEqual({
      a: { kind: "null" },
      b: { kind: "text", text: "" },
      c: { kind: "boolean", text: "true" },
    });
  });

  it("unescapes strings and column names", () => {
    const [row] = parseRows('[{"na\\"me":"tab\\tand \\u00e9"}]');
    expect(cellText(row?.['na"me'])).toBe("tab\tand é");
  });

  it("reads an empty array, one object and many rows", () => {
    expect(parseRows(" [ ] ")).toEqual([]);
    expect(parseRows('{"a":1}')).toHaveLength(1);
    expect(parseRows('[{"a":1}, {"a":2} ,{"a":3}]')).toHaveLength(3);
  });

  it("refuses an answer cut in the middle", () => {
    expect(() => parseRows('[{"a":{"b":1')).toThrow(SyntaxError);
    expect(() => parseRows('[{"a"')).toThrow(SyntaxError);
    expect(() => parseRows("[")).toThrow(SyntaxError);
  });
});
