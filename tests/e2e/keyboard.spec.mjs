// Everything with the keyboard only: a newcomer takes a seat and gives it up, and a host creates an event and
// cancels it.
import { expect, test } from "@playwright/test";
import { press, tabTo, type } from "./support/keyboard.mjs";
import { emailsTo } from "./support/people.mjs";
import { startPortal } from "./support/portal.mjs";
import { start as startMail } from "./support/smtp.mjs";

let mail;
let portal;
test.beforeAll(async () => {
  mail = await startMail();
  const env = { GUILDHALL_SMTP_URL: `smtp://127.0.0.1:${mail.port}`, GUILDHALL_MAIL_FROM: "guild@example.org" };
  portal = await startPortal({ env });
});
test.afterAll(async () => {
  await portal?.stop();
  await mail?.close();
});

const button = (page, name) => page.getByRole("button", { name });

test("a newcomer finds an event, takes a seat, brings a guest and leaves", async ({ page }) => {
  await page.goto(portal.url);
  // The first element skips the header and moves the focus to the main part.
  await page.keyboard.press("Tab");
  const skip = page.locator(".skip-link");
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.querySelector("main").contains(document.activeElement))).toBe(true);

  await page.goto(portal.url);
  await press(page, page.getByRole("banner").getByRole("link", { name: "Sign in" }));
  await expect(page).toHaveURL(/\/sign-in/);
  await type(page, page.locator('main [name="address"]'), "nova@example.org");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/sign-in\/code$/);
  const email = (await emailsTo(mail, "nova@example.org", 1)).at(-1);
  await type(page, page.locator('[name="code"]'), email.text.match(/\b\d{4} ?\d{4}\b/)[0]);
  await press(page, page.locator("main form button.button"));
  await expect(page).toHaveURL(/\/welcome/);
  await type(page, page.locator('main [name="name"]'), "Nova Reyes");
  await press(page, page.locator("main form button.button").first());
  await expect(page).not.toHaveURL(/\/welcome/);

  await type(page, page.getByRole("banner").getByRole("searchbox"), "sbom");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/search\?q=sbom$/);
  await press(page, page.locator("main").getByRole("link", { name: /What our SBOMs/ }));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/What our SBOMs/);
  await press(page, button(page, "Take a seat"), "Space");
  await expect(page.getByText("You have a seat").first()).toBeVisible();
  await press(page, button(page, "Give up my seat"));
  await expect(button(page, "Take a seat")).toBeVisible();

  // This event allows guests. It is opened from the list of upcoming events.
  await page.goto(`${portal.url}/events`);
  await press(page, page.locator("main").getByRole("link", { name: /Guild supper/ }));
  await press(page, button(page, "Take a seat"));
  await expect(page.getByText("You have a seat").first()).toBeVisible();
  await tabTo(page, page.locator("#guests"));
  await page.keyboard.press("ArrowDown");
  await press(page, button(page, "Save changes"));
  await expect(page.locator("#guests")).toHaveValue("1");
  await press(page, button(page, "Give up my seat"));
  await expect(button(page, "Take a seat")).toBeVisible();
});

test("a host plans an event, publishes, changes and cancels it", async ({ page }) => {
  await page.goto(`${portal.url}/sign-in`);
  await press(page, page.getByRole("button", { name: /^Grace/ }));
  await expect(page).not.toHaveURL(/sign-in/);
  await press(page, page.getByRole("banner").getByRole("link", { name: "Events" }));
  await press(page, page.getByRole("link", { name: "Create event" }));
  await expect(page).toHaveURL(/\/events\/new$/);
  const field = (name) => page.locator(`main [name="${name}"]`);
  await type(page, field("title"), "Keys and nothing else");
  await tabTo(page, field("kind"));
  await page.keyboard.type("Work");
  // The parts of a date are typed in the order of the browser's language.
  await tabTo(page, field("date"));
  const soon = new Date(Date.now() + 6 * 86_400_000).toISOString().slice(0, 10);
  const [year, month, day] = soon.split("-");
  await page.keyboard.type(`${month}${day}${year}`);
  await expect(field("date")).toHaveValue(soon);
  await type(page, field("place"), "The long table");
  await press(page, button(page, /Create|Save/));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Keys and nothing else");
  await press(page, button(page, "Publish"));
  await expect(button(page, "Publish")).toHaveCount(0);

  await press(page, page.getByRole("link", { name: "Edit event" }));
  await expect(field("kind")).toHaveValue("workshop");
  await type(page, field("title"), "Keys, and then some");
  await press(page, button(page, "Save changes"));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Keys, and then some");

  await press(page, page.getByRole("link", { name: "Cancel event" }));
  await type(page, page.locator("main textarea"), "The keys are lost.");
  await press(page, page.locator("main form button.danger"));
  await expect(page.getByText("The keys are lost.").first()).toBeVisible();
});

test("negative control: unreachable elements and invisible focus are found", async ({ browser }) => {
  // The portal's content security policy forbids foreign styles, so this page bypasses it.
  const page = await (await browser.newContext({ bypassCSP: true })).newPage();
  await page.goto(`${portal.url}/events`);
  await page.evaluate(() =>
    document.querySelector("main").insertAdjacentHTML("afterbegin", '<button id="never" tabindex="-1">A</button>'),
  );
  await expect(tabTo(page, page.locator("#never"))).rejects.toThrow(/did not lead/);
  await page.goto(`${portal.url}/events`);
  await page.evaluate(() => document.querySelector("main").insertAdjacentHTML("afterbegin", '<button id="dark" style="outline: none">B</button>'));
  await expect(tabTo(page, page.locator("#dark"))).rejects.toThrow(/outline/);
});
