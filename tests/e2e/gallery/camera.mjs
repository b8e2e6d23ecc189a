// One page, looked at by one person: a picture for every width and scheme, and what was wrong with it.
import path from "node:path";
import { EYES } from "./prepare.mjs";

export const WIDTHS = [360, 768, 1280];
export const SCHEMES = ["light", "dark"];
const HEIGHT = 800;
/** What is shown after the first paint gets its moment: times in the reader's zone, the count of seats. */
const SETTLE_MS = 150;

/** The pictures of a job: what the camera takes, and the index shows. */
export const pictures = ({ name, who }) =>
  SCHEMES.flatMap((scheme) => WIDTHS.map((width) => ({ width, scheme, file: `${name}-${who}-${width}-${scheme}.png` })));

/** Takes the pictures whose file name `wanted` holds; resolves to what was wrong, file by file. */
export async function take(browser, model, job, folder, wanted) {
  const faults = [];
  const context = await browser.newContext({ ...EYES, storageState: await model.state(job.who) });
  try {
    const page = await context.newPage();
    const errors = [];
    page.on("console", (said) => {
      // Chromium writes one for the page itself when its status is an error; that one is looked at below.
      const ours = said.location().url === page.url() && /status of \d+/.test(said.text());
      if (said.type() === "error" && !ours) errors.push(said.text());
    });
    page.on("pageerror", (error) => errors.push(String(error)));
    const response = await page.goto(model.portal.url + job.at);
    if (response.status() !== job.status) faults.push(`answered ${response.status()}, not ${job.status}`);
    if (job.steps) {
      await job.steps(page);
      await page.waitForLoadState();
    }
    await page.waitForTimeout(SETTLE_MS);
    for (const { width, scheme, file } of pictures(job).filter(({ file }) => wanted(file))) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: HEIGHT });
      await page.screenshot({ path: path.join(folder, file), fullPage: true, animations: "disabled" });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (wide > 0) faults.push(`scrolls sideways by ${wide} px at ${width} px`);
    }
    faults.push(...errors.map((text) => `wrote to the console: ${text}`));
  } catch (error) {
    faults.push(String(error).split("\n")[0]);
  } finally {
    await context.close();
  }
  return [...new Set(faults)];
}
