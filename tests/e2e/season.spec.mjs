// A season of a group in the browser, without JavaScript: one organiser, members on phones, and emails from a real
// mail server.
import { expect, test } from "@playwright/test";
import ICAL from "ical.js";
import { UNDO_IS_OVER, calendarOf, emailsTo, signInAs, signInByEmail } from "./support/people.mjs";
import { startPortal } from "./support/portal.mjs";
import { start as startMail } from "./support/smtp.mjs";

test.use({ javaScriptEnabled: false });

const PHONE = { viewport: { width: 360, height: 740 }, javaScriptEnabled: false, timezoneId: "Europe/Lisbon" };
/** The hour of the day in 20 hours. An event that ends on another day shows its time in another format. */
const HOUR = new Date(Date.now() + 20 * 3_600_000).getUTCHours();
const SOON = HOUR >= 19 ? 14 : 20;
/** The events, with their start in hours from now. Emails about edits of the first one are sent at once. */
const EVENINGS = [
  { title: "First evening of the rope loft", hours: SOON },
  { title: "Second evening of the rope loft", hours: SOON + 28 * 24 },
  { title: "Third evening of the rope loft", hours: SOON + 56 * 24 },
];

// F5: everything works without JavaScript.
test("an organiser runs a group for a season, and members know the place and the time", async ({ browser }) => {
  const mail = await startMail();
  const portal = await startPortal({
    env: {
      GUILDHALL_SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
      GUILDHALL_MAIL_FROM: "Secure Synergy <guild@example.org>",
    },
  });
  try {
    const host = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    const field = (name) => host.locator(`main [name="${name}"]`);
    await signInAs(host, portal, "Grace");

    // The organiser creates a group that everybody can join.
    await host.goto(`${portal.url}/groups`);
    await host.locator("main").getByRole("link", { name: "Create group" }).first().click();
    await field("name").fill("The rope loft");
    await field("purpose").fill("Knots, splices, and what hangs on them.");
    await host.getByRole("button", { name: "Create group" }).click();
    await expect(host.getByRole("heading", { level: 1 })).toHaveText("The rope loft");
    const group = host.url();

    const pages = [];
    for (const { title, hours } of EVENINGS) {
      const begins = new Date(Math.floor(Date.now() / 60_000) * 60_000 + hours * 3_600_000);
      const there = (options) => new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/London", ...options }).format(begins);
      await host.goto(`${portal.url}/events/new?group=${group.split("/").at(-1)}`);
      await field("title").fill(title);
      await field("zone").fill("Europe/London");
      await field("date").fill(there({ dateStyle: "short" }));
      await field("time").fill(there({ timeStyle: "short" }));
      await field("place").fill("Pier 4, the loft");
      await field("capacity").fill("2");
      await host.getByRole("button", { name: "Save draft" }).click();
      await expect(host.getByRole("heading", { level: 1 })).toHaveText(title);
      await host.getByRole("button", { name: "Publish" }).click();
      await expect(host.getByText("This is a draft")).toHaveCount(0);
      pages.push(host.url());
    }

    // Three people join on their phones and compete for the two seats of the first event.
    const people = [];
    for (const [address, name] of [["nova@example.org", "Nova Reyes"], ["kit@example.org", "Kit Owens"], ["lee@example.org", "Lee Park"]]) {
      const phone = await (await browser.newContext(PHONE)).newPage();
      await signInByEmail(phone, portal, mail, address, name);
      await phone.goto(group);
      await phone.getByRole("button", { name: "Join group" }).click();
      await phone.locator("main").getByRole("link", { name: EVENINGS[0].title }).first().click();
      await phone.getByRole("button", { name: /^(Take a seat|Sign up|Join the waitlist)$/ }).click();
      people.push({ phone, address });
    }
    const [nova, kit, lee] = people;
    const taken = calendarOf((await emailsTo(mail, nova.address, 2)).at(-1));
    expect(taken).toMatchObject({ method: "REQUEST", sequence: 0, attendee: `mailto:${nova.address}` });
    await expect(lee.phone.getByText("You’re next on the waitlist").first()).toBeVisible();
    // The place, the time and the state of the seat are visible on a phone without scrolling.
    for (const { phone } of people) {
      await phone.goto(pages[0]);
      for (const what of [phone.locator(".seat-state"), phone.getByText("Pier 4, the loft").first(), phone.locator(".when-time")]) {
        const box = await what.boundingBox();
        expect(box.y + box.height).toBeLessThan(740);
      }
    }

    // A new place is emailed to people with a seat and on the waitlist.
    await host.goto(`${pages[0]}/edit`);
    await field("place").fill("Pier 5, the boat shed");
    await host.getByRole("button", { name: "Save changes" }).first().click();
    const moved = calendarOf((await emailsTo(mail, nova.address, 3)).at(-1));
    expect(moved).toMatchObject({ method: "REQUEST", sequence: 1, uid: taken.uid });
    expect((await emailsTo(mail, lee.address, 3)).at(-1).text).toContain("Pier 5, the boat shed");

    // Nova gives up her seat with the link in the email, signed out. Lee is promoted from the waitlist.
    const link = (await emailsTo(mail, nova.address, 3)).at(-1).text.match(/http:\S+\/seat\/\S+/)[0];
    const stranger = await (await browser.newContext(PHONE)).newPage();
    await stranger.goto(link);
    await stranger.getByRole("button", { name: "Give up my seat" }).click();
    expect(calendarOf((await emailsTo(mail, nova.address, 4)).at(-1))).toMatchObject({ method: "CANCEL", uid: taken.uid });
    const promoted = calendarOf((await emailsTo(mail, lee.address, 4)).at(-1));
    expect(promoted).toMatchObject({ method: "REQUEST", attendee: `mailto:${lee.address}` });
    await lee.phone.goto(portal.url);
    await expect(lee.phone.locator("main").getByRole("link", { name: EVENINGS[0].title }).first()).toBeVisible();

    // The host sends a test email about the second event to herself.
    await kit.phone.goto(pages[1]);
    await kit.phone.getByRole("button", { name: "Take a seat" }).click();
    await emailsTo(mail, kit.address, 4);
    await host.goto(`${pages[1]}/emails`);
    await field("subject").fill("Bring a rope");
    await field("message").fill("Three metres will do.");
    await host.getByRole("checkbox", { name: /seat/ }).first().check();
    const earlier = (await mail.find("grace@guild.example")).length;
    await host.getByRole("button", { name: /test/i }).click();
    expect((await emailsTo(mail, "grace@guild.example", earlier + 1)).at(-1).subject).toContain("Bring a rope");
    await expect(field("message")).toHaveValue("Three metres will do.");

    // The third event is cancelled with a reason. The group's feed shows that, and still has the others.
    await kit.phone.goto(pages[2]);
    await kit.phone.getByRole("button", { name: "Take a seat" }).click();
    await emailsTo(mail, kit.address, 5);
    await host.goto(`${pages[2]}/cancel`);
    await host.locator("main textarea").fill("The loft is being painted.");
    await host.locator("main form button.danger").click();
    await portal.later(UNDO_IS_OVER);
    const cancelled = (await emailsTo(mail, kit.address, 6)).at(-1);
    expect(cancelled.text).toContain("The loft is being painted.");
    expect(calendarOf(cancelled)).toMatchObject({ method: "CANCEL", status: "CANCELLED" });
    const feed = await (await host.request.get(`${group}/events.ics`)).text();
    const entries = new ICAL.Component(ICAL.parse(feed)).getAllSubcomponents("vevent").map((entry) => [
      entry.getFirstPropertyValue("summary"),
      entry.getFirstPropertyValue("status"),
    ]);
    expect(entries).toEqual([
      [EVENINGS[0].title, "CONFIRMED"],
      [EVENINGS[1].title, "CONFIRMED"],
      [EVENINGS[2].title, "CANCELLED"],
    ]);

    // The group's pages show its members and its other events.
    await host.goto(`${group}/members`);
    await expect(host.locator("main")).toContainText("Kit Owens");
    await kit.phone.goto(group);
    await expect(kit.phone.locator("main").getByRole("link", { name: EVENINGS[1].title }).first()).toBeVisible();
  } finally {
    await portal.stop();
    await mail.close();
  }
});
