/** Understands what was pasted: a definition, or a whole request to create a schema. */
import { mapJson } from "../../lib/json-map";

export interface Unwrapped {
  readonly document: string;
  readonly name?: string;
  readonly description?: string;
}

function textAt(source: unknown, key: string): string | undefined {
  const value = (source as Readonly<Record<string, unknown>>)[key];
  return typeof value === "string" ? value : undefined;
}

/** Takes one step of indentation off all lines but the first, which begins at the brace. */
function outdent(text: string): string {
  return text.replace(/\n {2}/g, "\n");
}

/** `{ "name", "description", "definition" }` becomes its parts; anything else stays as it is. */
export function unwrap(text: string): Unwrapped {
  const map = mapJson(text);
  const span = map.ok ? map.spans.get("definition") : undefined;
  if (span === undefined || text[span.from] !== "{") return { document: text };
  const source: unknown = JSON.parse(text);
  const name = textAt(source, "name");
  const description = textAt(source, "description");
  return {
    document: outdent(text.slice(span.from, span.to)),
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
  };
}
