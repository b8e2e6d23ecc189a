// Takes screenshots of one page as one person, for every width and colour scheme, and reports problems of the page.
import path from "node:path";
import { CONTEXT_OPTIONS } from "./portals.mjs";

export const WIDTHS = [360, 768, 1280];
export const SCHEMES = ["light", "dark"];
const HEIGHT = 800;
/** Waits for parts that scripts update after the first paint, for example times in the reader's time zone. */
const SETTLE_MS = 150;

/** The screenshots of a job, with their file names. */
export const pictures = ({ name, person }) =>
  SCHEMES.flatMap((scheme) => WIDTHS.map((width) => ({ width, scheme, file: `${name}-${person}-${width}-${scheme}.png` })));

/** Takes the screenshots whose file name passes `wanted`. Resolves to the problems of the page. */
export async function take(browser, model, job, folder, wanted) {
  const problems = [];
  const context = await browser.newContext({ ...CONTEXT_OPTIONS, storageState: await model.state(job.person) });
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
    await page.waitForTimeout(SETTLE_MS);
    for (const { width, scheme, file } of pictures(job).filter(({ file }) => wanted(file))) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: HEIGHT });
      await page.screenshot({ path: path.join(folder, file), fullPage: true, animations: "disabled" });
      const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (excess > 0) problems.push(`scrolls sideways by ${excess} px at ${width} px`);
    }
    problems.push(...errors.map((text) => `wrote to the console: ${text}`));
  } catch (error) {
    problems.push(String(error).split("\n")[0]);
  } finally {
    await context.close();
  }
  return [...new Set(problems)];
}
