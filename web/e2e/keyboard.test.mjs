/** Everything without the mouse. */
import assert from "node:assert/strict";
import { SHOP } from "./api.mjs";
import { journeys } from "./journeys.mjs";

const journey = journeys();

journey("keys lead to the places of a tenant", async ({ page }) => {
  for (const [key, heading] of [
    ["p", "Projects"],
    ["m", "Members"],
    ["k", "Keys"],
    ["t", "Settings"],
    ["s", "Schemas"],
  ]) {
    await page.keyboard.press("g");
    await page.keyboard.press(key);
    await page.getByRole("heading", { name: heading, exact: true, level: 1 }).waitFor();
  }
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keys" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await page.keyboard.press("n");
  await page.getByRole("heading", { name: "New schema" }).waitFor();
});

journey("the palette finds a schema and opens it", async ({ page, tenant }) => {
  await tenant.schema("warehouse", SHOP);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Find anything" }).waitFor();
  await page.keyboard.type("wareh");
  await page.getByRole("option", { name: /warehouse/ }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "warehouse", exact: true }).waitFor();
  for (const [key, part] of [
    ["2", "data"],
    ["3", "history"],
    ["4", "endpoints"],
  ]) {
    await page.keyboard.press(key);
    await page.waitForURL(new RegExp(`/${part}`));
  }
});

journey(
  "a row is opened, changed and saved from the keyboard alone",
  async ({ page, tenant, url }) => {
    const schema = await tenant.schema("shop", SHOP);
    await tenant.call("POST", `/api/schemas/${schema.id}/tables/customers/data`, [
      { id: 1, email: "a@example.org", name: "A" },
      { id: 2, email: "b@example.org", name: "B" },
    ]);
    await page.goto(`${url}/t/${tenant.number}/schemas/${schema.id}/data`);
    await page.getByRole("gridcell", { name: "a@example.org" }).waitFor();
    const grid = page.getByRole("grid");
    while (
      !(await grid.evaluate((node) =>
        node.querySelector("tbody")?.contains(document.activeElement),
      ))
    ) {
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowRight");
    const at = await page.evaluate(() => document.activeElement?.textContent);
    assert.equal(at, "b@example.org");
    await page.keyboard.press("Enter");
    const name = page.getByRole("dialog").getByLabel("name", { exact: true });
    await name.focus();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("Berta");
    await page.keyboard.press("Control+Enter");
    await page.getByRole("gridcell", { name: "Berta" }).waitFor();
  },
);

journey(
  "Tab leaves the definition, and the skip link leads past the rail",
  async ({ page, url, tenant }) => {
    await page.goto(`${url}${tenant.home}`);
    await page.getByRole("heading", { name: "Schemas", exact: true }).waitFor();
    await page.keyboard.press("Tab");
    assert.equal(
      await page.evaluate(() => document.activeElement?.textContent),
      "Skip to the page",
    );
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "page");

    await page.goto(`${url}${tenant.home}/new`);
    const definition = page.getByRole("textbox", { name: "Definition" });
    await definition.focus();
    await page.keyboard.press("Tab");
    assert.equal(await definition.evaluate((node) => node === document.activeElement), false);
  },
);
