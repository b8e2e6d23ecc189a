// What an organiser does every day, without JavaScript: each test counts its clicks from the home page and prints them.
import { expect, test } from "@playwright/test";
import { emailsTo, signInAs } from "./support/people.mjs";
import { startPortalWithMail } from "./support/portal.mjs";

test.use({ javaScriptEnabled: false });
test.describe.configure({ mode: "serial" });

let mail, portal, stop;
test.beforeAll(async () => ({ mail, portal, stop } = await startPortalWithMail()));
test.afterAll(() => stop());

/** Counts the clicks of a job and prints them. */
class Clicks {
  count = 0;

  constructor(job) {
    this.job = job;
  }

  async on(locator) {
    this.count += 1;
    await locator.click();
  }

  atMost(limit) {
    console.log(`clicks: ${this.job}: ${this.count} (at most ${limit})`);
    expect(this.count).toBeLessThanOrEqual(limit);
  }
}

/** Creates and publishes an event at which Grace approves requests. Resolves to its path. */
async function eventByRequest(page, title) {
  await page.goto(`${portal.url}/events/new`);
  const fill = (name, text) => page.locator(`main [name="${name}"]`).fill(text);
  await fill("title", title);
  await fill("date", new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10));
  await fill("place", "The rope loft");
  await page.locator("main details", { has: page.locator('[name="approval"]') }).locator("summary").click();
  await page.locator('main [name="approval"]').selectOption("on");
  await page.getByRole("button", { name: "Save draft" }).click();
  await page.getByRole("button", { name: "Publish" }).click();
  return new URL(page.url()).pathname;
}

/** Opens a page as one of the demo's people, in a browser of their own. */
async function as(browser, name) {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await signInAs(page, portal, name);
  return page;
}

let path;

// A11: requests are on the home page of everybody who answers them.
test("a host sees and approves a request within two clicks", async ({ page, browser }) => {
  await signInAs(page, portal, "Grace");
  path = await eventByRequest(page, "An evening by request");
  for (const name of ["Mei", "Kofi"]) {
    const member = await as(browser, name);
    await member.goto(portal.url + path);
    await member.locator(".seat-panel").getByRole("button", { name: /request/i }).first().click();
  }
  await page.goto(portal.url);
  const clicks = new Clicks("see and approve a request");
  await clicks.on(page.getByRole("button", { name: "Approve Mei Tanaka" }));
  await expect(page.getByText("Seat confirmed.")).toBeVisible();
  clicks.atMost(2);
  await emailsTo(mail, "mei@guild.example", 1);
});

// C15: the address of the host is shared only by choice.
test("a host writes to one person within three clicks", async ({ page }) => {
  await signInAs(page, portal, "Grace");
  await page.goto(portal.url);
  const clicks = new Clicks("message one attendee");
  const people = page.getByRole("link", { name: "People", exact: true });
  const event = page.getByRole("listitem").filter({ has: page.locator(`a[href="${path}"]`) }).filter({ has: people });
  await clicks.on(event.getByRole("link", { name: "People", exact: true }));
  await clicks.on(page.getByRole("link", { name: "Message Mei Tanaka" }));
  await page.getByLabel("Message").fill("The door is on the left.");
  await clicks.on(page.getByRole("button", { name: "Send message" }));
  await expect(page.getByText("Message sent.")).toBeVisible();
  clicks.atMost(3);
  // Mei gets other emails too.
  const message = async () => (await mail.find("mei@guild.example")).find(({ subject }) => /^Message from/.test(subject));
  await expect.poll(async () => (await message()) !== undefined).toBe(true);
  const email = await message();
  expect(email.text).toContain("The door is on the left.");
  expect(email.replyTo, "nobody sees the host's address").toBeUndefined();
});

// A15: selected requests, a search, and a removal with its reason.
test("a host approves several, finds somebody and removes them", async ({ page, browser }) => {
  for (const name of ["Leila", "Ravi"]) {
    const member = await as(browser, name);
    await member.goto(portal.url + path);
    await member.locator(".seat-panel").getByRole("button", { name: /request/i }).first().click();
  }
  await signInAs(page, portal, "Grace");
  await page.goto(`${portal.url}${path}/people`);
  for (const box of await page.getByRole("checkbox").all()) await box.check();
  await page.getByRole("button", { name: "Approve selected" }).click();
  await expect(page.getByText("3 seats confirmed.")).toBeVisible();
  await page.goto(`${portal.url}${path}/people?show=all`);
  await page.getByLabel("Name", { exact: true }).fill("ravi");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.locator("tbody tr")).toHaveCount(1);
  await page.locator("summary", { hasText: "Remove" }).click();
  await page.getByLabel(/Reason/).fill("The room is too small.");
  await page.getByRole("button", { name: "Remove from event" }).click();
  await expect(page.getByText("Removed from the event.")).toBeVisible();
  const email = (await emailsTo(mail, "ravi@guild.example", 2)).at(-1);
  expect(email.text).toContain("The room is too small.");
});

