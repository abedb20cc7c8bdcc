/** Filters of the data grid: one text per filter in the URL, in the words of the data API. */

/** The comparisons the column menu offers, with the words shown. */
export const OPERATORS = {
  eq: "is",
  neq: "is not",
  gt: "is greater than",
  gte: "is at least",
  lt: "is less than",
  lte: "is at most",
  like: "contains",
  in: "is one of",
  null: "is null",
  value: "is not null",
} as const;

export type Operator = keyof typeof OPERATORS;

export interface Filter {
  readonly column: string;
  readonly operator: Operator;
  readonly value: string;
}

/** `status.eq.paid`: what stands in the page's URL. */
export function writeFilter(filter: Filter): string {
  return `${encodeURIComponent(filter.column)}.${filter.operator}.${filter.value}`;
}

/** Reads one filter of the page's URL; nonsense is nothing. */
export function readFilter(text: string): Filter | undefined {
  const [column, operator, ...value] = text.split(".");
  if (!column || !operator || !(operator in OPERATORS)) return undefined;
  return {
    column: decodeURIComponent(column),
    operator: operator as Operator,
    value: value.join("."),
  };
}

function quoteItem(item: string): string {
  return /^[\w-]+$/.test(item) ? item : `"${item.replace(/(["\\])/g, "\\$1")}"`;
}

/** The query parameter of the data API that asks for this filter. */
export function filterParam(filter: Filter): readonly [string, string] {
  switch (filter.operator) {
    case "null":
      return [filter.column, "is.null"];
    case "value":
      return [filter.column, "not.is.null"];
    case "like":
      // Whoever searches in a text does not mind its case.
      return [filter.column, `ilike.*${filter.value}*`];
    case "in": {
      const items = filter.value.split(",").map((item) => quoteItem(item.trim()));
      return [filter.column, `in.(${items.join(",")})`];
    }
    case "eq":
    case "neq":
    case "gt":
    case "gte":
    case "lt":
    case "lte":
      return [filter.column, `${filter.operator}.${filter.value}`];
  }
}

/** Whether a comparison is with something. */
export function needsValue(operator: Operator): boolean {
  return operator !== "null" && operator !== "value";
}

/** The filter as a person reads it on its chip. */
export function filterLabel(filter: Filter): string {
  const words = `${filter.column} ${OPERATORS[filter.operator]}`;
  return needsValue(filter.operator) ? `${words} ${filter.value}` : words;
}
