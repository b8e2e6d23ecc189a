// Says beside each time what the browser's own clock shows, for readers whose zone the server does not
// know; and fills in the zone that a form asks for. Room for the words is kept, so
// nothing moves; without this script every time still stands on the clock of its place.
const show = () => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zone) return;
  for (const field of document.querySelectorAll("input[data-zone]")) {
    if (!field.value || field.value === "UTC") field.value = zone;
  }
  const lang = document.documentElement.lang;
  const write = (at, shape, language = lang) => new Intl.DateTimeFormat(language, { ...shape, timeZone: zone }).format(at);
  const offset = (at) => {
    const parts = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" }).formatToParts(at);
    return parts.find((part) => part.type === "timeZoneName").value.slice(3) || "+00:00";
  };
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const date = { year: "numeric", month: "2-digit", day: "2-digit" };
  for (const you of document.querySelectorAll("[data-you]")) {
    const at = new Date(you.dataset.you);
    const day = write(at, date, "en-CA") === you.dataset.day ? "" : `${write(at, { weekday: "short" })} `;
    const same = offset(at) === you.dataset.there;
    you.textContent = same ? you.dataset.same : you.dataset.say.replace("{time}", day + write(at, clock));
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
