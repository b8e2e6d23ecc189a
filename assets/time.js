// Shows each event's time on the browser's own clock too, for readers whose zone the server does not know, and
// fills in the zone that a form asks for. The page keeps room for it, so nothing moves. Online, the reader's
// time comes first: both lines change places. Without this script every time still names its zone.
const show = () => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zone) return;
  for (const field of document.querySelectorAll("input[data-zone]")) {
    if (!field.value || field.value === "UTC") field.value = zone;
  }
  const slots = document.querySelectorAll("[data-you]");
  if (!slots.length) return;
  const city = zone.split("/").pop().replaceAll("_", " ");
  const writer = (options, language = document.documentElement.lang) => {
    const format = new Intl.DateTimeFormat(language, { ...options, timeZone: zone });
    return (at) => format.format(at);
  };
  const clock = writer({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const weekday = writer({ weekday: "short" });
  const date = writer({ weekday: "short", day: "numeric", month: "short" });
  const longDate = writer({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
  const key = writer({ year: "numeric", month: "2-digit", day: "2-digit" }, "en-CA");
  const offsets = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
  const offset = (at) =>
    offsets.formatToParts(at).find((part) => part.type === "timeZoneName").value.slice(3) || "+00:00";
  // What ends at midnight is still on its day.
  const sameDay = (from, to) => to - from < 864e5 && key(from) === key(new Date(Math.max(from, to - 1000)));
  for (const slot of slots) {
    const { you, ends, there, day, say, same, first } = slot.dataset;
    const from = new Date(you);
    if (offset(from) === there) {
      slot.textContent = same ?? "";
      continue;
    }
    const to = ends && new Date(ends);
    const otherDay = key(from) !== day;
    const sentence = (span) => say.replace("{time}", span).replace("{city}", city);
    // From and to: the day once where both are on it, as the server writes it.
    const span = (withDay) => {
      if (!to) return withDay ? `${weekday(from)} ${clock(from)}` : clock(from);
      if (sameDay(from, to)) return `${withDay ? `${date(from)}, ` : ""}${clock(from)}–${clock(to)}`;
      return `${date(from)}, ${clock(from)} – ${date(to)}, ${clock(to)}`;
    };
    const line = slot.parentElement.querySelector("[data-line]");
    if (first === undefined || !line) {
      slot.textContent = sentence(span(otherDay));
      continue;
    }
    const dayLine = slot.parentElement.querySelector("[data-date]");
    slot.textContent = dayLine && otherDay ? `${dayLine.textContent}, ${line.textContent}` : line.textContent;
    line.textContent = sentence(span(!dayLine));
    if (dayLine) dayLine.textContent = longDate(from);
  }
};
// After the first paint: the browser's tables of zones cost a phone a tenth of a second.
const painted = "first-contentful-paint";
if (PerformanceObserver.supportedEntryTypes?.includes("paint")) {
  new PerformanceObserver((list, watch) => {
    if (!list.getEntriesByName(painted).length) return;
    watch.disconnect();
    show();
  }).observe({ type: "paint", buffered: true });
} else show();
