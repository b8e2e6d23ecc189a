// A season of a meet-up group, run from the browser alone and without JavaScript: one organiser, members on
// phones, every mail over a real mail server.
import { expect, test } from "@playwright/test";
import ICAL from "ical.js";
import { CANCELLATION, calendarOf, mailsTo, signInAs, signInByMail } from "./support/people.mjs";
import { startPortal } from "./support/portal.mjs";
import { start as startMail } from "./support/smtp.mjs";

test.use({ javaScriptEnabled: false });

const PHONE = { viewport: { width: 360, height: 740 }, javaScriptEnabled: false, timezoneId: "Europe/Lisbon" };
/** In 20 hours, or sooner where an evening would end on another day: its page then shows the time in another way. */
const HOUR = new Date(Date.now() + 20 * 3_600_000).getUTCHours();
const SOON = HOUR >= 19 ? 14 : 20;
/** The evenings, by how many hours from now they begin: the first so soon that nobody waits for more edits. */
const EVENINGS = [
  { title: "First evening of the rope loft", hours: SOON },
  { title: "Second evening of the rope loft", hours: SOON + 28 * 24 },
  { title: "Third evening of the rope loft", hours: SOON + 56 * 24 },
];

// F5: everything works without JavaScript.
test("an organiser runs a group for a season, and members know where and when", async ({ browser }) => {
  test.setTimeout(420_000);
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

    // A group of its own, joined by whoever likes.
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

    // Three people join on their phones and ask for the two seats of the first evening.
    const people = [];
    for (const [address, name] of [["nova@example.org", "Nova Reyes"], ["kit@example.org", "Kit Owens"], ["lee@example.org", "Lee Park"]]) {
      const phone = await (await browser.newContext(PHONE)).newPage();
      await signInByMail(phone, portal, mail, address, name);
      await phone.goto(group);
      await phone.getByRole("button", { name: "Join group" }).click();
      await phone.locator("main").getByRole("link", { name: EVENINGS[0].title }).first().click();
      await phone.getByRole("button", { name: /Take a seat|Sign up|Join the waitlist/ }).click();
      people.push({ phone, address });
    }
    const [nova, kit, lee] = people;
    const taken = calendarOf((await mailsTo(mail, nova.address, 2)).at(-1));
    expect(taken).toMatchObject({ method: "REQUEST", sequence: 0, attendee: `mailto:${nova.address}` });
    await expect(lee.phone.getByText("You’re next on the waitlist").first()).toBeVisible();
    // Above the fold of a phone: where, when, and whether they have a seat.
    for (const { phone } of people) {
      await phone.goto(pages[0]);
      for (const what of [phone.locator(".seat-state"), phone.getByText("Pier 4, the loft").first(), phone.locator(".when-time")]) {
        const box = await what.boundingBox();
        expect(box.y + box.height).toBeLessThan(740);
      }
    }

    // Another room: those with a seat and the one who waits hear of it.
    await host.goto(`${pages[0]}/edit`);
    await field("place").fill("Pier 5, the boat shed");
    await host.getByRole("button", { name: "Save changes" }).first().click();
    const moved = calendarOf((await mailsTo(mail, nova.address, 3)).at(-1));
    expect(moved).toMatchObject({ method: "REQUEST", sequence: 1, uid: taken.uid });
    expect((await mailsTo(mail, lee.address, 3)).at(-1).text).toContain("Pier 5, the boat shed");

    // Nova cannot come and gives her seat back from the mail, signed out; Lee moves up.
    const link = (await mailsTo(mail, nova.address, 3)).at(-1).text.match(/http:\S+\/seat\/\S+/)[0];
    const stranger = await (await browser.newContext(PHONE)).newPage();
    await stranger.goto(link);
    await stranger.getByRole("button", { name: "Give up my seat" }).click();
    expect(calendarOf((await mailsTo(mail, nova.address, 4)).at(-1))).toMatchObject({ method: "CANCEL", uid: taken.uid });
    const promoted = calendarOf((await mailsTo(mail, lee.address, 4)).at(-1));
    expect(promoted).toMatchObject({ method: "REQUEST", attendee: `mailto:${lee.address}` });
    await lee.phone.goto(portal.url);
    await expect(lee.phone.locator("main").getByRole("link", { name: EVENINGS[0].title }).first()).toBeVisible();

    // Who comes to the second evening gets a mail that the host first sends to herself.
    await kit.phone.goto(pages[1]);
    await kit.phone.getByRole("button", { name: "Take a seat" }).click();
    await mailsTo(mail, kit.address, 4);
    await host.goto(`${pages[1]}/mail`);
    await field("subject").fill("Bring a rope");
    await field("words").fill("Three metres will do.");
    await host.getByRole("checkbox", { name: /seat/ }).first().check();
    const graces = (await mail.find("grace@guild.example")).length;
    await host.getByRole("button", { name: /test/i }).click();
    expect((await mailsTo(mail, "grace@guild.example", graces + 1)).at(-1).subject).toContain("Bring a rope");
    await expect(field("words")).toHaveValue("Three metres will do.");

    // The third is cancelled with a reason; the feed of the group says so, and still has the others.
    await kit.phone.goto(pages[2]);
    await kit.phone.getByRole("button", { name: "Take a seat" }).click();
    await mailsTo(mail, kit.address, 5);
    await host.goto(`${pages[2]}/cancel`);
    await host.locator("main textarea").fill("The loft is being painted.");
    await host.locator("main form button.danger").click();
    const cancelled = (await mailsTo(mail, kit.address, 6, CANCELLATION)).at(-1);
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

    // The members and the rest of the season stand on the pages of the group.
    await host.goto(`${group}/members`);
    await expect(host.locator("main")).toContainText("Kit Owens");
    await kit.phone.goto(group);
    await expect(kit.phone.locator("main").getByRole("link", { name: EVENINGS[1].title }).first()).toBeVisible();
  } finally {
    await portal.stop();
    await mail.close();
  }
});
