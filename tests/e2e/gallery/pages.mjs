// What `cargo xtask gallery` takes pictures of. A new page is a new line here; the command fails while a
// door that is read (domain/src/doors.rs) has none and is not among NOT_PAGES.

const EVERYBODY = ["nobody", "mei", "grace", "ada"];
const event = (title) => (found) => found.event(title);
const edit = (title) => (found) => `${found.event(title)}/edit`;

/**
 * `name` of the pictures · `door` they show · `at`: the address, where it is another · `as`: who looks, as
 * in PEOPLE · `each`: a picture for each address of a list in prepare.mjs · `steps`: what is done first ·
 * `status` if not 200 · `portal`: "empty" for one without a community.
 */
export const PAGES = [
  { name: "home", door: "/", as: EVERYBODY },
  { name: "events", door: "/events", as: ["nobody", "mei", "grace"] },
  { name: "events-past", door: "/events", at: "/events?when=past" },
  { name: "events-month", door: "/events", at: "/events?when=month", as: ["nobody", "mei"] },
  { name: "events-week", door: "/events", at: "/events?when=week", as: ["nobody", "mei"] },
  { name: "events-narrow", door: "/events", at: "/events?kind=workshop&place=site&free=yes&q=a", as: ["nobody"] },
  { name: "events-none-such", door: "/events", at: "/events?q=nothing-is-called-this", as: ["nobody"] },
  { name: "event-free", door: "/events/{slug}", at: event(/^What our SBOMs/), as: ["nobody", "leila"] },
  { name: "event-nearly-full", door: "/events/{slug}", at: event(/^Threat modelling/), as: ["nobody", "grace"] },
  { name: "event-full", door: "/events/{slug}", at: event(/^Pipeline clinic/), as: ["nobody", "leila"] },
  { name: "event-waiting", door: "/events/{slug}", at: event(/^Pipeline clinic/), as: ["sofia"] },
  { name: "event-mine", door: "/events/{slug}", at: event(/^Guild supper/), as: ["mei"] },
  { name: "event-online", door: "/events/{slug}", at: event(/^Security review/), as: ["mei"] },
  { name: "event-cancelled", door: "/events/{slug}", at: event(/^Release trains/), as: ["nobody", "mei", "grace"] },
  { name: "event-draft", door: "/events/{slug}", at: event(/^Accessibility for/), as: ["grace"] },
  { name: "event-agenda", door: "/events/{slug}", at: (found) => found.schedule, as: ["nobody", "ada"] },
  { name: "session", door: "/events/{slug}/sessions/{id}", at: (found) => found.session, as: ["nobody", "ada"] },
  { name: "event-attendees", door: "/events/{slug}/attendees", at: (found) => `${found.event(/^Guild supper/)}/attendees`, as: ["mei", "ada"] },
  { name: "event-new", door: "/events/new", as: ["grace", "mei", "leila"], status: { leila: 403 } },
  { name: "event-edit", door: "/events/{slug}/edit", at: edit(/^Threat modelling/), as: ["grace"] },
  { name: "event-edit-wrong", door: "/events/{slug}/edit", at: edit(/^Guild supper/), as: ["ada"], steps: wrongEvent },
  { name: "event-cancel", door: "/events/{slug}/cancel", at: (found) => `${found.event(/^Threat/)}/cancel`, as: ["grace"] },
  { name: "event-together", door: "/events/{slug}/cohosts", at: (found) => `${found.event(/^Threat/)}/cohosts`, as: ["grace"] },
  { name: "groups", door: "/groups", as: ["nobody", "mei", "grace"] },
  { name: "groups-none-such", door: "/groups", at: "/groups?q=nothing-is-called-this", as: ["nobody"] },
  { name: "group-open", door: "/groups/{slug}", at: "/groups/on-call", as: ["nobody", "leila", "grace"] },
  { name: "group-team", door: "/groups/{slug}", at: "/groups/train-crew", as: ["nobody", "leila", "mei"] },
  { name: "group-private", door: "/groups/{slug}", at: "/groups/quiet-room", as: ["mei", "leila"], status: { leila: 404 } },
  { name: "group-new", door: "/groups/new", as: ["grace", "mei"], status: { mei: 403 } },
  { name: "group-edit", door: "/groups/{slug}/edit", at: "/groups/train-crew/edit", as: ["grace"] },
  { name: "group-members", door: "/groups/{slug}/members", at: "/groups/on-call/members", as: ["grace"] },
  { name: "group-leave", door: "/groups/{slug}/leave", at: "/groups/quiet-room/leave", as: ["mei"] },
  { name: "group-invitation", door: "/groups/{slug}/invitation", at: "/groups/on-call/invitation", as: ["leila"] },
  { name: "calendar-feed", door: "/profile/calendar", as: ["mei"] },
  { name: "event-people", door: "/events/{slug}/people", at: (found) => `${found.event(/^Pipeline clinic/)}/people?show=waiting`, as: ["ada"] },
  { name: "sign-in", door: "/sign-in", as: ["nobody", "mei"] },
  { name: "sign-in-wrong", door: "/sign-in", steps: wrongAddress },
  { name: "code", door: "/sign-in/code", as: ["nobody", "asking"] },
  { name: "code-wrong", door: "/sign-in/code", as: ["asking"], steps: wrongCode },
  { name: "link", door: "/sign-in/link/{secret}", at: (found) => found.link, as: ["asking", "nobody"] },
  { name: "welcome", door: "/welcome", as: ["newcomer"] },
  { name: "profile", door: "/profile", as: ["mei", "ada"] },
  { name: "profile-address", door: "/profile/address", as: ["mei"] },
  { name: "profile-mail", door: "/profile/emails", as: ["mei", "ada"] },
  { name: "event-mail", door: "/events/{slug}/emails", at: (found) => `${found.event(/^Threat/)}/emails`, as: ["grace"] },
  { name: "sessions", door: "/profile/devices", as: ["mei"] },
  { name: "members", door: "/members", as: ["mei"] },
  { name: "members-narrow", door: "/members", at: "/members?discipline=security&q=a", as: ["mei"] },
  { name: "members-nobody", door: "/members", at: "/members?q=nobodyiscalledthis", as: ["mei"] },
  { name: "member", door: "/members/{slug}", at: "/members/ada-okonkwo", as: ["nobody", "mei", "ada"] },
  { name: "teams", door: "/teams", as: ["mei", "grace"] },
  { name: "team", door: "/teams/{slug}", at: "/teams/engineering", as: ["mei"] },
  { name: "team-new", door: "/teams/new", as: ["grace"] },
  { name: "team-edit", door: "/teams/{slug}/edit", at: "/teams/payments/edit", as: ["grace"] },
  { name: "search", door: "/search", as: ["nobody"] },
  { name: "search-hits", door: "/search", at: "/search?q=threat", as: ["nobody", "mei"] },
  { name: "search-nothing", door: "/search", at: "/search?q=nothing-is-called-this", as: ["nobody", "mei"] },
  { name: "data", door: "/profile/data", as: ["mei"] },
  { name: "reports", door: "/reports", as: ["mei"] },
  { name: "report-new", door: "/reports/new", at: "/reports/new?kind=group&key=north", as: ["mei"] },
  { name: "admin", door: "/admin", as: ["ada", "mei"], status: { mei: 403 } },
  { name: "admin-members", door: "/admin/members", as: ["ada"] },
  { name: "admin-member", door: "/admin/members/{id}", at: (found) => found.member, as: ["ada"] },
  { name: "admin-invitations", door: "/admin/invitations", as: ["ada"] },
  { name: "admin-requests", door: "/admin/requests", as: ["ada"] },
  { name: "request-invitation", door: "/request-invitation", portal: "empty", as: ["nobody"] },
  { name: "admin-settings", door: "/admin/settings", as: ["ada"] },
  { name: "admin-lists", door: "/admin/lists", as: ["ada"] },
  { name: "admin-list", door: "/admin/lists/{list}", at: "/admin/lists/disciplines", as: ["ada"] },
  { name: "admin-audit", door: "/admin/audit", as: ["ada"] },
  { name: "admin-outbox", door: "/admin/outbox", as: ["ada"] },
  { name: "admin-email", door: "/admin/outbox/{id}", at: (found) => found.email, as: ["ada"] },
  { name: "admin-reports", door: "/admin/reports", as: ["ada"] },
  { name: "admin-report", door: "/admin/reports/{id}", at: (found) => found.report, as: ["ada"] },
  { name: "setup", door: "/setup", at: (found) => found.setup, portal: "empty" },
  { name: "setup-wrong", door: "/setup", at: (found) => found.setup, portal: "empty", steps: wrongSetup },
  { name: "setup-no-link", door: "/setup", portal: "empty", status: 409 },
  { name: "home-empty", door: "/", portal: "empty" },
  { name: "events-empty", door: "/events", portal: "empty" },
  { name: "nothing-here", door: "/events/{slug}", at: "/events/nothing-here", as: ["nobody", "mei"], status: 404 },
  { name: "mailbox", door: "/dev/mailbox" },
  { name: "mailbox-empty", door: "/dev/mailbox", portal: "empty" },
  { name: "mail", door: "/dev/mailbox/{id}", at: (found) => found.mail },
  { name: "sheet", door: "/dev/gallery" },
  { name: "section", door: "/dev/gallery/{section}", each: "sections" },
  { name: "error", door: "/dev/gallery/errors/{status}", each: "errors" },
  { name: "emails", door: "/dev/gallery/emails" },
  { name: "email", door: "/dev/gallery/emails/{kind}", each: "emails" },
];

