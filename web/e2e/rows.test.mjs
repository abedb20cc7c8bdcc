/** Rows of a table: added, changed, refused, deleted, sorted, filtered, followed. */
import assert from "node:assert/strict";
import { SHOP } from "./api.mjs";
import { journeys } from "./journeys.mjs";

const journey = journeys();

/** A shop with customers and orders, and the page of its rows. */
async function openShop({ page, url, tenant }, { customers = 3, orders = [] } = {}) {
  const schema = await tenant.schema("shop", SHOP);
  const base = `/api/schemas/${schema.id}/tables`;
  const people = Array.from({ length: customers }, (_, index) => ({
    id: index + 1,
    email: `person${index + 1}@example.org`,
    name: index === 0 ? null : `Person ${index + 1}`,
  }));
  if (people.length > 0) await tenant.call("POST", `${base}/customers/data`, people);
  if (orders.length > 0) await tenant.call("POST", `${base}/orders/data`, orders);
  const home = `${url}/t/${tenant.number}/schemas/${schema.id}`;
  await page.goto(`${home}/data`);
  await page.getByRole("grid").waitFor();
  return { schema, home, base };
}

const cell = (page, text) => page.getByRole("gridcell", { name: text, exact: true });
const panel = (page) => page.getByRole("dialog");

journey("a row is added, found, changed and deleted", async (world) => {
  const { page } = world;
  await openShop(world, { customers: 0 });
  await page.getByRole("heading", { name: "No rows in customers yet" }).waitFor();
  await page.getByRole("button", { name: "Add row" }).click();
  await panel(page).getByLabel("id", { exact: true }).fill("9007199254740993");
  await panel(page).getByLabel("email", { exact: true }).fill("ada@example.org");
  await panel(page).getByRole("button", { name: "Add row" }).click();
  await cell(page, "9007199254740993").click();

  await panel(page).getByLabel("name", { exact: true }).fill("Ada");
  await panel(page).getByRole("button", { name: "Save 1 change" }).click();
  await cell(page, "Ada").click();
  await panel(page).getByRole("button", { name: "Set name to null" }).click();
  await panel(page).getByRole("button", { name: "Save 1 change" }).click();
  await cell(page, "null").click();

  await panel(page).getByRole("button", { name: "Delete row" }).click();
  await page.getByText("The rows of orders that belong to it go too.").waitFor();
  await page.getByRole("dialog").last().getByRole("button", { name: "Delete row" }).click();
  await page.getByRole("heading", { name: "No rows in customers yet" }).waitFor();
});

journey("a refused value is explained at its field, and what was typed stays", async (world) => {
  const { page, expectRefusal } = world;
  expectRefusal("/data");
  await openShop(world);
  await page.getByRole("combobox", { name: "Table" }).click();
  await page.getByRole("option", { name: "orders" }).click();
  await page.getByRole("button", { name: "Add row" }).click();
  await panel(page).getByLabel("id", { exact: true }).fill("1");
  await panel(page).getByLabel("customer_id", { exact: true }).fill("1");
  const total = panel(page).getByLabel("total", { exact: true });
  await total.fill("twelve");
  await panel(page).getByRole("button", { name: "Add row" }).click();
  await page.waitForFunction(
    (field) => field?.getAttribute("aria-invalid") === "true",
    await total.elementHandle(),
  );
  assert.equal(await total.inputValue(), "twelve");

  await total.fill("-1");
  await panel(page).getByRole("button", { name: "Add row" }).click();
  await panel(page).getByText(/total/).nth(1).waitFor();
  await total.fill("12345678901234567890.0123456789");
  await panel(page).getByRole("button", { name: "Add row" }).click();
  await cell(page, "12345678901234567890.0123456789").waitFor();
});

journey("a key that is taken is told in words", async (world) => {
  const { page, expectRefusal } = world;
  expectRefusal("/data");
  await openShop(world);
  await page.keyboard.press("n");
  await panel(page).getByLabel("email", { exact: true }).fill("person1@example.org");
  await panel(page).getByLabel("id", { exact: true }).fill("77");
  await page.keyboard.press("Enter");
  await panel(page).getByText(/email/).nth(1).waitFor();
  assert.equal(
    await panel(page).getByLabel("email", { exact: true }).inputValue(),
    "person1@example.org",
  );
});

