// Adds each event's time in the browser's zone, for readers whose zone the server doesn't know. It also fills in
// the zone field of forms. The page reserves the space, so nothing moves. For online events the reader's time comes
// first, so both lines swap places. Without this script every time still names its zone.
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
  const month = writer({ month: "short" });
  const dayOfMonth = writer({ day: "numeric" });
  // The server writes English dates without the comma.
  const isEnglish = document.documentElement.lang.startsWith("en");
  const dates = (options) => {
    const write = writer({ day: "numeric", ...options });
    return (at) => (isEnglish ? write(at).replace(",", "") : write(at));
  };
  const date = dates({ weekday: "short", month: "short" });
  const yearDate = dates({ weekday: "short", month: "short", year: "numeric" });
  const longDate = dates({ weekday: "long", month: "long", year: "numeric" });
  const key = writer({ year: "numeric", month: "2-digit", day: "2-digit" }, "en-CA");
  const offsets = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
  const offset = (at) =>
    offsets.formatToParts(at).find((part) => part.type === "timeZoneName").value.slice(3) || "+00:00";
  // An event that ends at midnight counts as ending on that day.
  const sameDay = (from, to) => to - from < 864e5 && key(from) === key(new Date(Math.max(from, to - 1000)));
  // The same markup as from the server: the time span, then the zone.
  const fill = (line, span, name) => {
    const zone = document.createElement("span");
    zone.className = "zone";
    zone.textContent = name;
    line.replaceChildren(`${span} `, zone);
  };
  for (const slot of slots) {
    const { you, ends, there, day, name, same, own, year, weekday: theirs } = slot.dataset;
    const from = new Date(you);
    if (offset(from) === there) {
      slot.textContent = same ?? "";
      continue;
    }
    const to = ends && new Date(ends);
    const otherDay = key(from) !== day;
    const yours = name.replace("{city}", city);
    // Start and end, with days if they differ. `lead` is put before the start.
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
    const tile = slot.closest("article")?.querySelector(".tile");
    if (tile) {
      const number = document.createElement("strong");
      number.textContent = dayOfMonth(from);
      tile.replaceChildren(`${month(from)} `, number);
    }
    const dayLine = slot.parentElement.querySelector("[data-date]");
    if (dayLine) dayLine.textContent = longDate(from);
    // As the server writes it: two dates if the event crosses midnight here.
    const dated = (write) =>
      sameDay(from, to)
        ? `${write(from)}, ${clock(from)}–${clock(to)}`
        : `${write(from)}, ${clock(from)} – ${write(to)}, ${clock(to)}`;
    fill(line, dayLine ? span("") : dated(year === undefined ? date : yearDate), yours);
  }
};
// After the first paint: loading the browser's time zone data takes about 0.1 seconds on a phone.
const painted = "first-contentful-paint";
if (PerformanceObserver.supportedEntryTypes?.includes("paint")) {
  new PerformanceObserver((list, watch) => {
    if (!list.getEntriesByName(painted).length) return;
    watch.disconnect();
    show();
  }).observe({ type: "paint", buffered: true });
} else show();
