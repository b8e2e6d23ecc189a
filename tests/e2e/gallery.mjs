// `cargo xtask gallery`: takes a screenshot of every page and email, at every width and in both colour schemes. The pages
// that most people use (`key` in gallery/pages.mjs) are taken on a large screen, with more contrast, without scripts and
// from right to left too.
//
// node gallery.mjs FOLDER [WORD]
import { mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { LOOK_NAMES, pictures, take } from "./gallery/screenshots.mjs";
import { writeIndex } from "./gallery/index.mjs";
import { jobsOf } from "./gallery/jobs.mjs";
import { NOT_PAGES, PAGES } from "./gallery/pages.mjs";
import { chooseMirrored, crowd, demo, empty, routes } from "./gallery/portals.mjs";
import { launch, stopped } from "./support/browser.mjs";

/** The number of pages at a time. The portal and the browser already share two cores. */
const WORKERS = 2;

/** Routes of pages without a screenshot, and entries of pages.mjs without a route. */
async function missing(portal) {
  const known = new Set([...PAGES.map(({ route }) => route), ...NOT_PAGES]);
  const existing = await routes(portal);
  const withoutEntry = existing.filter((route) => !known.has(route)).map((route) => `${route} has no entry in tests/e2e/gallery/pages.mjs`);
  const withoutRoute = [...known].filter((route) => !existing.includes(route)).map((route) => `${route} of tests/e2e/gallery/pages.mjs is not a route`);
  return [...withoutEntry, ...withoutRoute];
}

async function takeAll(browser, jobs, folder, wanted, problemsOf) {
  const queue = [...jobs];
  let done = 0;
  const worker = async () => {
    for (let job = queue.shift(); job && !stopped(); job = queue.shift()) {
      const problems = await take(browser, job.model, job, folder, wanted);
      problemsOf.set(job, problems);
      done += 1;
      console.log(`${String(done).padStart(4)}/${jobs.length}  ${job.name}-${job.person}${problems.map((problem) => `\n           ${problem}`).join("")}`);
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, worker));
}

async function main(folder, word) {
  const wanted = (file) => !word || file.includes(word);
  await mkdir(folder, { recursive: true });
  const browser = await launch();
  const models = {};
  try {
    models.demo = await demo(browser);
    models.empty = await empty();
    const problems = await missing(models.demo.portal);
    // Two hundred people sign up here, which takes a while.
    const needsCrowd = PAGES.some(({ name, portal }) => portal === "crowd" && (!word || word.includes(name) || name.includes(word)));
    if (needsCrowd) models.crowd = await crowd(browser);
    const all = jobsOf(models);
    const chosen = (jobs) => jobs.filter((job) => pictures(job).some(({ file }) => wanted(file)));
    const jobs = chosen(all);
    const mirrored = chosen(all.filter(({ key }) => key).map((job) => ({ ...job, mirrored: true })));
    if (jobs.length + mirrored.length === 0) throw new Error(`No screenshot has ${word} in its name.`);
    if (!word) {
      const ours = new RegExp(`-\\d+-(${LOOK_NAMES.join("|")})\\.png$`);
      const old = (await readdir(folder)).filter((file) => ours.test(file));
      await Promise.all(old.map((file) => rm(path.join(folder, file))));
    }
    const problemsOf = new Map();
    await takeAll(browser, jobs, folder, wanted, problemsOf);
    // The language is a setting of the member, so these come last.
    for (const job of mirrored) await chooseMirrored(browser, job.model, job.person);
    await takeAll(browser, mirrored, folder, wanted, problemsOf);
    await writeIndex(folder, [...all, ...mirrored], problemsOf);
    problems.push(...[...problemsOf].flatMap(([job, wrong]) => wrong.map((problem) => `${job.name}-${job.person} (${job.at}): ${problem}`)));
    console.log(`\n${path.join(folder, "index.html")}`);
    if (problems.length > 0) console.error(`\n${problems.join("\n")}`);
    return problems.length > 0 || stopped() ? 1 : 0;
  } finally {
    await browser.close();
    await Promise.all(Object.values(models).map(({ portal }) => portal.stop()));
  }
}

const [folder, word] = process.argv.slice(2);
process.exitCode = await main(path.resolve(folder), word);
