// Everybody can use it: axe finds nothing on any page in either scheme, nothing scrolls sideways on the
// smallest phone or with large text, nothing moves for who asked for that.
//
// The pages are those of gallery/pages.mjs: a new line there is tested here.
import { expect, test } from "@playwright/test";
import { jobsOf } from "./gallery/jobs.mjs";
import { EYES, demo, empty } from "./gallery/prepare.mjs";
import { flaws, moving, openMenu, shapes, wide } from "./support/eyes.mjs";

/** Two pages are read at a time: while one waits for the portal, the other is measured. */
const AT_ONCE = 2;
const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 320, height: 640 };
/** 1280 px at a zoom of 200 %; the pages are drawn with two dots to a pixel. */
const ZOOMED = { width: 640, height: 400 };

// Each page is opened once, and looked at in every way before the next one.
const models = {};
const found = { answers: [], axe: [], moves: [], sideways: [] };
test.beforeAll(async ({ browser }) => {
  test.setTimeout(1_500_000);
  models.demo = await demo(browser);
  models.empty = await empty();
  // The parts of the sheet are all on the sheet.
  const queue = jobsOf(models).filter(({ name }) => !name.startsWith("section-"));
  await Promise.all(Array.from({ length: AT_ONCE }, () => readAll(browser, queue)));
});
test.afterAll(async () => Promise.all(Object.values(models).map(({ portal }) => portal.stop())));

async function readAll(browser, queue) {
  const pages = new Map();
  for (let job = queue.shift(); job; job = queue.shift()) {
    const who = `${job.who} ${job.model.portal.url}`;
    if (!pages.has(who)) {
      const storageState = await job.model.state(job.who);
      pages.set(who, await (await browser.newContext({ ...EYES, deviceScaleFactor: 2, storageState })).newPage());
    }
    const say = (list, texts) => found[list].push(...texts.map((text) => `${job.name}-${job.who} (${job.at}): ${text}`));
    try {
      await within(30_000, read(pages.get(who), job, say));
    } catch (error) {
      say("answers", [String(error).split("\n")[0]]);
      await pages.get(who).context().close();
      pages.delete(who);
    }
  }
  for (const page of pages.values()) await page.context().close();
}

