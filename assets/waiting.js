// On the page that asks for the sign-in code: when the reader returns to this tab, checks whether another tab has
// signed in, and continues. Without this script, a link on the page does the same.
const check = async () => {
  if (document.visibilityState !== "visible") return;
  const response = await fetch(location.href, { headers: { accept: "text/html" }, redirect: "manual", cache: "no-store" }).catch(() => null);
  if (response?.type === "opaqueredirect") location.replace(location.href);
};
document.addEventListener("visibilitychange", check);
addEventListener("focus", check);
