// Complete journeys without JavaScript: a newcomer on both engines with real emails, a host, and a first start.
import { expect, test } from "@playwright/test";
import { UNDO_IS_OVER, calendarOf, emailsTo, signInAs, signInByEmail } from "./support/people.mjs";
import { startPortal } from "./support/portal.mjs";
import { start as startMail } from "./support/smtp.mjs";

test.use({ javaScriptEnabled: false });

const EVENT = /Threat modelling with a pencil/;

for (const engine of ["sqlite", "postgres"]) {
  // F5: everything works without JavaScript.
  // C3: a calendar library that did not write the invitations reads them.
  test(`a newcomer takes the last seat, and gives it up for the next person on the waitlist (${engine})`, async ({ browser }) => {
    const mail = await startMail();
    const env = {
      GUILDHALL_SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
      GUILDHALL_MAIL_FROM: "Secure Synergy <guild@example.org>",
    };
    const portal = await startPortal({ engine, env });
    try {
      const [newcomer, next, host] = await Promise.all([1, 2, 3].map(async () => (await browser.newContext()).newPage()));

      await signInByEmail(newcomer, portal, mail, "nova@example.org", "Nova Reyes");
      await newcomer.goto(`${portal.url}/events`);
      await newcomer.getByRole("link", { name: EVENT }).first().click();
      await expect(newcomer.getByText("7 of 8 seats taken")).toBeVisible();
      await newcomer.getByRole("button", { name: "Sign up" }).click();
      await expect(newcomer.getByText("You have a seat").first()).toBeVisible();
      await expect(newcomer.getByText("8 of 8 seats taken")).toBeVisible();
      const page = newcomer.url();

      const confirmed = (await emailsTo(mail, "nova@example.org", 2)).at(-1);
      const invitation = calendarOf(confirmed);
      expect(invitation).toMatchObject({
        method: "REQUEST",
        sequence: 0,
        status: "CONFIRMED",
        attendees: 1,
        attendee: "mailto:nova@example.org",
        partstat: "ACCEPTED",
        rsvp: "FALSE",
        organizer: "mailto:guild@example.org",
      });
      expect(invitation.summary).toMatch(EVENT);
      expect(new Date(invitation.end) - new Date(invitation.start)).toBe(90 * 60_000);

      await signInByEmail(next, portal, mail, "late@example.org", "Lior Late");
      await next.goto(page);
      await next.getByRole("button", { name: "Join the waitlist" }).click();
      await expect(next.getByText("You’re next on the waitlist").first()).toBeVisible();
      const waiting = (await emailsTo(mail, "late@example.org", 2)).at(-1);
      expect(calendarOf(waiting)).toBeNull();

      // The new start is within a day, so the email doesn't wait for more edits. Both get it, and only the person
      // with a seat gets a new invitation.
      const soon = new Date(Math.floor(Date.now() / 60_000) * 60_000 + 20 * 3_600_000);
      const there = (at, options) => new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Stockholm", ...options }).format(at);
      await signInAs(host, portal, "Grace");
      await host.goto(`${page}/edit`);
      await host.getByLabel("Time", { exact: false }).first().waitFor();
      await host.locator('input[name="date"]').fill(there(soon, { dateStyle: "short" }));
      await host.locator('input[name="time"]').fill(there(soon, { timeStyle: "short" }));
      const ends = new Date(soon.getTime() + 90 * 60_000);
      await host.locator('input[name="end_time"]').fill(there(ends, { timeStyle: "short" }));
      await host.getByRole("button", { name: "Save changes" }).click();
      const moved = calendarOf((await emailsTo(mail, "nova@example.org", 3)).at(-1));
      expect(moved).toMatchObject({ method: "REQUEST", sequence: 1, uid: invitation.uid });
      expect(new Date(moved.start)).toEqual(soon);
      expect(calendarOf((await emailsTo(mail, "late@example.org", 3)).at(-1))).toBeNull();

      await newcomer.goto(page);
      await newcomer.getByRole("button", { name: "Give up my seat" }).click();
      await expect(newcomer.getByRole("button", { name: /^(Join the waitlist|Take a seat|Sign up)$/ })).toBeVisible();
      const left = calendarOf((await emailsTo(mail, "nova@example.org", 4)).at(-1));
      expect(left).toMatchObject({ method: "CANCEL", sequence: 2, status: "CANCELLED", uid: invitation.uid });

      const promoted = (await emailsTo(mail, "late@example.org", 4)).at(-1);
      const nextInvitation = calendarOf(promoted);
      expect(nextInvitation).toMatchObject({ method: "REQUEST", sequence: 0, attendee: "mailto:late@example.org" });
      expect(nextInvitation.uid).not.toBe(invitation.uid);
      await next.goto(page);
      await expect(next.getByText("You have a seat").first()).toBeVisible();

      // The host cancels the event: the page stays with the reason, and the calendar entry is removed.
      await host.goto(`${page}/cancel`);
      await host.locator("main textarea").first().fill("The room is flooded.");
      await host.locator("main form button:visible").first().click();
      await next.goto(page);
      await expect(next.getByText("The room is flooded.").first()).toBeVisible();
      // Nothing was sent so far, because the cancellation could be undone.
      expect(await mail.find("late@example.org")).toHaveLength(4);
      await portal.later(UNDO_IS_OVER);
      const cancelled = calendarOf((await emailsTo(mail, "late@example.org", 5)).at(-1));
      expect(cancelled).toMatchObject({ method: "CANCEL", sequence: 1, uid: nextInvitation.uid });
    } finally {
      await portal.stop();
      await mail.close();
    }
  });
}

