// `cargo xtask gallery --readme`: the picture of the README, light and dark: the front page, an event and
// a phone, as they are; and assets/card.png, which stands beside the portal's links elsewhere.
//
// node readme.mjs FOLDER
import { mkdir, stat } from "node:fs/promises";
import path from "node:path";
import { SCHEMES } from "./gallery/camera.mjs";
import { EYES, demo } from "./gallery/prepare.mjs";
import { launch } from "./support/browser.mjs";

/** What GitHub loads before somebody has read the first sentence. */
const MOST_BYTES = 400_000;
const CARD = path.resolve(import.meta.dirname, "../../assets/card.png");
const SIZE = { width: 1470, height: 1000 };

/** Who looks at what, and where it lies; later ones lie on top. */
const SHEETS = [
  { who: "nobody", at: () => "/", width: 980, height: 720, x: 0, y: 0 },
  { who: "marek", at: (found) => found.event(/^What our SBOMs/), width: 850, height: 540, x: 240, y: 455 },
  { who: "hannah", at: (found) => found.event(/^Threat modelling/), width: 360, height: 740, x: 1085, y: 120, phone: true },
];

async function look(browser, model, { who, at, width, height }, scheme) {
  const viewport = { width, height };
  const context = await browser.newContext({ ...EYES, viewport, colorScheme: scheme, storageState: await model.state(who) });
  const page = await context.newPage();
  await page.goto(model.portal.url + at(model.found));
  // Only the demo has this line.
  await page.locator(".strip").evaluateAll((strips) => strips.forEach((strip) => strip.remove()));
  const png = await page.screenshot({ animations: "disabled" });
  await context.close();
  return `data:image/png;base64,${png.toString("base64")}`;
}

async function compose(browser, model, scheme, file) {
  const sheets = [];
  for (const sheet of SHEETS) {
    const { width, height, x, y, phone } = sheet;
    const source = await look(browser, model, sheet, scheme);
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
  if (size > MOST_BYTES) throw new Error(`${file} has ${size} bytes: more than ${MOST_BYTES}.`);
}

/** What others see when somebody passes on an address: the hall by night, whatever the community is called. */
async function card(browser, model) {
  const context = await browser.newContext({ ...EYES, viewport: { width: 1200, height: 630 }, bypassCSP: true });
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
