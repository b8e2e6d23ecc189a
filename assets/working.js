// On a page about work that goes on, such as a run of the matching: shows the latest state every two seconds, and loads the
// page again when the work is done. Without this script, a link on the page does the same.
const look = async () => {
  const shown = document.querySelector("[data-working]");
  if (document.visibilityState === "visible") {
    const response = await fetch(location.href, { headers: { accept: "text/html" }, cache: "no-store" }).catch(() => null);
    if (response?.ok) {
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const next = page.querySelector("[data-working]");
      if (!next) return location.reload();
      if (next.textContent !== shown.textContent) shown.replaceWith(next);
    }
  }
  setTimeout(look, 2000);
};
setTimeout(look, 1000);
