// `cargo xtask gallery --readme`: takes the pictures of the README, light and dark, with the home page, an event
// and a phone. Also takes assets/card.png, which other sites show next to a link to the portal.
//
// node readme.mjs FOLDER
import { mkdir, stat } from "node:fs/promises";
import path from "node:path";
import { SCHEMES } from "./gallery/screenshots.mjs";
import { CONTEXT_OPTIONS, demo } from "./gallery/portals.mjs";
import { launch } from "./support/browser.mjs";

/** The size limit of a picture, so that the README loads fast. */
const MAX_BYTES = 400_000;
const CARD = path.resolve(import.meta.dirname, "../../assets/card.png");
const SIZE = { width: 1470, height: 1000 };

/** The people, the pages and their positions in the picture. Later ones are on top. */
const SHEETS = [
  { person: "nobody", at: () => "/", width: 980, height: 720, x: 0, y: 0 },
  { person: "marek", at: (found) => found.event(/^What our SBOMs/), width: 850, height: 540, x: 240, y: 455 },
  { person: "hannah", at: (found) => found.event(/^Threat modelling/), width: 360, height: 740, x: 1085, y: 120, phone: true },
];

async function screenshot(browser, model, { person, at, width, height }, scheme) {
  const viewport = { width, height };
  const context = await browser.newContext({ ...CONTEXT_OPTIONS, viewport, colorScheme: scheme, storageState: await model.state(person) });
  const page = await context.newPage();
  await page.goto(model.portal.url + at(model.found));
  // Only the demo has this banner.
  await page.locator(".strip").evaluateAll((strips) => strips.forEach((strip) => strip.remove()));
  const png = await page.screenshot({ animations: "disabled" });
  await context.close();
  return `data:image/png;base64,${png.toString("base64")}`;
}

async function compose(browser, model, scheme, file) {
  const sheets = [];
  for (const sheet of SHEETS) {
    const { width, height, x, y, phone } = sheet;
    const source = await screenshot(browser, model, sheet, scheme);
    sheets.push(`<img class="${phone ? "phone" : ""}" src="${source}" width="${width}" height="${height}" style="left: ${x}px; top: ${y}px">`);
  }
  const page = await browser.newPage({ viewport: SIZE });
  const edge = scheme === "dark" ? "#404a61" : "#dcd7cd";
  await page.setContent(`<!doctype html><style>
    body { margin: 0; background: none; }
    img { position: absolute; border: 1px solid ${edge}; border-radius: 12px; }
    .phone { border: 8px solid #1b2235; border-radius: 32px; }
  </style>${sheets.join("")}`);
  await page.screenshot({ path: file, omitBackground: true });
  await page.close();
  const { size } = await stat(file);
  console.log(`${file}  ${Math.round(size / 1000)} kB`);
  if (size > MAX_BYTES) throw new Error(`${file} has ${size} bytes: more than ${MAX_BYTES}.`);
}

/** The picture for shared links: the illustration of the home page, without any names. */
async function card(browser, model) {
  const context = await browser.newContext({ ...CONTEXT_OPTIONS, viewport: { width: 1200, height: 630 }, bypassCSP: true });
  const page = await context.newPage();
  await page.goto(model.portal.url);
  const content = `.site-header, .strip, .hero-text, main > :not(.hero), .site-footer { display: none !important }
    .hero, .hero .wide { display: grid; place-items: end center; min-block-size: 630px; padding: 0 }
    .hero .wide { grid-template-columns: 1fr } .hall { max-inline-size: 54rem }`;
  await page.addStyleTag({ content });
  await page.screenshot({ path: CARD, animations: "disabled" });
  await context.close();
}

const folder = path.resolve(process.argv[2]);
const browser = await launch();
let model;
try {
  await mkdir(folder, { recursive: true });
  model = await demo(browser);
  await card(browser, model);
  for (const scheme of SCHEMES) await compose(browser, model, scheme, path.join(folder, `guildhall-${scheme}.png`));
} finally {
  await browser.close();
  await model?.portal.stop();
}
