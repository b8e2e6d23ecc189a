// An organiser's week on a phone: two requests, a question in the conversation, a change, an email and a new co-host.
// Every page is checked for width, and the taps from the home page are counted and printed.
import { expect, test } from "@playwright/test";
import { axeViolations, overflowsWithMenu } from "./support/checks.mjs";
import { emailsTo, signInAs } from "./support/people.mjs";
import { startPortalWithMail } from "./support/portal.mjs";

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, locale: "en-GB", timezoneId: "Europe/Stockholm" };

/** Until the email about a change, or one from a host, leaves: seconds. */
const HELD = 11 * 60;

/** The most taps of each job, from the home page. */
const MOST = { requests: 2, question: 2, change: 3, email: 5, "co-host": 3 };

// A wrong name fails at once, not at the end of the test.
test.use({ actionTimeout: 10_000 });

let mail, portal, stop;
test.beforeAll(async () => ({ mail, portal, stop } = await startPortalWithMail()));
test.afterAll(() => stop());

/** A person with a phone, on the home page. */
class Phone {
  taps = 0;

  static async of(browser, name) {
    const phone = new Phone();
    phone.page = await (await browser.newContext(PHONE)).newPage();
    await signInAs(phone.page, portal, name);
    return phone;
  }

  /** Opens a page without counting it, for example from a link in an email. */
  async open(at) {
    await this.page.goto(portal.url + at);
    await this.check();
  }

  /** Begins a job on the home page. */
  async begin(job) {
    this.job = job;
    this.taps = 0;
    await this.open("/");
  }

  /** Taps something that leads to another page, or changes this one if it `stays`. */
  async tap(locator, { stays = false } = {}) {
    this.taps += 1;
    await locator.scrollIntoViewIfNeeded({ timeout: 10_000 });
    const box = await locator.boundingBox();
    expect(box.x >= 0 && box.x + box.width <= PHONE.viewport.width, `${this.job}: ${locator} is on the screen`).toBe(true);
    // The smallest target of WCAG 2.2.
    expect(box.height, `${this.job}: ${locator} is large enough for a finger`).toBeGreaterThanOrEqual(24);
    await Promise.all([stays ? null : this.page.waitForEvent("load"), locator.tap()]);
  }

  async check() {
    expect(await overflowsWithMenu(this.page), this.page.url()).toEqual([]);
  }

  async end() {
    await this.check();
    expect(await axeViolations(this.page), this.page.url()).toEqual([]);
    console.log(`taps on a phone: ${this.job}: ${this.taps} (at most ${MOST[this.job]})`);
    expect(this.taps).toBeLessThanOrEqual(MOST[this.job]);
  }
}

const day = (ahead) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);

async function withSubject(address, subject) {
  const found = async () => (await mail.find(address)).find((email) => subject.test(email.subject));
  await expect.poll(async () => (await found()) !== undefined, { timeout: 20_000 }).toBe(true);
  return found();
}

