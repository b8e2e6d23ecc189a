// The portals that stand model, and who visits them.
import path from "node:path";
import { signInAs } from "../support/people.mjs";
import { run, startPortal } from "../support/portal.mjs";

const FIXTURE = path.resolve(import.meta.dirname, "../../fixtures/schedule.xml");
const OFTEN = { GUILDHALL_SIGN_IN_PER_MINUTE: "1000" };

/** How every picture is taken, but for width and scheme. */
export const EYES = { locale: "en-GB", timezoneId: "Europe/Berlin", reducedMotion: "reduce" };

/** The demo with a conference, a mailbox with mails in it, and the addresses of what the pages show. */
export async function demo(browser) {
  const portal = await startPortal({ env: OFTEN });
  try {
    const imported = await run(["import", "schedule", FIXTURE, "--data", portal.data], { env: portal.env });
    if (imported.code !== 0) throw new Error(imported.output);
    const schedule = imported.output.match(/\/events\/[a-z0-9-]+/)[0];
    const states = {};
    const visit = async (who, what) => {
      const context = await browser.newContext(EYES);
      const page = await context.newPage();
      const result = await what(page);
      if (who) states[who] = await context.storageState();
      await context.close();
      return result;
    };
    await visit("asking", (page) => ask(page, portal, "visitor@example.org"));
    const link = (await mail(portal, /visitor@example.org/)).text.match(/\/sign-in\/link\/[\w-]+/)[0];
    await visit("newcomer", async (page) => {
      await ask(page, portal, "nova@example.org");
      const { text } = await mail(portal, /nova@example.org/);
      await page.locator('[name="code"]').fill(text.match(/\d{4} \d{4}/)[0]);
      await page.locator("main form button.button").first().click();
      await page.waitForURL(/welcome/);
    });
    const events = await visit("grace", async (page) => {
      await signInAs(page, portal, "Grace");
      await page.goto(`${portal.url}/events`);
      return links(page, /^\/events\/[a-z0-9-]+$/);
    });
    const event = (title) => need(events.find(({ text }) => title.test(text))?.to, `an event ${title} in the demo`);
    // A seat taken is a mail in the box.
    const seated = await visit(null, async (page) => {
      await signInAs(page, portal, "Oscar");
      await page.goto(portal.url + event(/^What our SBOMs/));
      await page.getByRole("button", { name: "Take a seat" }).click();
      return (await mail(portal, /oscar@guild.example/)).at;
    });
    const [sheet, emails] = await visit(null, async (page) => {
      await page.goto(`${portal.url}/dev/gallery`);
      const sheet = await links(page, /^\/dev\/gallery\/(errors\/\d+|[a-z0-9-]+)$/);
      await page.goto(`${portal.url}/dev/gallery/emails`);
      return [sheet, await links(page, /^\/dev\/gallery\/emails\/[a-z_-]+$/)];
    });
    // What waits for an administrator: the first of each.
    const [session, member, email, report] = await visit("ada", async (page) => {
      await signInAs(page, portal, "Ada");
      const first = async (list, fits) => {
        await page.goto(portal.url + list);
        return need((await links(page, fits))[0]?.to, `a link at ${list}`);
      };
      return [
        await first(schedule, /\/sessions\/[0-9a-f-]{36}$/),
        await first("/admin/members?q=mei", /^\/admin\/members\/[0-9a-f-]{36}$/),
        await first("/admin/outbox?status=failed", /^\/admin\/outbox\/[0-9a-f-]{36}$/),
        await first("/admin/reports", /^\/admin\/reports\/[0-9a-f-]{36}$/),
      ];
    });
    const of = (list, fits) => list.map(({ to }) => to).filter((to) => fits.test(to));
    const found = {
      event,
      link,
      member,
      email,
      report,
      mail: seated,
      schedule,
      session,
      sections: of(sheet, /gallery\/(?!errors\/|emails$|doors$)/),
      errors: of(sheet, /errors/),
      emails: of(emails, /./),
    };
    return { portal, found, state: (who) => stateOf(browser, portal, states, who) };
  } catch (error) {
    await portal.stop();
    throw error;
  }
}

/** A portal without a community: its setup link. */
export async function empty() {
  const portal = await startPortal({ demo: false, env: OFTEN });
  try {
    const setup = await soon("a setup link in the log", async () => portal.log().match(/\/setup\?token=\S+/)?.[0]);
    return { portal, found: { setup }, state: async () => undefined };
  } catch (error) {
    await portal.stop();
    throw error;
  }
}

/** The doors that are read, as the running portal knows them. */
export async function doors(portal) {
  const text = await (await fetch(`${portal.url}/dev/gallery/routes`)).text();
  return text.trim().split("\n").map((line) => line.split(" ")[0]);
}

/** The cookies of who looks; the demo's people sign in when they are first needed. */
async function stateOf(browser, portal, states, who) {
  if (who === "nobody") return undefined;
  states[who] ??= (async () => {
    const context = await browser.newContext(EYES);
    await signInAs(await context.newPage(), portal, who[0].toUpperCase() + who.slice(1));
    const state = await context.storageState();
    await context.close();
    return state;
  })();
  return states[who];
}

async function ask(page, portal, address) {
  await page.goto(`${portal.url}/sign-in`);
  await page.locator('[name="address"]').fill(address);
  await page.locator("main form button.button").first().click();
  await page.waitForURL(/sign-in\/code/);
}

/** The newest mail in the built-in mailbox whose page fits; emails take a moment to get there. */
const mail = (portal, fits) =>
  soon(`a mail ${fits} at ${portal.url}/dev/mailbox`, async () => {
    const list = await (await fetch(`${portal.url}/dev/mailbox`)).text();
    for (const [, at] of list.matchAll(/href="(\/dev\/mail\/[0-9a-f-]{36})"/g)) {
      const text = await (await fetch(portal.url + at)).text();
      if (fits.test(text)) return { at, text };
    }
    return undefined;
  });

/** What `ask` finds, as soon as it finds it. */
async function soon(what, ask) {
  for (let tries = 0; tries < 150; tries += 1) {
    const found = await ask();
    if (found) return found;
    await new Promise((later) => setTimeout(later, 100));
  }
  throw new Error(`There is not ${what}.`);
}

async function links(page, fits) {
  const all = await page.locator("main a[href]").evaluateAll((found) => found.map((a) => ({ to: a.getAttribute("href"), text: a.textContent })));
  return all.filter(({ to }) => fits.test(to));
}

function need(value, what) {
  if (!value) throw new Error(`There is not ${what}.`);
  return value;
}
