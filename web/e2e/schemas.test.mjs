/** Schemas: made from JSON, found, changed, taken out of use and brought back. */
import assert from "node:assert/strict";
import { SHOP } from "./api.mjs";
import { hasValue, journeys } from "./journeys.mjs";

const journey = journeys();
const NONE = { tables: [] };
const ONE = {
  tables: [{ name: "things", columns: [{ name: "id", type: "uuid", primaryKey: true }] }],
};

const definition = (page) => page.getByRole("textbox", { name: "Definition" });
const problems = (page) => page.getByRole("region", { name: "Problems" });
const cards = (page) => page.getByRole("list", { name: "Schemas" }).getByRole("listitem");

journey("a definition with problems shows them all; mended it becomes tables", async ({ page }) => {
  await page.getByRole("link", { name: "Paste a definition" }).click();
  await page.getByLabel("Name").fill("crm");
  await definition(page).fill('{ "tables": [ ');
  await problems(page).getByText("A value is expected here").waitFor();
  assert.ok(await page.getByRole("button", { name: "Create schema" }).isDisabled());

  const broken = structuredClone(SHOP);
  broken.tables[0].columns[1].type = "varchr(40)";
  broken.tables[1].columns[1].references.table = "custmers";
  await definition(page).fill(JSON.stringify(broken, null, 2));
  await problems(page).getByText("2 errors").waitFor();
  const [first] = await problems(page).getByRole("button").all();
  await first.click();
  const selected = await page.evaluate(() => document.getSelection()?.toString());
  assert.match(selected ?? "", /varchr|custmers/);

  await definition(page).fill(JSON.stringify(SHOP, null, 2));
  await problems(page).getByText("No problems").waitFor();
  await page.getByRole("button", { name: "Create schema" }).click();
  await page.getByRole("heading", { name: "crm", exact: true }).waitFor();

  const orders = page.getByRole("region", { name: "Table orders" });
  await orders
    .getByRole("row", { name: /customer_id/ })
    .getByText("bigint")
    .waitFor();
  await orders.getByText("points to").waitFor();
  await orders.getByText("on delete cascade").waitFor();
  await orders.getByText("automatic").waitFor();
  await page.getByRole("region", { name: "Enums" }).getByText("shipped").waitFor();

  await page.getByRole("link", { name: "History" }).click();
  const version = page.getByRole("list", { name: "Versions" }).getByRole("listitem").first();
  await version.getByText("Current").waitFor();
  await version.getByText("Add the table customers").waitFor();
});

journey(
  "the example as published is understood when pasted whole",
  async ({ page, url, tenant }) => {
    await page.goto(`${url}${tenant.home}/new?start=paste`);
    const request = {
      name: "custom_schema",
      description: "Custom schema for project data",
      definition: {
        tables: [
          {
            name: "custom_table",
            columns: [
              { name: "id", type: "UUID", primaryKey: true, default: "uuid_generate_v4()" },
              { name: "name", type: "VARCHAR(255)", notNull: true },
              { name: "created_at", type: "TIMESTAMP", default: "NOW()" },
            ],
          },
        ],
      },
    };
    await page.locator('input[type="file"]').setInputFiles({
      name: "custom.json",
      mimeType: "application/json",
      buffer: Buffer.from(JSON.stringify(request, null, 2)),
    });
    await hasValue(page.getByLabel("Name"), "custom_schema");
    // A time without a zone and its like are worth a word, and no reason to refuse.
    await problems(page).getByText("3 warnings").waitFor();
    await page.getByRole("button", { name: "Create schema" }).click();
    await page.getByRole("region", { name: "Table custom_table" }).waitFor();
  },
);

journey("every starter is a valid definition", async ({ page, url, tenant }) => {
  await page.goto(`${url}${tenant.home}/new`);
  for (const [name, verdict] of [
    ["Shop", "No problems"],
    ["Tasks", "No problems"],
    ["Single table", "3 warnings"],
    ["Blank", "No problems"],
  ]) {
    await page.getByRole("button", { name: new RegExp(`^${name}`) }).click();
    await problems(page).getByText("Checking").waitFor({ state: "hidden" });
    assert.equal(await problems(page).getByRole("status").textContent(), verdict, name);
  }
});

