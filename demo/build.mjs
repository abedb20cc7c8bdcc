// Makes data/*.csv.gz and manifest.json out of the packages in package.json.
//
//     npm ci --prefix demo && npm run --prefix demo build
//
// The result is committed, so that neither building nor running Tenanta needs the packages; the
// same packages always give the same bytes.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { readCsv, writeCsv } from "./csv.mjs";
import * as tables from "./tables.mjs";

const here = new URL("./", import.meta.url);

function raw(name, dataset = "vega-datasets") {
  const text = readFileSync(new URL(`node_modules/${dataset}/data/${name}`, here), "utf8");
  return name.endsWith(".json") ? JSON.parse(text) : readCsv(text);
}

const airports = tables.airports(raw("airports.csv"));
const strikes = raw("birdstrikes.csv");
// The later package has these flights in a binary format only.
const flights = tables.flights(raw("flights-3m.csv", "vega-datasets-1"));

/** Each after the tables it refers to. */
const contents = [
  ["regions", tables.regions(raw("us-state-capitals.json"))],
  ["airports", airports],
  ["routes", tables.routes(raw("flights-airport.csv"), flights)],
  ["flights", flights],
  ["operators", tables.operators(strikes)],
  ["species", tables.species(strikes)],
  ["strikes", tables.strikes(strikes, airports)],
];

/** Columns of the definition that have a value in the data; the others take their default. */
function columnsOf(table, rows) {
  const definition = JSON.parse(readFileSync(new URL("definition.json", here), "utf8"));
  const { columns } = definition.tables.find(({ name }) => name === table);
  const filled = new Set(rows.flatMap((row) => Object.keys(row)));
  return columns.map(({ name }) => name).filter((name) => filled.has(name));
}

mkdirSync(new URL("data/", here), { recursive: true });
const listed = contents.map(([table, rows]) => {
  const file = `data/${table}.csv.gz`;
  const columns = columnsOf(table, rows);
  writeFileSync(new URL(file, here), gzipSync(writeCsv(columns, rows), { level: 9 }));
  return { table, file, rows: rows.length };
});
const manifest = {
  schema: "aviation",
  description: "Airports, routes, flights and wildlife strikes in the United States",
  definition: "definition.json",
  tables: listed,
};
writeFileSync(new URL("manifest.json", here), `${JSON.stringify(manifest, null, 2)}\n`);
