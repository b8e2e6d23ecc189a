// The page with all screenshots. It can be opened from the disk, and its filters need no JavaScript.
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeAndAfter } from "./before-after.mjs";
import { LOOK_NAMES, WIDTHS, pictures } from "./screenshots.mjs";
import { PEOPLE } from "./pages.mjs";

const escape = (text) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

const radios = (name, values) =>
  ["all", ...values]
    .map((value) => `<label><input type="radio" name="${name}" value="${value}"${value === (name === "width" ? 360 : "light") ? " checked" : ""}> ${value}</label>`)
    .join(" ");

/** The CSS selectors that hide the screenshots of other widths and looks. */
const filters = () =>
  [["width", WIDTHS], ["look", LOOK_NAMES]]
    .flatMap(([name, values]) => values.map((value) => `body:has([name=${name}][value="${value}"]:checked) figure:not([data-${name}="${value}"])`))
    .join(", ");

function figures(job, folder, problems) {
  const shown = pictures(job).filter(({ file }) => existsSync(path.join(folder, file)));
  if (shown.length === 0) return "";
  const wrong = problems.map((problem) => `<p class="wrong">${escape(problem)}</p>`).join("");
  const grid = shown
    .map(
      ({ file, width, look }) =>
        `<figure data-width="${width}" data-look="${look}"><a href="${file}"><img loading="lazy" src="${file}" alt=""></a><figcaption>${width} px, ${look}</figcaption></figure>`,
    )
    .join("\n");
  return `<section id="${job.name}-${job.person}"><h2>${escape(job.name)} <small>${escape(PEOPLE[job.person])} · ${escape(job.at)}</small></h2>${wrong}<div>${grid}</div></section>\n`;
}

/** Writes `index.html` for the screenshots in the folder. */
export async function writeIndex(folder, jobs, problemsOf) {
  const body = jobs.map((job) => figures(job, folder, problemsOf.get(job) ?? [])).join("") + (await beforeAndAfter(folder));
  const page = `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Guildhall: gallery</title>
<style>
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0 1.5rem 3rem; }
main { display: flex; flex-wrap: wrap; gap: 0 1.25rem; align-items: start; }
section { max-width: 100%; }
form { position: sticky; top: 0; display: flex; flex-wrap: wrap; gap: .25rem 2rem; padding: .75rem 0; background: Canvas; border-bottom: 1px solid GrayText; }
fieldset { border: 0; margin: 0; padding: 0; }
h2 { margin: 2rem 0 .5rem; font-size: 1.1rem; scroll-margin-top: 4rem; }
small { font-weight: 400; color: GrayText; }
small { display: block; }
section > div { display: flex; flex-wrap: wrap; gap: 1.25rem; align-items: start; }
figure { margin: 0; }
figure a { display: block; max-height: 44rem; overflow: auto; }
img { display: block; max-width: 100%; border: 1px solid GrayText; }
[data-width="360"] { width: 360px; } [data-width="768"] { width: 512px; } [data-width="1280"] { width: 720px; } [data-width="1920"] { width: 960px; }
figure { max-width: 100%; }
figcaption { font-size: .85rem; color: GrayText; }
.wrong { margin: .25rem 0; color: light-dark(#a31515, #ff9d8f); font-weight: 600; }
${filters()} { display: none; }
</style>
<form><strong>Guildhall</strong><fieldset>${radios("width", WIDTHS)}</fieldset><fieldset>${radios("look", LOOK_NAMES)}</fieldset></form>
<main>
${body}</main></html>
`;
  await writeFile(path.join(folder, "index.html"), page);
}
