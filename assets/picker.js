// Makes long lists of boxes quick: type to search, arrow keys to go through what is left, Enter to choose.
// Without this script the boxes are all there and can be ticked.
for (const picker of document.querySelectorAll("[data-picker]")) {
  const search = picker.querySelector(".picker-search");
  const chosen = picker.querySelector(".chosen");
  const status = picker.querySelector("[role=status]");
  const items = [...picker.querySelectorAll(".picker-list li")];
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const box = (item) => item.querySelector("input");
  const shown = () => items.filter((item) => !item.hidden);
  let active = null;
  const go = (item) => {
    active?.classList.remove("active");
    active = item ?? null;
    active?.classList.add("active");
    active?.scrollIntoView({ block: "nearest" });
    status.textContent = active ? active.textContent : "";
  };
  const list = () => {
    chosen.replaceChildren(
      ...items.filter((item) => box(item).checked).map((item) => {
        const [entry, button] = [document.createElement("li"), document.createElement("button")];
        button.type = "button";
        button.textContent = `${item.textContent.trim()} ×`;
        button.onclick = () => (box(item).click(), search.focus());
        entry.append(button);
        return entry;
      }),
    );
  };
  search.oninput = () => {
    const words = plain(search.value).split(/\s+/);
    for (const item of items) item.hidden = !words.every((word) => plain(item.textContent).includes(word));
    go(search.value ? shown()[0] : null);
    if (!shown().length) status.textContent = status.dataset.none;
  };
  search.onkeydown = (event) => {
    const left = shown();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) go(left.at((left.indexOf(active) + step + left.length) % left.length));
    else if (event.key === "Enter" && active) box(active).click();
    else if (event.key === "Escape" && search.value) (search.value = ""), search.oninput();
    else if (event.key === "Enter");
    else return;
    event.preventDefault();
  };
  // Not of the search field: its change comes between a press and its release, and would replace what is pressed.
  picker.querySelector(".picker-list").addEventListener("change", list);
  list();
}
