// The user interface: the layout is stable, times are shown in the reader's time zone, menus, filters and pickers
// work without JavaScript, and pages have metadata for other programs.
import { expect, test } from "@playwright/test";
import { signInAs } from "./support/people.mjs";
import { startPortal } from "./support/portal.mjs";
import { layoutShifts, watchLayoutShifts } from "./support/checks.mjs";

const PHONE = { width: 360, height: 740 };
const WIDE = { width: 1280, height: 800 };
const EVENT = /^Threat modelling/;

let portal;
let event;
test.beforeAll(async ({ browser }) => {
  portal = await startPortal({ env: { GUILDHALL_SIGN_IN_PER_MINUTE: "1000" } });
  const page = await browser.newPage();
  await page.goto(`${portal.url}/events`);
  event = await page.getByRole("link", { name: EVENT }).first().getAttribute("href");
  await page.close();
});
test.afterAll(async () => portal?.stop());

/** A new page in a context of its own, which the test closes. */
async function reader(browser, options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  return { page, context, go: (at) => page.goto(portal.url + at) };
}

/** The time that a clock in the zone shows. */
const clock = (at, zone) => new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone }).format(new Date(at));

test("the layout doesn't shift, whatever the reader's time zone is", async ({ browser }) => {
  for (const timezoneId of ["America/New_York", "Asia/Kathmandu"]) {
    for (const viewport of [PHONE, WIDE]) {
      const { page, context, go } = await reader(browser, { timezoneId, viewport });
      await watchLayoutShifts(context);
      for (const at of ["/", "/events", "/events?when=month", event, "/sign-in"]) {
        await go(at);
        expect(await layoutShifts(page), `${at} at ${viewport.width} px in ${timezoneId}`).toEqual([]);
      }
      // Control: a real shift is found.
      await page.evaluate(() => document.querySelector("main").insertAdjacentHTML("afterbegin", '<p style="height: 200px">Late</p>'));
      expect((await layoutShifts(page)).length).toBeGreaterThan(0);
      await context.close();
    }
  }
});

test("a visitor sees their local time next to the event's", async ({ browser }) => {
  for (const zone of ["America/New_York", "Asia/Kathmandu", "Pacific/Kiritimati"]) {
    const { page, context, go } = await reader(browser, { timezoneId: zone });
    await go(event);
    const starts = await page.locator(".event-facts time").first().getAttribute("datetime");
    expect(starts).toMatch(/Z$/);
    const yours = page.locator(".event-facts [data-you]");
    const span = `${clock(starts, zone)}(–| – [A-Z][a-z]{2} )\\d\\d:\\d\\d`;
    await expect(yours).toHaveText(new RegExp(`\\b${span} your time \\([A-Z][A-Za-z ]+\\)$`));
    // When it is another day there, or when it crosses midnight there, the day is shown too.
    const day = (zone, at = starts) => new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(new Date(at));
    const ends = await yours.getAttribute("data-ends");
    const other = day(zone) !== day("Europe/Stockholm") || day(zone) !== day(zone, ends);
    expect(/^[A-Z][a-z]{2} /.test(await yours.textContent()), zone).toBe(other);
    await context.close();
  }
  const { page, context, go } = await reader(browser, { timezoneId: "Europe/Stockholm" });
  await go(event);
  await expect(page.locator(".event-facts [data-you]")).toHaveText("Same as your local time");
  await context.close();
});

// B1: an online event that crosses midnight for a visitor shows both dates.
test("an online event keeps its dates when it crosses midnight for a visitor", async ({ browser }) => {
  const online = "main .times:has([data-own])";
  const plain = await reader(browser, { javaScriptEnabled: false });
  await plain.go("/events");
  const starts = new Date(await plain.page.locator(`${online} time`).first().getAttribute("datetime"));
  await plain.context.close();
  // A zone in which it starts between 23:00 and midnight. The signs of these names are reversed.
  const ahead = 23 - starts.getUTCHours();
  const timezoneId = ahead > 14 ? `Etc/GMT+${24 - ahead}` : ahead > 0 ? `Etc/GMT-${ahead}` : "UTC";
  const { page, context, go } = await reader(browser, { timezoneId });
  await go("/events");
  await expect(page.locator(`${online} [data-line]`).first()).toHaveText(
    /^[A-Z][a-z]{2} \d+ [A-Z][a-z]{2,3}, 23:\d\d – [A-Z][a-z]{2} \d+ [A-Z][a-z]{2,3}, 00:\d\d your time /,
  );
  // The tile beside it shows the same day.
  const first = page.locator("main article", { has: page.locator(".times [data-own]") }).first();
  const day = (await first.locator("[data-line]").textContent()).match(/^[A-Z][a-z]{2} (\d+) ([A-Z][a-z]{2})/);
  await expect(first.locator(".tile")).toHaveText(new RegExp(`^${day[2]}[a-z]?\\s*${day[1]}$`));
  await context.close();
});

