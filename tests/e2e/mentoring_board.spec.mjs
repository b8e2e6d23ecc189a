// The draft of a round as a board: swapping two mentors by dragging, and the same without JavaScript.
import { expect, test } from "@playwright/test";
import { signInAs } from "./support/people.mjs";
import { startPortal } from "./support/portal.mjs";

const BOARD = "/mentoring/rounds/devsecops-mentoring-round-2/runs/1";

/** Two pairs with different mentors, as list items. */
async function twoPairs(page) {
  const pairs = page.locator("li[data-mentee]");
  const mentors = await pairs.locator(".swap-names a:last-of-type").evaluateAll((all) => all.map((a) => a.href));
  const other = mentors.findIndex((mentor) => mentor !== mentors[0]);
  expect(other).toBeGreaterThan(0);
  return [pairs.first(), pairs.nth(other)];
}

// M7: the mentors of two mentees are swapped for the next run.
test("dragging one pair onto another swaps their mentors", async ({ page, browser }) => {
  const portal = await startPortal();
  try {
    await signInAs(page, portal, "Grace");
    await page.goto(portal.url + BOARD);
    await expect(page.locator("#swap-drag")).toBeVisible();
    const [one, other] = await twoPairs(page);
    // The events of a drag. A drag by mouse would depend on what is on the screen, because the board is long.
    const dataTransfer = await page.evaluateHandle(() => new DataTransfer());
    await one.locator(".swap-names").dispatchEvent("dragstart", { dataTransfer });
    await other.dispatchEvent("dragover", { dataTransfer });
    await other.dispatchEvent("drop", { dataTransfer });
    await expect(page.getByText("Mentors swapped for the next run")).toBeVisible();
    await expect(page.locator("#decisions + ul li")).toHaveCount(2);

    const context = await browser.newContext({ javaScriptEnabled: false });
    const plain = await context.newPage();
    await signInAs(plain, portal, "Grace");
    await plain.goto(portal.url + BOARD);
    await expect(plain.locator("#swap-drag")).toBeHidden();
    const [first, second] = await twoPairs(plain);
    await plain.locator("#f-one").selectOption(await second.getAttribute("data-mentee"));
    await plain.locator("#f-other").selectOption(await first.getAttribute("data-mentee"));
    await plain.getByRole("button", { name: "Swap mentors" }).click();
    await expect(plain.getByText("Mentors swapped for the next run")).toBeVisible();
    await context.close();
  } finally {
    await portal.stop();
  }
});
