/** Plain addresses: every part is text, a part that stands twice is a list. */

export type SearchParts = Record<string, string | string[]>;

export function parseSearch(search: string): SearchParts {
  const parts: SearchParts = {};
  for (const [name, value] of new URLSearchParams(search)) {
    const before = parts[name];
    if (before === undefined) parts[name] = value;
    else parts[name] = Array.isArray(before) ? [...before, value] : [before, value];
  }
  return parts;
}

export function stringifySearch(parts: Readonly<Record<string, unknown>>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(parts)) {
    if (value === undefined || value === null) continue;
    for (const one of Array.isArray(value) ? value : [value]) params.append(name, String(one));
  }
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
}