/** Doors that are read, but not by people, or that lead to other sites. */
export const NOT_PAGES = [
  "/unsubscribe/{token}",
  "/invitations/{secret}",
  "/livez",
  "/readyz",
  "/events.ics",
  "/events.atom",
  "/events.json",
  "/groups/{slug}/events.ics",
  "/groups/{slug}/events.atom",
  "/groups/{slug}/events.json",
  "/feeds/{file}",
  "/robots.txt",
  "/favicon.ico",
  "/manifest.webmanifest",
  "/a/{*path}",
  "/seat/{token}",
  "/sign-in/with/{provider}",
  "/sign-in/with/{provider}/callback",
  "/dev/mailbox/{id}/{part}",
  "/admin/outbox/{id}/html",
  "/dev/gallery/routes",
  "/members/{slug}/picture/{hash}",
];

/** Who looks: the demo's people by the name on the button that signs them in, and three who are nobody yet. */
export const PEOPLE = {
  nobody: "not signed in",
  asking: "waiting for the mail with the code",
  newcomer: "signed in for the first time",
  mei: "Mei, a member",
  leila: "Leila, a member who asked for no seats",
  sofia: "Sofia, a member on the waitlist",
  grace: "Grace, an organiser",
  ada: "Ada, the administrator",
};

/** Sends the form as it is, and waits for the page it leads to. */
async function send(page) {
  const form = page.locator("main form").first();
  await form.evaluate((form) => (form.noValidate = true));
  const there = page.waitForResponse((response) => response.request().isNavigationRequest() && response.status() < 300);
  await form.locator("button.button").first().click();
  await there;
}

async function wrongEvent(page) {
  await page.locator('[name="title"]').fill("");
  await page.locator('[name="capacity"]').fill("-3");
  await page.locator('[name="time"]').fill("");
  await send(page);
}

async function wrongAddress(page) {
  await page.locator('[name="address"]').fill("nobody at all");
  await send(page);
}

async function wrongCode(page) {
  await page.locator('[name="code"]').fill("0000 0000");
  await send(page);
}

async function wrongSetup(page) {
  await page.locator('[name="community"]').fill("The Weavers");
  await page.locator('[name="address"]').fill("ida at home");
  await send(page);
}
