// Uses a page with the keyboard only: Tab to an element, check that its focus is visible, press a key or type.
import { expect } from "@playwright/test";

const MAX_PRESSES = 80;

/** Presses Tab until the element has the focus. Fails when it never gets it, or when the focus is not visible. */
export async function tabTo(page, locator, key = "Tab") {
  const target = locator.first();
  await expect(target).toBeAttached();
  const hasFocus = () => target.evaluate((node) => node === document.activeElement);
  for (let presses = 0; !(await hasFocus()); presses += 1) {
    if (presses === MAX_PRESSES) throw new Error(`Pressing ${key} ${MAX_PRESSES} times did not lead to ${locator}.`);
    await page.keyboard.press(key);
  }
  await expect(target).toBeVisible();
  await expect(target).toBeInViewport();
  const { outlineStyle, outlineWidth, outlineColor } = await target.evaluate((node) => {
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(node);
    return { outlineStyle, outlineWidth, outlineColor };
  });
  const isVisible = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && !/, 0\)$|transparent/.test(outlineColor);
  expect(isVisible, `the outline of ${locator} is ${outlineWidth} ${outlineStyle} ${outlineColor}`).toBe(true);
}

/** Moves to an element and presses Enter or another key. */
export async function press(page, locator, key = "Enter") {
  await tabTo(page, locator);
  await page.keyboard.press(key);
}

/** Moves to a field and replaces its text. */
export async function type(page, locator, text) {
  await tabTo(page, locator);
  await page.keyboard.press("Control+a");
  await page.keyboard.type(text);
}
