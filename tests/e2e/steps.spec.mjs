// How many steps the most common jobs take, without JavaScript. Each test prints its count, and fails when it grows.
import { expect, test } from "@playwright/test";
import { emailsTo, signInAs } from "./support/people.mjs";
import { startPortalWithMail } from "./support/portal.mjs";

test.use({ javaScriptEnabled: false });

let mail, portal, stop;
test.beforeAll(async () => ({ mail, portal, stop } = await startPortalWithMail()));
test.afterAll(() => stop());

/** Counts what a person does on a page. Opening a link from an email counts as part of the email. */
class Steps {
  clicks = 0;
  fields = 0;

  constructor(page, job) {
    Object.assign(this, { page, job });
  }

  async click(locator) {
    this.clicks += 1;
    await locator.click();
  }

  async fill(name, text) {
    this.fields += 1;
    await this.page.locator(`main [name="${name}"]`).fill(text);
  }

  print(more = "") {
    console.log(`steps: ${this.job}: ${this.clicks} clicks, ${this.fields} fields${more}`);
  }
}

const TAKE = /^(Take a seat|Sign up)$/;

/** The path of an event on the front page at which a seat can be taken with this button. */
async function openEvent(page, button) {
  await page.goto(portal.url);
  const links = await page.locator('main a[href^="/events/"]').evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  for (const path of new Set(links.filter((path) => /^\/events\/[^/?#]+$/.test(path) && path !== "/events/new"))) {
    await page.goto(portal.url + path);
    if (await page.locator(".seat-panel").getByRole("button", { name: button }).count()) return path;
  }
  throw new Error("the front page links to no event with a free seat");
}

const pathIn = (email, pattern) => new URL(email.text.match(pattern)[0]).pathname;

// A14: one form on the event page and one email.
// A10: the link in an email gives up a seat without signing in.
test("a stranger takes a seat in three steps and an email, and gives it up in two", async ({ page, browser }) => {
  const path = await openEvent(page, TAKE);
  const steps = new Steps(page, "a stranger takes a seat");
  await page.goto(portal.url);
  await steps.click(page.locator(`main a[href="${path}"]`).first());
  await steps.fill("name", "Nova Reyes");
  await steps.fill("address", "nova.steps@example.org");
  await steps.click(page.locator(".seat-panel").getByRole("button", { name: TAKE }));
  await expect(page.getByRole("heading", { name: "Check your email" })).toBeVisible();
  const [asked] = await emailsTo(mail, "nova.steps@example.org", 1);
  await page.goto(portal.url + pathIn(asked, /http\S+\/sign-in\/link\/\S+/));
  await steps.click(page.getByRole("button", { name: "Confirm my seat" }));
  await expect(page).toHaveURL(portal.url + path);
  await expect(page.getByText("You have a seat").first()).toBeVisible();
  await expect(page.getByRole("banner").getByText(/sign out/i)).toHaveCount(1);
  steps.print(", 1 email");
  expect(steps.clicks).toBeLessThanOrEqual(3);
  expect(steps.fields).toBeLessThanOrEqual(2);

  // On a device that isn't signed in.
  const other = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  const confirmed = (await emailsTo(mail, "nova.steps@example.org", 2)).at(-1);
  const leaves = new Steps(other, "a seat is given up from an email");
  await other.goto(portal.url + pathIn(confirmed, /http\S+\/seat\/\S+/));
  await leaves.click(other.getByRole("button", { name: "Give up my seat" }));
  await expect(other.getByText("You don’t have a seat at this event")).toBeVisible();
  await expect(other.getByRole("banner").getByText(/sign out/i)).toHaveCount(0);
  leaves.print();
  expect(leaves.clicks).toBeLessThanOrEqual(2);
});

test("a member takes a seat in two clicks", async ({ page }) => {
  await signInAs(page, portal, "Mei");
  const path = await openEvent(page, TAKE);
  const steps = new Steps(page, "a member takes a seat");
  await page.goto(portal.url);
  await steps.click(page.locator(`main a[href="${path}"]`).first());
  await steps.click(page.locator(".seat-panel").getByRole("button", { name: TAKE }));
  await expect(page.getByText("You have a seat").first()).toBeVisible();
  steps.print();
  expect(steps.clicks).toBeLessThanOrEqual(2);
});

test("a host creates and publishes an event in three clicks with three fields", async ({ page }) => {
  await signInAs(page, portal, "Grace");
  const steps = new Steps(page, "a host creates and publishes an event");
  await page.goto(portal.url);
  await steps.click(page.locator("main").getByRole("link", { name: "Create event" }).first());
  await steps.fill("title", "An evening of small steps");
  await steps.fill("date", new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10));
  await steps.fill("place", "The rope loft");
  await steps.click(page.getByRole("button", { name: "Save draft" }));
  await steps.click(page.getByRole("button", { name: "Publish" }));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("An evening of small steps");
  await expect(page.getByText("This is a draft")).toHaveCount(0);
  steps.print();
  expect(steps.clicks).toBeLessThanOrEqual(3);
  expect(steps.fields).toBeLessThanOrEqual(3);
});