journey(
  "what was typed survives a refusal and a reload",
  async ({ page, url, tenant, expectRefusal }) => {
    expectRefusal("/api/schemas");
    await tenant.schema("taken", ONE);
    await page.goto(`${url}${tenant.home}/new`);
    await page.getByLabel("Name").fill("taken");
    await page.getByLabel("Description").fill("Mine");
    await page.getByRole("button", { name: "Create schema" }).click();
    await page.getByText("Another schema of this tenant has this name.").waitFor();
    assert.equal(await page.getByLabel("Description").inputValue(), "Mine");
    await page.reload();
    assert.equal(await page.getByLabel("Name").inputValue(), "taken");
    assert.match(await definition(page).textContent(), /my_table/);
  },
);

journey(
  "search and filters stand in the address; Back and reload keep them",
  async ({ page, tenant }) => {
    await tenant.schema("apples", ONE, "Fruit");
    await tenant.schema("pears", NONE, "Fruit too");
    await tenant.schema("hammers", NONE);
    await page.reload();
    await cards(page).nth(2).waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("fruit");
    await page.waitForURL(/search=fruit/);
    await cards(page).filter({ hasText: "hammers" }).waitFor({ state: "hidden" });
    assert.equal(await cards(page).count(), 2);

    await cards(page).getByRole("link", { name: "apples" }).click();
    await page.getByRole("region", { name: "Table things" }).waitFor();
    await page.goBack();
    await cards(page).filter({ hasText: "pears" }).waitFor();
    assert.equal(await page.getByRole("searchbox").inputValue(), "fruit");
    await page.reload();
    await cards(page).filter({ hasText: "pears" }).waitFor();
    assert.equal(await cards(page).count(), 2);
  },
);

journey(
  "a schema is made inactive, found by its status, and active again",
  async ({ page, tenant }) => {
    await tenant.schema("crm", ONE);
    await page.reload();
    await page.getByRole("button", { name: "Acts on crm" }).click();
    await page.getByRole("menuitem", { name: "Edit details" }).click();
    await page.getByLabel("Description").fill("Our customers");
    await page.getByRole("switch", { name: "Active" }).click();
    await page.getByRole("button", { name: "Save details" }).click();
    await cards(page).getByText("Inactive").waitFor();
    await cards(page).getByText("Our customers").waitFor();

    await page.getByRole("combobox", { name: "Status" }).click();
    await page.getByRole("option", { name: "Active", exact: true }).click();
    await page.getByRole("heading", { name: "No schema matches" }).waitFor();
    await page.getByRole("button", { name: "Remove filter Status: Active" }).click();
    await cards(page).getByText("Inactive").waitFor();
  },
);

journey(
  "taking a schema out of use asks for its name; it can be restored",
  async ({ page, tenant }) => {
    await tenant.schema("crm", ONE);
    await page.reload();
    await page.getByRole("button", { name: "Acts on crm" }).click();
    await page.getByRole("menuitem", { name: "Take out of use" }).click();
    const act = page.getByRole("button", { name: "Take crm out of use" });
    assert.ok(await act.isDisabled());
    await page.getByLabel("Type crm to confirm").fill("crm");
    await act.click();
    await page.getByRole("heading", { name: "Describe your first tables" }).waitFor();

    await page.getByRole("combobox", { name: "Status" }).click();
    await page.getByRole("option", { name: "Out of use" }).click();
    await cards(page).getByText("Out of use").waitFor();
    await page.getByRole("button", { name: "Acts on crm" }).click();
    await page.getByRole("menuitem", { name: "Restore" }).click();
    await page.getByRole("heading", { name: "No schema matches" }).waitFor();
    await page.getByRole("link", { name: "Clear search and filters" }).click();
    await cards(page).getByText("Active").waitFor();
  },
);

journey(
  "two people who edit the same schema never overwrite silently",
  async ({ page, context, tenant, url }) => {
    const schema = await tenant.schema("crm", ONE);
    await page.goto(`${url}/t/${tenant.number}/schemas/${schema.id}`);
    const other = await context.newPage();
    await other.goto(page.url());
    for (const one of [page, other]) {
      await one.getByRole("button", { name: "Acts on crm" }).click();
      await one.getByRole("menuitem", { name: "Edit details" }).click();
    }
    await page.getByLabel("Description").fill("From the first");
    await page.getByRole("button", { name: "Save details" }).click();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await other.getByLabel("Description").fill("From the second");
    await other.getByRole("button", { name: "Save details" }).click();
    await other.getByRole("alert").getByText("From the first").waitFor();
    assert.equal(await other.getByLabel("Description").inputValue(), "From the second");
  },
);
