/** The walls of the client, as a test: who may import whom, how big a file may be, how it is called. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const SRC = import.meta.dirname;
/** Longer files are split. */
const MAX_LINES = 300;

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.(ts|tsx|css)$/.test(name))
  .map((name) => join(SRC, name));

const sources = files.filter((file) => /\.tsx?$/.test(file));

/** The files of ours that a file imports, as paths below `src`. */
function importsOf(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const found = text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g);
  return Array.from(found, (match) => relative(SRC, resolve(dirname(file), match[1] ?? "")));
}

function roomOf(path: string): string {
  const [room = "", feature = ""] = path.split("/");
  return room === "features" ? `features/${feature}` : room;
}

/** What each room may import besides itself. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  lib: [],
  ui: ["lib"],
  api: ["lib"],
  features: ["ui", "lib", "api", "app/paths", "app/tenant", "app/schema", "app/design-rights"],
  app: ["ui", "lib", "api", "features"],
};

function mayImport(from: string, to: string): boolean {
  if (roomOf(from) === roomOf(to)) return true;
  const room = from.split("/")[0] ?? "";
  if (!(room in ALLOWED)) return true;
  return (ALLOWED[room] ?? []).some((place) => to === place || to.startsWith(`${place}/`));
}

describe("walls", () => {
  it.each(sources.map((file) => relative(SRC, file)))("%s imports only what it may", (file) => {
    const forbidden = importsOf(join(SRC, file)).filter((target) => !mayImport(file, target));
    expect(forbidden).toEqual([]);
  });

  it("would notice a feature that imports another", () => {
    expect(mayImport("features/data/a.tsx", "features/keys/b")).toBe(false);
    expect(mayImport("ui/a.tsx", "api/client")).toBe(false);
    expect(mayImport("api/a.ts", "ui/page")).toBe(false);
    expect(mayImport("lib/a.ts", "api/client")).toBe(false);
    expect(mayImport("features/data/a.tsx", "app/paths")).toBe(true);
    expect(mayImport("features/data/a.tsx", "app/routes")).toBe(false);
  });

  it("finds the imports it judges", () => {
    expect(importsOf(join(SRC, "main.tsx")).length).toBeGreaterThan(0);
  });
});

describe("files", () => {
  it(`have at most ${MAX_LINES} lines`, () => {
    const long = files.filter((file) => readFileSync(file, "utf8").split("\n").length > MAX_LINES);
    expect(long.map((file) => relative(SRC, file))).toEqual([]);
  });

  it("say what they are on top", () => {
    const silent = sources.filter(
      (file) => !file.endsWith(".test.ts") && !readFileSync(file, "utf8").startsWith("/**"),
    );
    expect(silent.map((file) => relative(SRC, file))).toEqual([]);
  });
});
