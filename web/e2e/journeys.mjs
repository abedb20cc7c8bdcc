/** What every journey stands on: a server, a browser, and no error in the console. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openApi } from "./api.mjs";
import { openBrowser } from "./browser.mjs";
import { ADMIN, startServer } from "./server.mjs";

/** Chromium reports every refused call; a journey says which ones it means to cause. */
const REFUSED = /Failed to load resource: the server responded with a status of (\d+)/;

/** Collects what a page complains of. `expect(path)` takes a refusal of that path as meant. */
function watch(context) {
  const complaints = [];
  const meant = ["/api/auth/me"];
  function onPage(page) {
    page.on("pageerror", (error) => complaints.push(`${error}`));
    page.on("console", (message) => {
      if (message.type() !== "error" && message.type() !== "warning") return;
      const place = message.location().url;
      const isMeant = meant.some((path) => new URL(place, "http://x").pathname.includes(path));
      if (REFUSED.test(message.text()) && isMeant) return;
      complaints.push(`${message.text()} (${place})`);
    });
  }
  for (const page of context.pages()) onPage(page);
  context.on("page", onPage);
  return { complaints, expectRefusal: (path) => meant.push(path) };
}

export async function signIn(page, url, to = "/", { email, password } = ADMIN) {
  await page.goto(`${url}/sign-in?redirect=${encodeURIComponent(to)}`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("banner").waitFor();
}

/** Waits until a field holds a value. */
export async function hasValue(field, value) {
  const element = await field.elementHandle();
  const holds = ([node, expected]) => node.value === expected;
  await field.page().waitForFunction(holds, [element, value]);
}

/** One server for the journeys of a file. */
export function journeys() {
  let server;
  let api;
  let made = 0;
  before(async () => {
    server = await startServer();
    api = await openApi(server.url);
  });
  after(() => server?.stop());

  /**
   * A journey gets a tenant and a browser of its own. Unless `signedIn` is false it begins on the
   * list of schemas of that tenant.
   */
  return function journey(name, walk, { signedIn = true, ...browserOptions } = {}) {
    test(name, async () => {
      made += 1;
      const tenant = await api.tenant(`Tenant ${made}`);
      const browser = await openBrowser(browserOptions);
      const { complaints, expectRefusal } = watch(browser.context);
      const page = browser.context.pages()[0] ?? (await browser.context.newPage());
      try {
        if (signedIn) await signIn(page, server.url, tenant.home);
        const { context } = browser;
        await walk({ page, context, url: server.url, api, tenant, expectRefusal });
        assert.deepEqual(complaints, [], "the console stays silent");
      } catch (error) {
        if (process.env.E2E_PICTURES) {
          await page
            .screenshot({ path: `${process.env.E2E_PICTURES}/${name}.png` })
            .catch(() => {});
        }
        throw error;
      } finally {
        await browser.close();
      }
    });
  };
}
