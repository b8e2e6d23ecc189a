// The portals for screenshots and measurements, and the sessions of the people who visit them.
import path from "node:path";
import { signInAs } from "../support/people.mjs";
import { run, startPortal } from "../support/portal.mjs";
import { start as startMail } from "../support/smtp.mjs";

const FIXTURE = path.resolve(import.meta.dirname, "../../fixtures/schedule.xml");
const OFTEN = { GUILDHALL_SIGN_IN_PER_MINUTE: "1000" };

/** The options of every browser context, except for width and colour scheme. */
export const CONTEXT_OPTIONS = { locale: "en-GB", timezoneId: "Europe/Berlin", reducedMotion: "reduce" };

/** A portal with the demo, an imported conference and some emails, and the addresses of pages to open. */
export async function demo(browser) {
  const portal = await startPortal({ env: OFTEN });
  try {
    const imported = await run(["import", "schedule", FIXTURE, "--data", portal.data], { env: portal.env });
    if (imported.code !== 0) throw new Error(imported.output);
    const schedule = imported.output.match(/\/events\/[a-z0-9-]+/)[0];
    const states = {};
    const visit = async (person, what) => {
      const context = await browser.newContext(CONTEXT_OPTIONS);
      const page = await context.newPage();
      const result = await what(page);
      if (person) states[person] = await context.storageState();
      await context.close();
      return result;
    };
    await visit("asking", (page) => ask(page, portal, "visitor@example.org"));
    const link = (await emailInMailbox(portal, /visitor@example.org/)).text.match(/\/sign-in\/link\/[\w-]+/)[0];
    await visit("newcomer", async (page) => {
      await ask(page, portal, "nova@example.org");
      const { text } = await emailInMailbox(portal, /nova@example.org/);
      await page.locator('[name="code"]').fill(text.match(/\d{4} \d{4}/)[0]);
      await page.locator("main form button.button").first().click();
      await page.waitForURL(/welcome/);
    });
    const events = await visit("grace", async (page) => {
      await signInAs(page, portal, "Grace");
      await page.goto(`${portal.url}/events`);
      return links(page, /^\/events\/[a-z0-9-]+$/);
    });
    const event = (title) => required(events.find(({ text }) => title.test(text))?.to, `an event ${title} in the demo`);
    // Taking a seat adds an email to the built-in mailbox.
    const confirmation = await visit(null, async (page) => {
      await signInAs(page, portal, "Oscar");
      await page.goto(portal.url + event(/^What our SBOMs/));
      await page.getByRole("button", { name: "Take a seat" }).click();
      return (await emailInMailbox(portal, /oscar@guild.example/)).at;
    });
    const [sheet, emails] = await visit(null, async (page) => {
      await page.goto(`${portal.url}/dev/gallery`);
      const sheet = await links(page, /^\/dev\/gallery\/(errors\/\d+|[a-z0-9-]+)$/);
      await page.goto(`${portal.url}/dev/gallery/emails`);
      return [sheet, await links(page, /^\/dev\/gallery\/emails\/[a-z_-]+$/)];
    });
    // The first record of each kind in the admin area.
    const [session, member, email, report, kudos] = await visit("ada", async (page) => {
      await signInAs(page, portal, "Ada");
      const first = async (list, pattern) => {
        await page.goto(portal.url + list);
        return required((await links(page, pattern))[0]?.to, `a link at ${list}`);
      };
      return [
        await first(schedule, /\/sessions\/[0-9a-f-]{36}$/),
        await first("/admin/members?q=mei", /^\/admin\/members\/[0-9a-f-]{36}$/),
        await first("/admin/outbox?status=failed", /^\/admin\/outbox\/[0-9a-f-]{36}$/),
        await first("/admin/reports", /^\/admin\/reports\/[0-9a-f-]{36}$/),
        await first("/kudos", /^\/kudos\/[0-9a-f-]{36}$/),
      ];
    });
    const proposal = await visit("mei", async (page) => {
      await signInAs(page, portal, "Mei");
      await page.goto(portal.url);
      return required((await links(page, /^\/mentoring\/proposals\/[0-9a-f-]{36}$/))[0]?.to, "a proposal to Mei");
    });
    const mentorship = await visit("mei", async (page) => {
      await signInAs(page, portal, "Mei");
      await page.goto(`${portal.url}/mentoring`);
      const pattern = /^\/mentoring\/mentorships\/[0-9a-f-]{36}$/;
      return required((await links(page, pattern))[0]?.to, "a mentorship of Mei");
    });
    const question = await visit("mei", async (page) => {
      await signInAs(page, portal, "Mei");
      await page.goto(`${portal.url}/mentoring/questions`);
      const pattern = /^\/mentoring\/questions\/[0-9a-f-]{36}$/;
      return required((await links(page, pattern))[0]?.to, "a question of Mei");
    });
    const [call, submission] = await visit("mei", async (page) => {
      await signInAs(page, portal, "Mei");
      await page.goto(`${portal.url}/proposals`);
      const own = /^\/proposals\/guild-day[a-z0-9-]*\/submissions\/[0-9a-f-]{36}$/;
      const submission = required((await links(page, own))[0]?.to, "a proposal of Mei");
      return [submission.split("/submissions/")[0], submission];
    });
    const board = "/events/guild-day-in-accra-built-to-be-mended/board";
    const boardSession = await visit("ada", async (page) => {
      await signInAs(page, portal, "Ada");
      await page.goto(portal.url + board);
      return required((await links(page, /\/board\/sessions\/[0-9a-f-]{36}$/))[0]?.to, "a session on the board");
    });
    const screen = await visit("ada", async (page) => {
      await signInAs(page, portal, "Ada");
      await page.goto(`${portal.url}${board}/rooms`);
      const link = (await links(page, /\/board\/rooms\/[0-9a-f-]{36}\/screen$/))[0]?.to;
      await page.goto(portal.url + required(link, "a room with a screen"));
      return new URL(page.url()).pathname;
    });
    // Mei has a seat at another workshop at the same time.
    const workshop = await visit("mei", async (page) => {
      await signInAs(page, portal, "Mei");
      await page.goto(portal.url + board.replace("/board", ""));
      const session = page.locator("#agenda details", { hasText: "interview questions" }).first();
      return required(await session.locator('a[href*="/sessions/"]').first().getAttribute("href"), "a workshop with seats");
    });
    const circle = await visit("mei", async (page) => {
      await signInAs(page, portal, "Mei");
      await page.goto(`${portal.url}/mentoring/circles`);
      const pattern = /^\/mentoring\/circles\/[0-9a-f-]{36}$/;
      return required((await links(page, pattern))[0]?.to, "a circle");
    });
    const demand = await visit("mei", async (page) => {
      await signInAs(page, portal, "Mei");
      await page.goto(`${portal.url}/demands`);
      const pattern = /^\/demands\/[0-9a-f-]{36}$/;
      return required((await links(page, pattern))[0]?.to, "a learning request");
    });
    const ownDemand = await visit("mei", async (page) => {
      await signInAs(page, portal, "Mei");
      await page.goto(`${portal.url}/demands?show=mine`);
      const own = (await links(page, /^\/demands\/[0-9a-f-]{36}$/)).find(({ text }) => text.startsWith("Reading"));
      return required(own?.to, "a learning request of Mei's own");
    });
    const message = await visit("grace", async (page) => {
      await signInAs(page, portal, "Grace");
      await page.goto(`${portal.url}${event(/^Threat/)}/people`);
      const pattern = /\/people\/[0-9a-f-]{36}$/;
      return required((await links(page, pattern))[0]?.to, "a person at an event of Grace's");
    });
    const speedRound = await visit("mei", async (page) => {
      await signInAs(page, portal, "Mei");
      await page.goto(`${portal.url}/mentoring/speed-rounds`);
      const pattern = /^\/mentoring\/speed-rounds\/[0-9a-f-]{36}$/;
      return required((await links(page, pattern))[0]?.to, "a speed round");
    });
    const of = (list, pattern) => list.map(({ to }) => to).filter((to) => pattern.test(to));
    const found = {
      event,
      link,
      member,
      email,
      report,
      kudos,
      proposal,
      mentorship,
      question,
      call,
      submission,
      board,
      boardSession,
      workshop,
      screen,
      circle,
      demand,
      ownDemand,
      message,
      speedRound,
      mail: confirmation,
      schedule,
      session,
      sections: of(sheet, /gallery\/(?!errors\/|emails$|routes$)/),
      errors: of(sheet, /errors/),
      emails: of(emails, /./),
    };
    return { portal, found, state: (person) => stateOf(browser, portal, states, person) };
  } catch (error) {
    await portal.stop();
    throw error;
  }
}

