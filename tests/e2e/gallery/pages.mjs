// The pages of which `cargo xtask gallery` takes screenshots. A new page needs an entry here: the command fails
// while a GET route of app/src/routes.rs is neither in PAGES nor in NOT_PAGES.

const EVERYBODY = ["nobody", "mei", "grace", "ada"];
const event = (title) => (found) => found.event(title);
const edit = (title) => (found) => `${found.event(title)}/edit`;

/**
 * - `name`: the first part of the file names
 * - `route`: the route of the page
 * - `at`: the address, where it differs from the route
 * - `as`: the people who open it, by their key in PEOPLE
 * - `each`: a list in portals.mjs, whose addresses are all opened
 * - `steps`: what is done on the page before the screenshot
 * - `status`: the expected status, where it isn't 200
 * - `portal`: "empty" for a portal without a community, "crowd" for one with a group of two hundred people
 * - `key`: whether most people use it, so that it is taken with every look of screenshots.mjs
 */
export const PAGES = [
  { name: "home", key: true, route: "/", as: EVERYBODY },
  { name: "events", key: true, route: "/events", as: ["nobody", "mei", "grace"] },
  { name: "events-past", route: "/events", at: "/events?when=past" },
  { name: "events-month", route: "/events", at: "/events?when=month", as: ["nobody", "mei"] },
  { name: "events-week", route: "/events", at: "/events?when=week", as: ["nobody", "mei"] },
  { name: "events-narrow", route: "/events", at: "/events?kind=workshop&place=site&free=yes&q=a", as: ["nobody"] },
  { name: "events-none-such", route: "/events", at: "/events?q=nothing-is-called-this", as: ["nobody"] },
  { name: "event-free", key: true, route: "/events/{slug}", at: event(/^What our SBOMs/), as: ["nobody", "leila"] },
  { name: "event-nearly-full", route: "/events/{slug}", at: event(/^Threat modelling/), as: ["nobody", "grace"] },
  { name: "event-full", route: "/events/{slug}", at: event(/^Pipeline clinic/), as: ["nobody", "leila"] },
  { name: "event-waiting", route: "/events/{slug}", at: event(/^Pipeline clinic/), as: ["sofia"] },
  { name: "event-mine", key: true, route: "/events/{slug}", at: event(/^Guild supper/), as: ["mei"] },
  { name: "event-online", route: "/events/{slug}", at: event(/^Security review/), as: ["mei"] },
  { name: "event-cancelled", route: "/events/{slug}", at: event(/^Release trains/), as: ["nobody", "mei", "grace"] },
  { name: "event-draft", route: "/events/{slug}", at: event(/^Accessibility for/), as: ["grace"] },
  { name: "event-agenda", route: "/events/{slug}", at: (found) => found.schedule, as: ["nobody", "ada"] },
  { name: "session", route: "/events/{slug}/sessions/{id}", at: (found) => found.session, as: ["nobody", "ada"] },
  { name: "workshop", route: "/events/{slug}/sessions/{id}", at: (found) => found.workshop, as: ["nobody", "mei", "sofia", "ada"] },
  { name: "my-agenda", route: "/events/{slug}/agenda/mine", at: (found) => found.board.replace("/board", "/agenda/mine"), as: ["mei", "grace"] },
  { name: "room-screen", route: "/events/{slug}/screen/{token}", at: (found) => found.screen, as: ["nobody"] },
  { name: "event-attendees", route: "/events/{slug}/attendees", at: (found) => `${found.event(/^Guild supper/)}/attendees`, as: ["mei", "ada"] },
  { name: "event-new", key: true, route: "/events/new", as: ["grace", "mei", "leila"], status: { leila: 403 } },
  { name: "event-edit", route: "/events/{slug}/edit", at: edit(/^Threat modelling/), as: ["grace"] },
  { name: "event-edit-wrong", route: "/events/{slug}/edit", at: edit(/^Guild supper/), as: ["ada"], steps: wrongEvent },
  { name: "event-message", route: "/events/{slug}/people/{id}", at: (found) => found.message, as: ["grace"] },
  { name: "event-cancel", route: "/events/{slug}/cancel", at: (found) => `${found.event(/^Threat/)}/cancel`, as: ["grace"] },
  { name: "event-delete", route: "/events/{slug}/delete", at: (found) => `${found.event(/^Accessibility for/)}/delete`, as: ["grace"] },
  { name: "event-repeat", route: "/events/{slug}/repeat", at: (found) => `${found.event(/^Threat/)}/repeat`, as: ["grace"] },
  { name: "series", route: "/series/{slug}", at: "/series/guild-supper", as: ["nobody", "mei", "grace"] },
  { name: "series-dates", route: "/events/{slug}/dates", at: (found) => `${found.event(/^Guild supper/)}/dates?change=cancel&scope=following`, as: ["grace"] },
  { name: "series-end", route: "/series/{slug}/end", at: "/series/guild-supper/end", as: ["grace"] },
  { name: "event-together", route: "/events/{slug}/cohosts", at: (found) => `${found.event(/^Threat/)}/cohosts`, as: ["grace"] },
  { name: "hello", route: "/members/{slug}/hello", at: "/members/grace-lindqvist/hello", as: ["mei"] },
  { name: "proposals", route: "/proposals", as: ["nobody", "mei", "grace"] },
  { name: "call-new", route: "/proposals/new", at: "/proposals/new?group=north", as: ["grace"] },
  { name: "call", route: "/proposals/{call}", at: (found) => found.call, as: ["nobody", "mei", "ada"] },
  { name: "board", route: "/events/{slug}/board", at: (found) => found.board, as: ["ada", "mei"], status: { mei: 403 } },
  { name: "board-new", route: "/events/{slug}/board/new", at: (found) => `${found.board}/new`, as: ["ada"] },
  { name: "board-rooms", route: "/events/{slug}/board/rooms", at: (found) => `${found.board}/rooms`, as: ["ada"] },
  { name: "board-release", route: "/events/{slug}/board/release", at: (found) => `${found.board}/release`, as: ["ada"] },
  { name: "board-session", route: "/events/{slug}/board/sessions/{id}", at: (found) => found.boardSession, as: ["ada"] },
  { name: "releases", route: "/events/{slug}/releases", at: (found) => found.board.replace("/board", "/releases"), as: ["ada"] },
  { name: "release", route: "/events/{slug}/releases/{number}", at: (found) => found.board.replace("/board", "/releases/1"), as: ["ada"] },
  { name: "call-edit", route: "/proposals/{call}/edit", at: (found) => `${found.call}/edit`, as: ["ada"] },
  { name: "call-manage", route: "/proposals/{call}/manage", at: (found) => `${found.call}/manage`, as: ["ada"] },
  { name: "call-review", route: "/proposals/{call}/review", at: (found) => `${found.call}/review`, as: ["grace"] },
  { name: "proposal-new", route: "/proposals/{call}/submit", at: (found) => `${found.call}/submit`, as: ["mei"] },
  { name: "proposal", route: "/proposals/{call}/submissions/{id}", at: (found) => found.submission, as: ["mei", "ada"] },
  { name: "proposal-edit", route: "/proposals/{call}/submissions/{id}/edit", at: (found) => `${found.submission}/edit`, as: ["mei"] },
  { name: "groups", route: "/groups", as: ["nobody", "mei", "grace"] },
  { name: "groups-none-such", route: "/groups", at: "/groups?q=nothing-is-called-this", as: ["nobody"] },
  { name: "group-open", key: true, route: "/groups/{slug}", at: "/groups/on-call", as: ["nobody", "leila", "grace"] },
  { name: "group-crowd", key: true, portal: "crowd", route: "/groups/{slug}", at: "/groups/on-call", as: ["mei", "grace"] },
  { name: "group-crowd-people", key: true, portal: "crowd", route: "/groups/{slug}", at: "/groups/on-call?tab=people", as: ["mei", "grace"] },
  { name: "members-crowd", portal: "crowd", route: "/members", as: ["mei"] },
  { name: "group-people", route: "/groups/{slug}", at: "/groups/on-call?tab=people", as: ["grace"] },
  { name: "group-about", route: "/groups/{slug}", at: "/groups/train-crew?tab=about", as: ["mei"] },
  { name: "group-team", route: "/groups/{slug}", at: "/groups/train-crew", as: ["nobody", "leila", "mei"] },
  { name: "group-private", route: "/groups/{slug}", at: "/groups/quiet-room", as: ["mei", "leila"], status: { leila: 404 } },
  { name: "group-new", route: "/groups/new", as: ["grace", "mei"], status: { mei: 403 } },
  { name: "group-edit", route: "/groups/{slug}/edit", at: "/groups/train-crew/edit", as: ["grace"] },
  { name: "group-members", route: "/groups/{slug}/members", at: "/groups/on-call/members", as: ["grace"] },
  { name: "group-leave", route: "/groups/{slug}/leave", at: "/groups/quiet-room/leave", as: ["mei"] },
  { name: "group-invitation", route: "/groups/{slug}/invitation", at: "/groups/on-call/invitation", as: ["leila"] },
  { name: "mentoring", route: "/mentoring", as: ["mei", "grace"] },
  { name: "mentoring-programme", route: "/mentoring/programmes/{slug}", at: "/mentoring/programmes/devsecops-mentoring", as: ["mei", "grace"] },
  { name: "mentoring-programme-new", route: "/mentoring/programmes/new", as: ["grace"] },
  { name: "mentoring-programme-edit", route: "/mentoring/programmes/{slug}/edit", at: "/mentoring/programmes/devsecops-mentoring/edit", as: ["grace"] },
  { name: "mentoring-round-new", route: "/mentoring/programmes/{slug}/rounds/new", at: "/mentoring/programmes/devsecops-mentoring/rounds/new", as: ["grace"] },
  { name: "mentoring-round", route: "/mentoring/rounds/{slug}", at: "/mentoring/rounds/devsecops-mentoring-round-3", as: ["mei", "grace"] },
  { name: "mentoring-round-edit", route: "/mentoring/rounds/{slug}/edit", at: "/mentoring/rounds/devsecops-mentoring-round-3/edit", as: ["grace"] },
  { name: "mentoring-sign-ups", route: "/mentoring/rounds/{slug}/sign-ups", at: "/mentoring/rounds/devsecops-mentoring-round-3/sign-ups", as: ["grace"] },
  { name: "mentoring-sign-up-absent", route: "/mentoring/sign-ups/{id}", at: "/mentoring/sign-ups/00000000-0000-0000-0000-000000000000", as: ["grace"], status: { grace: 404 } },
  { name: "mentoring-round-emails", route: "/mentoring/rounds/{slug}/emails", at: "/mentoring/rounds/devsecops-mentoring-round-1/emails", as: ["grace", "mei"], status: { mei: 403 } },
  { name: "mentoring-import", route: "/mentoring/rounds/{slug}/import", at: "/mentoring/rounds/devsecops-mentoring-round-3/import", as: ["grace"] },
  { name: "mentoring-sign-up", route: "/mentoring/rounds/{slug}/sign-up/{role}", at: "/mentoring/rounds/devsecops-mentoring-round-3/sign-up/mentee", as: ["mei"] },
  { name: "mentoring-about", route: "/mentoring/rounds/{slug}/sign-up/{role}/{step}", at: "/mentoring/rounds/devsecops-mentoring-round-3/sign-up/mentor/about", as: ["mei"] },
  { name: "mentoring-hours", route: "/mentoring/rounds/{slug}/sign-up/{role}/{step}", at: "/mentoring/rounds/devsecops-mentoring-round-3/sign-up/mentee/hours", as: ["mei"] },
  { name: "mentoring-people", route: "/mentoring/rounds/{slug}/sign-up/{role}/{step}", at: "/mentoring/rounds/devsecops-mentoring-round-3/sign-up/mentee/people", as: ["mei"] },
  { name: "calendar-feed", route: "/profile/calendar", as: ["mei"] },
  { name: "access-tokens", route: "/profile/tokens", as: ["mei"] },
  { name: "event-people", key: true, route: "/events/{slug}/people", at: (found) => `${found.event(/^Pipeline clinic/)}/people?show=waiting`, as: ["ada"] },
  { name: "sign-in", route: "/sign-in", as: ["nobody", "mei"] },
  { name: "sign-in-wrong", route: "/sign-in", steps: wrongAddress },
  { name: "code", route: "/sign-in/code", as: ["nobody", "asking"] },
  { name: "code-wrong", route: "/sign-in/code", as: ["asking"], steps: wrongCode },
  { name: "link", route: "/sign-in/link/{secret}", at: (found) => found.link, as: ["asking", "nobody"] },
  { name: "welcome", route: "/welcome", as: ["newcomer"] },
  { name: "profile", key: true, route: "/profile", as: ["mei", "ada"] },
  { name: "profile-edit", route: "/profile", at: "/profile?edit=headline", as: ["mei"] },
  { name: "profile-topics", route: "/profile/topics", as: ["mei"] },
  { name: "profile-privacy", key: true, route: "/profile/privacy", as: ["mei"] },
  { name: "profile-account", route: "/profile/account", as: ["mei"] },
  { name: "profile-address", route: "/profile/address", as: ["mei"] },
  { name: "notifications", key: true, route: "/notifications", as: ["mei", "ada"] },
  { name: "profile-mail", route: "/profile/emails", as: ["mei", "ada"] },
  { name: "event-mail", route: "/events/{slug}/emails", at: (found) => `${found.event(/^Threat/)}/emails`, as: ["grace"] },
  { name: "sessions", route: "/profile/devices", as: ["mei"] },
  { name: "members", key: true, route: "/members", as: ["mei"] },
  { name: "members-narrow", route: "/members", at: "/members?discipline=security&q=a", as: ["mei"] },
  { name: "members-nobody", route: "/members", at: "/members?q=nobodyiscalledthis", as: ["mei"] },
  { name: "member", key: true, route: "/members/{slug}", at: "/members/ada-okonkwo", as: ["nobody", "mei", "ada"] },
  { name: "teams", route: "/teams", as: ["mei", "grace"] },
  { name: "team", route: "/teams/{slug}", at: "/teams/engineering", as: ["mei"] },
  { name: "team-new", route: "/teams/new", as: ["grace"] },
  { name: "team-edit", route: "/teams/{slug}/edit", at: "/teams/payments/edit", as: ["grace"] },
  { name: "search", route: "/search", as: ["nobody"] },
  { name: "search-hits", route: "/search", at: "/search?q=threat", as: ["nobody", "mei"] },
  { name: "search-nothing", route: "/search", at: "/search?q=nothing-is-called-this", as: ["nobody", "mei"] },
  { name: "kudos", route: "/kudos", as: ["nobody", "mei"] },
  { name: "kudos-filtered", route: "/kudos", at: "/kudos?value=mentorship-and-support", as: ["mei"] },
  { name: "kudos-none-such", route: "/kudos", at: "/kudos?person=nobody-at-all", as: ["mei"] },
  { name: "kudos-new", route: "/kudos/new", as: ["mei"] },
  { name: "kudos-new-to", route: "/kudos/new", at: "/kudos/new?to=ada-okonkwo", as: ["mei"], steps: wrongKudos },
  { name: "kudos-one", route: "/kudos/{id}", at: (found) => found.kudos, as: ["nobody", "mei"] },
  { name: "kudos-mine", route: "/kudos/mine", as: ["mei"] },
  { name: "kudos-shuffle", route: "/kudos/shuffle", at: "/kudos/shuffle?order=gallery", as: ["mei"] },
  { name: "kudos-unthanked", route: "/kudos/unthanked", as: ["ada"] },
  { name: "admin-kudos", route: "/admin/kudos", as: ["ada"] },
  { name: "kudos-edit", route: "/kudos/{id}/edit", at: "/kudos/new?to=ada-okonkwo", as: ["ravi"], steps: editKudos },
  { name: "data", route: "/profile/data", as: ["mei"] },
  { name: "mentoring-runs", route: "/mentoring/rounds/{slug}/runs", at: "/mentoring/rounds/devsecops-mentoring-round-2/runs", as: ["grace"] },
  { name: "mentoring-run", route: "/mentoring/rounds/{slug}/runs/{number}", at: "/mentoring/rounds/devsecops-mentoring-round-2/runs/1", as: ["grace", "mei"], status: { mei: 403 } },
  { name: "mentoring-run-published", route: "/mentoring/rounds/{slug}/runs/{number}", at: "/mentoring/rounds/devsecops-mentoring-round-1/runs/1", as: ["grace"] },
  { name: "mentoring-proposal", route: "/mentoring/proposals/{id}", at: (found) => found.proposal, as: ["mei"] },
  { name: "mentorship", route: "/mentoring/mentorships/{id}", at: (found) => found.mentorship, as: ["mei", "grace"] },
  { name: "mentorship-meet", route: "/mentoring/mentorships/{id}/meet", at: (found) => `${found.mentorship}/meet`, as: ["mei"] },
  { name: "mentorship-agreement", route: "/mentoring/mentorships/{id}/agreement", at: (found) => `${found.mentorship}/agreement`, as: ["mei"] },
  { name: "mentorship-goal", route: "/mentoring/mentorships/{id}/goal", at: (found) => `${found.mentorship}/goal`, as: ["mei"] },
  { name: "mentorship-messages", route: "/mentoring/mentorships/{id}/messages", at: (found) => `${found.mentorship}/messages`, as: ["mei"] },
  { name: "mentorship-end", route: "/mentoring/mentorships/{id}/end", at: (found) => `${found.mentorship}/end`, as: ["mei"] },
  { name: "mentorship-feedback", route: "/mentoring/mentorships/{id}/feedback", at: (found) => `${found.mentorship}/feedback`, as: ["mei"] },
  { name: "mentoring-pairs", route: "/mentoring/programmes/{slug}/pairs", at: "/mentoring/programmes/devsecops-mentoring/pairs", as: ["grace", "mei"], status: { mei: 403 } },
  { name: "mentoring-measure-new", route: "/mentoring/programmes/{slug}/measure", at: "/mentoring/programmes/devsecops-mentoring/measure?person=marek-nowak", as: ["grace"] },
  { name: "mentoring-guide", route: "/mentoring/programmes/{slug}/guide", at: "/mentoring/programmes/devsecops-mentoring/guide", as: ["grace"] },
  { name: "mentoring-report", route: "/mentoring/rounds/{slug}/report", at: "/mentoring/rounds/devsecops-mentoring-round-1/report", as: ["grace"] },
  { name: "mentoring-measure-absent", route: "/mentoring/measures/{id}", at: "/mentoring/measures/00000000-0000-0000-0000-000000000000", as: ["mei"], status: { mei: 404 } },
  { name: "mentoring-ask", route: "/mentoring/ask/{slug}", at: "/mentoring/ask/seo-ji-ho", as: ["mei"] },
  { name: "mentoring-request-absent", route: "/mentoring/requests/{id}", at: "/mentoring/requests/00000000-0000-0000-0000-000000000000", as: ["mei"], status: { mei: 404 } },
  { name: "mentoring-reverse", route: "/mentoring/reverse", as: ["mei"] },
  { name: "event-questions", route: "/events/{slug}/questions", at: (found) => `${found.event(/^Threat/)}/questions`, as: ["grace"] },
  { name: "event-questions-dates", route: "/events/{slug}/questions/dates", at: (found) => `${found.event(/^Guild supper/)}/questions/dates`, as: ["grace"] },
  { name: "event-answers", route: "/events/{slug}/answers", at: (found) => `${found.event(/^Threat/)}/answers`, as: ["mei"] },
  { name: "demands", route: "/demands", as: ["mei", "sofia"] },
  { name: "demand-new", route: "/demands/new", as: ["mei"] },
  { name: "demand-edit", route: "/demands/{id}/edit", at: (found) => `${found.ownDemand}/edit`, as: ["mei"] },
  { name: "demand", route: "/demands/{id}", at: (found) => found.demand, as: ["mei", "grace"] },
  { name: "mentoring-circles", route: "/mentoring/circles", as: ["mei", "sofia"] },
  { name: "mentoring-circle-new", route: "/mentoring/circles/new", as: ["grace", "sofia"] },
  { name: "mentoring-circle", route: "/mentoring/circles/{id}", at: (found) => found.circle, as: ["mei"] },
  { name: "mentoring-speed-rounds", route: "/mentoring/speed-rounds", as: ["mei", "grace"] },
  { name: "mentoring-speed-round-new", route: "/mentoring/speed-rounds/new", as: ["grace", "mei"] },
  { name: "mentoring-speed-round", route: "/mentoring/speed-rounds/{id}", at: (found) => found.speedRound, as: ["mei", "grace"] },
  { name: "mentoring-speed-round-edit", route: "/mentoring/speed-rounds/{id}/edit", at: (found) => `${found.speedRound}/edit`, as: ["grace", "mei"], status: { mei: 403 } },
  { name: "mentoring-speed-plan", route: "/mentoring/speed-rounds/{id}/plan", at: (found) => `${found.speedRound}/plan`, as: ["grace", "mei"], status: { mei: 403 } },
  { name: "mentoring-questions", route: "/mentoring/questions", as: ["mei", "sofia", "grace"] },
  { name: "mentoring-question-new", route: "/mentoring/questions/new", as: ["mei"] },
  { name: "mentoring-question", route: "/mentoring/questions/{id}", at: (found) => found.question, as: ["mei"] },
  { name: "mentoring-resume", route: "/mentoring/resume/{id}", at: "/mentoring/resume/00000000-0000-0000-0000-000000000000", as: ["mei"] },
  { name: "reports", route: "/reports", as: ["mei"] },
  { name: "report-new", route: "/reports/new", at: "/reports/new?kind=group&key=north", as: ["mei"] },
  { name: "admin", key: true, route: "/admin", as: ["ada", "mei"], status: { mei: 403 } },
  { name: "admin-members", key: true, route: "/admin/members", as: ["ada"] },
  { name: "admin-member", route: "/admin/members/{id}", at: (found) => found.member, as: ["ada"] },
  { name: "admin-invitations", route: "/admin/invitations", as: ["ada"] },
  { name: "admin-requests", route: "/admin/requests", as: ["ada"] },
  { name: "request-invitation", route: "/request-invitation", portal: "empty", as: ["nobody"] },
  { name: "admin-settings", route: "/admin/settings", as: ["ada"] },
  { name: "admin-members-selected", route: "/admin/members/selected", as: ["ada"] },
  { name: "admin-text", route: "/admin/settings/{text}", at: "/admin/settings/conduct", as: ["ada"] },
  { name: "conduct", route: "/conduct", as: ["nobody"] },
  { name: "privacy", route: "/privacy", as: ["nobody", "mei"] },
  { name: "admin-lists", route: "/admin/lists", as: ["ada"] },
  { name: "admin-list", route: "/admin/lists/{list}", at: "/admin/lists/disciplines", as: ["ada"] },
  { name: "admin-audit", key: true, route: "/admin/audit", as: ["ada"] },
  { name: "admin-outbox", key: true, route: "/admin/outbox", as: ["ada"] },
  { name: "admin-email", route: "/admin/outbox/{id}", at: (found) => found.email, as: ["ada"] },
  { name: "admin-jobs", route: "/admin/jobs", as: ["ada"] },
  { name: "admin-reports", route: "/admin/reports", as: ["ada"] },
  { name: "admin-report", route: "/admin/reports/{id}", at: (found) => found.report, as: ["ada"] },
  { name: "setup", route: "/setup", at: (found) => found.setup, portal: "empty" },
  { name: "setup-wrong", route: "/setup", at: (found) => found.setup, portal: "empty", steps: wrongSetup },
  { name: "setup-no-link", route: "/setup", portal: "empty", status: 409 },
  { name: "home-empty", route: "/", portal: "empty" },
  { name: "events-empty", route: "/events", portal: "empty" },
  { name: "nothing-here", route: "/events/{slug}", at: "/events/nothing-here", as: ["nobody", "mei"], status: 404 },
  { name: "mailbox", route: "/dev/mailbox" },
  { name: "mailbox-empty", route: "/dev/mailbox", portal: "empty" },
  { name: "mail", route: "/dev/mailbox/{id}", at: (found) => found.mail },
  { name: "sheet", route: "/dev/gallery" },
  { name: "section", route: "/dev/gallery/{section}", each: "sections" },
  { name: "error", route: "/dev/gallery/errors/{status}", each: "errors" },
  { name: "emails", route: "/dev/gallery/emails" },
  { name: "email", route: "/dev/gallery/emails/{kind}", each: "emails" },
];

