import { describe, expect, it } from "vitest";
import { encodeRow, encodeValue } from "./row-body";

const typed = (text: string) => ({ isNull: false, text }) as const;

describe("encodeValue", () => {
  it("sends digits no double can hold", () => {
    expect(encodeValue("number", typed("9223372036854775807"))).toBe("9223372036854775807");
    expect(encodeValue("number", typed(" 1.10 "))).toBe("1.10");
  });

  it("leaves the judgement of a bad number to the server", () => {
    expect(encodeValue("number", typed("12 apples"))).toBe('"12 apples"');
    expect(encodeValue("number", typed("007"))).toBe('"007"');
  });

  it("keeps text as typed, spaces and empty text included", () => {
    expect(encodeValue("text", typed("  a "))).toBe('"  a "');
    expect(encodeValue("text", typed(""))).toBe('""');
    expect(encodeValue("text", { isNull: true })).toBe("null");
  });

  it("sends json as it was typed", () => {
    expect(encodeValue("json", typed('{"a":1.50}'))).toBe('{"a":1.50}');
    expect(encodeValue("json", typed("{a}"))).toBe('"{a}"');
    expect(encodeValue("array", typed('["a"]'))).toBe('["a"]');
    expect(encodeValue("array", typed("{a,b}"))).toBe('"{a,b}"');
  });
});

describe("encodeRow", () => {
  it("writes one object", () => {
    const body = encodeRow([
      ["id", "number", typed("1")],
      ['a"b', "text", { isNull: true }],
    ]);
    expect(body).toBe('{"id":1,"a\\"b":null}');
  });
});
