// A one-day conference with two tracks, from the call for proposals to the second release, without JavaScript: the organiser
// at a desk, speakers and attendees on phones, and emails from a real mail server (D1, D2, D4, D6, D9).
import { expect, test } from "@playwright/test";
import { overflows } from "./support/checks.mjs";
import { emailsTo, signInAs } from "./support/people.mjs";
import { startPortalWithMail } from "./support/portal.mjs";

test.use({ javaScriptEnabled: false });

const PHONE = { viewport: { width: 360, height: 740 }, javaScriptEnabled: false };
const TALKS = [
  { name: "Kofi", title: "Seals that float", room: "Hall", time: "10:00", track: "Water" },
  { name: "Mei", title: "Knots that hold", room: "Loft", time: "10:00", track: "Rope" },
];

test("an organiser runs a conference from the call to the second release", async ({ browser }) => {
  test.setTimeout(240_000);
  const { mail, portal, stop } = await startPortalWithMail();
  try {
    const as = async (name, options) => {
      const page = await (await browser.newContext(options)).newPage();
      await signInAs(page, portal, name);
      return page;
    };
    const host = await as("Grace", { javaScriptEnabled: false });
    const field = (name) => host.locator(`main [name="${name}"]`);

    // The event and its call.
    await host.goto(`${portal.url}/events/new`);
    await field("title").fill("Rope and water day");
    await field("zone").fill("Europe/London");
    await field("date").fill(new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10));
    await field("time").fill("09:00");
    await field("end_time").fill("17:00");
    await field("place").fill("Pier 4");
    await host.getByRole("button", { name: "Save draft" }).click();
    await host.getByRole("button", { name: "Publish" }).click();
    await expect(host.getByText("Event published.")).toBeVisible();
    const event = new URL(host.url()).pathname;
    await host.getByRole("link", { name: "Open a call for proposals" }).click();
    await field("text").fill("Talks about rope, and talks about water.");
    await host.getByRole("button", { name: "Open call" }).click();
    await expect(host.getByText("Call opened.")).toBeVisible();

    // Two people propose, on phones.
    const speakers = {};
    for (const { name, title } of TALKS) {
      const phone = await as(name, PHONE);
      speakers[name] = phone;
      await phone.goto(`${portal.url}${event}`);
      await phone.locator("section", { has: phone.locator("#call") }).getByRole("link").first().click();
      await phone.getByRole("link", { name: "Submit a proposal" }).first().click();
      await phone.locator('main [name="title"]').fill(title);
      await phone.locator('main [name="summary"]').fill(`What I know about it: ${title.toLowerCase()}.`);
      await phone.locator('main [name="kind"]').selectOption({ index: 1 });
      await phone.locator('main [name="language"]').fill("en");
      expect(await overflows(phone)).toEqual([]);
      await phone.getByRole("button", { name: "Submit proposal" }).click();
      await expect(phone.getByText("Proposal submitted.")).toBeVisible();
    }

    // A reviewer scores both, without their names.
    await host.goto(`${portal.url}${event}`);
    await host.getByRole("link", { name: "Manage proposals" }).click();
    const manage = host.url();
    await field("person").fill("Sofia Petrova");
    await host.getByRole("button", { name: "Add reviewer" }).click();
    await expect(host.getByText("Reviewer added.")).toBeVisible();
    const reviewer = await as("Sofia", PHONE);
    for (const { title } of TALKS) {
      await reviewer.goto(manage.replace(/\/manage.*/, "/review"));
      await reviewer.getByRole("link", { name: title }).first().click();
      await expect(reviewer.locator("main")).not.toContainText("Kofi");
      await reviewer.getByLabel("4 · Good").check();
      await reviewer.getByRole("button", { name: "Save review" }).click();
      await expect(reviewer.getByText("Review saved.")).toBeVisible();
    }

    // The decisions stay hidden until they are sent together.
    for (const { title } of TALKS) {
      await host.goto(manage);
      await host.getByRole("link", { name: title }).first().click();
      await host.locator('form[action="/api/proposals/decide"] button[value="accept"]').click();
      await expect(host.getByText("The speaker doesn’t know yet.").first()).toBeVisible();
    }
    await speakers.Kofi.goto(`${portal.url}/proposals`);
    await expect(speakers.Kofi.getByText("Confirm your session")).toHaveCount(0);
    await host.goto(manage);
    await host.getByRole("button", { name: "Send decisions" }).click();
    await expect(host.getByText("Decisions are on their way to the speakers.")).toBeVisible();
    for (const { name, title } of TALKS) {
      const address = `${name.toLowerCase()}@guild.example`;
      const accepted = async () => (await mail.find(address)).some(({ text }) => text.includes(title) && /confirm/i.test(text));
      await expect.poll(accepted, { timeout: 20_000 }).toBe(true);
      const phone = speakers[name];
      // The home page says what to do next.
      await phone.goto(portal.url);
      await phone.getByRole("link", { name: `Confirm your session “${title}”` }).click();
      await phone.getByRole("button", { name: "Confirm session" }).click();
      await expect(phone.getByText("You’re confirmed as a speaker.")).toBeVisible();
    }

    // The board: two rooms, two tracks, and one session without a proposal.
    const board = `${portal.url}${event}/board`;
    for (const room of ["Hall", "Loft"]) {
      await host.goto(`${board}/rooms`);
      const form = host.locator('form[action="/api/board/add_room"]');
      await form.locator('[name="name"]').fill(room);
      await form.getByRole("button").click();
      await expect(host.getByText("Room added.")).toBeVisible();
    }
    await host.goto(`${board}/new`);
    await field("title").fill("Welcome");
    await host.getByRole("button", { name: "Add a session" }).click();
    const place = async (title, room, time) => {
      await host.goto(board);
      await host.locator("main").getByRole("link", { name: title, exact: true }).first().click();
      await host.locator('main select[name="room"]').selectOption({ label: room });
      await host.locator('main [name="time"]').fill(time);
      await host.getByRole("button", { name: "Save slot" }).click();
      await expect(host.getByText("Slot saved.")).toBeVisible();
    };
    await place("Welcome", "Hall", "09:00");
    for (const { title, room, time, track } of TALKS) {
      await place(title, room, time);
      await host.locator("main").getByRole("link", { name: title, exact: true }).first().click();
      await host.locator('main [name="track"]').fill(track);
      await host.locator('form[action="/api/board/edit_session"]').getByRole("button", { name: "Save changes" }).click();
      await expect(host.getByText("Changes saved.")).toBeVisible();
    }
    const release = async (version) => {
      await host.goto(`${board}/release`);
      await host.getByRole("button", { name: "Release agenda" }).click();
      await expect(host.getByText(`Version ${version} is released.`)).toBeVisible();
    };
    await release(1);

    // An attendee saves one of the two talks at the same time.
    const attendee = await as("Ravi", PHONE);
    await attendee.goto(`${portal.url}${event}`);
    await attendee.getByRole("button", { name: "Take a seat" }).click();
    const agenda = attendee.locator("#agenda");
    for (const { title, track } of TALKS) {
      await expect(agenda).toContainText(title);
      await expect(agenda).toContainText(track);
    }
    await agenda.getByRole("button", { name: /Knots that hold/ }).click();
    await attendee.goto(`${portal.url}${event}/agenda/mine`);
    await expect(attendee.locator(".my-agenda")).toContainText("Knots that hold");
    expect(await overflows(attendee)).toEqual([]);

    // A change, and the second release. Its speaker and the person who saved it hear of it, and nobody else.
    const counts = async (name) => (await mail.find(`${name}@guild.example`)).length;
    await place("Knots that hold", "Loft", "11:30");
    const [ravi, mei, kofi] = [await counts("ravi"), await counts("mei"), await counts("kofi")];
    await release(2);
    // Each reads it in their own time: Ravi lives in Kolkata, and Mei in Tokyo.
    for (const [name, before, time] of [["ravi", ravi, "17:00"], ["mei", mei, "20:30"]]) {
      const email = (await emailsTo(mail, `${name}@guild.example`, before + 1)).at(-1);
      expect(email.text).toContain("Knots that hold");
      expect(email.text).toContain(`Now: ${email.text.match(/Now: (.*), \d\d:/)[1]}, ${time}`);
    }
    expect(await counts("kofi")).toBe(kofi);
    await attendee.reload();
    await expect(attendee.locator(".my-agenda")).toContainText("11:30");

    // The schedule for other programs has both tracks.
    const file = await (await host.request.get(`${portal.url}${event}/schedule.xml`)).text();
    for (const { title, track } of TALKS) {
      expect(file).toContain(`<title>${title}</title>`);
      expect(file).toContain(`<track>${track}</track>`);
    }
  } finally {
    await stop();
  }
});
