// When something goes wrong, one clear sentence says so, and no input or data is lost.
import { expect, test } from "@playwright/test";
import { mkdtemp, writeFile } from "node:fs/promises";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { calendarOf, emailsTo, signInAs } from "./support/people.mjs";
import { run, startPortal } from "./support/portal.mjs";
import { start as startMail } from "./support/smtp.mjs";

let mail;
let portal;
test.beforeAll(async () => {
  mail = await startMail();
  portal = await startPortal({
    env: {
      GUILDHALL_SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
      GUILDHALL_MAIL_FROM: "guild@example.org",
      GUILDHALL_SIGN_IN_PER_MINUTE: "100",
    },
  });
});
test.afterAll(async () => {
  await portal?.stop();
  await mail?.close();
});

/** The page of one of the demo's events. */
async function openEvent(page, title) {
  await page.goto(`${portal.url}/events`);
  await page.getByRole("link", { name: title }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
}

test("a sign-in link in another browser says where to type the code", async ({ browser }) => {
  const [requester, other] = await Promise.all([1, 2].map(async () => (await browser.newContext()).newPage()));
  await requester.goto(`${portal.url}/sign-in`);
  await requester.getByLabel(/mail address/i).fill("two@example.org");
  await requester.getByRole("button", { name: "Email me a link" }).click();
  await expect(requester).toHaveURL(/\/sign-in\/code/);
  const email = (await emailsTo(mail, "two@example.org", 1)).at(-1);
  const link = email.text.match(/http:\S+\/sign-in\/link\/\S+/)[0];
  await other.goto(link);
  await expect(other.locator("main form button:visible")).toHaveCount(0);
  // After a wrong code, the page says how many attempts are left. The link still works.
  await requester.getByLabel(/code/i).fill("0000 0000");
  await requester.getByRole("button", { name: "Sign in" }).click();
  await expect(requester.getByText(/4 /).first()).toBeVisible();
  await requester.goto(link);
  await requester.locator("main form button:visible").click();
  await expect(requester).toHaveURL(/\/welcome/);
  await requester.goto(link);
  await expect(requester.locator("main form button:visible")).toHaveCount(0);
});

test("the tab that waits for a sign-in continues when it gets the focus", async ({ browser }) => {
  const context = await browser.newContext();
  const waits = await context.newPage();
  await waits.goto(`${portal.url}/sign-in?next=/groups`);
  await waits.getByLabel(/email address/i).fill("three@example.org");
  await waits.getByRole("button", { name: "Email me a link" }).click();
  await expect(waits).toHaveURL(/\/sign-in\/code/);
  const email = (await emailsTo(mail, "three@example.org", 1)).at(-1);
  const opened = await context.newPage();
  await opened.goto(email.text.match(/http:\S+\/sign-in\/link\/\S+/)[0]);
  await opened.locator("main form button:visible").click();
  await expect(opened).toHaveURL(/\/welcome/);
  await waits.bringToFront();
  await waits.evaluate(() => window.dispatchEvent(new Event("focus")));
  await expect(waits).toHaveURL(`${portal.url}/groups`);
});

test("a double click takes one seat", async ({ page }) => {
  await signInAs(page, portal, "Wanjiru");
  await openEvent(page, /Guild supper/);
  const button = page.getByRole("button", { name: "Take a seat" });
  await button.dblclick();
  await expect(page.getByText("You have a seat").first()).toBeVisible();
  await emailsTo(mail, "wanjiru@guild.example", 1);
  // The next email is the one about the next change. A second email about the seat would arrive before it.
  await page.getByRole("button", { name: "Give up my seat" }).click();
  const emails = await emailsTo(mail, "wanjiru@guild.example", 2);
  expect(emails.map((email) => calendarOf(email).method)).toEqual(["REQUEST", "CANCEL"]);
});

test("a refused form keeps its input", async ({ browser }) => {
  for (const javaScriptEnabled of [true, false]) {
    const page = await (await browser.newContext({ javaScriptEnabled })).newPage();
    await signInAs(page, portal, "Grace");
    await page.goto(`${portal.url}/events/new`);
    await page.locator('[name="title"]').fill("A title worth keeping");
    await page.locator('[name="description"]').fill("Two\nlines & <b>tags</b>");
    await page.locator("main form").first().evaluate((form) => (form.noValidate = true)).catch(() => {});
    await page.locator('[name="capacity"]').fill("-3");
    await page.locator("main form button:visible").last().click();
    if (page.url().endsWith("/events/new")) {
      await expect(page.locator('[name="title"]')).toHaveValue("A title worth keeping");
      await expect(page.locator('[name="description"]')).toHaveValue("Two\nlines & <b>tags</b>");
    }
  }
});

test("a script in a title is shown and doesn't run", async ({ page }) => {
  let ran = false;
  await page.exposeFunction("ran", () => (ran = true));
  await signInAs(page, portal, "Grace");
  await page.goto(`${portal.url}/events/new`);
  const hostile = '<script>ran()</script><img src=x onerror=ran()>';
  const fill = (name, value) => page.locator(`[name="${name}"]`).fill(value);
  await fill("title", hostile);
  await fill("summary", hostile);
  await fill("description", `</textarea>${hostile}`);
  await fill("place", hostile);
  await fill("date", new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10));
  await fill("time", "18:00");
  await fill("end_time", "20:00");
  // A refused form is kept for an hour, and the previous test left one.
  await fill("capacity", "");
  await page.locator("main form button:visible").last().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(hostile);
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByRole("button", { name: "Publish" })).toHaveCount(0);
  await page.goto(`${page.url().split("?")[0]}/edit`);
  await expect(page.locator('[name="description"]')).toHaveValue(`</textarea>${hostile}`);
  await page.goto(`${portal.url}/events`);
  await expect(page.getByText(hostile).first()).toBeVisible();
  expect(ran).toBe(false);
});

