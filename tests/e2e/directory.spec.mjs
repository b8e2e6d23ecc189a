// The directory's instant filters.
import { expect, test } from "@playwright/test";
import { signInAs } from "./support/people.mjs";
import { startPortal } from "./support/portal.mjs";

let portal;
test.beforeAll(async () => {
  portal = await startPortal({ env: { GUILDHALL_SIGN_IN_PER_MINUTE: "1000" } });
});
test.afterAll(async () => portal?.stop());

// F13: results follow what is typed, the address follows too, and a burst of keys asks once.
test("the directory shows its results while somebody types", async ({ browser }) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signInAs(page, portal, "Mei");
  await page.goto(`${portal.url}/members`);
  const all = await page.locator("#results [role=status]").textContent();
  let asked = 0;
  page.on("request", (request) => (asked += request.url().includes("/members?") ? 1 : 0));
  const search = page.getByRole("searchbox", { name: "Search" }).last();
  await search.pressSequentially("grace", { delay: 20 });
  await expect(page.locator("#results [role=status]")).not.toHaveText(all);
  await expect(page.locator("#results").getByRole("link", { name: "Grace Lindqvist" })).toBeVisible();
  expect(asked).toBeLessThanOrEqual(2);
  await expect(page).toHaveURL(/\/members\?q=grace$/);
  await expect(search).toBeFocused();
  // A removed filter empties its field, and the back button brings it back.
  await page.locator(".filter-chips a").first().click();
  await expect(page).toHaveURL(/\/members$/);
  await expect(page.locator("#results [role=status]")).toHaveText(all);
  await expect(search).toHaveValue("");
  await page.goBack();
  await expect(search).toHaveValue("grace");
  await expect(page.locator("#results [role=status]")).not.toHaveText(all);
  // A facet stays open, and the form keeps its filter.
  await page.goForward();
  await expect(page.locator("#results [role=status]")).toHaveText(all);
  const facet = page.locator(".facet").first();
  await facet.locator("summary").click();
  await facet.getByRole("link").first().click();
  await expect(page).toHaveURL(/discipline=/);
  await expect(page.locator(".facet").first()).toHaveAttribute("open", "");
  await search.fill("a");
  await expect(page).toHaveURL(/q=a&discipline=|discipline=[^&]+&q=a/);
  await context.close();
});

// F5: without scripts, the button does the same.
test("the directory's form works without scripts", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await signInAs(page, portal, "Mei");
  await page.goto(`${portal.url}/members`);
  const search = page.getByRole("searchbox", { name: "Search" }).last();
  await search.fill("grace");
  await page.locator("form.filters button").click();
  await expect(page).toHaveURL(/q=grace/);
  await expect(page.getByRole("link", { name: "Grace Lindqvist" }).first()).toBeVisible();
  await context.close();
});

// The filters don't fill a phone's screen: the first card is on it, and a fold says how many filters are active.
test("a phone shows people before filters", async ({ browser }) => {
  for (const javaScriptEnabled of [true, false]) {
    const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 360, height: 740 } });
    const page = await context.newPage();
    await signInAs(page, portal, "Mei");
    await page.goto(`${portal.url}/members`);
    await expect(page.locator("#results li").first()).toBeInViewport();
    const fold = page.locator(".fold");
    await expect(fold.locator("> summary")).toHaveText("Filters");
    await expect(page.locator("select[name=team]")).toBeHidden();
    await fold.locator("> summary").click();
    await expect(page.locator("select[name=team]")).toBeVisible();
    const facet = page.locator(".facet").first();
    await facet.locator("summary").click();
    await facet.getByRole("link").first().click();
    await expect(page).toHaveURL(/discipline=/);
    await expect(fold.locator("> summary")).toHaveText("Filters: 1 active");
    // On a wide screen they are open without a click.
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(`${portal.url}/members`);
    await expect(page.locator("select[name=team]")).toBeVisible();
    await expect(fold.locator("> summary")).toBeHidden();
    await context.close();
  }
});
