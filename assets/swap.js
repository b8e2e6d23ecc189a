// Swaps the mentors of two pairs of a draft: drag the names of one pair onto another pair.
// Without this script, two lists and a button do the same.
const form = document.getElementById("swap-form");
const pairs = form ? [...document.querySelectorAll("[data-mentee]")] : [];
let dragged = null;
for (const pair of pairs) {
  const names = pair.querySelector(".swap-names");
  const isTarget = () => dragged && dragged !== pair;
  names.draggable = true;
  names.ondragstart = (event) => {
    dragged = pair;
    event.dataTransfer.setData("text/plain", names.textContent.trim());
    event.dataTransfer.effectAllowed = "move";
  };
  names.ondragend = () => {
    dragged = null;
    for (const other of pairs) other.classList.remove("swap-target");
  };
  pair.ondragover = (event) => {
    if (!isTarget()) return;
    event.preventDefault();
    pair.classList.add("swap-target");
  };
  pair.ondragleave = (event) => {
    if (!pair.contains(event.relatedTarget)) pair.classList.remove("swap-target");
  };
  pair.ondrop = (event) => {
    if (!isTarget()) return;
    event.preventDefault();
    form.elements.one.value = dragged.dataset.mentee;
    form.elements.other.value = pair.dataset.mentee;
    form.requestSubmit();
  };
}
const help = document.getElementById("swap-drag");
if (help && pairs.length > 1) help.hidden = false;
