/**
 * Shoots every page, wide and narrow, light and dark, of a running server.
 *
 *     TENANTA_URL=http://127.0.0.1:8080 TENANTA_ADMIN_EMAIL=… TENANTA_ADMIN_PASSWORD=… \
 *       node e2e/screenshots.mjs FOLDER
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { openBrowser } from "./browser.mjs";
import { settled } from "./settled.mjs";

const folder = process.argv[2];
if (folder === undefined) throw new Error("Name the folder the pictures go to.");
const url = process.env.TENANTA_URL ?? "http://127.0.0.1:8080";
const email = process.env.TENANTA_ADMIN_EMAIL ?? "admin@example.org";
const password = process.env.TENANTA_ADMIN_PASSWORD ?? "";

const WIDTHS = [
  { name: "wide", width: 1440, height: 900 },
  { name: "phone", width: 390, height: 844 },
];

/** The schema with the most tables of all tenants. */
async function richestSchema(page) {
  return page.evaluate(async () => {
    const get = async (path, headers = {}) => {
      const answer = await fetch(path, { headers: { "X-Tenanta-Client": "web", ...headers } });
      return answer.json();
    };
    const { tenants } = await get("/api/auth/me");
    const found = [{ tenant: tenants[0].number, schema: undefined, tables: 0 }];
    for (const tenant of tenants) {
      const { items } = await get("/api/schemas", { "X-Tenant-Id": tenant.id });
      for (const { id, tableCount } of items) {
        found.push({ tenant: tenant.number, schema: id, tables: tableCount });
      }
    }
    return found.toSorted((left, right) => right.tables - left.tables)[0];
  });
}

function pagesOf({ tenant, schema }) {
  const base = `/t/${tenant}`;
  const pages = {
    schemas: `${base}/schemas`,
    "schemas-rows": `${base}/schemas?view=rows`,
    "schemas-none": `${base}/schemas?search=zzz&status=active`,
    "new-schema": `${base}/schemas/new?start=example`,
    projects: `${base}/projects`,
    members: `${base}/members`,
    keys: `${base}/keys`,
    settings: `${base}/settings`,
    "new-tenant": "/new-tenant",
    nowhere: `${base}/nowhere`,
  };
  if (schema === undefined) return pages;
  const inSchema = `${base}/schemas/${schema}`;
  return {
    ...pages,
    design: inSchema,
    data: `${inSchema}/data`,
    "data-new-row": `${inSchema}/data?row=new`,
    history: `${inSchema}/history`,
    endpoints: `${inSchema}/endpoints`,
  };
}

async function shoot(page, name) {
  await settled(page);
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

async function overlays(page, home, suffix, isPhone) {
  await page.goto(`${url}${home}`);
  await page.getByRole("heading", { name: "Schemas" }).waitFor();
  if (isPhone) {
    await page.getByRole("button", { name: "Open the menu" }).click();
    await page.getByRole("dialog").waitFor();
    await shoot(page, `drawer-${suffix}`);
    return;
  }
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Find anything" }).waitFor();
  await shoot(page, `palette-${suffix}`);
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await page.getByRole("dialog").waitFor();
  await shoot(page, `keys-help-${suffix}`);
}

async function shootAll(scheme, { name, width, height }) {
  const browser = await openBrowser({ colorScheme: scheme, viewport: { width, height } });
  const suffix = `${name}-${scheme}`;
  try {
    const page = browser.context.pages()[0] ?? (await browser.context.newPage());
    await page.goto(`${url}/sign-in`);
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await shoot(page, `sign-in-${suffix}`);
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL(/\/t\/\d+\/schemas/);
    const pages = pagesOf(await richestSchema(page));
    for (const [title, path] of Object.entries(pages)) {
      await page.goto(`${url}${path}`);
      await shoot(page, `${title}-${suffix}`);
    }
    await overlays(page, pages.schemas, suffix, name === "phone");
  } finally {
    await browser.close();
  }
}

await mkdir(folder, { recursive: true });
for (const scheme of ["light", "dark"]) {
  for (const width of WIDTHS) await shootAll(scheme, width);
}