// A16: the order of the waitlist, and a seat for the first in it, on a phone.
test("a host moves people along the waitlist and out of their seats", async ({ page, browser }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await signInAs(page, portal, "Grace");
  await page.goto(`${portal.url}/events/new`);
  const fill = (name, text) => page.locator(`main [name="${name}"]`).fill(text);
  await fill("title", "A small evening");
  await fill("date", new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10));
  await fill("place", "The rope loft");
  await fill("capacity", "1");
  // The form has the settings of the last event, at which Grace approves requests.
  const settings = page.locator("main details", { has: page.locator('[name="approval"]') });
  if ((await settings.getAttribute("open")) === null) await settings.locator("summary").click();
  await page.locator('main [name="approval"]').selectOption({ index: 0 });
  await page.getByRole("button", { name: "Save draft" }).click();
  await page.getByRole("button", { name: "Publish" }).click();
  const small = new URL(page.url()).pathname;
  for (const name of ["Mei", "Kofi", "Leila"]) {
    const member = await as(browser, name);
    await member.goto(portal.url + small);
    await member.locator(".seat-panel").getByRole("button").first().click();
  }
  await page.goto(`${portal.url}${small}/people?show=waiting`);
  const rows = page.locator("tbody tr");
  await expect(rows.first()).toContainText("Kofi Mensah");
  const leila = rows.filter({ hasText: "Leila" });
  await leila.locator("summary", { hasText: "Move on the waitlist" }).click();
  await leila.getByLabel("New position").fill("1");
  await leila.getByRole("button", { name: "Move", exact: true }).click();
  await expect(page.getByText("Moved to position 1 on the waitlist.")).toBeVisible();
  await expect(rows.first()).toContainText("Leila");
  await page.goto(`${portal.url}${small}/people?show=going`);
  await page.getByLabel("Select Mei Tanaka").check();
  await page.locator("summary", { hasText: "Move selected people" }).click();
  await page.getByRole("button", { name: "Move to the waitlist" }).click();
  await expect(page.getByText("1 person moved to the end of the waitlist.")).toBeVisible();
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText("Leila");
  await page.goto(`${portal.url}${small}/people?show=waiting`);
  await expect(rows.last()).toContainText("Mei Tanaka");
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(wide).toBe(false);
});

test("a member changes their headline within two clicks", async ({ page }) => {
  await signInAs(page, portal, "Mei");
  await page.goto(portal.url);
  const clicks = new Clicks("change one's headline");
  await clicks.on(page.getByRole("banner").locator('a[href="/profile"]').first());
  const form = page.locator("form", { has: page.locator('[name="headline"]') });
  await form.locator('[name="headline"]').fill("Reads runbooks aloud");
  await clicks.on(form.getByRole("button", { name: "Save changes" }));
  await expect(page.locator('[name="headline"]')).toHaveValue("Reads runbooks aloud");
  clicks.atMost(2);
});

test("each part of one's own page leads to its field", async ({ page }) => {
  await signInAs(page, portal, "Mei");
  await page.goto(`${portal.url}/members/mei-tanaka`);
  const clicks = new Clicks("edit the headline in place");
  await clicks.on(page.getByRole("link", { name: "Edit: Headline" }));
  await expect(page.locator('[name="headline"]')).toBeFocused();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("Breaks releases on purpose");
  await clicks.on(page.getByRole("button", { name: "Save changes" }));
  await expect(page.locator('[name="headline"]')).toHaveValue("Breaks releases on purpose");
  clicks.atMost(2);
});

// The search finds people by the topics of their profiles. Pressing Enter counts as a click.
test("a member finds who teaches a topic within two clicks", async ({ page }) => {
  await signInAs(page, portal, "Mei");
  await page.goto(portal.url);
  const clicks = new Clicks("find who teaches a topic");
  await page.getByRole("banner").locator('[name="q"]').fill("continuous delivery");
  await page.getByRole("banner").locator('[name="q"]').press("Enter");
  clicks.count += 1;
  await clicks.on(page.locator('main nav a[href*="kind=member"]').first());
  await expect(page.locator('main a[href="/members/grace-lindqvist"]').first()).toBeVisible();
  clicks.atMost(2);
});

// F8: neither sees the other's address until the answer shares it.
test("two members say hello and answer", async ({ page, browser }) => {
  await signInAs(page, portal, "Mei");
  await page.goto(`${portal.url}/members/grace-lindqvist`);
  await page.getByRole("link", { name: "Say hello" }).click();
  await page.getByLabel("Message").fill("Shall we compare notes over tea?");
  await page.getByRole("button", { name: "Send message" }).click();
  await expect(page.getByText("Message sent.")).toBeVisible();
  const said = (await emailsTo(mail, "grace@guild.example", 1)).find(({ subject }) => /says hello/.test(subject));
  expect(said.text).toContain("over tea");
  expect(said.text).not.toContain("mei@guild.example");
  const grace = await as(browser, "Grace");
  await grace.goto(portal.url + new URL(said.text.match(/http\S+\/hellos\/\S+/)[0]).pathname);
  await grace.getByLabel("Your answer").fill("With pleasure.");
  await grace.getByRole("checkbox").check();
  await grace.getByRole("button", { name: "Send answer" }).click();
  await expect(grace.getByText("Answer sent.")).toBeVisible();
  await expect.poll(async () => (await mail.find("mei@guild.example")).some(({ subject }) => /answered you/.test(subject))).toBe(true);
  const answer = (await mail.find("mei@guild.example")).find(({ subject }) => /answered you/.test(subject));
  expect(answer.replyTo.value[0].address).toBe("grace@guild.example");
});
