// The tables of the demonstration, made from the raw files of the data set.

import { IATA_BY_NAME } from "./airport-names.mjs";
import { REGIONS } from "./regions.mjs";

/** How many of the flights are kept. */
const FLIGHTS = 60_000;
/** The year the flights' dates, which have month and day only, belong to. */
const YEAR_OF_FLIGHTS = "2001";
/** Operators that are no airlines. */
const OTHER_OPERATORS = ["BUSINESS", "GOVERNMENT", "MILITARY", "PRIVATELY OWNED", "UNKNOWN"];
/** Words of operators' names that are said letter by letter. */
const ABBREVIATIONS = ["ABX", "PSA", "UPS", "US"];
/** What the strikes call levels of damage. */
const DAMAGE = { B: "class_b", C: "class_c" };

export function regions(capitals) {
  const byState = new Map(capitals.map((capital) => [capital.state, capital]));
  return REGIONS.map(({ code, name, kind }) => {
    const capital = byState.get(name);
    return {
      code,
      name,
      kind,
      capital: capital?.city,
      capital_latitude: capital?.lat,
      capital_longitude: capital?.lon,
    };
  });
}

export function airports(raw) {
  return raw.map(({ iata, name, city, state, country, latitude, longitude }) => ({
    iata,
    name,
    city: known(city),
    region_code: known(state),
    country,
    latitude,
    longitude,
  }));
}

/** Every so many-th flight, so that the sample is spread evenly over the quarter. */
export function flights(raw) {
  const kept = (at) => Math.floor(((at + 1) * FLIGHTS) / raw.length);
  return raw
    .filter((_, at) => kept(at) > kept(at - 1))
    .map(({ date, delay, distance, origin, destination }) => {
      const [, month, day, hour, minute] = date.match(/^(..)(..)(..)(..)$/);
      return {
        origin,
        destination,
        departed_at: `${YEAR_OF_FLIGHTS}-${month}-${day} ${hour}:${minute}:00`,
        delay_minutes: delay,
        distance,
      };
    });
}

/** The routes of 2008, and those that are flown by the flights. */
export function routes(counted, flown) {
  const found = new Map();
  for (const { origin, destination, count } of counted) {
    found.set(`${origin} ${destination}`, { origin, destination, flights_in_2008: count });
  }
  for (const { origin, destination, distance } of flown) {
    const key = `${origin} ${destination}`;
    found.set(key, { origin, destination, ...found.get(key), distance_miles: distance });
  }
  return [...found.keys()].sort().map((key) => found.get(key));
}

export function operators(strikes) {
  return distinct(strikes, "Aircraft Airline Operator").map((name) => ({
    code: slug(name),
    name: capitalized(name),
    is_airline: !OTHER_OPERATORS.includes(name),
  }));
}

export function species(strikes) {
  return distinct(strikes, "Wildlife Species").map((name) => ({
    code: slug(name),
    name,
    is_identified: !name.startsWith("Unknown"),
  }));
}

/** An airport that the list of airports lacks (a military base) stays unknown. */
export function strikes(raw, listedAirports) {
  const listed = new Set(listedAirports.map(({ iata }) => iata));
  const airport = (name) =>
    listed.has(IATA_BY_NAME.get(name)) ? IATA_BY_NAME.get(name) : undefined;
  return raw.map((strike) => ({
    struck_on: strike["Flight Date"],
    airport: airport(strike["Airport Name"]),
    operator: slug(strike["Aircraft Airline Operator"]),
    species: slug(strike["Wildlife Species"]),
    aircraft: strike["Aircraft Make Model"],
    phase: slug(strike["Phase of flight"]),
    daylight: slug(strike["Time of day"]),
    size: slug(strike["Wildlife Size"]),
    damage: DAMAGE[strike["Effect Amount of damage"]] ?? slug(strike["Effect Amount of damage"]),
    speed_knots: strike["Speed IAS in knots"] || undefined,
    repair_cost: strike["Cost Repair"],
    other_cost: strike["Cost Other"],
  }));
}

/** The data set writes NA for what it does not know. */
function known(text) {
  return text === "NA" ? undefined : text;
}

function distinct(rows, column) {
  return [...new Set(rows.map((row) => row[column]))].sort();
}

/** `US AIRWAYS*` → `us_airways`. */
function slug(text) {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_|_$/g, "");
}

/** `US AIRWAYS*` → `US Airways`. */
function capitalized(text) {
  const lower = (word) =>
    ABBREVIATIONS.includes(word) ? word : word[0] + word.slice(1).toLowerCase();
  return text.replace("*", "").replace(/[A-Z]+/g, lower);
}
