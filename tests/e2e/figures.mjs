// `cargo xtask figures`: how fast pages are, how still they stand, and what they weigh, measured by
// Chromium itself.
//
// node figures.mjs [RUNS]
import { CATEGORIES, read } from "./figures/trace.mjs";
import { EYES, demo } from "./gallery/prepare.mjs";
import { launch } from "./support/browser.mjs";

const PAGES = [
  { name: "home", at: () => "/" },
  { name: "events", at: () => "/events" },
  { name: "event", at: (found) => found.event(/^What our SBOMs/) },
  { name: "agenda", at: (found) => found.schedule },
  { name: "sign-in", at: () => "/sign-in" },
];

/** As Lighthouse has it: a phone of some years ago on a slow fourth-generation network. */
const EYES_OF = {
  desk: { viewport: { width: 1280, height: 800 } },
  phone: {
    viewport: { width: 360, height: 740 },
    cpu: 4,
    network: { offline: false, latency: 150, downloadThroughput: (1.6e6 / 8) | 0, uploadThroughput: (750e3 / 8) | 0 },
  },
};

/** How long scripts may be at work before the first paint: enough to ask for the paint, and no more. */
const MOST_EARLY_MS = 5;

/** Less than this moves nothing that anybody sees: a page that is painted while it arrives. */
const LEAST_SHIFT = 0.001;

/** How long a page is watched once its network is quiet: what comes late moves things, too. */
const WATCH_MS = 1000;

const kindOf = ({ type, response: { mimeType, url } }) => {
  if (mimeType === "application/wasm" || url.endsWith(".wasm")) return "wasm";
  return { Document: "html", Stylesheet: "css", Script: "js" }[type] ?? "other";
};

/** Runs in the page: every shift of its layout that no input made, and what moved. */
function watchShifts() {
  window.shifts = [];
  const named = (node) => (node ? (node.className ? `${node.nodeName.toLowerCase()}.${node.className}` : node.nodeName) : "?");
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries()) {
      if (!hadRecentInput) window.shifts.push({ value, moved: sources.map(({ node }) => named(node)) });
    }
  }).observe({ type: "layout-shift", buffered: true });
}

async function measure(browser, url, { viewport, cpu, network }) {
  const context = await browser.newContext({ ...EYES, viewport });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.enable");
  if (cpu) await devtools.send("Emulation.setCPUThrottlingRate", { rate: cpu });
  if (network) await devtools.send("Network.emulateNetworkConditions", network);
  const kinds = new Map();
  const bytes = { html: 0, css: 0, js: 0, wasm: 0, other: 0 };
  devtools.on("Network.responseReceived", (event) => kinds.set(event.requestId, kindOf(event)));
  devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => (bytes[kinds.get(requestId) ?? "other"] += encodedDataLength));
  await page.addInitScript(watchShifts);
  await browser.startTracing(page, { categories: CATEGORIES });
  await page.goto(url, { waitUntil: "networkidle", timeout: 120_000 });
  await page.waitForTimeout(WATCH_MS);
  const times = read((await browser.stopTracing()).toString(), url);
  const seen = await page.evaluate(() => ({ shifts: window.shifts, nodes: document.getElementsByTagName("*").length }));
  await context.close();
  const cls = seen.shifts.reduce((sum, { value }) => sum + value, 0);
  const moved = seen.shifts.flatMap(({ moved }) => moved);
  return times && { ...times, ...bytes, requests: kinds.size, nodes: seen.nodes, cls, moved };
}

/** So many runs. On a busy machine Chromium now and then loses the beginning of a trace; then again. */
async function measureAll(browser, url, settings, count) {
  const runs = [];
  for (let tries = 0; runs.length < count && tries < 3 * count; tries += 1) {
    const run = await measure(browser, url, settings);
    if (run) runs.push(run);
  }
  if (runs.length < count) throw new Error(`Chromium does not trace ${url}.`);
  return runs;
}

function median(numbers) {
  const known = numbers.filter((n) => n !== null).sort((a, b) => a - b);
  return known[Math.floor(known.length / 2)] ?? null;
}

const ms = (n) => (n === null ? "–" : n.toFixed(0));
const kb = (n) => (n === 0 ? "–" : (n / 1000).toFixed(1));

/** One line of the table, and what is wrong with it. */
function line(name, runs, slow) {
  const of = (key) => median(runs.map((run) => run[key]));
  const cls = Math.max(...runs.map((run) => run.cls));
  const early = of("early");
  const named = (key) => [...new Set(runs.flatMap((run) => run[key]))].join(", ");
  const faults = [];
  if (cls >= LEAST_SHIFT) faults.push(`${name}: the layout shifts by ${cls.toFixed(3)}: ${named("moved")}`);
  if (early > MOST_EARLY_MS * slow) faults.push(`${name}: scripts ran for ${ms(early)} ms before the first paint: ${named("files")}`);
  const cells = [name, ms(of("fcp")), ms(of("lcp")), ms(early), cls.toFixed(3)];
  return { faults, cells: [...cells, ...["html", "css", "js", "wasm"].map((key) => kb(of(key))), of("requests"), of("nodes")].map(String) };
}

function print(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) console.log(row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join("  "));
}

const count = Number(process.argv[2] ?? 5);
const browser = await launch();
let model;
try {
  model = await demo(browser);
  const rows = [["", "FCP ms", "LCP ms", "early ms", "CLS", "html kB", "css kB", "js kB", "wasm kB", "requests", "nodes"]];
  const faults = [];
  for (const [eyes, settings] of Object.entries(EYES_OF)) {
    for (const { name, at } of PAGES) {
      const runs = await measureAll(browser, model.portal.url + at(model.found), settings, count);
      const { cells, faults: wrong } = line(`${name}, ${eyes}`, runs, settings.cpu ?? 1);
      rows.push(cells);
      faults.push(...wrong);
      console.log(`  ${name}, ${eyes}`);
    }
  }
  console.log(`\nMedian of ${count}; CLS is the largest; "early" is the work of scripts before the first paint.\n`);
  print(rows);
  if (faults.length > 0) console.error(`\n${faults.join("\n")}`);
  process.exitCode = faults.length > 0 ? 1 : 0;
} finally {
  await browser.close();
  await model?.portal.stop();
}