test("without JavaScript, no space is reserved for local times", async ({ browser }) => {
  const { page, context, go } = await reader(browser, { javaScriptEnabled: false });
  for (const at of ["/events", event]) {
    await go(at);
    const spans = await page.locator("[data-you]").all();
    expect(spans.length).toBeGreaterThan(0);
    for (const span of spans) await expect(span).toBeHidden();
    // A line that contains nothing else is hidden too.
    const gaps = await page.locator(":is(p, div):has(> [data-you])").evaluateAll((lines) =>
      lines.filter((line) => !line.innerText.trim() && line.getBoundingClientRect().height > 0).map((line) => line.outerHTML.slice(0, 120)),
    );
    expect.soft(gaps, at).toEqual([]);
  }
  await context.close();
});

test("a phone shows who speaks in a session", async ({ browser }) => {
  const { page, context, go } = await reader(browser, { viewport: PHONE });
  await go("/events/guild-day-in-accra-built-to-be-mended");
  await go(await page.locator("a[href*='/sessions/']").first().getAttribute("href"));
  await expect(page.locator("header").getByText("Kofi Mensah")).toBeVisible();
  await context.close();
});

test("on a phone, the menu opens and closes without JavaScript", async ({ browser }) => {
  const { page, context, go } = await reader(browser, { javaScriptEnabled: false, viewport: PHONE });
  await go("/");
  const menu = page.locator("#menu");
  const button = page.getByRole("button", { name: "Menu" });
  await expect(menu).toBeHidden();
  await button.click();
  await expect(menu).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(menu).toBeHidden();
  await button.click();
  await button.click();
  await expect(menu).toBeHidden();
  await button.click();
  await menu.getByRole("searchbox").fill("supper");
  await menu.getByRole("searchbox").press("Enter");
  await expect(page).toHaveURL(/\/search\?q=supper$/);
  await expect(page.getByRole("link", { name: /Guild supper/ }).first()).toBeVisible();
  await context.close();
});

test("each filter is part of the address, and each chip removes one", async ({ browser }) => {
  const { page, context, go } = await reader(browser, { javaScriptEnabled: false });
  await signInAs(page, portal, "Mei");
  await go("/events?when=month&from=2026-12-01");
  await page.locator(".disclosure summary").click();
  const form = page.locator("form.filters");
  expect((await form.getAttribute("method")) ?? "get").toBe("get");
  await form.locator('[name="q"]').fill("a");
  await form.locator('[name="kind"]').selectOption("workshop");
  const group = await form.locator('[name="group"] option').nth(1).getAttribute("value");
  await form.locator('[name="group"]').selectOption(group);
  await form.locator('[name="place"]').selectOption("site");
  await form.locator('[name="free"]').check();
  await form.locator('[name="mine"]').check();
  await form.getByRole("button", { name: "Apply filters" }).click();
  const parameters = () => Object.fromEntries([...new URL(page.url()).searchParams].filter(([, value]) => value));
  const all = { when: "month", from: "2026-12-01", q: "a", kind: "workshop", group, place: "site", free: "yes", mine: "yes" };
  expect(parameters()).toEqual(all);
  const here = page.url();
  const chips = page.locator("ul.filter-chips a");
  await expect(chips).toHaveCount(6);
  const removed = [];
  for (let at = 0; at < 6; at += 1) {
    await page.goto(here);
    await chips.nth(at).click();
    await expect(chips).toHaveCount(5);
    const left = parameters();
    const without = Object.keys(all).filter((name) => !(name in left));
    expect(without).toHaveLength(1);
    for (const [name, value] of Object.entries(left)) expect(value).toBe(all[name]);
    removed.push(...without);
  }
  expect(removed.sort()).toEqual(["free", "group", "kind", "mine", "place", "q"]);
  await context.close();
});

test("the calendar moves to later and earlier months and back to today", async ({ browser }) => {
  const { page, context, go } = await reader(browser, { javaScriptEnabled: false });
  await go("/events?when=month");
  const title = page.locator("#calendar-title");
  const now = await title.textContent();
  await page.getByRole("link", { name: /Later/ }).click();
  const later = await title.textContent();
  expect(later).not.toBe(now);
  await page.getByRole("link", { name: /Later/ }).click();
  await page.getByRole("link", { name: /Earlier/ }).click();
  await expect(title).toHaveText(later);
  await page.getByRole("link", { name: "Today" }).click();
  await expect(title).toHaveText(now);
  await expect(page).toHaveURL(/\/events\?when=month$/);
  await expect(page.locator(".day.today")).toHaveCount(1);
  await context.close();
});

