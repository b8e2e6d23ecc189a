// A toolbar and a preview for texts in Markdown. Without this script, a button of the form shows the preview.
const marks = { bold: "**", italic: "*" };

// Replaces the selection. Unlike setRangeText, this command can be undone.
const insert = (area, text) => {
  area.focus();
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
};

const selected = (area) => area.value.slice(area.selectionStart, area.selectionEnd);

const acts = {
  mark(area, mark) {
    const [start, text] = [area.selectionStart, selected(area)];
    insert(area, mark + text + mark);
    area.setSelectionRange(start + mark.length, start + mark.length + text.length);
  },
  link(area) {
    const [start, text] = [area.selectionStart, selected(area)];
    insert(area, `[${text}](https://)`);
    // The cursor goes to what is still missing: the text, or the address behind it.
    const at = start + (text ? text.length + "[](https://".length : 1);
    area.setSelectionRange(at, at);
  },
  list(area) {
    const start = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
    area.setSelectionRange(start, area.selectionEnd);
    insert(area, selected(area).replace(/^/gm, "- "));
  },
};

const act = (area, name) => (marks[name] ? acts.mark(area, marks[name]) : acts[name](area));

for (const bar of document.querySelectorAll("[data-editor]")) {
  const area = document.getElementById(bar.dataset.editor);
  const shown = document.getElementById(bar.dataset.shown);
  const toggle = bar.querySelector("[aria-expanded]");
  const preview = async () => {
    const open = toggle.getAttribute("aria-expanded") === "false";
    toggle.setAttribute("aria-expanded", open);
    shown.hidden = !open;
    if (!open) return;
    try {
      const body = new URLSearchParams({ text: area.value });
      const headers = { accept: "application/json" };
      const answer = await fetch("/preview?field=text", { method: "POST", body, headers });
      if (!answer.ok) throw answer;
      shown.querySelector(".prose").innerHTML = await answer.json();
    } catch {
      shown.querySelector(".prose").textContent = bar.dataset.failed;
    }
  };
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button === toggle) preview();
    else if (button) act(area, button.dataset.act);
  });
  area.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const name = { b: "bold", i: "italic", k: "link" }[event.key];
    if (!name) return;
    event.preventDefault();
    act(area, name);
  });
  bar.hidden = false;
}