// C20, C10, F9, A11: the week of an organiser.
test("an organiser runs a week from the phone", async ({ browser }) => {
  test.setTimeout(180_000);
  const grace = await Phone.of(browser, "Grace");
  const { page } = grace;
  await page.goto(`${portal.url}/events/new`);
  await grace.check();
  const field = (name) => page.locator(`main [name="${name}"]`);
  await field("title").fill("A week of small steps");
  await field("date").fill(day(6));
  await field("place").fill("The rope loft");
  await page.locator("main details", { has: page.locator('[name="approval"]') }).locator("summary").tap();
  await field("approval").selectOption("on");
  await page.getByRole("button", { name: "Save draft" }).tap();
  await page.getByRole("button", { name: "Publish" }).tap();
  await expect(page.getByText("This is a draft")).toHaveCount(0);
  const path = new URL(page.url()).pathname;

  // Monday: two members request a seat, and the home page is enough to answer.
  const members = {};
  for (const name of ["Mei", "Kofi"]) {
    members[name] = await Phone.of(browser, name);
    await members[name].open(path);
    await members[name].tap(members[name].page.locator(".seat-panel").getByRole("button", { name: /request/i }).first());
    await expect(members[name].page.getByText("You requested a seat")).toBeVisible();
  }
  await grace.begin("requests");
  await grace.tap(page.getByRole("button", { name: "Approve Mei Tanaka" }));
  await expect(page.getByText("Seat confirmed.")).toBeVisible();
  // The next page has the other requests for the same event.
  await grace.tap(page.getByRole("button", { name: /^Approve/ }));
  await expect(page.getByRole("button", { name: /^Approve/ })).toHaveCount(0);
  await grace.end();

  // Tuesday: a question in the conversation.
  const mei = members.Mei.page;
  await members.Mei.open(path);
  await mei.locator('.comments [name="text"]').fill("Is there a place for bicycles?");
  await members.Mei.tap(mei.getByRole("button", { name: "Send comment" }));
  await expect(mei.getByText("Comment sent.")).toBeVisible();
  await grace.begin("question");
  await expect(page.getByText("Is there a place for bicycles?")).toBeVisible();
  await grace.tap(page.getByRole("link", { name: "Reply to Mei Tanaka" }));
  await page.locator('.comments [name="text"]').fill("Yes, behind the loft.");
  await grace.tap(page.getByRole("button", { name: "Send reply" }));
  await expect(page.getByText("Yes, behind the loft.")).toBeVisible();
  await grace.end();
  await grace.open("/");
  await expect(page.getByText("Is there a place for bicycles?")).toHaveCount(0);
  await members.Mei.open(path);
  await expect(mei.getByText("Yes, behind the loft.")).toBeVisible();

  // Wednesday: it begins an hour later.
  await grace.begin("change");
  await grace.tap(page.locator(`main a[href="${path}"]`).first());
  await grace.tap(page.locator(`.tools a[href="${path}/edit"]`));
  await grace.check();
  const hour = async (name) => {
    const [hours, minutes] = (await field(name).inputValue()).split(":");
    await field(name).fill(`${String((Number(hours) + 1) % 24).padStart(2, "0")}:${minutes}`);
  };
  await hour("end_time");
  await hour("time");
  await grace.tap(page.getByRole("button", { name: "Save changes" }));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("A week of small steps");
  await grace.end();
  await portal.later(HELD);
  await withSubject("mei@guild.example", /new time/i);

  // Thursday: an email to everybody with a seat.
  await grace.begin("email");
  await grace.tap(page.locator(`main a[href="${path}"]`).first());
  await grace.tap(page.getByRole("link", { name: "Email attendees" }));
  await grace.tap(page.locator("main label", { hasText: "Everyone with a seat" }), { stays: true });
  await field("subject").fill("Bring a warm coat");
  await field("message").fill("The loft is **cold** in the evening.");
  await grace.tap(page.getByRole("button", { name: "Send email" }));
  await expect(page.getByText("Bring a warm coat").first()).toBeVisible();
  await grace.end();
  await portal.later(2 * HELD);
  const email = await withSubject("kofi@guild.example", /Bring a warm coat/);
  expect(email.text).toContain("cold");

  // Friday: a co-host.
  await grace.begin("co-host");
  await grace.tap(page.locator(`main a[href="${path}"]`).first());
  await grace.tap(page.getByRole("link", { name: "Co-hosts", exact: true }));
  await field("person").fill("Mei Tanaka");
  await grace.tap(page.getByRole("button", { name: "Invite co-host" }));
  await expect(page.getByText("Invited", { exact: true })).toBeVisible();
  await grace.end();
  await members.Mei.open(path);
  await members.Mei.tap(mei.getByRole("button", { name: "Co-host event" }));
  await expect(mei.getByText("You co-host this event.")).toBeVisible();
  await members.Mei.check();
  await grace.open(path);
  await expect(page.locator("main").getByRole("link", { name: "Mei Tanaka" }).first()).toBeVisible();
});
