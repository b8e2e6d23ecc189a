// Makes long lists of checkboxes quick to use: type to search, arrow keys to move, Enter to select.
// Without this script all checkboxes are there and work.
for (const picker of document.querySelectorAll("[data-picker]")) {
  const search = picker.querySelector(".picker-search");
  const selected = picker.querySelector(".selected");
  const status = picker.querySelector("[role=status]");
  const items = [...picker.querySelectorAll(".picker-list li")];
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const box = (item) => item.querySelector("input");
  const name = (item) => item.querySelector("span").textContent.trim();
  const visible = () => items.filter((item) => !item.hidden);
  let active = null;
  const activate = (item) => {
    active?.classList.remove("active");
    active = item ?? null;
    active?.classList.add("active");
    active?.scrollIntoView({ block: "nearest" });
    status.textContent = active ? name(active) : "";
  };
  const showSelected = () => {
    selected.replaceChildren(
      ...items.filter((item) => box(item).checked).map((item) => {
        const [entry, button] = [document.createElement("li"), document.createElement("button")];
        button.type = "button";
        button.textContent = `${name(item)} ×`;
        button.onclick = () => (box(item).click(), search.focus());
        entry.append(button);
        return entry;
      }),
    );
  };
  search.oninput = () => {
    const words = plain(search.value).split(/\s+/);
    for (const item of items) item.hidden = !words.every((word) => plain(name(item)).includes(word));
    activate(search.value ? visible()[0] : null);
    if (!visible().length) status.textContent = status.dataset.none;
  };
  search.onkeydown = (event) => {
    const matches = visible();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) activate(matches.at((matches.indexOf(active) + step + matches.length) % matches.length));
    else if (event.key === "Enter" && active) box(active).click();
    else if (event.key === "Escape" && search.value) (search.value = ""), search.oninput();
    else if (event.key === "Enter");
    else return;
    event.preventDefault();
  };
  // Not on the whole picker: the search field's change event comes between pressing and releasing the mouse, and
  // would replace the button that is being pressed.
  picker.querySelector(".picker-list").addEventListener("change", showSelected);
  showSelected();
}
