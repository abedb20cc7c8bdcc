/** What a version changed, as lines to read; the server may tell each as a text or as an object. */

interface Told {
  readonly message?: unknown;
  readonly text?: unknown;
  readonly summary?: unknown;
}

function line(item: unknown): string | undefined {
  if (typeof item === "string") return item;
  if (typeof item !== "object" || item === null) return undefined;
  const { message, text, summary } = item as Told;
  return [message, text, summary].find((part): part is string => typeof part === "string");
}

export function summaryLines(summary: readonly unknown[]): string[] {
  const lines = summary.map(line).filter((text): text is string => text !== undefined);
  return [...new Set(lines)];
}