test("a host creates, edits and cancels an event, and undoes the cancellation", async ({ browser }) => {
  const portal = await startPortal();
  try {
    const [host, member] = await Promise.all([1, 2].map(async () => (await browser.newContext()).newPage()));
    const field = (name) => host.locator(`main [name="${name}"]`);
    await signInAs(host, portal, "Grace");
    await host.goto(`${portal.url}/events`);
    await host.locator("main").getByRole("link", { name: "Create event" }).first().click();
    await field("title").fill("Knots and other dependencies");
    await field("kind").selectOption("workshop");
    await field("group").selectOption("on-call");
    await field("date").fill(new Date(Date.now() + 8 * 86_400_000).toISOString().slice(0, 10));
    await field("place").fill("The rope loft");
    await field("capacity").fill("3");
    await host.getByRole("button", { name: "Save draft" }).click();
    await expect(host.getByRole("heading", { level: 1 })).toHaveText("Knots and other dependencies");
    await expect(host.getByText("This is a draft")).toBeVisible();
    const page = host.url();

    await signInAs(member, portal, "Mei");
    expect((await member.goto(page)).status()).toBe(404);
    await host.getByRole("button", { name: "Publish" }).click();
    await member.goto(`${portal.url}/events?group=on-call&kind=workshop&q=knots`);
    await member.locator("main").getByRole("link", { name: /^Knots/ }).click();
    // The form starts with what the group's last event allows, which may be guests.
    await member.getByRole("button", { name: /^(Take a seat|Sign up)$/ }).click();
    await expect(member.getByText("1 of 3 seats taken")).toBeVisible();

    await host.goto(`${page}/edit`);
    await field("title").fill("Knots, and who depends on them");
    await host.getByRole("button", { name: "Save changes" }).click();
    await expect(host.getByRole("heading", { level: 1 })).toHaveText("Knots, and who depends on them");

    await host.goto(`${page}/cancel`);
    await host.locator("main textarea").fill("The loft leaks.");
    await host.locator("main form button.danger").click();
    await member.goto(page);
    await expect(member.getByText("The loft leaks.")).toBeVisible();
    await host.getByRole("button", { name: "Undo" }).click();
    await expect(host.getByText("This event is cancelled.")).toHaveCount(0);
    await member.goto(page);
    await expect(member.getByText("You have a seat").first()).toBeVisible();

    // Giving up a seat can be undone too.
    await member.getByRole("button", { name: "Give up my seat" }).click();
    await member.getByRole("button", { name: "Sign up again" }).click();
    await expect(member.getByText("You have a seat").first()).toBeVisible();
  } finally {
    await portal.stop();
  }
});

test("a new portal is set up with the setup link", async ({ page }) => {
  const portal = await startPortal({ demo: false });
  try {
    const printed = () => portal.log().match(/http:\S+\/setup\?token=\S+/)?.[0];
    await expect.poll(printed).toBeTruthy();
    const link = printed();
    await page.goto(`${portal.url}/setup?token=wrong`);
    await expect(page.getByRole("heading").first()).toBeVisible();
    await expect(page.locator('input[name="community"]')).toHaveCount(0);
    await page.goto(link);
    await page.locator('input[name="community"]').fill("The Weavers");
    await page.locator('input[name="name"]').fill("Ida");
    await page.locator('input[name="address"]').fill("ida@localhost");
    await page.locator('input[name="zone"]').fill("Europe/Oslo");
    await page.locator("main form button:visible").first().click();
    // A refused form keeps its input.
    await expect(page.locator('input[name="community"]')).toHaveValue("The Weavers");
    await expect(page.locator('input[name="address"]')).toHaveValue("ida@localhost");
    await page.locator('input[name="address"]').fill("ida@example.org");
    await page.locator("main form button:visible").first().click();
    await expect(page.getByRole("banner")).toContainText("The Weavers");
    await page.goto(link);
    await expect(page.locator('input[name="community"]')).toHaveCount(0);
  } finally {
    await portal.stop();
  }
});

test("a visitor can sign in with the demo's built-in mailbox", async ({ browser }) => {
  const portal = await startPortal();
  try {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${portal.url}/sign-in`);
    await page.getByLabel(/mail address/i).fill("visitor@example.org");
    await page.getByRole("button", { name: "Email me a link" }).click();
    await page.locator("main").getByRole("link", { name: "Open the mailbox" }).click();
    const email = page.getByRole("link", { name: /^Sign in to/ }).first();
    await expect(async () => {
      await page.reload();
      await expect(email).toBeVisible({ timeout: 500 });
    }).toPass();
    await email.click();
    const opened = context.waitForEvent("page");
    await page.frameLocator("iframe").getByRole("link", { name: "Sign in", exact: true }).click();
    const link = await opened;
    await link.locator("main form button:visible").click();
    await expect(link).toHaveURL(/\/welcome/);
  } finally {
    await portal.stop();
  }
});
