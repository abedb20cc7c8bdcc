/** When a page shows what it is about: its title is there, nothing is loading, fonts are in. */

export async function settled(page) {
  await page.locator("h1").first().waitFor();
  await page.waitForFunction(
    () => document.querySelector('[aria-label^="Loading"], [aria-busy="true"]') === null,
  );
  await page.evaluate(() => document.fonts.ready);
}
