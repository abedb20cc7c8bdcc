/**
 * Where each part of a JSON text stands, so that a problem's path can be shown at its line.
 *
 * Also says where a text stops being JSON, which `JSON.parse` tells differently in each browser.
 */

/** The offsets of a value in the text. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Either the places of all values by path, or the place where the text breaks. */
export type JsonMap =
  | { readonly ok: true; readonly spans: ReadonlyMap<string, Span> }
  | { readonly ok: false; readonly at: number; readonly message: string };

/** Deeper documents are refused by the server anyway. */
const MAX_DEPTH = 100;

class Broken extends Error {
  readonly at: number;

  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

class Mapper {
  readonly spans = new Map<string, Span>();
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  document(): void {
    this.value("", 0);
    this.space();
    if (this.at < this.text.length)
      throw new Broken(this.at, "There is something after the end of the document.");
  }

  private value(path: string, depth: number): void {
    this.space();
    if (depth > MAX_DEPTH) throw new Broken(this.at, "The document is nested too deeply.");
    const from = this.at;
    const char = this.text[this.at];
    if (char === "{") this.object(path, depth);
    else if (char === "[") this.array(path, depth);
    else if (char === '"') this.string();
    else this.scalar();
    this.spans.set(path, { from, to: this.at });
  }

  private object(path: string, depth: number): void {
    this.at += 1;
    this.space();
    if (this.text[this.at] === "}") {
      this.at += 1;
      return;
    }
    for (;;) {
      this.space();
      if (this.text[this.at] !== '"')
        throw new Broken(this.at, 'A key in double quotes, like "name", is expected here.');
      const key = this.string();
      this.space();
      if (this.text[this.at] !== ":")
        throw new Broken(this.at, "A colon is expected after the key.");
      this.at += 1;
      this.value(path === "" ? key : `${path}.${key}`, depth + 1);
      if (this.ends("}")) return;
    }
  }

  private array(path: string, depth: number): void {
    this.at += 1;
    this.space();
    if (this.text[this.at] === "]") {
      this.at += 1;
      return;
    }
    for (let index = 0; ; index += 1) {
      this.value(`${path}[${index}]`, depth + 1);
      if (this.ends("]")) return;
    }
  }

  /** After a member: true at the closing bracket, false after a comma. */
  private ends(closing: string): boolean {
    this.space();
    const char = this.text[this.at];
    if (char !== "," && char !== closing)
      throw new Broken(this.at, `A comma or a closing ${closing} is expected here.`);
    this.at += 1;
    return char === closing;
  }

  private string(): string {
    const from = this.at;
    this.at += 1;
    while (this.text[this.at] !== '"') {
      const char = this.text[this.at];
      if (char === undefined || char === "\n")
        throw new Broken(from, "This text is not closed by a quote.");
      this.at += char === "\\" ? 2 : 1;
    }
    this.at += 1;
    try {
      return JSON.parse(this.text.slice(from, this.at)) as string;
    } catch {
      throw new Broken(from, "This text holds an escape that JSON does not know.");
    }
  }

  private scalar(): void {
    const match = /^(true|false|null|-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?)/.exec(
      this.text.slice(this.at, this.at + 400),
    );
    if (match === null || match[0].length === 0)
      throw new Broken(this.at, "A value is expected here.");
    this.at += match[0].length;
  }

  private space(): void {
    while (/[ \t\r\n]/.test(this.text[this.at] ?? "x")) this.at += 1;
  }
}

/** Maps a JSON text by path (`tables[0].columns[2].type`). */
export function mapJson(text: string): JsonMap {
  const mapper = new Mapper(text);
  try {
    mapper.document();
    return { ok: true, spans: mapper.spans };
  } catch (error) {
    if (error instanceof Broken) return { ok: false, at: error.at, message: error.message };
    throw error;
  }
}

/** The last key or index of a path. */
const LAST_PART = /(\.[^.[\]]*|\[\d+\]|^[^.[\]]+)$/;

/** The span of a path, or of the nearest thing around it that exists. */
export function locate(map: JsonMap, path: string): Span {
  if (!map.ok) return { from: map.at, to: map.at };
  let rest = path;
  while (rest !== "") {
    const span = map.spans.get(rest);
    if (span) return span;
    const shorter = rest.replace(LAST_PART, "");
    if (shorter === rest) break;
    rest = shorter;
  }
  return { from: 0, to: 0 };
}

/** The line and column of an offset, both from 1. */
export function lineOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  return { line, column: offset - before.lastIndexOf("\n") };
}
