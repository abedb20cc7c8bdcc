/** Reads what stands after the question mark of our own addresses; nonsense is left out. */
import type { DataSearch, SchemaListSearch, Start } from "./paths";

type Raw = Readonly<Record<string, unknown>>;

function text(raw: Raw, name: string): string | undefined {
  const value = raw[name];
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}

export function readSignIn(raw: Raw): { redirect?: string } {
  const redirect = text(raw, "redirect");
  // Only our own pages, never another site's.
  return redirect?.startsWith("/") && !redirect.startsWith("//") ? { redirect } : {};
}

export function readSchemaList(raw: Raw): SchemaListSearch {
  return defined({
    search: text(raw, "search"),
    status: text(raw, "status"),
    project: text(raw, "project"),
    sort: text(raw, "sort"),
    view: raw["view"] === "rows" ? ("rows" as const) : undefined,
  });
}

const STARTS: readonly Start[] = ["blank", "example", "paste", "file"];

export function readStart(raw: Raw): { start?: Start } {
  const start = STARTS.find((known) => known === raw["start"]);
  return start === undefined ? {} : { start };
}

export function readTable(raw: Raw): { table?: string } {
  return defined({ table: text(raw, "table") });
}

export function readData(raw: Raw): DataSearch {
  const given: unknown[] = Array.isArray(raw["filter"]) ? raw["filter"] : [raw["filter"]];
  const filter = given.filter((part): part is string => typeof part === "string" && part !== "");
  const page = Number(raw["page"]);
  return defined({
    table: text(raw, "table"),
    order: text(raw, "order"),
    filter: filter.length === 0 ? undefined : filter,
    page: Number.isInteger(page) && page > 1 ? page : undefined,
    row: text(raw, "row"),
  });
}
