// The kudos wall in a browser: it is live, moves nothing under a reader, shows whole cards on a television, and is a list
// in pages without JavaScript.
import { expect, test } from "@playwright/test";
import { axeViolations, overflows } from "./support/checks.mjs";
import { signInAs } from "./support/people.mjs";
import { startPortal } from "./support/portal.mjs";

let portal;
test.beforeAll(async () => {
  portal = await startPortal();
});
test.afterAll(() => portal.stop());

async function pageOf(browser, name, options = {}) {
  const page = await (await browser.newContext(options)).newPage();
  if (name) await signInAs(page, portal, name);
  return page;
}

/** Gives kudos to somebody, with a text that nobody else has. */
async function give(page, to, text) {
  await page.goto(`${portal.url}/kudos/new?to=${to}`);
  await page.locator('[name="text"]').fill(text);
  await page.locator('[name="values[]"]').first().check();
  await page.locator("main form .row .button").first().click();
  await page.waitForURL(/kudos\/[0-9a-f-]{36}$/);
}

const top = (page, text) => page.locator(".kudos > li", { hasText: text }).evaluate((card) => card.getBoundingClientRect().top);

// K9: a card that arrives moves nothing under somebody who reads further down.
test("new kudos wait while somebody reads further down", async ({ browser }) => {
  const [reader, giver] = [await pageOf(browser, "Mei"), await pageOf(browser, "Ravi")];
  await reader.goto(`${portal.url}/kudos`);
  await expect(reader.locator(".live")).toBeVisible();
  const first = "You found the slow query before anybody had asked for it.";
  await give(giver, "ada-okonkwo", first);
  // At the top of the wall the card is there at once.
  await expect(reader.locator(".kudos > li").first()).toContainText(first);
  await expect(reader.locator("[data-news]")).toBeHidden();

  const read = await reader.locator(".kudos > li").nth(12).locator("blockquote").innerText();
  await reader.locator(".kudos > li").nth(12).scrollIntoViewIfNeeded();
  const before = await top(reader, read);
  const second = "You wrote down what the rest of us only remembered.";
  await give(giver, "grace-lindqvist", second);
  const button = reader.getByRole("button", { name: "Show new kudos: 1" });
  await expect(button).toBeVisible();
  expect(await top(reader, read), "the card stays where it was read").toBe(before);
  await expect(reader.locator(".kudos > li", { hasText: second })).toHaveCount(0);

  await button.click();
  await expect(reader.locator(".kudos > li").first()).toContainText(second);
  await expect(reader.locator(".kudos > li").first()).toBeInViewport();
  await expect(button).toBeHidden();
  expect(await reader.evaluate(() => document.activeElement.closest("li")?.textContent), "the focus follows").toContain(second);

  // A card that is retracted while it waits is never shown.
  await reader.locator(".kudos > li").nth(12).scrollIntoViewIfNeeded();
  const third = "You asked the new colleague first, and it was the best answer.";
  await give(giver, "kofi-mensah", third);
  await expect(reader.getByRole("button", { name: "Show new kudos: 1" })).toBeVisible();
  await giver.locator("summary", { hasText: "Retract kudos" }).click();
  await giver.getByRole("button", { name: "Retract kudos" }).click();
  await expect(reader.locator("[data-news]")).toBeHidden();
  await reader.evaluate(() => scrollTo(0, 0));
  await expect(reader.locator(".kudos > li", { hasText: third })).toHaveCount(0);
  // Scrolling up shows what waits, without the button.
  await expect(reader.locator(".kudos > li").first()).toContainText(second);
});

// K9: whole cards only, on the screen of a television, and nothing sideways on a phone.
for (const [width, height] of [[3840, 2160], [1920, 1080], [360, 740]]) {
  test(`the wall and its screen fit ${width} × ${height}`, async ({ browser }) => {
    const page = await pageOf(browser, "Ada", { viewport: { width, height }, reducedMotion: "reduce" });
    await page.goto(`${portal.url}/kudos`);
    expect(await overflows(page)).toEqual([]);
    expect(await axeViolations(page)).toEqual([]);
    await page.goto(`${portal.url}/kudos/screen`);
    await expect(page.locator(".live")).toBeVisible();
    const isCut = (cards) =>
      cards.filter((card) => card.checkVisibility()).filter((card) => card.getBoundingClientRect().bottom > innerHeight + 1).length;
    const cards = page.locator(".kudos > li");
    expect(await cards.evaluateAll((all) => all.filter((card) => card.checkVisibility()).length)).toBeGreaterThan(0);
    if (width > 360) expect(await cards.evaluateAll(isCut)).toBe(0);
    expect(await axeViolations(page)).toEqual([]);
  });
}

test("without JavaScript the wall is a list in pages, and its filters are in the address", async ({ browser }) => {
  const page = await pageOf(browser, "Mei", { javaScriptEnabled: false });
  await page.goto(`${portal.url}/kudos`);
  const newest = await page.locator(".kudos > li").first().innerText();
  await page.getByRole("link", { name: "Older kudos" }).click();
  await expect(page).toHaveURL(/kudos\?/);
  expect(await page.locator(".kudos > li").first().innerText()).not.toBe(newest);
  await page.getByRole("link", { name: "Newest kudos" }).click();
  await page.locator("details.disclosure summary").first().click();
  await page.locator('select[name="value"]').selectOption({ index: 1 });
  await page.getByRole("button", { name: "Apply filters" }).click();
  await expect(page).toHaveURL(/value=/);
  await expect(page.locator("[data-news]")).toBeHidden();
});
