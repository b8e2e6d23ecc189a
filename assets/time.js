// Times for readers whose zone the server does not know: shown again in the browser's own zone.
// It changes texts only; without it, every time stands in the zone of its place.
(() => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zone) return;
  for (const field of document.querySelectorAll("input[data-zone]")) {
    if (!field.value || field.value === "UTC") field.value = zone;
  }
  const day = { day: "numeric", month: "short", year: "numeric", weekday: "short" };
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const shapes = {
    day: { day: "numeric", month: "long", year: "numeric", weekday: "long" },
    clock,
    both: { ...day, ...clock },
    month: { month: "short" },
    date: { day: "numeric" },
  };
  const write = (at, shape) =>
    new Intl.DateTimeFormat("en-GB", { ...shape, timeZone: zone }).format(at).replace(",", "");
  const offset = (at) => {
    const parts = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" }).formatToParts(at);
    const name = parts.find((part) => part.type === "timeZoneName").value.slice(3);
    return name || "+00:00";
  };
  for (const time of document.querySelectorAll("time[data-local]")) {
    time.textContent = write(new Date(time.dateTime), shapes[time.dataset.local]);
  }
  const city = zone.split("/").pop().replaceAll("_", " ");
  for (const label of document.querySelectorAll("[data-zone-at]")) {
    label.textContent = `${city}, UTC${offset(new Date(label.dataset.zoneAt))}`;
  }
  // The line with the clock of the place is of use only where clocks differ.
  for (const line of document.querySelectorAll("[data-there]")) {
    line.hidden = line.dataset.there === offset(new Date(line.dataset.at));
  }
})();