/** A page that never comes to an end is said by its name, and the next one is read. */
function within(time, work) {
  let timer;
  const late = new Promise((_, refuse) => (timer = setTimeout(() => refuse(new Error(`took longer than ${time} ms`)), time)));
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

async function read(page, job, say) {
  await page.setViewportSize(WIDE);
  await open(page, job, say);
  const email = job.name.startsWith("email-");
  for (const colorScheme of email && (await shapes(page)).filter(isNew).length === 0 ? [] : ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    say("axe", (await flaws(page, { email, colours: colorScheme === "dark" })).map((flaw) => `${colorScheme}: ${flaw}`));
  }
  say("moves", await moving(page));
  for (const viewport of [ZOOMED, PHONE]) {
    await page.setViewportSize(viewport);
    const at = (how) => (what) => `${viewport.width} px${how}: ${what}`;
    say("sideways", (await wide(page)).map(at("")));
    if (await openMenu(page)) {
      say("sideways", (await wide(page)).map(at(", menu open")));
      await page.evaluate(() => document.querySelector("#menu").hidePopover());
    }
  }
}

/**
 * More than a hundred emails are laid out from a dozen parts: axe reads those that show a part not met yet.
 * How wide they are depends on their words, and is measured of all.
 */
const met = new Set();
const isNew = (shape) => !met.has(shape) && met.add(shape);

async function open(page, job, say) {
  const response = await page.goto(job.model.portal.url + job.at);
  if (response.status() !== job.status) say("answers", [`answered ${response.status()}, not ${job.status}`]);
  if (/\bsandbox\b/.test(response.headers()["content-security-policy"] ?? "")) {
    // An email: no script runs on its page, axe neither. It is read outside its box.
    const email = await response.text();
    await page.goto("about:blank");
    await page.setContent(email);
  }
  if (job.steps) {
    await job.steps(page);
    await page.waitForLoadState();
  }
}

test("every page answers as it should", () => expect(found.answers).toEqual([]));
// F5: axe finds nothing.
test("axe finds nothing on any page in either scheme", () => expect(found.axe).toEqual([]));
test("nothing moves for who asked for that", () => expect(found.moves).toEqual([]));
test("nothing scrolls sideways at 320 px or at 200 %, with the menu open too", () => expect(found.sideways).toEqual([]));

test("what these tests look for is found where it is", async ({ browser }) => {
  // The portal's policy takes no styles from elsewhere.
  const page = await (await browser.newContext({ bypassCSP: true })).newPage();
  await page.setViewportSize(PHONE);
  await page.goto(`${models.demo.portal.url}/events`);
  expect(await flaws(page)).toEqual([]);
  expect(await wide(page)).toEqual([]);
  // The buttons' colours change slowly for who did not ask otherwise.
  expect((await moving(page)).join(" ")).toContain("button");
  await page.evaluate(() => {
    document.querySelector("main").insertAdjacentHTML(
      "beforeend",
      `<img src="/favicon.ico"><p style="color: #999; background: #aaa">Pale</p>
       <p><button style="width: 9px; height: 9px; padding: 0" aria-label="A"></button><button style="width: 9px; height: 9px; padding: 0" aria-label="B"></button></p>`,
    );
  });
  const flawed = (await flaws(page)).map((flaw) => flaw.split(":")[0]);
  expect(flawed).toEqual(expect.arrayContaining(["color-contrast", "image-alt", "target-size"]));
  await openMenu(page);
  await page.evaluate(() => document.querySelector("#menu").insertAdjacentHTML("beforeend", '<p style="width: 2000px">Wide</p>'));
  expect((await wide(page)).join()).toMatch(/#menu/);
  await page.evaluate(() => document.querySelector("main").insertAdjacentHTML("beforeend", '<p style="width: 2000px">Wide</p>'));
  expect((await wide(page)).join()).toMatch(/the page is \d+ px too wide/);
  await page.evaluate(() => document.querySelector("main").animate({ opacity: [0, 1] }, 60_000));
  expect(await moving(page)).toContain("Animation runs");
});

test("buttons keep their edges in the reader's own colours", async ({ browser }) => {
  const page = await (await browser.newContext({ bypassCSP: true })).newPage();
  const bare = () =>
    page.locator("button, .button").evaluateAll((buttons) =>
      buttons
        .filter((button) => button.checkVisibility() && !button.matches(".quiet, .person"))
        .filter((button) => {
          const { borderTopStyle, borderTopWidth, borderTopColor, backgroundColor } = getComputedStyle(button);
          return borderTopStyle === "none" || parseFloat(borderTopWidth) < 1 || borderTopColor === backgroundColor;
        })
        .map((button) => button.outerHTML.slice(0, 120)),
    );
  await page.emulateMedia({ forcedColors: "active" });
  await page.goto(`${models.demo.portal.url}/dev/gallery/buttons-and-links`);
  expect(await page.evaluate(() => matchMedia("(forced-colors: active)").matches)).toBe(true);
  expect(await bare()).toEqual([]);
  await page.addStyleTag({ content: ".button { border: 0 }" });
  expect((await bare()).length).toBeGreaterThan(5);
});

test("the agenda of a schedule reads day by day on a phone", async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(models.demo.portal.url + models.demo.found.schedule);
  await expect(page.getByRole("heading", { name: "Agenda" })).toBeVisible();
  const first = await page.locator("main").innerText();
  await page.locator('main a[href*="day="]').last().click();
  await expect(page).toHaveURL(/day=/);
  expect(await page.locator("main").innerText()).not.toBe(first);
  await context.close();
});
