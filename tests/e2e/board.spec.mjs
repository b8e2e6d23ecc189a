// The agenda board: keys, dragging, undo, two editors at once, forms without JavaScript, and a release (D4–D6).
import { expect, test } from "@playwright/test";
import { axeViolations } from "./support/checks.mjs";
import { signInAs } from "./support/people.mjs";
import { startPortal } from "./support/portal.mjs";

const EVENT = "/events/guild-day-in-accra-built-to-be-mended";

/** The card of a session in the grid. */
const card = (page, title) => page.locator(".board-card", { hasText: title });

/** Opens the board as Ada, once its grid works. */
async function open(page, portal) {
  await signInAs(page, portal, "Ada");
  await page.goto(`${portal.url}${EVENT}/board`);
  await expect(card(page, "Lightning talks")).toBeVisible();
}

// D4: without a pointing device, with announcements and undo.
test("a session moves with the keys, and back", async ({ page }) => {
  const portal = await startPortal();
  try {
    await open(page, portal);
    const live = page.locator(".board-live");
    await card(page, "Lightning talks").focus();
    await page.keyboard.press("Enter");
    await expect(live).toContainText("is chosen");
    await page.keyboard.press("ArrowLeft");
    await expect(live).toContainText("Quiet room, ");
    await page.keyboard.press("ArrowLeft");
    // The live region names the new slot and its conflicts.
    await expect(live).toContainText("Hall, ");
    await expect(live).toContainText("are in Hall at the same time");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("-");
    await page.keyboard.press("Escape");
    await expect(live).toContainText("Nothing was moved");
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(live).toContainText("Saved: “Lightning talks”, Quiet room");
    await page.reload();
    await expect(page.locator(".board-day").getByRole("link", { name: "Lightning talks" })).toBeVisible();
    // Another move can be undone.
    await card(page, "Lightning talks").focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(live).toContainText("Saved");
    const moved = await card(page, "Lightning talks").getAttribute("aria-label");
    await page.getByRole("button", { name: "Undo last move" }).click();
    await expect(card(page, "Lightning talks")).not.toHaveAttribute("aria-label", moved);
    await expect(page.getByRole("button", { name: "Undo last move" })).toBeDisabled();
    expect(await axeViolations(page)).toEqual([]);
  } finally {
    await portal.stop();
  }
});

// D4: the second of two editors of one session sees both versions.
test("a session is dragged, and two editors of it see both versions", async ({ page, browser }) => {
  const portal = await startPortal();
  try {
    await open(page, portal);
    const context = await browser.newContext();
    const other = await context.newPage();
    await open(other, portal);
    await card(page, "Ask me about ferries").scrollIntoViewIfNeeded();
    const from = await card(page, "Ask me about ferries").boundingBox();
    await page.mouse.move(from.x + 20, from.y + 10);
    await page.mouse.down();
    await page.mouse.move(from.x + 20 - from.width, from.y + 30, { steps: 4 });
    await page.mouse.up();
    await expect(page.locator(".board-live")).toContainText("Saved: “Ask me about ferries”, Quiet room");
    // The other one has not seen it yet.
    await card(other, "Ask me about ferries").focus();
    await other.keyboard.press("Enter");
    await other.keyboard.press("ArrowLeft");
    await other.keyboard.press("ArrowLeft");
    await other.keyboard.press("Enter");
    const both = other.locator(".board-island .notice");
    await expect(both).toContainText("Their version: Quiet room");
    await expect(both).toContainText("Your version: Hall");
    await both.getByRole("button", { name: "Use my version" }).click();
    await expect(other.locator(".board-live")).toContainText("Saved: “Ask me about ferries”, Hall");
    await context.close();
  } finally {
    await portal.stop();
  }
});

// D5, D6, F5: forms only.
test("a session is placed and released without JavaScript", async ({ browser }) => {
  const portal = await startPortal();
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
  try {
    const page = await context.newPage();
    await signInAs(page, portal, "Ada");
    await page.goto(`${portal.url}${EVENT}`);
    await page.getByRole("link", { name: "Plan the agenda" }).click();
    await expect(page.locator("#conflicts + ul")).toContainText("are in Hall at the same time");
    await page.getByRole("link", { name: "Release…" }).click();
    await expect(page.getByText("is in two places at once")).toBeVisible();
    await page.goto(`${portal.url}${EVENT}/board`);
    await page.locator(".board-day").getByRole("link", { name: "Apps that expect the tunnel" }).click();
    await page.getByLabel("Room", { exact: true }).selectOption({ label: "Quiet room" });
    await page.getByRole("button", { name: "Save slot" }).click();
    await expect(page.getByText("Slot saved.")).toBeVisible();
    await page.getByRole("link", { name: "Release…" }).click();
    await page.getByLabel("Note").fill("One talk moves to the quiet room.");
    await page.getByRole("button", { name: "Release agenda" }).click();
    await expect(page.getByText("Version 2 is released.")).toBeVisible();
    await page.goto(`${portal.url}${EVENT}`);
    await expect(page.locator("#agenda")).toContainText("Quiet room");
    await page.goto(`${portal.url}${EVENT}/releases/1`);
    await page.getByRole("button", { name: "Bring this version back" }).click();
    await expect(page.getByText("The draft is back at this version.")).toBeVisible();
  } finally {
    await context.close();
    await portal.stop();
  }
});
