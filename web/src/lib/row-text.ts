/**
 * Reads a JSON array of flat rows without turning a number into a double.
 *
 * `JSON.parse` would round an int8 or a numeric, and would rewrite the digits inside a json column.
 * Here every value stays the text the server sent; only strings are unescaped.
 */

/** One value of a row, exactly as it was sent. */
export type Cell =
  | { readonly kind: "null" }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "boolean"; readonly text: "true" | "false" }
  | { readonly kind: "json"; readonly text: string };

/** A row by column name, in the order of the answer. */
export type Row = Readonly<Record<string, Cell>>;

const WHITESPACE = /[\s]/;

class Scanner {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  peek(): string {
    while (this.at < this.text.length && WHITESPACE.test(this.text[this.at] ?? "")) this.at += 1;
    return this.text[this.at] ?? "";
  }

  take(expected: string): void {
    if (this.peek() !== expected)
      throw new SyntaxError(`expected ${expected} at character ${this.at}`);
    this.at += 1;
  }

  /** The raw text of a string, quotes included. */
  string(): string {
    this.peek();
    const start = this.at;
    this.take('"');
    while (this.at < this.text.length && this.text[this.at] !== '"') {
      this.at += this.text[this.at] === "\\" ? 2 : 1;
    }
    this.take('"');
    return this.text.slice(start, this.at);
  }

  /** The raw text of any value. */
  value(): string {
    const first = this.peek();
    if (first === '"') return this.string();
    const start = this.at;
    if (first === "{" || first === "[") {
      this.nested();
    } else {
      while (this.at < this.text.length && !/[\s,\]}]/.test(this.text[this.at] ?? ","))
        this.at += 1;
    }
    if (this.at === start) throw new SyntaxError(`expected a value at character ${start}`);
    return this.text.slice(start, this.at);
  }

  private nested(): void {
    let depth = 0;
    do {
      const char = this.peek();
      if (char === "") throw new SyntaxError("the answer ends in the middle of a value");
      if (char === '"') {
        this.string();
        continue;
      }
      if (char === "{" || char === "[") depth += 1;
      if (char === "}" || char === "]") depth -= 1;
      this.at += 1;
    } while (depth > 0);
  }
}

function toCell(raw: string): Cell {
  if (raw === "null") return { kind: "null" };
  if (raw === "true" || raw === "false") return { kind: "boolean", text: raw };
  if (raw.startsWith('"')) return { kind: "text", text: JSON.parse(raw) as string };
  if (raw.startsWith("{") || raw.startsWith("[")) return { kind: "json", text: raw };
  return { kind: "number", text: raw };
}

function readRow(scanner: Scanner): Row {
  // Without a prototype, so that a column may be called anything.
  const row: Record<string, Cell> = Object.create(null) as Record<string, Cell>;
  scanner.take("{");
  while (scanner.peek() !== "}") {
    const name = JSON.parse(scanner.string()) as string;
    scanner.take(":");
    row[name] = toCell(scanner.value());
    if (scanner.peek() === ",") scanner.take(",");
  }
  scanner.take("}");
  return row;
}

/** Reads an array of rows; a single object counts as one row. */
export function parseRows(text: string): Row[] {
  const scanner = new Scanner(text);
  if (scanner.peek() === "{") return [readRow(scanner)];
  const rows: Row[] = [];
  scanner.take("[");
  while (scanner.peek() !== "]") {
    rows.push(readRow(scanner));
    if (scanner.peek() === ",") scanner.take(",");
  }
  scanner.take("]");
  return rows;
}

/** The text a person sees and edits; `null` has none. */
export function cellText(cell: Cell | undefined): string {
  return cell === undefined || cell.kind === "null" ? "" : cell.text;
}
