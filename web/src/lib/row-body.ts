/** Writes a row for the server: numbers with all their digits, json as it was typed. */
import type { ColumnKind } from "./column-kind";

/** What a form holds for one column: no value at all, or the text typed. */
export type Typed = { readonly isNull: true } | { readonly isNull: false; readonly text: string };

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** One value as JSON text. What is not a number is sent as text, so that the server can say why. */
export function encodeValue(kind: ColumnKind, value: Typed): string {
  if (value.isNull) return "null";
  const text = value.text;
  const trimmed = text.trim();
  if (kind === "number" && NUMBER.test(trimmed)) return trimmed;
  if (kind === "boolean" && (trimmed === "true" || trimmed === "false")) return trimmed;
  if (kind === "json" && isJson(trimmed)) return trimmed;
  if (kind === "array" && trimmed.startsWith("[") && isJson(trimmed)) return trimmed;
  return JSON.stringify(text);
}

/** The body of a row's POST or PUT. */
export function encodeRow(values: readonly (readonly [string, ColumnKind, Typed])[]): string {
  const parts = values.map(([name, kind, value]) => {
    return `${JSON.stringify(name)}:${encodeValue(kind, value)}`;
  });
  return `{${parts.join(",")}}`;
}
