// Takes screenshots of one page as one person, for every width and look, and reports problems of the page.
import path from "node:path";
import { CONTEXT_OPTIONS } from "./portals.mjs";

export const WIDTHS = [360, 768, 1280, 1920];
export const SCHEMES = ["light", "dark"];
const HEIGHT = 800;
/** Waits for parts that scripts update after the first paint, for example times in the reader's time zone. */
const SETTLE_MS = 150;

const STANDARD = [360, 768, 1280];
const NARROW_AND_WIDE = [360, 1280];

/**
 * How pages look to different readers. Pages that aren't `key` in pages.mjs have the first two, without 1920 px.
 * - `media`: what the browser says about the reader's wishes
 * - `context`: more options of the browser's context
 */
const LOOKS = [
  { look: "light", media: { colorScheme: "light" }, widths: WIDTHS },
  { look: "dark", media: { colorScheme: "dark" }, widths: WIDTHS },
  { look: "contrast", media: { colorScheme: "light", contrast: "more" }, widths: NARROW_AND_WIDE },
  { look: "contrast-dark", media: { colorScheme: "dark", contrast: "more" }, widths: NARROW_AND_WIDE },
  { look: "forced", media: { forcedColors: "active" }, widths: NARROW_AND_WIDE },
  { look: "no-script", context: { javaScriptEnabled: false }, widths: NARROW_AND_WIDE },
];

/** The mirrored pseudo-locale. Members see it once they chose it, so it has a turn of its own. */
const MIRRORED = { look: "mirrored", context: { locale: "ar-XB" }, widths: NARROW_AND_WIDE };

export const LOOK_NAMES = [...LOOKS, MIRRORED].map(({ look }) => look);

/** The screenshots of a job, with their file names. */
export const pictures = ({ name, person, key, mirrored }) => {
  const looks = mirrored ? [MIRRORED] : key ? LOOKS : SCHEMES.map((look) => ({ ...LOOKS.find((one) => one.look === look), widths: STANDARD }));
  return looks.flatMap(({ look, media = {}, context = {}, widths }) =>
    widths.map((width) => ({ width, look, media, context, file: `${name}-${person}-${width}-${look}.png` })),
  );
};

/** Takes the screenshots whose file name passes `wanted`. Resolves to the problems of the page. */
export async function take(browser, model, job, folder, wanted) {
  const problems = [];
  // Pictures that need the same kind of browser share a page.
  for (const [options, group] of groupedByContext(pictures(job))) {
    const chosen = group.filter(({ file }) => wanted(file));
    if (chosen.length > 0) problems.push(...(await takeWith(browser, model, job, folder, chosen, JSON.parse(options))));
  }
  return [...new Set(problems)];
}

function groupedByContext(all) {
  const groups = new Map();
  for (const picture of all) {
    const key = JSON.stringify(picture.context);
    groups.set(key, [...(groups.get(key) ?? []), picture]);
  }
  return groups;
}

async function takeWith(browser, model, job, folder, chosen, options) {
  const problems = [];
  const context = await browser.newContext({ ...CONTEXT_OPTIONS, ...options, storageState: await model.state(job.person) });
  try {
    const page = await context.newPage();
    const errors = [];
    page.on("console", (message) => {
      // Chromium logs an error status of the page itself. That status is checked below.
      const isOwnStatus = message.location().url === page.url() && /status of \d+/.test(message.text());
      if (message.type() === "error" && !isOwnStatus) errors.push(message.text());
    });
    page.on("pageerror", (error) => errors.push(String(error)));
    const response = await page.goto(model.portal.url + job.at);
    if (response.status() !== job.status) problems.push(`answered ${response.status()}, not ${job.status}`);
    if (job.steps) {
      await job.steps(page);
      await page.waitForLoadState();
    }
    // Pictures further down load when somebody gets there, and nobody does.
    await page.evaluate(() => document.querySelectorAll('img[loading="lazy"]').forEach((image) => (image.loading = "eager")));
    await page.waitForLoadState("networkidle").catch(() => {});
    await page.waitForTimeout(SETTLE_MS);
    for (const { width, look, media, file } of chosen) {
      await page.emulateMedia({ colorScheme: "light", contrast: null, forcedColors: null, reducedMotion: "reduce", ...media });
      await page.setViewportSize({ width, height: HEIGHT });
      await page.screenshot({ path: path.join(folder, file), fullPage: true, animations: "disabled" });
      const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (excess > 0) problems.push(`scrolls sideways by ${excess} px at ${width} px (${look})`);
    }
    problems.push(...errors.map((text) => `wrote to the console: ${text}`));
  } catch (error) {
    problems.push(String(error).split("\n")[0]);
  } finally {
    await context.close();
  }
  return problems;
}
