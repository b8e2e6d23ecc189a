// A mentorship without JavaScript: a meeting is proposed and accepted, and the pair graduates.
import { expect, test } from "@playwright/test";
import { signInAs } from "./support/people.mjs";
import { startPortal } from "./support/portal.mjs";

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