journey("sorting, filters and pages stand in the address", async (world) => {
  const { page } = world;
  await openShop(world, { customers: 120 });
  await page.getByText("Rows 1–50 of 120").waitFor();
  await page.getByRole("button", { name: "Next page" }).click();
  await page.getByText("Rows 51–100 of 120").waitFor();
  await page.goBack();
  await page.getByText("Rows 1–50 of 120").waitFor();

  const id = page.getByRole("columnheader", { name: /id bigint/ });
  await id.getByRole("button", { name: /id bigint/ }).click();
  await id.getByRole("button", { name: /id bigint/ }).click();
  await page.waitForURL(/order=id.desc/);
  await cell(page, "120").waitFor();
  assert.equal(await id.getAttribute("aria-sort"), "descending");

  await page.getByRole("button", { name: "Order and filter name" }).click();
  const filter = page.getByRole("dialog");
  await filter.getByRole("combobox").click();
  await page.getByRole("option", { name: "contains" }).click();
  await filter.getByLabel("Value").fill("Person 11");
  await filter.getByRole("button", { name: "Add filter" }).click();
  await page.getByText("Rows 1–11 of 11").waitFor();
  await page.reload();
  await page.getByText("Rows 1–11 of 11").waitFor();
  await cell(page, "119").waitFor();
  await page.getByRole("button", { name: "Remove filter name contains Person 11" }).click();
  await page.getByText("Rows 1–50 of 120").waitFor();
});

journey("a foreign key leads to the row it points to", async (world) => {
  const { page, home } = {
    ...world,
    ...(await openShop(world, { orders: [{ id: 5, customer_id: 2 }] })),
  };
  await page.goto(`${home}/data?table=orders`);
  await page.getByRole("link", { name: "Go to customers 2" }).click();
  await cell(page, "person2@example.org").waitFor();
  assert.equal(await page.getByRole("row").count(), 2);
});

journey("an open row has an address of its own", async (world) => {
  const { page } = world;
  await openShop(world);
  await cell(page, "person2@example.org").click();
  await panel(page).getByLabel("email", { exact: true }).waitFor();
  await page.reload();
  assert.equal(
    await panel(page).getByLabel("email", { exact: true }).inputValue(),
    "person2@example.org",
  );
  await page.goBack();
  await panel(page).waitFor({ state: "hidden" });
  await page.getByRole("grid").waitFor();
});

journey("two tabs that change different columns of a row keep both changes", async (world) => {
  const { page, context } = world;
  await openShop(world);
  await cell(page, "person2@example.org").click();
  await panel(page).getByLabel("email", { exact: true }).waitFor();
  const other = await context.newPage();
  await other.goto(page.url());
  await panel(other).getByLabel("name", { exact: true }).fill("Grace");
  await panel(page).getByLabel("email", { exact: true }).fill("grace@example.org");
  await panel(other).getByRole("button", { name: "Save 1 change" }).click();
  await cell(other, "Grace").waitFor();
  await panel(page).getByRole("button", { name: "Save 1 change" }).click();
  await cell(page, "grace@example.org").waitFor();
  await cell(page, "Grace").waitFor();
});

journey("the command on the API tab works with a key when pasted", async (world) => {
  const { page, tenant } = world;
  const { home } = await openShop(world);
  await page.goto(`${home}/endpoints?table=customers`);
  const command = await page.getByRole("figure", { name: "curl command" }).textContent();
  const made = await tenant.call("POST", `/api/tenants/${tenant.id}/api-keys`, {
    name: "e2e",
    role: "viewer",
  });
  const [, address] = /'(http[^']+)'/.exec(command ?? "") ?? [];
  assert.match(command ?? "", /-H 'apikey: YOUR_KEY'/);
  const answer = await fetch(address, { headers: { apikey: made.key } });
  assert.equal(answer.status, 200);
  assert.equal((await answer.json()).length, 3);
});
