// Adds the time in the browser's time zone to each event, for readers whose zone the server doesn't know, and
// fills in time zone fields of forms. The page reserves space for it, so the layout doesn't shift. For online
// events the reader's time comes first, so the two lines swap. Without this script, each time names its zone.
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
  const fullDate = writer({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
  // The server writes English dates without the comma, so remove it here too.
  const longDate = (at) => (document.documentElement.lang.startsWith("en") ? fullDate(at).replace(",", "") : fullDate(at));
  const key = writer({ year: "numeric", month: "2-digit", day: "2-digit" }, "en-CA");
  const offsets = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
  const offset = (at) =>
    offsets.formatToParts(at).find((part) => part.type === "timeZoneName").value.slice(3) || "+00:00";
  // An event that ends at midnight still ends on the same day.
  const sameDay = (from, to) => to - from < 864e5 && key(from) === key(new Date(Math.max(from, to - 1000)));
  // Writes a line as the server does: the time span, then the name of the time zone.
  const fill = (line, span, name) => {
    const zone = document.createElement("span");
    zone.className = "zone";
    zone.textContent = name;
    line.replaceChildren(`${span} `, zone);
  };
  for (const slot of slots) {
    const { you, ends, there, day, name, same, own, weekday: theirs } = slot.dataset;
    const from = new Date(you);
    if (offset(from) === there) {
      slot.textContent = same ?? "";
      continue;
    }
    const to = ends && new Date(ends);
    const otherDay = key(from) !== day;
    const yours = name.replace("{city}", city);
    // The time span, with days if they are needed. `lead` goes before the start.
    const span = (lead) => {
      if (!to) return lead + clock(from);
      if (sameDay(from, to)) return `${lead}${clock(from)}–${clock(to)}`;
      return `${weekday(from)} ${clock(from)} – ${weekday(to)} ${clock(to)}`;
    };
    const line = slot.parentElement.querySelector("[data-line]");
    if (own === undefined || !line) {
      fill(slot, span(otherDay ? `${weekday(from)} ` : ""), yours);
      continue;
    }
    fill(slot, otherDay && theirs ? `${theirs} ${own}` : own, line.querySelector(".zone").textContent);
    const dayLine = slot.parentElement.querySelector("[data-date]");
    if (dayLine) dayLine.textContent = longDate(from);
    fill(line, span(dayLine ? "" : `${date(from)}, `), yours);
  }
};
// Run after the first paint, because loading the time zone data takes a tenth of a second on phones.
const painted = "first-contentful-paint";
if (PerformanceObserver.supportedEntryTypes?.includes("paint")) {
  new PerformanceObserver((list, watch) => {
    if (!list.getEntriesByName(painted).length) return;
    watch.disconnect();
    show();
  }).observe({ type: "paint", buffered: true });
} else show();
