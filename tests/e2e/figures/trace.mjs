// Reads Chromium's trace of one page: the times of its paints, and which scripts ran when.

/** The traced categories: paints, and everything that compiles or runs scripts. */
export const CATEGORIES = ["devtools.timeline", "loading", "blink.user_timing", "v8", "disabled-by-default-v8.compile"];

const RUNS_SCRIPT = new Set(["EvaluateScript", "v8.compile", "v8.run", "v8.evaluateModule", "FunctionCall"]);

/** Times in milliseconds since the start of the navigation to `url`. `null` for a trace that lost its beginning. */
export function read(trace, url) {
  const { traceEvents } = JSON.parse(trace);
  const start = traceEvents.find(({ name, args }) => name === "navigationStart" && args.data?.documentLoaderURL === url && args.data.isLoadingMainFrame);
  if (!start) return null;
  const origin = new URL(url).origin;
  const here = traceEvents
    .filter((event) => event.pid === start.pid && event.ts >= start.ts)
    .sort((a, b) => a.ts - b.ts);
  const since = (event) => (event ? (event.ts - start.ts) / 1000 : null);
  const named = (name) => here.filter((event) => event.name === name);
  // Scripts of the tracing tool have no address of the portal.
  const address = ({ args }) => args.data?.url ?? args.fileName ?? args.url ?? "";
  const scripts = here.filter((event) => RUNS_SCRIPT.has(event.name) && address(event).startsWith(origin));
  const fcp = named("firstContentfulPaint")[0];
  const early = scripts.filter(({ ts }) => !fcp || ts < fcp.ts);
  return {
    fcp: since(fcp),
    lcp: since(named("largestContentfulPaint::Candidate").at(-1)),
    early: workTime(early, fcp?.ts ?? Infinity),
    /** The files whose code ran before the first paint. For inline scripts this is the page itself. */
    files: [...new Set(early.map((event) => new URL(address(event)).pathname.split("/").at(-1)))],
  };
}

/** How long any of `events` ran before `end`, in milliseconds. Nested calls are counted once. */
function workTime(events, end) {
  let sum = 0;
  let until = 0;
  for (const { ts, dur = 0 } of events) {
    const from = Math.max(ts, until);
    const to = Math.min(ts + dur, end);
    if (to > from) sum += to - from;
    until = Math.max(until, to);
  }
  return sum / 1000;
}
