/** Members, keys and projects of a tenant. */
import assert from "node:assert/strict";
import { SHOP } from "./api.mjs";
import { journeys, signIn } from "./journeys.mjs";

const journey = journeys();
const place = (page, name) =>
  page.getByRole("navigation", { name: "Places" }).getByRole("link", { name });

journey("a key is shown once, works, and is refused after it is revoked", async ({ page, url }) => {
  await place(page, "Keys").click();
  await page.getByRole("heading", { name: "No keys yet" }).waitFor();
  await page.getByRole("button", { name: "Create key" }).click();
  await page.getByLabel("Name").fill("Till");
  await page.getByRole("dialog").getByRole("button", { name: "Create key" }).click();
  const key = await page.getByRole("status", { name: "Key" }).textContent();
  await page.getByRole("button", { name: "I have copied it" }).click();
  await page.getByRole("row", { name: /Till/ }).waitFor();
  assert.equal(await page.getByText(key ?? "?", { exact: true }).count(), 0);

  const ask = () => fetch(`${url}/api/schemas`, { headers: { apikey: key } });
  assert.equal((await ask()).status, 200);
  await page.getByRole("button", { name: "Revoke Till" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke Till" }).click();
  await page.getByRole("heading", { name: "No keys yet" }).waitFor();
  assert.equal((await ask()).status, 401);
});

journey(
  "somebody new gets an account, a role, another role, and leaves",
  async ({ page, tenant }) => {
    await place(page, "Members").click();
    await page.getByLabel("E-mail").fill(`grace${tenant.number}@example.org`);
    await page.getByLabel("Name, for somebody new").fill("Grace");
    await page.getByRole("button", { name: "Add member" }).click();
    const password = await page.getByRole("status", { name: "Password" }).textContent();
    assert.ok((password ?? "").length >= 8);
    await page.getByRole("button", { name: "I have copied it" }).click();

    await page.getByRole("combobox", { name: "Role of Grace" }).click();
    const changed = page.waitForResponse((answer) => answer.request().method() === "PATCH");
    await page.getByRole("option", { name: "Editor" }).click();
    await changed;
    await page.reload();
    const role = page.getByRole("combobox", { name: "Role of Grace" });
    await role.waitFor();
    assert.equal(await role.inputValue(), "Editor");
    await page.getByRole("button", { name: "Remove Grace" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove Grace" }).click();
    await page.getByRole("row", { name: /Grace/ }).waitFor({ state: "hidden" });
  },
);

journey("the last owner cannot go, and the page says why", async ({ page, expectRefusal }) => {
  expectRefusal("/members/");
  await place(page, "Members").click();
  await page.getByRole("button", { name: /^Remove/ }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Remove/ })
    .click();
  await page.getByRole("dialog").getByRole("alert").waitFor();
});

journey("a project is made, renamed, and deleted", async ({ page }) => {
  await place(page, "Projects").click();
  await page.getByRole("button", { name: "New project" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Marketing");
  await page.getByRole("button", { name: "Create project" }).click();
  await page.getByRole("button", { name: "Rename Marketing" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Sales");
  await page.getByRole("button", { name: "Rename project" }).click();
  await page.getByRole("button", { name: "Delete Sales" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete Sales" }).click();
  await page.getByRole("link", { name: "Sales" }).waitFor({ state: "hidden" });
});

journey("the password is changed only with the one until now", async ({ page, expectRefusal }) => {
  expectRefusal("/api/auth/password");
  await place(page, "Settings").click();
  await page.getByLabel("Current password", { exact: true }).fill("wrong");
  await page.getByLabel("New password", { exact: true }).fill("another good one");
  await page.getByRole("button", { name: "Change password" }).click();
  await page.getByRole("alert").waitFor();
  assert.equal(
    await page.getByLabel("New password", { exact: true }).inputValue(),
    "another good one",
  );
});

/** Somebody with a role in the tenant, signed in. */
async function become({ page, url, tenant }, role, to) {
  const email = `${role}${tenant.number}@example.org`;
  const member = await tenant.call("POST", `/api/tenants/${tenant.id}/members`, {
    email,
    role,
    name: role,
  });
  await page.context().clearCookies();
  await signIn(page, url, to, { email, password: member.initialPassword });
  return member;
}

journey("a viewer reads, and is offered nothing that would be refused", async (world) => {
  const { page, tenant, url } = world;
  const schema = await tenant.schema("shop", SHOP);
  await become(world, "viewer", tenant.home);
  await page.getByRole("link", { name: "shop" }).waitFor();
  assert.equal(await page.getByRole("link", { name: "New schema" }).count(), 0);
  await page.getByRole("button", { name: "Acts on shop" }).click();
  await page.getByRole("menuitem", { name: "Open" }).waitFor();
  assert.equal(await page.getByRole("menuitem").count(), 2);

  await page.goto(`${url}/t/${tenant.number}/schemas/${schema.id}/data`);
  const add = page.getByRole("button", { name: "Add row" });
  await add.waitFor();
  assert.ok(await add.isDisabled());
  assert.match((await add.getAttribute("title")) ?? "", /viewer/);
  await page.goto(`${url}/t/${tenant.number}/keys`);
  await page.getByRole("heading", { name: "Keys are kept by owners and admins" }).waitFor();
});

journey("who owns a project makes schemas in it, whatever their role", async (world) => {
  const { page, tenant, url } = world;
  const member = await become(world, "editor", tenant.home);
  await page.getByRole("heading", { name: "No schemas yet" }).waitFor();
  await tenant.call("POST", "/api/projects", { name: "Mine", owners: [member.userId] });
  await page.reload();
  await page.getByRole("link", { name: "Start from an example" }).click();
  await page.getByLabel("Name").fill("orders");
  await page.getByRole("button", { name: "Create schema" }).click();
  await page.getByRole("heading", { name: "orders", exact: true }).first().waitFor();
  const { items } = await tenant.call("GET", "/api/projects");
  await page.goto(`${url}${tenant.home}?project=${items.find(({ name }) => name === "Mine").id}`);
  await page.getByRole("link", { name: "orders" }).waitFor();
});
