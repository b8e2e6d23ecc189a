// A learning request from the first word to the invitation: its author has JavaScript, and everybody else does without.
import { expect, test } from "@playwright/test";
import { faults } from "./support/checks.mjs";
import { emailsTo, signInAs } from "./support/people.mjs";
import { startPortalWithMail } from "./support/portal.mjs";

const TITLE = "Reading a core dump";
const PHONE = { viewport: { width: 360, height: 740 }, javaScriptEnabled: false };

let mail, portal, stop;
test.beforeAll(async () => ({ mail, portal, stop } = await startPortalWithMail()));
test.afterAll(() => stop());

/** Opens a page as one of the demo's people, in a browser of their own. */
async function as(browser, name, options) {
  const page = await (await browser.newContext(options)).newPage();
  await signInAs(page, portal, name);
  return page;
}

// B10: what a member wants to learn becomes an event, and everybody who wanted it is invited once.
test("a learning request becomes an event, and the people who wanted it are invited", async ({ browser }) => {
  const mei = await as(browser, "Mei");
  await mei.getByRole("link", { name: "See what people want to learn" }).click();
  expect(await faults(mei)).toEqual([]);
  await mei.getByRole("link", { name: "Post a learning request" }).first().click();
  const title = mei.getByLabel("What do you want to learn?");
  const alike = mei.getByRole("status").filter({ hasText: "These look alike." });
  await expect(alike).toHaveCount(0);
  // The island listens when the page is ready, so the text is typed until it answers.
  await expect(async () => {
    await title.fill("");
    await title.pressSequentially("Threat model for a small team");
    await expect(alike.getByRole("link", { name: "Threat models for small teams" })).toBeVisible({ timeout: 2_000 });
  }).toPass();
  expect(await faults(mei)).toEqual([]);
  await title.fill(TITLE);
  await expect(alike).toHaveCount(0);
  await mei.getByLabel("More about it").fill("I only ever restart the process.");
  await mei.getByRole("button", { name: "Post request" }).click();
  await expect(mei.getByText("Request posted.")).toBeVisible();
  await expect(mei.getByRole("heading", { level: 1 })).toHaveText(TITLE);
  expect(await faults(mei)).toEqual([]);
  const request = mei.url();

  // The author changes it.
  await mei.getByRole("link", { name: "Edit request" }).click();
  expect(await faults(mei)).toEqual([]);
  await mei.getByLabel("More about it").fill("I only ever restart the process. What do I look at first?");
  await mei.getByRole("button", { name: "Save changes" }).click();
  await expect(mei.getByText("What do I look at first?")).toBeVisible();

  const kofi = await as(browser, "Kofi", PHONE);
  await kofi.goto(`${portal.url}/demands?sort=new`);
  await kofi.getByRole("button", { name: `Me too : ${TITLE}` }).or(kofi.getByRole("button", { name: `Me too: ${TITLE}` })).click();
  await expect(kofi.getByText("2 people want this").first()).toBeVisible();

  // Ravi offers to teach it and asks a group, which declines.
  const ravi = await as(browser, "Ravi", { javaScriptEnabled: false });
  await ravi.goto(request);
  await ravi.getByLabel("What would you cover?").fill("One dump, three questions to ask it, and a debugger.");
  await ravi.getByRole("button", { name: "Offer to teach this" }).click();
  await emailsTo(mail, "mei@guild.example", 1);
  await ravi.getByLabel("Another group as host").selectOption({ label: "Train crew" });
  await ravi.getByRole("button", { name: "Ask this group" }).click();
  const grace = await as(browser, "Grace", PHONE);
  await grace.goto(request);
  await grace.getByText("Your group can’t host this?").click();
  await grace.getByLabel("Why can’t you host it?").fill("Our Mondays are full until March.");
  await grace.getByRole("button", { name: "Decline to host" }).click();
  const [declined] = await emailsTo(mail, "ravi@guild.example", 1);
  expect(declined.subject).toContain("Train crew can’t host");
  expect(declined.text).toContain("Our Mondays are full until March.");

  // So he creates the event in a group of his own, and publishes it.
  await ravi.goto(request);
  await expect(ravi.getByText("Our Mondays are full until March.")).toBeVisible();
  await ravi.getByLabel("Hosted by").selectOption({ label: "On call" });
  await ravi.getByRole("button", { name: "Create draft event" }).click();
  await ravi.locator('main [name="place"]').fill("The war room");
  await ravi.getByRole("button", { name: "Save changes" }).click();
  expect(await mail.find("kofi@guild.example")).toEqual([]);
  await ravi.getByRole("button", { name: "Publish" }).click();
  for (const address of ["mei@guild.example", "kofi@guild.example"]) {
    const invitation = (email) => email.subject.startsWith("You asked for it");
    await expect.poll(async () => (await mail.find(address)).filter(invitation).length).toBe(1);
  }
  // The link in the email leads to the event, where she takes a seat.
  const invitation = (await mail.find("mei@guild.example")).at(-1);
  const link = invitation.text.match(/https?:\S+\/events\/[a-z0-9-]+/)[0];
  await mei.goto(portal.url + new URL(link).pathname);
  await expect(mei.getByRole("heading", { level: 1 })).toHaveText(TITLE);
  await mei.getByRole("button", { name: "Take a seat" }).click();
  await expect(mei.getByText("Seat confirmed.")).toBeVisible();
  // The request says what became of it, and neither gets a second email that their group has a new event.
  await kofi.goto(request);
  await expect(kofi.getByText("This became an event:")).toBeVisible();
  await portal.later(11 * 60);
  // Ten minutes later, the group's members are told of a new event. Priya did not ask for it.
  const told = async (page) => {
    await page.goto(`${portal.url}/notifications`);
    return page.getByRole("main").getByRole("listitem").filter({ hasText: TITLE }).count();
  };
  const priya = await as(browser, "Priya", { javaScriptEnabled: false });
  await expect.poll(() => told(priya), { timeout: 20_000 }).toBe(1);
  expect(await told(kofi)).toBe(1);
  expect((await mail.find("kofi@guild.example")).map(({ subject }) => subject)).toEqual([`You asked for it: ${TITLE}`]);
});
