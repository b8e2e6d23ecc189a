// Shares the page of an event: by the device's own sheet where the browser has one, and by copying the address where it
// has not. Without this script, the address is there to copy.
for (const details of document.querySelectorAll("[data-share]")) {
  const field = details.querySelector("input");
  const status = details.querySelector("[role=status]");
  details.querySelector("summary").addEventListener("click", async (event) => {
    if (navigator.share) {
      event.preventDefault();
      await navigator.share({ title: document.title, url: field.value }).catch(() => {});
    } else if (!details.open) {
      const copied = await navigator.clipboard?.writeText(field.value).then(() => true, () => false);
      if (copied) status.textContent = status.dataset.text;
    }
  });
}