/** GET routes that are not pages, or that lead to other sites. */
export const NOT_PAGES = [
  "/kudos.atom",
  "/kudos.json",
  "/kudos/mine.csv",
  "/kudos/screen",
  "/kudos/screen/{token}",
  "/events/{slug}/board/rooms/{room}/screen",
  "/events/{slug}/schedule.ics",
  "/kudos/{id}/card.png",
  "/kudos/stream",
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
  "/check-in/{token}",
  "/mentoring/rounds/{slug}/report.csv",
  "/proposal/{token}",
  "/sign-in/with/{provider}",
  "/sign-in/with/{provider}/callback",
  "/dev/mailbox/{id}/{part}",
  "/admin/outbox/{id}/html",
  "/dev/gallery/routes",
  "/members/{slug}/picture/{hash}",
];

/** The people who open pages: some of the demo's people, and visitors in three stages of signing in. */
export const PEOPLE = {
  nobody: "not signed in",
  asking: "waiting for the email with the code",
  newcomer: "signed in for the first time",
  mei: "Mei, a member",
  leila: "Leila, a member without seats",
  sofia: "Sofia, a member on the waitlist",
  grace: "Grace, an organiser",
  ada: "Ada, an admin",
};

/** Submits the form without the browser's validation, and waits for the next page. */
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

async function wrongKudos(page) {
  await page.locator('[name="text"]').fill("Thank you!");
  await page.locator("main form .row .button").first().click();
  await page.waitForLoadState();
}

async function editKudos(page) {
  await page.locator('[name="text"]').fill("You asked the question that the whole room had been avoiding for a year.");
  await page.locator('[name="values[]"]').first().check();
  await page.locator("main form .row .button").first().click();
  await page.waitForURL(/kudos\/[0-9a-f-]{36}$/);
  await page.locator('main a[href$="/edit"]').click();
  await page.waitForURL(/edit$/);
}