test("a picker is a list of checkboxes, and searchable with JavaScript", async ({ browser }) => {
  const sent = (page) => page.locator("form:has([data-picker])").evaluate((form) => new FormData(form).getAll("people[]"));
  const plain = await reader(browser, { javaScriptEnabled: false });
  await plain.go("/dev/gallery/picker");
  await expect(plain.page.locator(".picker-search")).toBeHidden();
  const boxes = await plain.page.locator("[data-picker] input[type=checkbox]").all();
  expect(boxes).toHaveLength(7);
  for (const box of boxes) await box.setChecked(true);
  expect(await sent(plain.page)).toHaveLength(7);
  await plain.context.close();

  const { page, context, go } = await reader(browser);
  await go("/dev/gallery/picker");
  const chips = page.locator("[data-picker] .selected button");
  await expect(chips).toHaveText([/Grace Lindqvist/, /Kofi Mensah/]);
  const search = page.locator(".picker-search");
  await search.fill("ines");
  await expect(page.locator(".picker-list li:visible")).toHaveText([/Inês Carvalho/]);
  await search.fill("");
  await search.pressSequentially("a");
  const second = page.locator(".picker-list li:visible").nth(1);
  await search.press("ArrowDown");
  await expect(second).toHaveClass(/active/);
  await search.press("ArrowUp");
  await search.fill("ines");
  await search.press("ArrowDown");
  await search.press("Enter");
  await expect(page).toHaveURL(/\/dev\/gallery\/picker$/);
  const value = await page.locator(".picker-list li:visible input").getAttribute("value");
  expect(await sent(page)).toEqual(["grace-lindqvist", value, "kofi-mensah"]);
  await chips.filter({ hasText: "Grace" }).click();
  await expect(chips).toHaveText([/Inês Carvalho/, /Kofi Mensah/]);
  expect(await sent(page)).toEqual([value, "kofi-mensah"]);
  await search.fill("nobody at all");
  await expect(page.locator("[data-picker] [role=status]")).toHaveText("No results.");
  await context.close();
});

test("a phone can add the portal to its home screen", async ({ request, page }) => {
  await page.goto(portal.url);
  const at = await page.locator('link[rel="manifest"]').getAttribute("href");
  const answer = await request.get(portal.url + at);
  expect(answer.headers()["content-type"]).toContain("application/manifest+json");
  const manifest = await answer.json();
  expect(manifest.name).toBeTruthy();
  expect(manifest.icons.length).toBeGreaterThan(0);
  for (const icon of manifest.icons) {
    const size = await page.evaluate(async (src) => {
      const picture = new Image();
      picture.src = src;
      await picture.decode();
      return picture.naturalWidth;
    }, icon.src);
    expect(size, icon.src).toBeGreaterThan(0);
  }
});

test("Chromium accepts the speculation rules", async ({ page, context, request }) => {
  const rules = [];
  const cdp = await context.newCDPSession(page);
  cdp.on("Preload.ruleSetUpdated", ({ ruleSet }) => rules.push(ruleSet));
  await cdp.send("Preload.enable");
  const answer = await page.goto(`${portal.url}/events`);
  const at = answer.headers()["speculation-rules"].match(/^"([^"]+)"$/)[1];
  const file = await request.get(portal.url + at);
  expect(file.status()).toBe(200);
  expect(file.headers()["content-type"]).toBe("application/speculationrules+json");
  await expect.poll(() => rules.length).toBeGreaterThan(0);
  expect(rules.map(({ errorType, errorMessage }) => ({ errorType, errorMessage }))).toEqual(rules.map(() => ({ errorType: undefined, errorMessage: undefined })));
  expect(rules[0].url).toContain(at);
  // Control: invalid rules are reported.
  const wrong = '<!doctype html><script type="speculationrules">{ no rules</script>';
  await page.route(`${portal.url}/wrong`, (route) => route.fulfill({ contentType: "text/html", body: wrong }));
  await page.goto(`${portal.url}/wrong`);
  await expect.poll(() => rules.some(({ errorType }) => errorType)).toBe(true);
});

test("a shared link has a title, a description and a picture", async ({ page, request }) => {
  for (const at of ["/", event]) {
    // This must not depend on whether the head is sent before or after the page is rendered.
    for (let time = 0; time < 20; time++) {
      expect((await (await request.get(portal.url + at)).text()).split("</head>")[0]).toContain('property="og:title"');
    }
    await page.goto(portal.url + at);
    const of = (property) => page.locator(`meta[property="og:${property}"]`).getAttribute("content");
    expect(await of("title")).toBeTruthy();
    expect(await of("description")).toBeTruthy();
    const picture = await request.get(await of("image"));
    expect.soft(picture.status(), await of("image")).toBe(200);
    expect.soft(picture.headers()["content-type"]).toMatch(/^image\//);
  }
  expect(await page.locator('meta[property="og:title"]').getAttribute("content")).toMatch(EVENT);
});

test("popovers and dialogs take the focus and close with Escape", async ({ page }) => {
  await page.goto(`${portal.url}/dev/gallery/dialog-and-popover`);
  for (const [name, id] of [["What are guests?", "sample-popover"], ["Leave", "sample-dialog"]]) {
    const button = page.getByRole("button", { name, exact: true });
    const above = page.locator(`#${id}`);
    await button.focus();
    await page.keyboard.press("Enter");
    await expect(above).toBeVisible();
    if (id === "sample-dialog") {
      await page.keyboard.press("Tab");
      await expect.soft(above.locator(":focus"), "the next Tab is in the dialog").toHaveCount(1);
    }
    await page.keyboard.press("Escape");
    await expect(above).toBeHidden();
    await expect.soft(button).toBeFocused();
  }
});
