/** Members, keys and projects of a tenant. */
import assert from "node:assert/strict";
import { journeys } from "./journeys.mjs";

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
