/** Every page on a wide screen and a phone, light and dark: it fits, and everybody can use it. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { SHOP } from "./api.mjs";
import { journeys } from "./journeys.mjs";
import { settled } from "./settled.mjs";

const journey = journeys();
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const PHONE = { viewport: { width: 390, height: 844 } };
const DARK = { colorScheme: "dark" };

async function pagesOf({ tenant, url }) {
  const schema = await tenant.schema("shop", SHOP, "Customers and what they order");
  const base = `/api/schemas/${schema.id}/tables`;
  await tenant.call("POST", `${base}/customers/data`, [{ id: 1, email: "a@example.org" }]);
  await tenant.call("POST", `${base}/orders/data`, [{ id: 1, customer_id: 1, total: "1.50" }]);
  const inTenant = `${url}/t/${tenant.number}`;
  const inSchema = `${inTenant}/schemas/${schema.id}`;
  return [
    `${inTenant}/schemas`,
    `${inTenant}/schemas?view=rows`,
    `${inTenant}/schemas?status=inactive`,
    `${inTenant}/schemas/new?start=example`,
    inSchema,
    `${inSchema}/data?table=orders`,
    `${inSchema}/data?table=orders&row=new`,
    `${inSchema}/data?table=orders&row=1`,
    `${inSchema}/history`,
    `${inSchema}/endpoints`,
    `${inTenant}/projects`,
    `${inTenant}/members`,
    `${inTenant}/keys`,
    `${inTenant}/settings`,
    `${url}/new-tenant`,
  ];
}

/** What axe finds wrong, one line each. */
async function findings(page) {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.failureSummary}`),
    );
  });
}

async function look({ page }, address) {
  await page.goto(address);
  await settled(page);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.equal(overflow, 0, `${address} does not scroll sideways`);
  assert.deepEqual(await findings(page), [], address);
}

for (const [name, options] of [
  ["a wide light screen", {}],
  ["a wide dark screen", DARK],
  ["a light phone", PHONE],
  ["a dark phone", { ...PHONE, ...DARK }],
]) {
  journey(
    `every page on ${name}`,
    async (world) => {
      const dark = await world.page.evaluate(
        () => document.documentElement.dataset["mantineColorScheme"] === "dark",
      );
      assert.equal(dark, options.colorScheme === "dark");
      for (const address of await pagesOf(world)) await look(world, address);
    },
    options,
  );
}

journey(
  "on a phone the menu leads everywhere, and rows can be added",
  async ({ page, tenant, url }) => {
    const schema = await tenant.schema("shop", SHOP);
    await page.getByRole("button", { name: "Open the menu" }).click();
    await page.getByRole("dialog").getByRole("link", { name: "Members" }).click();
    await page.getByRole("heading", { name: "Members" }).waitFor();
    await page.getByRole("dialog").waitFor({ state: "hidden" });

    await page.goto(`${url}/t/${tenant.number}/schemas/${schema.id}/data`);
    await page.getByRole("button", { name: "Add row" }).click();
    const panel = page.getByRole("dialog");
    await panel.getByLabel("email", { exact: true }).fill("a@example.org");
    await panel.getByRole("button", { name: "Add row" }).click();
    await page.getByRole("gridcell", { name: "a@example.org" }).waitFor();
  },
  PHONE,
);

journey("the theme is chosen and kept", async ({ page }) => {
  const scheme = () => page.evaluate(() => document.documentElement.dataset["mantineColorScheme"]);
  await page.getByRole("button", { name: "Theme: As the system" }).click();
  await page.getByRole("menuitem", { name: "Dark" }).click();
  assert.equal(await scheme(), "dark");
  await page.reload();
  await page.getByRole("button", { name: "Theme: Dark" }).waitFor();
  assert.equal(await scheme(), "dark");
});
