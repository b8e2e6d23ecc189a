// What can be measured about a page that is open: what axe finds, what is wider than the screen, what moves.
import axe from "axe-core";

/** What axe finds: with every rule that is on, and with the size of targets, which is not; or with `colours`
 * about contrast alone, which is all that a scheme changes. */
export async function flaws(page, { email = false, colours = false } = {}) {
  await page.evaluate(`${axe.source}; 0`);
  // An email in a frame has a page of its own, which is read like the others.
  // Landmarks are the mail program's, around it.
  const rules = { "target-size": { enabled: true }, ...(email && { "landmark-one-main": { enabled: false }, region: { enabled: false } }) };
  const options = colours ? { runOnly: ["color-contrast"] } : { rules };
  const { violations } = await page.evaluate(
    (options) => axe.run(document, { resultTypes: ["violations"], iframes: false, ...options }),
    options,
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, target }) => `${target.join(" ")} ${html.slice(0, 160)}`).join(" | ")}`);
}

/** The kinds of elements on the page, by all that makes them differ to axe but their words. */
export const shapes = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("*")].map((node) => {
      const bare = [...node.attributes].map(({ name, value }) => (/^(href|src|id|title)$/.test(name) ? name : `${name}=${value}`));
      return [node.parentElement?.localName, node.localName, ...bare, node.textContent.trim() === "" && "empty"].join(" ");
    }),
  );

/** What stands outside the screen sideways: the page as a whole, and what is fixed on it. */
export const wide = (page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const found = scrollWidth > clientWidth ? [`the page is ${scrollWidth - clientWidth} px too wide`] : [];
    for (const node of document.querySelectorAll(":popover-open, dialog[open]")) {
      const { left, right } = node.getBoundingClientRect();
      if (left < 0 || right > clientWidth) found.push(`#${node.id} stands from ${left} to ${right} px`);
      if (node.scrollWidth > node.clientWidth) found.push(`#${node.id} scrolls sideways`);
    }
    return found;
  });

/** Opens the menu as its button does; resolves to whether there is one. */
export const openMenu = (page) =>
  page.evaluate(() => {
    const menu = document.querySelector("#menu");
    if (menu && !menu.matches(":popover-open")) menu.showPopover();
    return menu !== null;
  });

/** What moves, or would when something is touched. */
export const moving = (page) =>
  page.evaluate(() => {
    const running = document.getAnimations().filter(({ playState }) => playState === "running").map((one) => `${one.constructor.name} runs`);
    const some = (list) => list.split(",").some((time) => parseFloat(time) > 0);
    const would = [...document.querySelectorAll("*")].flatMap((node) =>
      ["", "::before", "::after"].flatMap((part) => {
        const { animationName, transitionDuration } = getComputedStyle(node, part || null);
        return animationName !== "none" || some(transitionDuration) ? [`${node.localName}.${node.className}${part}`] : [];
      }),
    );
    return [...new Set([...running, ...would])];
  });

/** Makes the pages of a context count how far things jump in them, from the first picture on. */
export const watchJumps = (context) =>
  context.addInitScript(() => {
    window.jumps = [];
    const note = (entries) => window.jumps.push(...entries.filter(({ hadRecentInput }) => !hadRecentInput));
    const observer = new PerformanceObserver((list) => note(list.getEntries()));
    observer.observe({ type: "layout-shift", buffered: true });
    window.lateJumps = () => note(observer.takeRecords());
  });

/** What jumped so far, once the page has come to rest. */
export async function jumps(page) {
  await page.waitForLoadState("load");
  return page.evaluate(async () => {
    for (let frames = 0; frames < 10; frames += 1) await new Promise((next) => requestAnimationFrame(next));
    await new Promise((later) => setTimeout(later, 150));
    window.lateJumps();
    return window.jumps.map(({ value, sources }) => `${value.toFixed(4)} ${sources.map(({ node }) => node?.outerHTML?.slice(0, 120) ?? node?.textContent).join(" | ")}`);
  });
}
