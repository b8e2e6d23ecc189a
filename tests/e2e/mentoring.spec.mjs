// Mentoring without JavaScript: how many clicks and fields a sign-up takes.
import { expect, test } from "@playwright/test";
import { signInAs } from "./support/people.mjs";
import { startPortal } from "./support/portal.mjs";

test.use({ javaScriptEnabled: false });

const ROUND = "/mentoring/rounds/devsecops-mentoring-round-3";
/** The most clicks and fields that a sign-up may need. */
const MAX_STEPS = 20;

// M2: signing up takes five minutes.
test("a mentee signs up with at most 20 clicks and fields", async ({ page }) => {
  const portal = await startPortal();
  try {
    await signInAs(page, portal, "Mei");
    await page.goto(`${portal.url}/mentoring`);
    let steps = 0;
    const step = (action) => {
      steps += 1;
      return action;
    };
    await step(page.locator(`a[href="${ROUND}/sign-up/mentee/about"]`).first().click());
    await step(page.locator('select[name="topic_1"]').selectOption("rust"));
    await step(page.locator('input[name="goal"]').fill("I want to lead my first session by June."));
    const names = await page.locator('input[name^="answers"]').evaluateAll((all) => all.map((input) => input.name));
    for (const name of new Set(names)) {
      await step(page.locator(`input[name="${name}"]`).first().check());
    }
    await step(page.getByRole("button", { name: "Save and continue" }).click());
    for (const hour of [18, 42, 66]) {
      await step(page.locator(`input[name="hours[]"][value="${hour}"]`).check());
    }
    await step(page.getByRole("button", { name: "Save and continue" }).click());
    await step(page.getByRole("link", { name: "Continue to the last step" }).click());
    await step(page.locator('input[name="consent"]').check());
    await step(page.getByRole("button", { name: "Send sign-up" }).click());
    await expect(page.getByText("You’re signed up").first()).toBeVisible();
    console.log(`A mentee signs up with ${steps} clicks and fields.`);
    expect(steps).toBeLessThanOrEqual(MAX_STEPS);
  } finally {
    await portal.stop();
  }
});

// M2: the same for a mentor, who says for each topic how confident they are. One list is enough for all topics.
test("a mentor signs up with at most 20 clicks and fields", async ({ page }) => {
  const portal = await startPortal();
  try {
    await signInAs(page, portal, "Mei");
    await page.goto(`${portal.url}/mentoring`);
    let steps = 0;
    const step = (action) => {
      steps += 1;
      return action;
    };
    await step(page.locator(`a[href="${ROUND}/sign-up/mentor/about"]`).first().click());
    await step(page.locator('input[name="places"]').fill("2"));
    await step(page.locator('input[name="hours_a_month"]').fill("4"));
    // The confidence is asked for the chosen topics only. What the profile says is chosen already.
    await expect(page.locator("main select:visible")).toHaveCount(1);
    await step(page.locator('input[name="topics[]"][value="rust"]').check());
    await expect(page.locator("main select:visible")).toHaveCount(2);
    await step(page.getByLabel("How confident are you with Rust?").selectOption({ label: "I’m an expert" }));
    const names = await page.locator('input[name^="answers"]').evaluateAll((all) => all.map((input) => input.name));
    for (const name of new Set(names)) {
      await step(page.locator(`input[name="${name}"]`).first().check());
    }
    await step(page.getByRole("button", { name: "Save and continue" }).click());
    for (const hour of [18, 42, 66]) {
      await step(page.locator(`input[name="hours[]"][value="${hour}"]`).check());
    }
    await step(page.getByRole("button", { name: "Save and continue" }).click());
    await step(page.getByRole("link", { name: "Continue to the last step" }).click());
    await expect(page.getByText("I’m an expert")).toBeVisible();
    await expect(page.getByText("I’m confident")).toBeVisible();
    await step(page.locator('input[name="consent"]').check());
    await step(page.getByRole("button", { name: "Send sign-up" }).click());
    await expect(page.getByText("You’re signed up").first()).toBeVisible();
    console.log(`A mentor signs up with ${steps} clicks and fields.`);
    expect(steps).toBeLessThanOrEqual(MAX_STEPS);
  } finally {
    await portal.stop();
  }
});
