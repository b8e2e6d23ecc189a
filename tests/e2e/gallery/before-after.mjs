// Pictures of pages before and after they were improved, kept in docs/before-after. The gallery shows them at its end.
import { copyFile } from "node:fs/promises";
import path from "node:path";

const KEPT = path.join(import.meta.dirname, "../../../docs/before-after");

/** The pairs: the name of their files, and what changed. */
const PAIRS = [
  ["front-page", "The front page: the first event, with its cover, is above the fold, and the community says how many people it has."],
  ["event", "An event: cover, title, time and place on the left, and the seat with the form to register on the right. It had no picture and no form before."],
  ["event-phone", "An event on a phone: the seat in a card of its own, and everything fits. The choice of seats was wider than the screen."],
  ["audit-phone", "The audit log on a phone: a closed list stands for eleven tabs in four lines, and the filters are closed until they are needed."],
  ["outbox-phone", "The outbox on a phone: the closed list of sections leaves the screen to the emails."],
  ["kudos-phone", "The wall on a phone: the two buttons share a line, and reactions share one with the link to report. The second card is in sight."],
  ["kudos-television", "The screen for a television: large type, and whole cards only. What doesn’t fit takes turns."],
  ["kudos-wall-4k", "The wall on a 4K screen: it uses the whole width, in a size that can be read from a chair."],
  ["home-kudos", "The home page of a member: who was thanked is in the first screen, beside the member's own seats. It was below everything else."],
  ["mentor-sign-up", "The sign-up of a mentor: one searchable list, with the confidence beside chosen topics. It was a list of 31 menus."],
  ["profile", "One’s own profile: tabs instead of one long page, one Save, and who sees each field beside it."],
  ["directory-phone", "The directory on a phone: people come first. The filters filled the screen, and are folded behind a line that says how many are active."],
  ["people-phone", "The people of an event on a phone: hosts see positions on the waitlist, change them, and move several people at once."],
  ["directory", "The directory: cards with faces and with what people teach, and filters with counts."],
  ["group", "A group: a cover, tabs, and eight faces instead of all members."],
];

/** Copies the pictures into the gallery's folder and returns its section. */
export async function beforeAndAfter(folder) {
  const sections = [];
  for (const [name, change] of PAIRS) {
    const files = ["before", "after"].map((when) => `${name}-${when}.jpg`);
    await Promise.all(files.map((file) => copyFile(path.join(KEPT, file), path.join(folder, file))));
    const pictures = files.map((file, n) => `<a href="${file}"><img loading="lazy" src="${file}" alt="${n === 0 ? "Before" : "After"}"></a>`);
    sections.push(`<section id="${name}"><h2>${name} <small>Before and after. ${change}</small></h2><div>${pictures.join("\n")}</div></section>\n`);
  }
  return sections.join("");
}
