// What people do, for tests: sign in, wait for a mail, read its calendar part.
import { expect } from "@playwright/test";
import ICAL from "ical.js";

/** Waits until `count` mails to an address have arrived; resolves to all of them, parsed. */
export async function mailsTo(mail, address, count, timeout = 20_000) {
  await expect.poll(async () => (await mail.find(address)).length, { timeout }).toBeGreaterThanOrEqual(count);
  return mail.find(address);
}

/** How long a cancellation may take to arrive: it is held for two minutes, in which it can be undone. */
export const CANCELLATION = 180_000;

/** Signs in by mail with the typed code; a newcomer says a name. */
export async function signInByMail(page, portal, mail, address, name) {
  const before = (await mail.find(address)).length;
  await page.goto(`${portal.url}/sign-in`);
  await page.getByLabel(/mail address/i).fill(address);
  await page.getByRole("button", { name: /mail|link|code/i }).first().click();
  await expect(page).toHaveURL(/\/sign-in\/code$/);
  const email = (await mailsTo(mail, address, before + 1)).at(-1);
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
  // Most of them are behind "the rest of the demo's people".
  const rest = page.locator("details", { has: button });
  if ((await rest.count()) && !(await rest.evaluate((rest) => rest.open))) await rest.locator("summary").click();
  await button.click();
  await expect(page).not.toHaveURL(/sign-in/);
}

/** The calendar part of a mail, read by a parser that is not ours. */
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
