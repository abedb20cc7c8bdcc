/** Problems put at their place in the text. */
import { lineOf, locate, mapJson } from "../../lib/json-map";

interface ProblemLike {
  readonly code: string;
  readonly path: string;
  readonly message: string;
  readonly hint?: string | null;
  readonly severity: "error" | "warning";
}

export interface Finding {
  readonly code: string;
  readonly path: string;
  readonly message: string;
  readonly hint: string | undefined;
  readonly severity: "error" | "warning";
  readonly from: number;
  readonly to: number;
  readonly line: number;
}

/** The server speaks of `definition.tables[0]` where the text begins at `tables[0]`. */
function inDocument(path: string): string {
  return path.replace(/^\$\.?/, "").replace(/^definition\.?/, "");
}

/** The findings about a text: that it is no JSON, or what the server said of it. */
export function findingsOf(text: string, problems: readonly ProblemLike[]): Finding[] {
  if (text.trim() === "") return [];
  const map = mapJson(text);
  if (!map.ok) {
    return [
      {
        code: "invalid_json",
        path: "",
        message: map.message,
        hint: undefined,
        severity: "error",
        from: map.at,
        to: Math.min(map.at + 1, text.length),
        line: lineOf(text, map.at).line,
      },
    ];
  }
  return problems.map(({ code, path, message, hint, severity }) => {
    const span = locate(map, inDocument(path));
    const line = lineOf(text, span.from).line;
    return { code, path, message, hint: hint ?? undefined, severity, ...span, line };
  });
}