/** A portal without a community, and its setup link. */
export async function empty() {
  const portal = await startPortal({ demo: false, env: OFTEN });
  try {
    const setup = await waitFor("a setup link in the log", async () => portal.log().match(/\/setup\?token=\S+/)?.[0]);
    return { portal, found: { setup }, state: async () => undefined };
  } catch (error) {
    await portal.stop();
    throw error;
  }
}

const FIRST_NAMES = ["Amara", "Björn", "Chloé", "Elif", "Farid", "Greta", "Hugo", "Ingrid", "João", "Kenji", "Lena", "Nadia", "Omar", "Rosa", "Søren"];
const LAST_NAMES = ["Abara", "Berg", "Costa", "Dvořák", "Eriksen", "García", "Hoang", "Ito", "Jansen", "Kowalski", "Müller", "Novak", "Öztürk", "Quispe"];
const WORK = ["Runs pipelines for payments", "Tests ferries", "Reviews threat models", "Keeps clusters boring", "Answers the phone at night"];
const DISCIPLINES = ["developer", "operations", "security"];

/** A portal with a group of two hundred people. Each of them signed up by email, as everybody does. */
export async function crowd(browser, people = 200) {
  const mail = await startMail();
  const env = { ...OFTEN, GUILDHALL_SMTP_URL: `smtp://127.0.0.1:${mail.port}`, GUILDHALL_MAIL_FROM: "guild@example.org" };
  const portal = await startPortal({ env });
  const stop = async () => {
    await portal.stop();
    await mail.close();
  };
  try {
    const numbers = Array.from({ length: people }, (_, n) => n);
    const signUpAll = async () => {
      for (let n = numbers.pop(); n !== undefined; n = numbers.pop()) await signUp(browser, portal, mail, n);
    };
    await Promise.all(Array.from({ length: 4 }, signUpAll));
    const states = {};
    return { portal: { ...portal, stop }, found: {}, state: (person) => stateOf(browser, portal, states, person) };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Signs up by email and joins a group, with requests instead of pages. */
async function signUp(browser, portal, mail, n) {
  const context = await browser.newContext();
  const post = async (at, form) => {
    const response = await context.request.post(portal.url + at, { form, headers: { accept: "text/html", origin: portal.url }, maxRedirects: 0 });
    if (response.status() !== 303) throw new Error(`${at} answered ${response.status()}`);
  };
  const address = `crowd-${n}@example.org`;
  await post("/sign-in", { address });
  const email = await waitFor(`an email to ${address}`, async () => (await mail.find(address))[0]);
  await post("/sign-in/code", { code: email.text.match(/\b\d{4} ?\d{4}\b/)[0] });
  const name = `${FIRST_NAMES[n % FIRST_NAMES.length]} ${LAST_NAMES[n % LAST_NAMES.length]}`;
  await post("/api/members/profile", {
    name,
    headline: WORK[n % WORK.length],
    zone: "Europe/Berlin",
    locale: "en",
    "disciplines[]": DISCIPLINES[n % DISCIPLINES.length],
  });
  await post("/api/groups/join", { slug: "on-call" });
  await context.close();
}

/** Lets a person see the mirrored pseudo-locale. Visitors get it by the language of their browser. */
export async function chooseMirrored(browser, model, person) {
  const chosen = (model.mirrored ??= new Set());
  if (person === "nobody" || chosen.has(person)) return;
  chosen.add(person);
  const context = await browser.newContext({ ...CONTEXT_OPTIONS, storageState: await model.state(person) });
  const page = await context.newPage();
  await page.goto(`${model.portal.url}/profile`);
  const language = page.locator('main [name="locale"]');
  await language.evaluate((input) => {
    input.value = "ar-XB";
    input.form.requestSubmit();
  });
  await page.waitForFunction(() => document.dir === "rtl");
  await context.close();
}

/** The paths of the GET routes, as the running portal lists them. */
export async function routes(portal) {
  const text = await (await fetch(`${portal.url}/dev/gallery/routes`)).text();
  return text.trim().split("\n").map((line) => line.split(" ")[0]);
}

/** The cookies of a person. The demo's people sign in when they are first needed. */
async function stateOf(browser, portal, states, person) {
  if (person === "nobody") return undefined;
  states[person] ??= (async () => {
    const context = await browser.newContext(CONTEXT_OPTIONS);
    await signInAs(await context.newPage(), portal, person[0].toUpperCase() + person.slice(1));
    const state = await context.storageState();
    await context.close();
    return state;
  })();
  return states[person];
}

async function ask(page, portal, address) {
  await page.goto(`${portal.url}/sign-in`);
  await page.locator('[name="address"]').fill(address);
  await page.locator("main form button.button").first().click();
  await page.waitForURL(/sign-in\/code/);
}

/** The newest email in the built-in mailbox whose page matches. Emails take a moment to arrive. */
const emailInMailbox = (portal, pattern) =>
  waitFor(`an email that matches ${pattern} at ${portal.url}/dev/mailbox`, async () => {
    const list = await (await fetch(`${portal.url}/dev/mailbox`)).text();
    for (const [, at] of list.matchAll(/href="(\/dev\/mailbox\/[0-9a-f-]{36})"/g)) {
      const text = await (await fetch(portal.url + at)).text();
      if (pattern.test(text)) return { at, text };
    }
    return undefined;
  });

/** Repeats `ask` until it resolves to something, for at most 15 seconds. */
async function waitFor(what, ask) {
  for (let tries = 0; tries < 150; tries += 1) {
    const found = await ask();
    if (found) return found;
    await new Promise((later) => setTimeout(later, 100));
  }
  throw new Error(`Missing: ${what}.`);
}

async function links(page, pattern) {
  const all = await page.locator("main a[href]").evaluateAll((found) => found.map((a) => ({ to: a.getAttribute("href"), text: a.textContent })));
  return all.filter(({ to }) => pattern.test(to));
}

function required(value, what) {
  if (!value) throw new Error(`Missing: ${what}.`);
  return value;
}
