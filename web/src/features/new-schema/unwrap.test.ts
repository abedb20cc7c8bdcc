import { expect, it } from "vitest";
import { unwrap } from "./unwrap";

it("takes a whole request apart", () => {
  const text = `{
  "name": "crm",
  "description": "Customers",
  "definition": {
    "tables": []
  }
}`;
  expect(unwrap(text)).toEqual({
    document: '{\n  "tables": []\n}',
    name: "crm",
    description: "Customers",
  });
});

it("leaves a definition, and what is no JSON, as it is", () => {
  expect(unwrap('{"tables":[]}')).toEqual({ document: '{"tables":[]}' });
  expect(unwrap('{"definition":')).toEqual({ document: '{"definition":' });
  expect(unwrap('{"definition":"x"}')).toEqual({ document: '{"definition":"x"}' });
  expect(unwrap("")).toEqual({ document: "" });
});
