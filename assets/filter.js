// Shows the results of a filter form while somebody types or chooses. The address follows, so it can be shared, and the
// browser's back button works. Without this script, the form's button and the links do the same.
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
function fill(page, url) {
  form.querySelector("[data-kept]").replaceChildren(...page.querySelector("[data-kept]").childNodes);
  for (const field of form.querySelectorAll("input:not([type=hidden]), select")) {
    if (field !== document.activeElement) field.value = url.searchParams.get(field.name) ?? "";
  }
}

function replace(fresh) {
  const open = [...results.querySelectorAll("details[open] > summary")].map((one) => one.textContent);
  const focused = results.contains(document.activeElement) ? document.activeElement.textContent : null;
  results.replaceChildren(...fresh.childNodes);
  for (const one of results.querySelectorAll("summary")) {
    if (open.includes(one.textContent)) one.parentElement.open = true;
  }
  if (focused !== null) {
    const again = [...results.querySelectorAll("a, summary")].find((one) => one.textContent === focused);
    (again ?? results).focus({ preventScroll: true });
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
    const fresh = response.ok && !response.redirected && page.getElementById(results.id);
    if (!fresh) return location.assign(url);
    if (remember) history[remember](null, "", url);
    shown = url.href;
    fill(page, url);
    replace(fresh);
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
  results.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (!link || !isPlain || event.defaultPrevented) return;
    const url = new URL(link.href);
    if (url.origin !== location.origin || url.pathname !== location.pathname) return;
    event.preventDefault();
    show(url, "pushState");
    if (url.searchParams.has("page")) results.scrollIntoView();
  });
  addEventListener("popstate", () => show(new URL(location.href)));
}
