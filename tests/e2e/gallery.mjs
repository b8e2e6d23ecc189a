// `cargo xtask gallery`: a picture of every page and email, at every width, in both schemes.
//
// node gallery.mjs FOLDER [WORD]
import { mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { pictures, take } from "./gallery/camera.mjs";
import { writeIndex } from "./gallery/index.mjs";
import { jobsOf } from "./gallery/jobs.mjs";
import { NOT_PAGES, PAGES } from "./gallery/pages.mjs";
import { demo, doors, empty } from "./gallery/prepare.mjs";
import { launch, stopped } from "./support/browser.mjs";

/** Two cores: the portal and the browser share them already. */
const AT_ONCE = 2;

/** Doors that are read and have no picture. */
async function missing(portal) {
  const known = new Set([...PAGES.map(({ door }) => door), ...NOT_PAGES]);
  const there = await doors(portal);
  const without = there.filter((door) => !known.has(door)).map((door) => `${door} has no line in tests/e2e/gallery/pages.mjs`);
  const gone = [...known].filter((door) => !there.includes(door)).map((door) => `${door} of tests/e2e/gallery/pages.mjs is no door`);
  return [...without, ...gone];
}

async function takeAll(browser, jobs, folder, wanted, faultsOf) {
  const queue = [...jobs];
  let done = 0;
  const worker = async () => {
    for (let job = queue.shift(); job && !stopped(); job = queue.shift()) {
      const faults = await take(browser, job.model, job, folder, wanted);
      faultsOf.set(job, faults);
      done += 1;
      console.log(`${String(done).padStart(4)}/${jobs.length}  ${job.name}-${job.who}${faults.map((fault) => `\n           ${fault}`).join("")}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function main(folder, word) {
  const wanted = (file) => !word || file.includes(word);
  await mkdir(folder, { recursive: true });
  const browser = await launch();
  const models = {};
  try {
    models.demo = await demo(browser);
    models.empty = await empty();
    const faults = await missing(models.demo.portal);
    const all = jobsOf(models);
    const jobs = all.filter((job) => pictures(job).some(({ file }) => wanted(file)));
    if (jobs.length === 0) throw new Error(`No picture has ${word} in its name.`);
    if (!word) {
      const old = (await readdir(folder)).filter((file) => /-(360|768|1280)-(light|dark)\.png$/.test(file));
      await Promise.all(old.map((file) => rm(path.join(folder, file))));
    }
    const faultsOf = new Map();
    await takeAll(browser, jobs, folder, wanted, faultsOf);
    await writeIndex(folder, all, faultsOf);
    faults.push(...[...faultsOf].flatMap(([job, wrong]) => wrong.map((fault) => `${job.name}-${job.who} (${job.at}): ${fault}`)));
    console.log(`\n${path.join(folder, "index.html")}`);
    if (faults.length > 0) console.error(`\n${faults.join("\n")}`);
    return faults.length > 0 || stopped() ? 1 : 0;
  } finally {
    await browser.close();
    await Promise.all(Object.values(models).map(({ portal }) => portal.stop()));
  }
}

const [folder, word] = process.argv.slice(2);
process.exitCode = await main(path.resolve(folder), word);
