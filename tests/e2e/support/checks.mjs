// Measures an open page: violations that axe finds, content wider than the screen, animations, and layout shifts.
import axe from "axe-core";

/** Rules whose time depends on the number of elements, and whose result depends on what an element looks like. */
const LOOKS = ["color-contrast", "target-size"];

/**
 * The violations that axe finds with its default rules and the rule about target sizes, which is off by default.
 * `colours` limits axe to contrast, the only rule that depends on the colour scheme. With `only`, the rules about looks
 * check only the elements of these kinds, from `elementKinds`, and what they contain.
 */
export async function axeViolations(page, { email = false, colours = false, only = null } = {}) {
  await page.evaluate(`window.axe ?? (() => { ${axe.source} })(); 0`);
  // Frames are left out: an email in a frame also has a page of its own. An email needs no landmarks, because
  // the mail program around it has them.
  const leftOut = email ? ["landmark-one-main", "region"] : [];
  const violations = await page.evaluate(
    async ({ only, colours, looks, leftOut }) => {
      const run = async (context, options) => (await axe.run(context, { resultTypes: ["violations"], iframes: false, ...options })).violations;
      const some = only ? { include: only.flatMap((kind) => window.elementsByKind.get(kind)).filter((node) => node.isConnected) } : document;
      const nothing = only && some.include.length === 0;
      if (colours) return nothing ? [] : run(some, { runOnly: ["color-contrast"] });
      const off = (names) => Object.fromEntries(names.map((name) => [name, { enabled: false }]));
      const structure = await run(document, { rules: off([...looks, ...leftOut]) });
      return nothing ? structure : [...structure, ...(await run(some, { runOnly: looks }))];
    },
    { only, colours, looks: LOOKS, leftOut },
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, target }) => `${target.join(" ")} ${html.slice(0, 160)}`).join(" | ")}`);
}

/**
 * A description of each element on the page. Elements that axe treats alike have the same one, whatever their text. The
 * page remembers its elements by these.
 */
export const elementKinds = (page) =>
  page.evaluate(() => {
    // The values of other attributes are texts, addresses and numbers.
    const matters = /^(class|style|role|type|lang|dir|aria-(hidden|current|expanded|disabled|pressed|checked|live))$/;
    const kind = (node) => {
      const bare = [...node.attributes].map(({ name, value }) => (matters.test(name) ? `${name}=${value}` : name));
      return [node.parentElement?.localName, node.localName, ...bare, node.textContent.trim() === "" && "empty"].join(" ");
    };
    window.elementsByKind = Map.groupBy(document.querySelectorAll("*"), kind);
    return [...window.elementsByKind.keys()];
  });

/** Runs in the page: what is wider than the screen, the page as a whole or an open menu or dialog. */
function overflowing() {
  const { scrollWidth, clientWidth } = document.documentElement;
  const found = scrollWidth > clientWidth ? [`the page is ${scrollWidth - clientWidth} px too wide`] : [];
  for (const node of document.querySelectorAll(":popover-open, dialog[open]")) {
    const { left, right } = node.getBoundingClientRect();
    if (left < 0 || right > clientWidth) found.push(`#${node.id} extends from ${left} to ${right} px`);
    if (node.scrollWidth > node.clientWidth) found.push(`#${node.id} scrolls sideways`);
  }
  return found;
}

/** What is wider than the screen: the page as a whole, and open menus and dialogs. */
export const overflows = (page) => page.evaluate(overflowing);

/** What is wrong with an open page: for axe in both schemes, and with its width on a phone. */
export async function faults(page) {
  const size = page.viewportSize();
  const found = [];
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    found.push(...(await axeViolations(page)).map((violation) => `${page.url()} ${colorScheme}: ${violation}`));
  }
  await page.setViewportSize({ width: 360, height: 740 });
  found.push(...(await overflows(page)).map((what) => `${page.url()}: ${what}`));
  await page.setViewportSize(size);
  return found;
}

/** What is wider than the screen while the menu is closed, and while it is open as by its button. */
export const overflowsWithMenu = (page) =>
  page.evaluate(`(() => {
    ${overflowing}
    const closed = overflowing().map((what) => ": " + what);
    const menu = document.querySelector("#menu");
    if (!menu) return closed;
    menu.showPopover();
    const open = overflowing().map((what) => ", menu open: " + what);
    menu.hidePopover();
    return [...closed, ...open];
  })()`);

/** Opens the menu as its button does. */
export const openMenu = (page) => page.evaluate(() => document.querySelector("#menu").showPopover());

/** Running animations, and elements with an animation or a transition: all elements, or those of some kinds. */
export const animations = (page, only = null) =>
  page.evaluate((only) => {
    const running = document.getAnimations().filter(({ playState }) => playState === "running").map((animation) => `${animation.constructor.name} runs`);
    const hasTime = (list) => list.split(",").some((time) => parseFloat(time) > 0);
    // A script may have replaced an element since.
    const nodes = only ? only.flatMap((kind) => window.elementsByKind.get(kind)).filter((node) => node.isConnected) : [...document.querySelectorAll("*")];
    const animated = nodes.flatMap((node) =>
      ["", "::before", "::after"].flatMap((part) => {
        const { animationName, transitionDuration } = getComputedStyle(node, part || null);
        return animationName !== "none" || hasTime(transitionDuration) ? [`${node.localName}.${node.className}${part}`] : [];
      }),
    );
    return [...new Set([...running, ...animated])];
  }, only);

/** Makes the pages of a context record their layout shifts, beginning with the first paint. */
export const watchLayoutShifts = (context) =>
  context.addInitScript(() => {
    window.layoutShifts = [];
    const record = (entries) => window.layoutShifts.push(...entries.filter(({ hadRecentInput }) => !hadRecentInput));
    const observer = new PerformanceObserver((list) => record(list.getEntries()));
    observer.observe({ type: "layout-shift", buffered: true });
    window.recordLateShifts = () => record(observer.takeRecords());
  });

/** The layout shifts so far, after the page has settled. */
export async function layoutShifts(page) {
  await page.waitForLoadState("load");
  return page.evaluate(async () => {
    for (let frames = 0; frames < 10; frames += 1) await new Promise((next) => requestAnimationFrame(next));
    await new Promise((later) => setTimeout(later, 150));
    window.recordLateShifts();
    return window.layoutShifts.map(({ value, sources }) => `${value.toFixed(4)} ${sources.map(({ node }) => node?.outerHTML?.slice(0, 120) ?? node?.textContent).join(" | ")}`);
  });
}
