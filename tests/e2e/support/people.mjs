// What people do in tests: sign in, wait for an email, and read its calendar part.
import { expect } from "@playwright/test";
import ICAL from "ical.js";

/** Waits until `count` emails to an address have arrived. Resolves to all of them, parsed. */
export async function emailsTo(mail, address, count) {
  const arrived = async () => (await mail.find(address)).length;
  await expect.poll(arrived, { timeout: 20_000, intervals: [50] }).toBeGreaterThanOrEqual(count);
  return mail.find(address);
}

/** Seconds after which the email about a cancellation is due. The portal delays it by two minutes for an undo. */
export const UNDO_IS_OVER = 150;

/** Signs in by typing the code from the email. A newcomer also enters a name. */
export async function signInByEmail(page, portal, mail, address, name) {
  const before = (await mail.find(address)).length;
  await page.goto(`${portal.url}/sign-in`);
  await page.getByLabel(/mail address/i).fill(address);
  await page.getByRole("button", { name: /mail|link|code/i }).first().click();
  await expect(page).toHaveURL(/\/sign-in\/code$/);
  const email = (await emailsTo(mail, address, before + 1)).at(-1);
  const code = email.text.match(/\b(\d{4}) ?(\d{4})\b/);
  await page.getByLabel(/code/i).fill(code[1] + code[2]);
  await page.getByRole("button", { name: /sign in/i }).click();
  if (name) {
    await expect(page).toHaveURL(/\/welcome/);
    await page.getByLabel(/name/i).first().fill(name);
    await page.locator("main form button").first().click();
  }
  await expect(page.getByRole("banner").getByText(/sign out/i)).toHaveCount(1);
}

/** Signs in as one of the demo's people. */
export async function signInAs(page, portal, name) {
  await page.goto(`${portal.url}/sign-in`);
  const button = page.getByRole("button", { name: new RegExp(`^${name}`), includeHidden: true }).first();
  // Most of the buttons are inside a closed list.
  const list = page.locator("details", { has: button });
  if ((await list.count()) && !(await list.evaluate((list) => list.open))) await list.locator("summary").click();
  await button.click();
  await expect(page).not.toHaveURL(/sign-in/);
}

/** The calendar part of an email, read by a parser that isn't ours. `null` for an email without one. */
export function calendarOf(email) {
  const parts = email.attachments.filter(({ contentType }) => contentType.startsWith("text/calendar") || contentType === "application/ics");
  if (parts.length === 0) return null;
  const component = new ICAL.Component(ICAL.parse(parts[0].content.toString("utf8")));
  const event = component.getFirstSubcomponent("vevent");
  const value = (name) => event.getFirstPropertyValue(name)?.toString();
  const attendee = event.getFirstProperty("attendee");
  return {
    method: component.getFirstPropertyValue("method"),
    uid: value("uid"),
    sequence: Number(value("sequence")),
    status: value("status"),
    start: event.getFirstPropertyValue("dtstart").toJSDate().toISOString(),
    end: event.getFirstPropertyValue("dtend").toJSDate().toISOString(),
    summary: value("summary"),
    organizer: value("organizer"),
    attendees: event.getAllProperties("attendee").length,
    attendee: attendee.getFirstValue(),
    partstat: attendee.getParameter("partstat"),
    rsvp: attendee.getParameter("rsvp"),
  };
}
