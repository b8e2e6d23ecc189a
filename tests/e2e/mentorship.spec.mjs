// A mentorship without JavaScript: a meeting is proposed and accepted, and the pair graduates.
import { expect, test } from "@playwright/test";
import { calendarOf, emailsTo, signInAs } from "./support/people.mjs";
import { startPortal } from "./support/portal.mjs";
import { start as startMail } from "./support/smtp.mjs";

test.use({ javaScriptEnabled: false });

/** Opens the page of the reader's mentorship with this person. */
async function open(page, portal, partner) {
  await page.goto(`${portal.url}/mentoring`);
  await page.getByRole("link", { name: `You and ${partner}` }).click();
}

// M17, M21: a pair meets and graduates.
test("a pair plans a meeting and graduates", async ({ page, browser }) => {
  const portal = await startPortal();
  try {
    const other = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    await signInAs(page, portal, "Mei");
    await signInAs(other, portal, "Grace");
    await open(page, portal, "Grace");
    await page.getByRole("button", { name: "Going well" }).click();
    await expect(page.getByText("Answer saved.")).toBeVisible();
    await page.getByRole("link", { name: "Propose a meeting" }).click();
    await page.locator('input[name="times[]"]').first().check();
    await page.getByRole("button", { name: "Send proposal" }).click();
    await expect(page.getByText("Times proposed.")).toBeVisible();
    await open(other, portal, "Mei");
    await other.getByRole("button", { name: "Choose this time" }).click();
    await expect(other.getByText("Meeting agreed.")).toBeVisible();
    await open(page, portal, "Grace");
    await page.getByRole("link", { name: "Choose what happens next" }).click();
    await page.getByRole("button", { name: "Finish" }).click();
    await page.getByRole("link", { name: "Give feedback" }).click();
    await page.getByLabel("What helped?").fill("You asked before you answered.");
    await page.getByRole("button", { name: "Give feedback" }).click();
    await open(other, portal, "Mei");
    await other.getByRole("link", { name: "Give feedback" }).click();
    await other.getByLabel("What helped?").fill("You came prepared.");
    await other.getByRole("button", { name: "Give feedback" }).click();
    await open(page, portal, "Grace");
    await expect(page.getByText("You came prepared.")).toBeVisible();
    await page.getByRole("link", { name: "Give kudos to Grace" }).click();
    await expect(page.locator('textarea[name="text"]')).toHaveValue(/Thank you/);
    await page.goto(`${portal.url}/mentoring`);
    await expect(page.locator('a[href*="/sign-up/mentor"]').first()).toBeVisible();
  } finally {
    await portal.stop();
  }
});

/** What the clock on the wall shows somewhere. */
const hourIn = (zone, at) => Number(new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", hourCycle: "h23" }).format(new Date(at)));

/** How many minutes a zone is ahead of UTC. */
const offset = (zone, at) => Math.round((new Date(new Date(at).toLocaleString("en-US", { timeZone: zone })) - new Date(new Date(at).toLocaleString("en-US", { timeZone: "UTC" }))) / 60_000);

/** The first midnight in UTC, at least eight days ahead, after which the clocks in Stockholm are different. */
function nextChange() {
  const day = 86_400_000;
  let at = Math.ceil(Date.now() / day) * day + 8 * day;
  while (offset("Europe/Stockholm", at) === offset("Europe/Stockholm", at + day)) at += day;
  return at;
}

// M17: Mei is in Tokyo, which never changes its clocks, and Grace in Stockholm. The calendars are read by a library that did
// not write them.
test("a meeting across a clock change lands in both calendars, moves and disappears", async ({ page, browser }) => {
  test.setTimeout(180_000);
  const change = nextChange();
  const ahead = Math.round((change - 5 * 86_400_000 - Date.now()) / 1000);
  const mail = await startMail();
  const portal = await startPortal({
    env: {
      GUILDHALL_TEST_CLOCK_AHEAD: `${ahead}`,
      GUILDHALL_SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
      GUILDHALL_MAIL_FROM: "Secure Synergy <guild@example.org>",
    },
  });
  /** The calendar part of the newest email to one of the two, as soon as it has this sequence number. */
  const calendar = async (address, sequence) => {
    let found;
    await expect(async () => {
      const emails = await mail.find(address);
      found = emails.map(calendarOf).filter(Boolean).at(-1);
      expect(found?.sequence).toBe(sequence);
    }).toPass({ timeout: 30_000, intervals: [100] });
    return found;
  };
  try {
    const other = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    await signInAs(page, portal, "Mei");
    await signInAs(other, portal, "Grace");
    await open(page, portal, "Grace");
    await page.getByRole("link", { name: "Propose a meeting" }).click();
    // The same hours of the two sign-ups are at another time in Tokyo after the change.
    const times = await page.locator('input[name="times[]"]').evaluateAll((all) => all.map((input) => input.value));
    const before = times.find((at) => Date.parse(at) < change);
    const after = times.filter((at) => Date.parse(at) > change + 86_400_000);
    expect(before, "a time before the change").toBeDefined();
    expect(after.length, "times after the change").toBeGreaterThan(1);
    expect(offset("Europe/Stockholm", before)).not.toBe(offset("Europe/Stockholm", after[0]));
    expect(offset("Asia/Tokyo", before)).toBe(offset("Asia/Tokyo", after[0]));
    for (const at of [before, after[0]]) await page.locator(`input[name="times[]"][value="${at}"]`).check();
    await page.getByRole("button", { name: "Send proposal" }).click();
    await expect(page.getByText("Times proposed.")).toBeVisible();

    await open(other, portal, "Mei");
    await expect(other.getByRole("button", { name: "Choose this time" })).toHaveCount(2);
    await other.getByRole("button", { name: "Choose this time" }).nth(1).click();
    await expect(other.getByText("Meeting agreed.")).toBeVisible();
    const [mei, grace] = [await calendar("mei@guild.example", 1), await calendar("grace@guild.example", 1)];
    expect(mei).toMatchObject({ method: "REQUEST", status: "CONFIRMED", uid: grace.uid });
    expect(Date.parse(mei.start)).toBe(Date.parse(after[0]));
    expect(Date.parse(grace.start)).toBe(Date.parse(after[0]));
    const shown = `${String(hourIn("Europe/Stockholm", after[0])).padStart(2, "0")}:00`;
    await expect(other.locator("main")).toContainText(shown);

    // It moves to another time after the change, when the other one accepts.
    await open(page, portal, "Grace");
    await page.getByRole("link", { name: "Propose other times" }).click();
    await page.locator(`input[name="times[]"][value="${after[1]}"]`).check();
    await page.getByRole("button", { name: "Send proposal" }).click();
    await open(other, portal, "Mei");
    await other.getByRole("button", { name: "Choose this time" }).click();
    const moved = await calendar("mei@guild.example", 2);
    expect(moved).toMatchObject({ method: "REQUEST", uid: mei.uid });
    expect(Date.parse(moved.start)).toBe(Date.parse(after[1]));
    expect((await calendar("grace@guild.example", 2)).start).toBe(moved.start);

    await other.getByRole("button", { name: "Cancel meeting" }).click();
    for (const address of ["mei@guild.example", "grace@guild.example"]) {
      expect(await calendar(address, 3)).toMatchObject({ method: "CANCEL", uid: mei.uid, status: "CANCELLED" });
    }
  } finally {
    await portal.stop();
    await mail.close();
  }
});
