/** What a column's PostgreSQL type means for showing and editing it. */

/** The ways a value is shown and edited. */
export type ColumnKind =
  | "text"
  | "longText"
  | "number"
  | "boolean"
  | "date"
  | "timestamp"
  | "time"
  | "json"
  | "array"
  | "enum"
  | "other";

const NUMBERS = new Set([
  "smallint",
  "integer",
  "bigint",
  "int2",
  "int4",
  "int8",
  "int",
  "numeric",
  "decimal",
  "real",
  "float4",
  "float8",
  "double precision",
  "oid",
]);

/** The kind of a column of `type`, where `enums` are the schema's own. */
export function columnKind(type: string, enums: readonly string[]): ColumnKind {
  const lower = type.toLowerCase().trim();
  if (lower.endsWith("[]")) return "array";
  if (enums.includes(lower)) return "enum";
  const base = lower.replace(/\s*\([^)]*\)/, "");
  if (NUMBERS.has(base)) return "number";
  if (base === "boolean" || base === "bool") return "boolean";
  if (base === "json" || base === "jsonb") return "json";
  if (base === "date") return "date";
  if (base.startsWith("timestamp")) return "timestamp";
  if (base.startsWith("time")) return "time";
  if (base === "text") return "longText";
  if (base === "varchar" || base.startsWith("char") || base === "citext" || base === "uuid")
    return "text";
  return "other";
}
