// A person with a keyboard and nothing else: Tab to a thing, see where one is, press or type.
import { expect } from "@playwright/test";

const MOST = 80;

/** Presses Tab until the element has the focus; fails where it never does, or where it cannot be seen. */
export async function tabTo(page, locator, key = "Tab") {
  const target = locator.first();
  await expect(target).toBeAttached();
  const there = () => target.evaluate((node) => node === document.activeElement);
  for (let presses = 0; !(await there()); presses += 1) {
    if (presses === MOST) throw new Error(`${MOST} times ${key} did not lead to ${locator}.`);
    await page.keyboard.press(key);
  }
  await expect(target).toBeVisible();
  await expect(target).toBeInViewport();
  const { outlineStyle, outlineWidth, outlineColor } = await target.evaluate((node) => {
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(node);
    return { outlineStyle, outlineWidth, outlineColor };
  });
  const seen = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && !/, 0\)$|transparent/.test(outlineColor);
  expect(seen, `the outline of ${locator} is ${outlineWidth} ${outlineStyle} ${outlineColor}`).toBe(true);
}

/** Goes to something and presses Enter, or another key. */
export async function press(page, locator, key = "Enter") {
  await tabTo(page, locator);
  await page.keyboard.press(key);
}

/** Goes to a field and types over what is in it. */
export async function type(page, locator, text) {
  await tabTo(page, locator);
  await page.keyboard.press("Control+a");
  await page.keyboard.type(text);
}
