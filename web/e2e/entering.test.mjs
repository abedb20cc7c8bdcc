/** Through the door, and out again. */
import assert from "node:assert/strict";
import { journeys } from "./journeys.mjs";
import { ADMIN } from "./server.mjs";

const journey = journeys();

journey(
  "a wrong password is refused in words, and the right one leads in",
  async ({ page, url, tenant, expectRefusal }) => {
    expectRefusal("/api/auth/login");
    await page.goto(`${url}${tenant.home}`);
    await page.waitForURL(/\/sign-in\?redirect=/);
    await page.getByLabel("E-mail").fill(ADMIN.email);
    await page.getByLabel("Password", { exact: true }).fill("wrong");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").getByText("do not belong together").waitFor();
    assert.equal(await page.getByLabel("E-mail").inputValue(), ADMIN.email);

    await page.getByLabel("Password", { exact: true }).fill(ADMIN.password);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Schemas", exact: true }).waitFor();
    assert.equal(new URL(page.url()).pathname, tenant.home);
  },
  { signedIn: false },
);

journey("signing out leads to the door, and Back does not lead in", async ({ page }) => {
  await page.getByRole("button", { name: "Your account" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await page.goBack();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
});

journey(
  "a session that ended elsewhere leads to the door and back",
  async ({ page, expectRefusal }) => {
    expectRefusal("/members");
    await page.evaluate(() =>
      fetch("/api/auth/logout", {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Tenanta-Client": "web" },
      }),
    );
    await page.getByRole("link", { name: "Members" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await page.getByLabel("E-mail").fill(ADMIN.email);
    await page.getByLabel("Password", { exact: true }).fill(ADMIN.password);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Members" }).waitFor();
  },
);

journey("a tenant is made, chosen and renamed", async ({ page }) => {
  await page.getByRole("button", { name: /^Tenant Tenant/ }).click();
  await page.getByRole("menuitem", { name: "New tenant" }).click();
  await page.getByLabel("Name").fill("Acme");
  await page.getByRole("button", { name: "Create tenant" }).click();
  await page.getByRole("button", { name: "Tenant Acme" }).waitFor();
  await page.getByRole("heading", { name: "Describe your first tables" }).waitFor();

  await page.getByRole("navigation", { name: "Places" }).getByText("Settings").click();
  await page.getByLabel("Name").fill("Acme Ltd");
  await page.getByRole("button", { name: "Rename tenant" }).click();
  await page.getByRole("button", { name: "Tenant Acme Ltd" }).waitFor();
});

journey("an address that is not yours leads nowhere", async ({ page, url }) => {
  await page.goto(`${url}/t/99999/schemas`);
  await page.getByRole("heading", { name: "This address leads nowhere" }).waitFor();
});
