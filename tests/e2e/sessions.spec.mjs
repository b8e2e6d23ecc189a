// Sessions of an agenda for the people who come: workshops with seats (D7), the email about a release (D6), and the member's
// own agenda on a phone (D11).
import { expect, test } from "@playwright/test";
import { axeViolations, overflows } from "./support/checks.mjs";
import { emailsTo, signInAs } from "./support/people.mjs";
import { startPortalWithMail } from "./support/portal.mjs";

const EVENT = "/events/guild-day-in-accra-built-to-be-mended";
const TAPE = "Workshop: restore from tape, by stopwatch";
const INTERVIEW = "Workshop: interview questions for beginners";

test.use({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
test.describe.configure({ mode: "serial", timeout: 180_000 });

let mail, portal, stop;
test.beforeAll(async () => ({ mail, portal, stop } = await startPortalWithMail()));
test.afterAll(() => stop());

/** Opens a session's page from the agenda of the event. */
async function open(page, title) {
  await page.goto(portal.url + EVENT);
  const session = page.locator("#agenda details", { hasText: title }).first();
  await session.locator("summary").click();
  await session.getByRole("link", { name: "View session" }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
}

/** The page fits a phone, and axe finds nothing. axe needs scripts, so another browser opens the page. */
async function checked(page, browser, colorScheme) {
  expect(await overflows(page)).toEqual([]);
  const storageState = await page.context().storageState();
  const context = await browser.newContext({ storageState, colorScheme, javaScriptEnabled: true });
  const other = await context.newPage();
  await other.goto(page.url());
  expect(await axeViolations(other)).toEqual([]);
  await context.close();
}

// D7: the whole way without JavaScript.
test("overlapping workshops are swapped in one step, and only for a free seat", async ({ page, browser }) => {
  await signInAs(page, portal, "Mei");
  await open(page, TAPE);
  await expect(page.locator(".seat-panel")).toContainText("You have a seat");
  await checked(page, browser, "dark");
  await open(page, INTERVIEW);
  await expect(page.locator("#workshop")).toContainText(TAPE);
  await checked(page, browser, "light");
  await page.getByRole("button", { name: "Swap for this workshop" }).click();
  await expect(page.getByText("This workshop is full")).toBeVisible();
  await open(page, TAPE);
  await expect(page.locator(".seat-panel")).toContainText("You have a seat");
  // An organiser gives it more seats. The person who waits gets one, and one is left.
  const organiser = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await signInAs(organiser, portal, "Ada");
  await open(organiser, INTERVIEW);
  await organiser.getByText("Number of seats").click();
  await organiser.locator('#workshop [name="seats"]').fill("4");
  await organiser.locator("#workshop").getByRole("button", { name: "Save changes" }).click();
  await expect(organiser.getByText("Changes saved.")).toBeVisible();
  await emailsTo(mail, "ines@guild.example", 1);
  await open(page, INTERVIEW);
  await page.getByRole("button", { name: "Swap for this workshop" }).click();
  await expect(page.getByText("Swapped. You have a seat here.")).toBeVisible();
  await expect(page.locator(".seat-panel")).toContainText("You have a seat");
  await page.goto(`${portal.url}${EVENT}/agenda/mine`);
  await expect(page.locator(".my-agenda")).toContainText(INTERVIEW);
  await open(page, TAPE);
  await expect(page.getByRole("button", { name: "Swap for this workshop" })).toBeVisible();
  // A talk without seats has no such section.
  await open(page, "Paper tickets when the line is down");
  await expect(page.getByText("Seats at this workshop")).toHaveCount(0);
  // A form of the seat leads back to the session.
  await open(page, INTERVIEW);
  await page.getByRole("button", { name: "Give up my seat" }).click();
  await expect(page).toHaveURL(/\/sessions\/[0-9a-f-]{36}/);
  await expect(page.getByRole("status").or(page.locator(".flash")).first()).toBeVisible();
});

// D11: no sideways scrolling, and nothing for axe to find, in both schemes.
test("the own agenda fits a phone", async ({ page, browser }) => {
  await signInAs(page, portal, "Mei");
  await page.goto(`${portal.url}${EVENT}/agenda/mine`);
  await expect(page.getByRole("heading", { level: 1, name: "My agenda" })).toBeVisible();
  await expect(page.locator(".my-agenda")).toContainText("Paper tickets when the line is down");
  for (const scheme of ["light", "dark"]) await checked(page, browser, scheme);
});

// D6: only the people whom it affects get an email, and its link leads to the event.
test("a release emails the people whom it affects", async ({ page, browser }) => {
  await signInAs(page, portal, "Ada");
  await page.goto(`${portal.url}${EVENT}/board`);
  await page.locator(".board-day").getByRole("link", { name: "Apps that expect the tunnel" }).click();
  await page.getByLabel("Room", { exact: true }).selectOption({ label: "Quiet room" });
  await page.getByRole("button", { name: "Save slot" }).click();
  // The title is changed on the way.
  await page.locator(".board-day").getByRole("link", { name: "Apps that expect the tunnel" }).click();
  await page.locator('main [name="title"]').fill("Apps that expect the bridge");
  await page.locator('form[action="/api/board/edit_session"]').getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Changes saved.")).toBeVisible();
  await checked(page, browser, "light");
  const before = (await mail.find("sofia@guild.example")).length;
  const known = (await mail.find("kofi@guild.example")).length;
  await page.getByRole("link", { name: "Release…" }).click();
  await page.getByRole("button", { name: "Release agenda" }).click();
  await expect(page.getByText("Version 2 is released.")).toBeVisible();
  const email = (await emailsTo(mail, "kofi@guild.example", known + 1)).at(-1);
  expect(email.text).toContain("Apps that expect the bridge");
  expect(email.text).toContain("Quiet room");
  const link = email.text.match(/https?:\/\/\S+guild-day-in-accra\S*/)[0];
  await page.goto(new URL(new URL(link).pathname, portal.url).href);
  await expect(page.locator("#agenda")).toContainText("Apps that expect the bridge");
  // Sofia saved another session.
  expect((await mail.find("sofia@guild.example")).length).toBe(before);
});
