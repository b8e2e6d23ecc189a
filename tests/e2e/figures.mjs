// `cargo xtask figures`: measures with Chromium how fast pages are, how much their layout shifts, and how large
// they are.
//
// node figures.mjs [RUNS]
import { CATEGORIES, read } from "./figures/trace.mjs";
import { CONTEXT_OPTIONS, demo } from "./gallery/portals.mjs";
import { launch } from "./support/browser.mjs";

const PAGES = [
  { name: "home", at: () => "/" },
  { name: "events", at: () => "/events" },
  { name: "event", at: (found) => found.event(/^What our SBOMs/) },
  { name: "agenda", at: (found) => found.schedule },
  { name: "sign-in", at: () => "/sign-in" },
];

/** The devices. The phone is Lighthouse's: a few years old, on a slow 4G network. */
const DEVICES = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: {
    viewport: { width: 360, height: 740 },
    cpu: 4,
    network: { offline: false, latency: 150, downloadThroughput: (1.6e6 / 8) | 0, uploadThroughput: (750e3 / 8) | 0 },
  },
};

/** How long scripts may run before the first paint. This is just enough to request the paint. */
const MAX_EARLY_MS = 5;

/** Smaller layout shifts are invisible. They happen when a page is painted while it loads. */
const MIN_SHIFT = 0.001;

/** How long a page is watched after its network is quiet, because late changes can shift the layout too. */
const WATCH_MS = 1000;

const kindOf = ({ type, response: { mimeType, url } }) => {
  if (mimeType === "application/wasm" || url.endsWith(".wasm")) return "wasm";
  return { Document: "html", Stylesheet: "css", Script: "js" }[type] ?? "other";
};

/** Runs in the page: records each layout shift that wasn't caused by input, and what moved. */
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
  const context = await browser.newContext({ ...CONTEXT_OPTIONS, viewport });
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

/** Measures `count` times. On a busy machine Chromium sometimes loses the beginning of a trace, so it tries again. */
async function measureAll(browser, url, settings, count) {
  const runs = [];
  for (let tries = 0; runs.length < count && tries < 3 * count; tries += 1) {
    const run = await measure(browser, url, settings);
    if (run) runs.push(run);
  }
  if (runs.length < count) throw new Error(`Chromium returned too few complete traces of ${url}.`);
  return runs;
}

function median(numbers) {
  const known = numbers.filter((n) => n !== null).sort((a, b) => a - b);
  return known[Math.floor(known.length / 2)] ?? null;
}

const ms = (n) => (n === null ? "–" : n.toFixed(0));
const kb = (n) => (n === 0 ? "–" : (n / 1000).toFixed(1));

/** One line of the table, and the limits that it exceeds. */
function line(name, runs, slow) {
  const of = (key) => median(runs.map((run) => run[key]));
  const cls = Math.max(...runs.map((run) => run.cls));
  const early = of("early");
  const named = (key) => [...new Set(runs.flatMap((run) => run[key]))].join(", ");
  const problems = [];
  if (cls >= MIN_SHIFT) problems.push(`${name}: the layout shifts by ${cls.toFixed(3)}: ${named("moved")}`);
  if (early > MAX_EARLY_MS * slow) problems.push(`${name}: scripts ran for ${ms(early)} ms before the first paint: ${named("files")}`);
  const cells = [name, ms(of("fcp")), ms(of("lcp")), ms(early), cls.toFixed(3)];
  return { problems, cells: [...cells, ...["html", "css", "js", "wasm"].map((key) => kb(of(key))), of("requests"), of("nodes")].map(String) };
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
  const problems = [];
  for (const [device, settings] of Object.entries(DEVICES)) {
    for (const { name, at } of PAGES) {
      const runs = await measureAll(browser, model.portal.url + at(model.found), settings, count);
      const { cells, problems: exceeded } = line(`${name}, ${device}`, runs, settings.cpu ?? 1);
      rows.push(cells);
      problems.push(...exceeded);
      console.log(`  ${name}, ${device}`);
    }
  }
  console.log(`\nMedian of ${count}; CLS is the maximum. "early" is the time that scripts ran before the first paint.\n`);
  print(rows);
  if (problems.length > 0) console.error(`\n${problems.join("\n")}`);
  process.exitCode = problems.length > 0 ? 1 : 0;
} finally {
  await browser.close();
  await model?.portal.stop();
}
