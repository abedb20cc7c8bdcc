/** Numbers, sizes and times as people read them. */

const NUMBERS = new Intl.NumberFormat("en");

/** `50312` → `50,312`. */
export function formatCount(count: number): string {
  return NUMBERS.format(count);
}

/** `1 table`, `3 tables`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

const UNITS = ["B", "kB", "MB", "GB", "TB"] as const;

/** `8192` → `8 kB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = value < 10 && unit > 0 ? 1 : 0;
  return `${value.toFixed(digits).replace(/\.0$/, "")} ${UNITS[unit] ?? "B"}`;
}

/** `user ada@example.org` → `ada@example.org`; a key is still called a key. */
export function formatActor(actor: string): string {
  return actor.replace(/^user /, "").replace(/^apiKey /, "key ");
}

/** Begins a sentence with a capital; a name at its beginning stays as it is. */
export function asSentence(text: string): string {
  return text.replace(/^[a-z]/, (letter) => letter.toUpperCase());
}

const RELATIVE = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const STEPS = [
  ["second", 60],
  ["minute", 60],
  ["hour", 24],
  ["day", 7],
  ["week", 4.35],
  ["month", 12],
  ["year", Number.POSITIVE_INFINITY],
] as const;

/** `3 minutes ago`, seen from `now`. */
export function formatAgo(time: string, now: number): string {
  const parsed = Date.parse(time);
  if (Number.isNaN(parsed)) return time;
  let amount = (parsed - now) / 1000;
  if (Math.abs(amount) < 10) return "just now";
  for (const [unit, size] of STEPS) {
    if (Math.abs(amount) < size) return RELATIVE.format(Math.round(amount), unit);
    amount /= size;
  }
  return time;
}

/** The full local date and time, for the title of a relative one. */
export function formatTime(time: string): string {
  const parsed = new Date(time);
  if (Number.isNaN(parsed.getTime())) return time;
  return parsed.toLocaleString("en", { dateStyle: "long", timeStyle: "short" });
}
