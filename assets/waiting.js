// On the page that waits for a sign-in: when the reader comes back to this tab, looks whether another tab has
// signed in, and moves on. Without this script, a link on the page does the same.
const look = async () => {
  if (document.visibilityState !== "visible") return;
  const answer = await fetch(location.href, { headers: { accept: "text/html" }, redirect: "manual", cache: "no-store" }).catch(() => null);
  if (answer?.type === "opaqueredirect") location.replace(location.href);
};
document.addEventListener("visibilitychange", look);
addEventListener("focus", look);
