// Reading and writing CSV as RFC 4180 has it. An empty field means NULL.

/** The rows of `text` as objects, by the names in its first line. */
export function readCsv(text) {
  const [header, ...rows] = records(text);
  return rows.map((fields) => Object.fromEntries(header.map((name, at) => [name, fields[at]])));
}

/** The text of `rows` with the columns `names`. */
export function writeCsv(names, rows) {
  const lines = rows.map((row) => names.map((name) => quoted(row[name])).join(","));
  return `${names.join(",")}\n${lines.join("\n")}\n`;
}

function quoted(value) {
  if (value === null || value === undefined) return "";
  const text = String(value);
  return /[",\r\n]/.test(text) || text === "" ? `"${text.replaceAll('"', '""')}"` : text;
}

function records(text) {
  const found = [[]];
  for (const [, quotedField, plainField, end] of text.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g,
  )) {
    found.at(-1).push(quotedField?.replaceAll('""', '"') ?? plainField);
    if (end === "") break;
    if (end !== ",") found.push([]);
  }
  return found.filter((fields) => fields.length > 1 || fields[0] !== "");
}
