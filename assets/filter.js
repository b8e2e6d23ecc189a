// Shows the results of a filter form while somebody types or chooses. The address follows, so it can be shared, and the
// browser's back button works. Without this script, the form's button and the links do the same.
// The server also makes the parts of the form that have data-fresh for each address.
const form = document.querySelector("form[data-results]");
const results = form && document.getElementById(form.dataset.results);
const TYPING = 250;
let timer;
let request;
let shown = location.href;

// Screen readers hear the number of results from here, because they pass over elements that are new.
const status = document.createElement("p");
status.className = "sr-only";
status.role = "status";

function address() {
  const url = new URL(form.action);
  for (const [name, value] of new FormData(form)) if (value) url.searchParams.append(name, value);
  return url;
}

// Fills the form with what an address says.
function fill(url) {
  for (const field of form.querySelectorAll("input:not([type=hidden]), select")) {
    if (field !== document.activeElement) field.value = url.searchParams.get(field.name) ?? "";
  }
}

function replacePart(part, fresh) {
  const open = [...part.querySelectorAll("details[open] > summary")].map((one) => one.textContent);
  const active = document.activeElement;
  const focused = active !== part && part.contains(active) ? active.textContent : null;
  part.replaceChildren(...fresh.childNodes);
  for (const one of part.querySelectorAll("summary")) {
    if (open.includes(one.textContent)) one.parentElement.open = true;
  }
  if (focused !== null) {
    const again = [...part.querySelectorAll("a, summary")].find((one) => one.textContent === focused);
    (again ?? results).focus({ preventScroll: true });
  }
}

function replace(page) {
  for (const part of [results, ...form.querySelectorAll("[data-fresh]")]) {
    replacePart(part, page.getElementById(part.id));
  }
  status.textContent = (results.querySelector("[role=status]") ?? results.querySelector("h2"))?.textContent ?? "";
}

async function show(url, remember) {
  clearTimeout(timer);
  if (url.href === shown) return;
  request?.abort();
  const mine = (request = new AbortController());
  results.ariaBusy = "true";
  try {
    const response = await fetch(url, { signal: mine.signal, headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const isFresh = response.ok && !response.redirected && page.getElementById(results.id);
    if (!isFresh) return location.assign(url);
    if (remember) history[remember](null, "", url);
    shown = url.href;
    fill(url);
    replace(page);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(url);
  } finally {
    if (mine === request) results.ariaBusy = "false";
  }
}

if (results) {
  form.append(status);
  form.addEventListener("input", (event) => {
    clearTimeout(timer);
    timer = setTimeout(() => show(address(), "replaceState"), event.target.type === "search" ? TYPING : 0);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(address(), "pushState");
  });
  const follow = (event) => {
    const link = event.target.closest("a[href]");
    const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (!link || !isPlain || event.defaultPrevented) return;
    const url = new URL(link.href);
    if (url.origin !== location.origin || url.pathname !== location.pathname) return;
    event.preventDefault();
    show(url, "pushState");
    if (url.searchParams.has("page")) results.scrollIntoView();
  };
  results.addEventListener("click", follow);
  form.addEventListener("click", follow);
  addEventListener("popstate", () => show(new URL(location.href)));
}