test("a post from another site is refused", async ({ page, context }) => {
  await signInAs(page, portal, "Kofi");
  const cookies = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const post = (headers) =>
    fetch(`${portal.url}/sign-out`, {
      method: "POST",
      redirect: "manual",
      headers: { cookie: cookies, "content-type": "application/x-www-form-urlencoded", ...headers },
    });
  expect((await post({ origin: "https://evil.example" })).status).toBe(403);
  expect((await post({ "sec-fetch-site": "cross-site", origin: portal.url })).status).toBe(403);
  expect((await post({})).status).toBe(403);
  await page.goto(`${portal.url}/profile`);
  await expect(page).toHaveURL(/profile/);
  // Control: the same post from our own page signs out.
  expect((await post({ origin: portal.url, "sec-fetch-site": "same-origin" })).status).toBe(303);
  await page.goto(`${portal.url}/profile`);
  await expect(page).toHaveURL(/sign-in/);
});

test("a killed server loses nothing that it confirmed", async ({ page }) => {
  await signInAs(page, portal, "Sofia");
  await openEvent(page, /What our SBOMs told us/);
  const button = page.getByRole("button", { name: /^(Take a seat|Sign up|Give up my seat)$/ });
  if ((await button.textContent()).includes("Take")) await button.click();
  await expect(page.getByText("You have a seat").first()).toBeVisible();
  await portal.kill("SIGKILL");
  await portal.restart();
  await page.reload();
  await expect(page.getByText("You have a seat").first()).toBeVisible();
  // The demo contains a failed email. After it is sent again, doctor finds no problems.
  await run(["mail", "retry", "--data", portal.data], { env: portal.env });
  const doctor = await run(["doctor", "--data", portal.data], { env: portal.env });
  expect(doctor.code, doctor.output).toBe(0);
});

test("a mistake of the operator leads to one sentence and an exit code", async () => {
  const data = await mkdtemp(path.join(os.tmpdir(), "guildhall-wrong-"));
  const taken = net.createServer().listen(0, "127.0.0.1");
  await new Promise((ready) => taken.once("listening", ready));
  const sentence = async (args, env, code, pattern) => {
    const { code: actual, output } = await run(args, { env });
    expect(output).toMatch(pattern);
    expect(actual, output).toBe(code);
    expect(output.trim().split("\n").length, output).toBeLessThanOrEqual(2);
  };
  const serve = ["serve", "--data", data];
  await sentence([...serve, "--port", `${taken.address().port}`], {}, 78, /in use.*--port/);
  taken.close();
  await sentence(["serve", "--data", "/proc/nowhere"], {}, 73, /proc\/nowhere/);
  await sentence(serve, { GUILDHALL_LISTEN: "0.0.0.0" }, 78, /public_url/);
  await sentence(serve, { GUILDHALL_SECRET: "changeme" }, 78, /secret/);
  await sentence(serve, { GUILDHALL_DATABSE_URL: "x" }, 78, /database_url/);
  await sentence(serve, { GUILDHALL_DATABASE_URL: "mysql://x" }, 78, /postgres/);
  const broken = path.join(data, "broken.xml");
  await writeFile(broken, "<schedule>\n<day date='yesterday'></schedule>");
  await run(["migrate", "--data", data]);
  const before = await run(["admin", "list", "--data", data]);
  await sentence(["import", "schedule", broken, "--data", data], {}, 65, /line 2/);
  expect((await run(["admin", "list", "--data", data])).output).toBe(before.output);
});

test("the seat count updates by itself when another member takes a seat", async ({ browser }) => {
  const watcher = await (await browser.newContext()).newPage();
  const taker = await (await browser.newContext()).newPage();
  await watcher.clock.install();
  await openEvent(watcher, /Writing runbooks/);
  await expect(watcher.getByText("4 of 16 seats taken")).toBeVisible();
  await signInAs(taker, portal, "Leila");
  await openEvent(taker, /Writing runbooks/);
  await taker.getByRole("button", { name: "Take a seat" }).click();
  await expect(taker.getByText("5 of 16 seats taken")).toBeVisible();
  await watcher.clock.runFor(60_000);
  await expect(watcher.getByText("5 of 16 seats taken")).toBeVisible();
});
