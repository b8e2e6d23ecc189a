// Keeps the seat count on the page of an event up to date. It asks every 20 seconds while the tab is visible. After a failed
// request the last count stays.
const shown = document.querySelector("[data-seats]");
const { seats: slug, taken, over, waiting } = shown.dataset;
const number = (n) => n.toLocaleString(document.documentElement.lang);

function text(count) {
  const parts = [taken.replace("{capacity}", number(count.capacity ?? 0)).replace("{going}", number(count.going))];
  const beyond = count.capacity === null ? 0 : count.going - count.capacity;
  if (beyond > 0) parts.push(over.replace("{over}", number(beyond)));
  if (count.waiting > 0) parts.push(waiting.replace("{waiting}", number(count.waiting)));
  return parts.join(" · ");
}

async function ask() {
  if (document.hidden) return;
  const request = { method: "POST", body: new URLSearchParams({ slug }), headers: { accept: "application/json" } };
  const response = await fetch("/api/events/seats", request).catch(() => null);
  if (!response?.ok) return;
  const count = await response.json();
  // The page has the sentence for events with a limit, or the one for others. A limit may have been added or removed since.
  if ((count.capacity === null) !== taken.includes("{capacity}")) shown.textContent = text(count);
}
setInterval(ask, 20000);
