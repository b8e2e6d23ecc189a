// Accessibility: axe finds no violations on any kind of page in either colour scheme, nothing scrolls sideways on a
// small phone or when zoomed, and nothing moves for people who prefer reduced motion.
//
// Tests the pages of gallery/pages.mjs, so a new entry there is tested here too.
import { expect, test } from "@playwright/test";
import { jobsOf } from "./gallery/jobs.mjs";
import { CONTEXT_OPTIONS, demo, empty } from "./gallery/portals.mjs";
import { animations, axeViolations, elementKinds, openMenu, overflows, overflowsWithMenu } from "./support/checks.mjs";

/** The number of pages at a time: one waits for the portal while another one is measured. */
const WORKERS = 2;
const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 320, height: 640 };
/** 1280 px at a zoom of 200 %. */
const ZOOMED = { width: 640, height: 400 };

// Each page is opened once, and goes through all checks before the next one.
const models = {};
const found = { answers: [], axe: [], moves: [], sideways: [] };
test.beforeAll(async ({ browser }) => {
  test.setTimeout(1_500_000);
  [models.demo, models.empty] = await Promise.all([demo(browser), empty()]);
  // The page of all components contains the sections too.
  const queue = jobsOf(models).filter(({ kind }) => kind !== "section");
  await Promise.all(Array.from({ length: WORKERS }, () => readAll(browser, queue)));
});
test.afterAll(async () => Promise.all(Object.values(models).map(({ portal }) => portal.stop())));

async function readAll(browser, queue) {
  const pages = new Map();
  for (let job = queue.shift(); job; job = queue.shift()) {
    const person = `${job.person} ${job.model.portal.url}`;
    if (!pages.has(person)) {
      const storageState = await job.model.state(job.person);
      pages.set(person, await (await browser.newContext({ ...CONTEXT_OPTIONS, storageState })).newPage());
    }
    const report = (list, texts) => found[list].push(...texts.map((text) => `${job.name}-${job.person} (${job.at}): ${text}`));
    try {
      await within(30_000, read(pages.get(person), job, report));
    } catch (error) {
      report("answers", [String(error).split("\n")[0]]);
      await pages.get(person).context().close();
      pages.delete(person);
    }
  }
  for (const page of pages.values()) await page.context().close();
}

/** Rejects when `work` takes longer than `time` milliseconds, so that one hanging page doesn't stop the others. */
function within(time, work) {
  let timer;
  const late = new Promise((_, refuse) => (timer = setTimeout(() => refuse(new Error(`took longer than ${time} ms`)), time)));
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

async function read(page, job, report) {
  await page.setViewportSize(WIDE);
  await open(page, job, report);
  const { isFirst, only } = news(job.kind, await elementKinds(page));
  for (const colorScheme of isFirst || only.length > 0 ? ["light", "dark"] : []) {
    await page.emulateMedia({ colorScheme });
    const options = { email: job.kind === "email", colours: colorScheme === "dark", only };
    report("axe", (await axeViolations(page, options)).map((violation) => `${colorScheme}: ${violation}`));
  }
  report("moves", await animations(page, only));
  for (const viewport of [ZOOMED, PHONE]) {
    await page.setViewportSize(viewport);
    report("sideways", (await overflowsWithMenu(page)).map((what) => `${viewport.width} px${what}`));
  }
}

/**
 * What axe checks of a page: its structure if it is the first of its kind or has a part that no page before it had, and
 * how those parts look. Most pages look alike to all their readers, and more than a hundred emails consist of a dozen
 * parts. The width depends on the text, so it is measured for all pages.
 */
const seen = new Set();
function news(kind, parts) {
  const isFirst = !seen.has(`the kind ${kind}`);
  const only = parts.filter((part) => !seen.has(part));
  for (const part of [`the kind ${kind}`, ...parts]) seen.add(part);
  return { isFirst, only };
}

async function open(page, job, report) {
  const url = job.model.portal.url + job.at;
  const isEmail = job.kind === "email";
  const response = isEmail ? await page.request.get(url) : await page.goto(url);
  if (response.status() !== job.status) report("answers", [`answered ${response.status()}, not ${job.status}`]);
  if (isEmail) {
    // The page of an email forbids scripts, and so axe. The email is checked outside its sandbox.
    await page.goto("about:blank");
    await page.setContent(await response.text());
  }
  if (job.steps) {
    await job.steps(page);
    await page.waitForLoadState();
  }
}

test("every page has the expected status", () => expect(found.answers).toEqual([]));
// F5: axe finds nothing.
test("axe finds no violations on any page in either colour scheme", () => expect(found.axe).toEqual([]));
test("nothing moves for people who prefer reduced motion", () => expect(found.moves).toEqual([]));
test("nothing scrolls sideways at 320 px or at 200 %, even with an open menu", () => expect(found.sideways).toEqual([]));

test("negative control: the checks find violations", async ({ browser }) => {
  // The portal's content security policy forbids foreign styles, so this page bypasses it.
  const page = await (await browser.newContext({ bypassCSP: true })).newPage();
  await page.setViewportSize(PHONE);
  await page.goto(`${models.demo.portal.url}/events`);
  expect(await axeViolations(page)).toEqual([]);
  expect(await overflows(page)).toEqual([]);
  // Without that preference, the colours of buttons change with a transition.
  expect((await animations(page)).join(" ")).toContain("button");
  await page.evaluate(() => {
    document.querySelector("main").insertAdjacentHTML(
      "beforeend",
      `<img src="/favicon.ico"><p style="color: #999; background: #aaa">Pale</p>
       <p><button style="width: 9px; height: 9px; padding: 0" aria-label="A"></button><button style="width: 9px; height: 9px; padding: 0" aria-label="B"></button></p>`,
    );
  });
  const flawed = (await axeViolations(page)).map((violation) => violation.split(":")[0]);
  expect(flawed).toEqual(expect.arrayContaining(["color-contrast", "image-alt", "target-size"]));
  await openMenu(page);
  await page.evaluate(() => document.querySelector("#menu").insertAdjacentHTML("beforeend", '<p style="width: 2000px">Wide</p>'));
  expect((await overflows(page)).join()).toMatch(/#menu/);
  await page.evaluate(() => document.querySelector("main").insertAdjacentHTML("beforeend", '<p style="width: 2000px">Wide</p>'));
  expect((await overflows(page)).join()).toMatch(/the page is \d+ px too wide/);
  await page.evaluate(() => document.querySelector("main").animate({ opacity: [0, 1] }, 60_000));
  expect(await animations(page)).toContain("Animation runs");
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
