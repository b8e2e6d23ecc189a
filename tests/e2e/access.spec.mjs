// Everybody can use it: axe finds nothing in either scheme, nothing scrolls sideways on the smallest
// phone, the keyboard reaches everything.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import path from "node:path";
import { signInAs } from "./support/people.mjs";
import { run, startPortal } from "./support/portal.mjs";

const FIXTURE = path.resolve(import.meta.dirname, "../fixtures/schedule.xml");

let portal;
let schedule;
test.beforeAll(async () => {
  portal = await startPortal();
  const imported = await run(["import", "schedule", FIXTURE, "--data", portal.data], { env: portal.env });
  expect(imported.code, imported.output).toBe(0);
  schedule = imported.output.match(/\/events\/[a-z0-9-]+/)[0];
});
test.afterAll(async () => portal?.stop());

const EVERYBODY = () => ["/", "/events", "/events?when=past", "/sign-in", "/sign-in/code", "/dev/mail", schedule, "/events/nothing-here"];
const HOST = ["/", "/events", "/events/new", "/welcome", "/profile", "/sessions"];

for (const scheme of ["light", "dark"]) {
  test(`axe finds nothing (${scheme})`, async ({ browser }) => {
    const context = await browser.newContext({ colorScheme: scheme });
    const page = await context.newPage();
    const look = async (at) => {
      await page.goto(portal.url + at);
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.map(({ id, nodes }) => `${at}: ${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
      expect(found).toEqual([]);
    };
    for (const at of EVERYBODY()) await look(at);
    await signInAs(page, portal, "Grace");
    const events = await page.goto(`${portal.url}/events`).then(() =>
      page.locator('main a[href^="/events/"]').evaluateAll((links) => links.map((link) => link.getAttribute("href"))),
    );
    for (const at of new Set([...HOST, ...events.filter((at) => !at.includes("?"))])) await look(at);
    const mine = events.find((at) => at.includes("pencil"));
    await look(`${mine}/edit`);
    await look(`${mine}/cancel`);
  });
}

test("nothing scrolls sideways at 320 px", async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 } });
  const page = await context.newPage();
  const look = async (at) => {
    await page.goto(portal.url + at);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide, at).toBe(0);
  };
  for (const at of EVERYBODY()) await look(at);
  await signInAs(page, portal, "Grace");
  for (const at of HOST) await look(at);
});

test("a seat can be taken with the keyboard alone", async ({ page }) => {
  await signInAs(page, portal, "Mei");
  await page.goto(`${portal.url}/events`);
  await page.keyboard.press("Tab");
  await expect(page.locator(":focus")).toHaveAttribute("href", /^#/);
  const button = page.getByRole("button", { name: /Take a seat|Give my seat back/ });
  await page.getByRole("link", { name: /Guild supper/ }).first().focus();
  await page.keyboard.press("Enter");
  await expect(button.first()).toBeVisible();
  for (let steps = 0; steps < 40; steps += 1) {
    await page.keyboard.press("Tab");
    if (await button.first().evaluate((node) => node === document.activeElement)) break;
  }
  await expect(button.first()).toBeFocused();
  const before = await button.first().textContent();
  await page.keyboard.press("Enter");
  await expect(button.first()).not.toHaveText(before);
});

test("the agenda of a schedule reads day by day on a phone", async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(portal.url + schedule);
  await expect(page.getByRole("heading", { name: "Agenda" })).toBeVisible();
  const first = await page.locator("main").innerText();
  await page.locator('main a[href*="day="]').last().click();
  await expect(page).toHaveURL(/day=/);
  expect(await page.locator("main").innerText()).not.toBe(first);
});
