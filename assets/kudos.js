// Keeps kudos walls live, counts characters, previews cards, and sends reactions without loading the page again. Without
// this script the wall is a list in pages, and reactions are plain forms.
const parse = (html) => {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
};

// Replaces a card and keeps the focus inside it.
const replace = (old, item) => {
  const active = old.contains(document.activeElement) ? document.activeElement : null;
  const open = Boolean(old.querySelector("details[open]"));
  old.replaceWith(item);
  if (open) item.querySelector("details")?.setAttribute("open", "");
  if (!active) return;
  const key = (element) => element.value?.split(":")[0] || element.getAttribute("href") || element.tagName;
  const same = [...item.querySelectorAll("a, button, summary")].find((element) => key(element) === key(active));
  same?.focus({ preventScroll: true });
};

const follow = (wall) => {
  const status = document.querySelector("[data-arrived]");
  const live = document.querySelector("[data-live]");
  const isScreen = "screen" in wall.dataset;
  const max = isScreen ? 24 : 200;
  let seq = wall.dataset.after;
  let source = null;
  let wait = 1000;
  let timer = 0;
  let arrived = 0;
  // A new card moves all others. While somebody reads further down, it waits for the button or the top of the wall.
  const news = document.querySelector("[data-news]");
  const waiting = new Map();
  const isReading = () => news && wall.getBoundingClientRect().top < 0;
  const count = () => {
    if (!news) return;
    news.hidden = waiting.size === 0;
    news.textContent = news.dataset.news.replace("{count}", waiting.size);
  };
  const insert = (item) => {
    // Newest first.
    const next = [...wall.children].find((card) => isScreen || Number(card.dataset.at) < Number(item.dataset.at));
    item.classList.add("arrived");
    wall.insertBefore(item, next ?? null);
    document.querySelector(".wall-page .empty")?.remove();
    while (wall.children.length > max) wall.lastElementChild.remove();
  };
  const insertWaiting = () => {
    for (const item of waiting.values()) insert(item);
    waiting.clear();
    count();
  };
  const on = {
    show(data) {
      const item = parse(data.html);
      const old = document.getElementById(item.id);
      if (old) return replace(old, item);
      if (waiting.has(item.id)) return void waiting.set(item.id, item);
      // A card that belongs on a later page stays there.
      const isLast = !isScreen && [...wall.children].every((card) => Number(card.dataset.at) >= Number(item.dataset.at));
      if (isLast && document.querySelector(".pager [rel=next]")) return;
      if (isReading()) waiting.set(item.id, item);
      else insert(item);
      count();
      arrived += 1;
      status.textContent = wall.dataset.one.replace("{count}", arrived);
    },
    remove(data) {
      const id = `kudos-${data.id}`;
      document.getElementById(id)?.remove();
      if (waiting.delete(id)) count();
    },
    reload: () => location.reload(),
  };
  const close = () => {
    clearTimeout(timer);
    source?.close();
    source = null;
    live.hidden = true;
  };
  const open = () => {
    if (source || document.hidden) return;
    const address = new URL(wall.dataset.stream, location.href);
    address.searchParams.set("since", seq);
    source = new EventSource(address);
    source.onopen = () => ((wait = 1000), (live.hidden = false));
    // The browser connects again after a lost connection, but not after an error status, as from a proxy.
    source.onerror = () => {
      close();
      timer = setTimeout(open, wait + Math.random() * wait);
      wait = Math.min(wait * 2, 30000);
    };
    for (const [name, act] of Object.entries(on)) {
      source.addEventListener(name, (event) => {
        act(JSON.parse(event.data || "{}"));
        seq = event.lastEventId || seq;
      });
    }
    source.addEventListener("seen", (event) => (seq = event.lastEventId || seq));
  };
  news?.addEventListener("click", () => {
    insertWaiting();
    scrollTo({ top: 0 });
    wall.querySelector("a")?.focus({ preventScroll: true });
  });
  addEventListener("scroll", () => waiting.size && !isReading() && insertWaiting(), { passive: true });
  // A hidden tab needs no connection. When it is shown again, it gets what it has missed.
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  open();
};

for (const wall of document.querySelectorAll("[data-stream]")) follow(wall);

// On a screen that nobody scrolls, cards that do not fit wait for their turn. None is cut off at the edge.
for (const wall of document.querySelectorAll("[data-screen]")) {
  const isOut = (card) => card !== wall.firstElementChild && card.getBoundingClientRect().bottom > innerHeight;
  const fit = () => {
    const cards = [...wall.children];
    for (const card of cards) card.classList.remove("waiting");
    const waiting = cards.map(isOut);
    // The cards that are left share the height of the screen.
    cards.forEach((card, n) => card.classList.toggle("waiting", waiting[n]));
  };
  fit();
  document.fonts?.ready.then(fit);
  addEventListener("resize", fit);
  new MutationObserver(fit).observe(wall, { childList: true });
  setInterval(() => {
    const first = wall.firstElementChild;
    if (!first || document.hidden || !wall.querySelector(".waiting")) return;
    wall.append(first);
    first.classList.remove("arrived");
    wall.firstElementChild.classList.add("arrived");
  }, 12000);
}

// Reactions: the stream brings the new card to walls. Elsewhere the form is sent as usual.
document.querySelector("[data-stream]")?.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches(".reactions")) return;
  event.preventDefault();
  const fields = new URLSearchParams(new FormData(form, event.submitter));
  try {
    const answer = await fetch(form.action, { method: "POST", body: fields, headers: { accept: "application/json" } });
    if (!answer.ok) throw answer;
    const [name] = event.submitter.value.split(":");
    const is = event.submitter.value.endsWith(":on");
    event.submitter.value = `${name}:${is ? "off" : "on"}`;
    event.submitter.setAttribute("aria-pressed", is);
  } catch {
    // Sent without a button, so the button's value has to come along.
    const pressed = document.createElement("input");
    Object.assign(pressed, { type: "hidden", name: event.submitter.name, value: event.submitter.value });
    form.append(pressed);
    form.submit();
  }
});

for (const counter of document.querySelectorAll("[data-counter]")) {
  const area = document.getElementById(counter.dataset.counter);
  if (!area) continue;
  const { min, max, text } = counter.dataset;
  const count = () => {
    const length = [...area.value.trim()].length;
    counter.textContent = text.replace("{count}", length);
    counter.classList.toggle("bad", length > max || (length > 0 && length < min));
  };
  counter.hidden = false;
  area.after(counter);
  area.addEventListener("input", count);
  count();
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

for (const preview of document.querySelectorAll("[data-preview]")) {
  const area = document.getElementById(preview.dataset.preview);
  const form = area?.form;
  if (!form) continue;
  const part = (name) => preview.querySelector(`[data-preview-${name}]`);
  const show = () => {
    const text = area.value.trim();
    preview.hidden = !text;
    part("text").textContent = text;
    preview.querySelector(".kudos-card").classList.toggle("short", [...text].length <= 140);
    const team = form.elements.team;
    part("team").textContent = team?.value ? team.selectedOptions[0].text.replace(/^[– ]+/, "") : "";
    const chosen = [...form.querySelectorAll('[name="values[]"]:checked')];
    part("values").replaceChildren(
      ...chosen.map((box) => {
        const badge = Object.assign(document.createElement("span"), { className: "badge brass" });
        badge.textContent = box.labels[0]?.textContent.trim() ?? "";
        const item = document.createElement("li");
        item.append(badge);
        return item;
      }),
    );
  };
  form.addEventListener("input", show);
  show();
}
