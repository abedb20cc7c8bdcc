import { expect, it } from "vitest";
import { curlSnippet, endpointsOf } from "./snippets";

it("names a row by its key, and offers none without one", () => {
  const columns = [{ name: "a" }, { name: "b" }];
  expect(endpointsOf("S", { name: "t", columns })).toHaveLength(2);
  expect(endpointsOf("S", { name: "t", columns, primaryKey: ["a", "b"] })[2]?.path).toBe(
    "/api/schemas/S/tables/t/data/{a},{b}",
  );
});

it("writes a command for a shell", () => {
  expect(curlSnippet("http://h", "S", "t")).toBe(
    "curl 'http://h/api/schemas/S/tables/t/data?limit=5' \\\n  -H 'apikey: YOUR_KEY'",
  );
});
