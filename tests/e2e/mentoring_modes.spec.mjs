// Mentoring without a mentorship, without JavaScript: a question, a group circle, a speed round and an offer to teach.
import { expect, test } from "@playwright/test";
import { signInAs } from "./support/people.mjs";
import { startPortal } from "./support/portal.mjs";

test.use({ javaScriptEnabled: false });

let portal;
test.beforeAll(async () => {
  portal = await startPortal();
});
test.afterAll(() => portal.stop());

/** A page on which somebody is signed in. */
async function pageOf(browser, name) {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await signInAs(page, portal, name);
  return page;
}

// M27: a mentor picks a question and answers it.
test("a question is picked and answered", async ({ browser }) => {
  const [grace, sofia] = [await pageOf(browser, "Grace"), await pageOf(browser, "Sofia")];
  await grace.goto(`${portal.url}/mentoring/questions`);
  await grace.getByRole("link", { name: /browser tests fail|Test automation/ }).first().click();
  await grace.getByRole("button", { name: "Pick question" }).click();
  await grace.locator('textarea[name="text"]').fill("Look at what the test waits for.");
  await grace.getByRole("button", { name: "Send reply" }).click();
  await sofia.goto(grace.url());
  await expect(sofia.getByText("Look at what the test waits for.")).toBeVisible();
  await sofia.getByRole("button", { name: "Mark as answered" }).click();
  await expect(sofia.getByText("Question marked as answered.")).toBeVisible();
});

// M30: a member joins a circle, sees where it meets, and leaves it.
test("a member joins and leaves a circle", async ({ browser }) => {
  const sofia = await pageOf(browser, "Sofia");
  await sofia.goto(`${portal.url}/mentoring/circles`);
  await sofia.getByRole("link", { name: "Platforms that teams choose" }).click();
  await expect(sofia.getByText("meet.example.org")).toHaveCount(0);
  await sofia.getByRole("button", { name: "Join circle" }).click();
  await expect(sofia.getByText("meet.example.org")).toBeVisible();
  await sofia.getByRole("button", { name: "Leave circle" }).click();
  await expect(sofia.getByText("You’ve left the circle.")).toBeVisible();
});

// M31: a speed round is signed up for, planned in waves and published, and somebody withdraws.
test("a speed round is planned in waves and published", async ({ browser }) => {
  const [grace, mei] = [await pageOf(browser, "Grace"), await pageOf(browser, "Mei")];
  await mei.goto(`${portal.url}/mentoring/speed-rounds`);
  await mei.getByRole("link", { name: "Meet a mentor: Rust and databases" }).click();
  await mei.getByLabel(/As a mentee/).check();
  await mei.locator('select[name="topic_1"]').selectOption("rust");
  await mei.getByRole("button", { name: "Sign up" }).click();
  await expect(mei.getByText("You’re signed up.").first()).toBeVisible();
  await grace.goto(`${mei.url()}/plan`);
  await grace.getByRole("button", { name: "Make a plan" }).click();
  await expect(async () => {
    await grace.reload();
    await expect(grace.getByRole("button", { name: "Publish plan" })).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await expect(grace.getByRole("heading", { name: /^Wave 3/ })).toBeVisible();
  await grace.getByRole("button", { name: "Publish plan" }).click();
  await expect(grace.getByText("Plan published.")).toBeVisible();
  await mei.reload();
  await expect(mei.getByRole("heading", { name: "Your conversations" })).toBeVisible();
  await expect(mei.getByRole("link", { name: /Kofi/ })).toBeVisible();
  await mei.getByRole("button", { name: "Withdraw" }).click();
  await expect(mei.getByText("You’ve withdrawn.")).toBeVisible();
});

// M32: a member offers to teach a more experienced one, who accepts.
test("an offer to teach becomes a mentorship", async ({ browser }) => {
  const [sofia, ada] = [await pageOf(browser, "Sofia"), await pageOf(browser, "Ada")];
  await sofia.goto(`${portal.url}/mentoring/reverse`);
  await sofia.getByLabel("Who would you like to teach?").fill("ada-okonkwo");
  await sofia.getByLabel("What could you teach them?").fill("I could show you how our browser tests are written.");
  await sofia.getByRole("button", { name: "Send offer" }).click();
  await expect(sofia.getByText("Offer sent.")).toBeVisible();
  await ada.goto(sofia.url());
  await ada.getByRole("button", { name: "Accept" }).click();
  await ada.getByRole("link", { name: "View your mentorship" }).click();
  await expect(ada.getByRole("heading", { level: 1 })).toContainText("Sofia");
});
