//! The route table: every page, server function and plain route of the portal, by method and path.
//!
//! The server answers 404 for a path that is missing here, and a test compares this table with the router,
//! so a new page or server function starts with its row.

/// Who may send a request to a route. What they may do there is decided by [`domain::policy`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everyone, signed in or not.
    Everyone,
    /// Signed-in members. Everyone else is redirected to sign in and then returned here.
    Member,
    /// Programs with a personal access token, which the route reads itself. No cookie opens it.
    Token,
    /// Administrators. Other members get 403, everyone else is redirected to sign in.
    Administrator,
    /// Requests from this machine, in the demo only.
    Demo,
    /// Requests from this machine, while emails go to the built-in mailbox (in the demo or a debug build).
    Mailbox,
    /// Requests from this machine, in a debug build: pages for people who develop the portal.
    Debug,
}

/// The HTTP methods that routes use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads and changes nothing. HEAD counts as GET.
    Get,
    /// Changes something. Accepted from pages of our own origin only, apart from [`ONE_CLICK`] and [`KUDOS_API`].
    Post,
}

/// One row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// The HTTP method.
    pub method: Method,
    /// The path in axum's syntax, with `{name}` for parameters.
    pub path: &'static str,
    /// Who may send the request.
    pub access: Access,
}

const fn get(path: &'static str, access: Access) -> Route {
    Route { method: Method::Get, path, access }
}

const fn post(path: &'static str, access: Access) -> Route {
    Route { method: Method::Post, path, access }
}

/// The only form that is accepted from other origins: email programs post to it for their users
/// (RFC 8058, C8). Its signed token is the only credential.
pub const ONE_CLICK: &str = "/unsubscribe/{token}";
/// Where programs give kudos. It takes JSON and a personal access token from anywhere, and reads no cookie (K1).
pub const KUDOS_API: &str = "/api/kudos";
/// Upload of a profile picture: a form with a larger body limit.
pub const PICTURE: &str = "/profile/picture";

/// Upload of the cover of an event: a form with a larger body limit, too.
pub const COVER: &str = "/events/{slug}/cover";
/// Upload of the cover of a group.
pub const GROUP_COVER: &str = "/groups/{slug}/cover";
/// Upload of sign-ups as a file: a form with a larger body limit, too.
pub const SIGN_UP_FILE: &str = "/mentoring/rounds/{slug}/import";

/// All routes.
pub const ROUTES: &[Route] = &[
    // Pages.
    get("/", Access::Everyone),
    get("/events", Access::Everyone),
    get("/events/new", Access::Member),
    get("/events/{slug}", Access::Everyone),
    get("/events/{slug}/edit", Access::Member),
    get("/events/{slug}/sessions/{id}", Access::Everyone),
    get("/events/{slug}/cancel", Access::Member),
    get("/events/{slug}/delete", Access::Member),
    get("/events/{slug}/repeat", Access::Member),
    get("/series/{slug}", Access::Everyone),
    get("/series/{slug}/end", Access::Member),
    get("/events/{slug}/attendees", Access::Member),
    get("/events/{slug}/cohosts", Access::Member),
    get("/groups", Access::Everyone),
    get("/groups/new", Access::Member),
    get("/groups/{slug}", Access::Everyone),
    get("/groups/{slug}/edit", Access::Member),
    get("/groups/{slug}/members", Access::Member),
    get("/groups/{slug}/leave", Access::Member),
    get("/groups/{slug}/invitation", Access::Member),
    get("/events/{slug}/people", Access::Member),
    get("/events/{slug}/people/{id}", Access::Member),
    get("/sign-in", Access::Everyone),
    get("/sign-in/code", Access::Everyone),
    get("/request-invitation", Access::Everyone),
    get("/setup", Access::Everyone),
    get("/welcome", Access::Member),
    get("/profile", Access::Member),
    get("/profile/topics", Access::Member),
    get("/profile/privacy", Access::Member),
    get("/profile/account", Access::Member),
    get("/profile/address", Access::Member),
    get("/profile/emails", Access::Member),
    get("/notifications", Access::Member),
    get("/events/{slug}/emails", Access::Member),
    get("/profile/devices", Access::Member),
    get("/members", Access::Member),
    get("/members/{slug}", Access::Everyone),
    get("/members/{slug}/hello", Access::Member),
    get("/hellos/{id}", Access::Member),
    get("/teams", Access::Member),
    get("/teams/new", Access::Member),
    get("/teams/{slug}", Access::Member),
    get("/teams/{slug}/edit", Access::Member),
    get("/search", Access::Everyone),
    get("/kudos", Access::Everyone),
    get("/kudos/new", Access::Member),
    get("/kudos/mine", Access::Member),
    get("/kudos/unthanked", Access::Member),
    get("/kudos/shuffle", Access::Everyone),
    get("/kudos/{id}", Access::Everyone),
    get("/kudos/{id}/edit", Access::Member),
    get("/mentoring", Access::Member),
    get("/mentoring/programmes/new", Access::Member),
    get("/mentoring/programmes/{slug}", Access::Member),
    get("/mentoring/programmes/{slug}/edit", Access::Member),
    get("/mentoring/programmes/{slug}/rounds/new", Access::Member),
    get("/mentoring/rounds/{slug}", Access::Member),
    get("/mentoring/rounds/{slug}/edit", Access::Member),
    get("/mentoring/rounds/{slug}/sign-ups", Access::Member),
    get("/mentoring/rounds/{slug}/emails", Access::Member),
    get("/mentoring/rounds/{slug}/import", Access::Member),
    get("/mentoring/sign-ups/{id}", Access::Member),
    get("/mentoring/rounds/{slug}/sign-up/{role}", Access::Member),
    get("/mentoring/rounds/{slug}/sign-up/{role}/{step}", Access::Member),
    get("/mentoring/rounds/{slug}/runs", Access::Member),
    get("/mentoring/rounds/{slug}/runs/{number}", Access::Member),
    get("/mentoring/proposals/{id}", Access::Member),
    get("/mentoring/resume/{id}", Access::Member),
    get("/mentoring/programmes/{slug}/pairs", Access::Member),
    get("/mentoring/programmes/{slug}/measure", Access::Member),
    get("/mentoring/programmes/{slug}/guide", Access::Member),
    get("/mentoring/rounds/{slug}/report", Access::Member),
    get("/mentoring/measures/{id}", Access::Member),
    get("/mentoring/ask/{slug}", Access::Member),
    get("/mentoring/requests/{id}", Access::Member),
    get("/mentoring/reverse", Access::Member),
    get("/mentoring/circles", Access::Member),
    get("/mentoring/circles/new", Access::Member),
    get("/mentoring/circles/{id}", Access::Member),
    get("/mentoring/speed-rounds", Access::Member),
    get("/mentoring/speed-rounds/new", Access::Member),
    get("/mentoring/speed-rounds/{id}", Access::Member),
    get("/mentoring/speed-rounds/{id}/edit", Access::Member),
    get("/mentoring/speed-rounds/{id}/plan", Access::Member),
    get("/mentoring/questions", Access::Member),
    get("/mentoring/questions/new", Access::Member),
    get("/mentoring/questions/{id}", Access::Member),
    get("/mentoring/mentorships/{id}", Access::Member),
    get("/mentoring/mentorships/{id}/meet", Access::Member),
    get("/mentoring/mentorships/{id}/agreement", Access::Member),
    get("/mentoring/mentorships/{id}/goal", Access::Member),
    get("/mentoring/mentorships/{id}/messages", Access::Member),
    get("/mentoring/mentorships/{id}/end", Access::Member),
    get("/mentoring/mentorships/{id}/feedback", Access::Member),
    get("/profile/calendar", Access::Member),
    get("/profile/tokens", Access::Member),
    get("/profile/data", Access::Member),
    get("/reports", Access::Member),
    get("/reports/new", Access::Member),
    get("/admin", Access::Administrator),
    get("/admin/members", Access::Administrator),
    get("/admin/members/{id}", Access::Administrator),
    get("/admin/invitations", Access::Administrator),
    get("/admin/requests", Access::Administrator),
    get("/admin/settings", Access::Administrator),
    get("/admin/lists", Access::Administrator),
    get("/admin/lists/{list}", Access::Administrator),
    get("/admin/audit", Access::Administrator),
    get("/admin/kudos", Access::Administrator),
    get("/admin/outbox", Access::Administrator),
    get("/admin/jobs", Access::Administrator),
    get("/admin/reports", Access::Administrator),
    get("/admin/reports/{id}", Access::Administrator),
    // Server functions.
    post("/api/admin/role", Access::Administrator),
    post("/api/admin/suspend", Access::Administrator),
    post("/api/admin/lift_suspension", Access::Administrator),
    post("/api/admin/address", Access::Administrator),
    post("/api/admin/invite", Access::Administrator),
    post("/api/admin/resend_invitation", Access::Administrator),
    post("/api/admin/revoke_invitation", Access::Administrator),
    post("/api/admin/request_approve", Access::Administrator),
    post("/api/admin/request_decline", Access::Administrator),
    post("/api/admin/settings", Access::Administrator),
    post("/api/admin/list_add", Access::Administrator),
    post("/api/admin/list_change", Access::Administrator),
    post("/api/admin/list_move", Access::Administrator),
    post("/api/admin/list_retire", Access::Administrator),
    post("/api/admin/emails_retry", Access::Administrator),
    post("/api/admin/emails_cancel", Access::Administrator),
    post("/api/admin/job_retry", Access::Administrator),
    post("/api/admin/job_cancel", Access::Administrator),
    post("/api/admin/decide", Access::Administrator),
    post("/api/reports/report", Access::Member),
    post("/api/reports/appeal", Access::Member),
    post("/api/data/request_deletion", Access::Member),
    post("/api/data/cancel_deletion", Access::Member),
    post("/api/data/block", Access::Member),
    post("/api/data/unblock", Access::Member),
    post("/api/data/clear_bounce", Access::Member),
    post("/api/events/create", Access::Member),
    post("/api/events/edit", Access::Member),
    post("/api/events/remove_cover", Access::Member),
    post("/api/groups/remove_cover", Access::Member),
    post("/api/events/publish", Access::Member),
    post("/api/events/cancel", Access::Member),
    post("/api/events/delete", Access::Member),
    post("/api/events/reinstate", Access::Member),
    post("/api/events/rsvp", Access::Member),
    post("/api/events/claim", Access::Member),
    post("/api/events/accept_fewer", Access::Member),
    post("/api/events/join_online", Access::Member),
    post("/api/events/leave", Access::Member),
    post("/api/events/approve", Access::Member),
    post("/api/events/decline_request", Access::Member),
    post("/api/events/approve_selected", Access::Member),
    post("/api/events/remove_person", Access::Member),
    post("/api/events/message", Access::Member),
    post("/api/events/invite_cohost", Access::Member),
    post("/api/events/answer_cohosting", Access::Member),
    post("/api/events/remove_cohost", Access::Member),
    post("/api/events/move_back", Access::Member),
    post("/api/events/seats", Access::Everyone),
    post("/api/events/set_listed", Access::Member),
    post("/api/events/subjects", Access::Member),
    post("/api/series/repeat", Access::Member),
    post("/api/series/end", Access::Member),
    post("/api/series/always", Access::Member),
    post("/api/series/stop", Access::Member),
    post("/api/groups/create", Access::Member),
    post("/api/groups/edit", Access::Member),
    post("/api/groups/archive", Access::Member),
    post("/api/groups/join", Access::Member),
    post("/api/groups/request_to_join", Access::Member),
    post("/api/groups/withdraw_request", Access::Member),
    post("/api/groups/leave", Access::Member),
    post("/api/groups/decline_invitation", Access::Member),
    post("/api/groups/decide_request", Access::Member),
    post("/api/groups/invite", Access::Member),
    post("/api/groups/revoke_invitation", Access::Member),
    post("/api/groups/role", Access::Member),
    post("/api/groups/remove", Access::Member),
    post("/api/groups/invite_cohost", Access::Member),
    post("/api/groups/end_cohosting", Access::Member),
    post("/api/groups/answer_cohosting", Access::Member),
    post("/api/hellos/say", Access::Member),
    post("/api/hellos/answer", Access::Member),
    post("/api/comments/post", Access::Member),
    post("/api/comments/edit", Access::Member),
    post("/api/comments/delete", Access::Member),
    post("/api/comments/close", Access::Member),
    post("/api/comments/pin", Access::Member),
    post("/api/comments/remove", Access::Member),
    post("/api/comments/restore", Access::Member),
    post("/api/comments/follow", Access::Member),
    post("/api/notifications/open", Access::Member),
    post("/api/notifications/read", Access::Member),
    post(KUDOS_API, Access::Token),
    post("/api/kudos/give", Access::Member),
    post("/api/tokens/create", Access::Member),
    post("/api/tokens/revoke", Access::Member),
    post("/api/kudos/find", Access::Member),
    post("/api/kudos/edit", Access::Member),
    post("/api/kudos/retract", Access::Member),
    post("/api/kudos/board", Access::Member),
    post("/api/kudos/hide", Access::Member),
    post("/api/kudos/react", Access::Member),
    post("/api/kudos/thank", Access::Member),
    post("/api/mentoring/create_programme", Access::Member),
    post("/api/mentoring/edit_programme", Access::Member),
    post("/api/mentoring/add_coordinator", Access::Member),
    post("/api/mentoring/remove_coordinator", Access::Member),
    post("/api/mentoring/create_round", Access::Member),
    post("/api/mentoring/edit_round", Access::Member),
    post("/api/mentoring/change_round", Access::Member),
    post("/api/mentoring/save_about", Access::Member),
    post("/api/mentoring/save_hours", Access::Member),
    post("/api/mentoring/prefer", Access::Member),
    post("/api/mentoring/submit", Access::Member),
    post("/api/mentoring/withdraw", Access::Member),
    post("/api/mentoring/invite", Access::Member),
    post("/api/mentoring/import", Access::Member),
    post("/api/mentoring/email_round", Access::Member),
    post("/api/mentoring/cancel_email", Access::Member),
    post("/api/mentoring/start_run", Access::Member),
    post("/api/mentoring/nightly", Access::Member),
    post("/api/mentoring/cancel_run", Access::Member),
    post("/api/mentoring/decide", Access::Member),
    post("/api/mentoring/swap", Access::Member),
    post("/api/mentoring/publish", Access::Member),
    post("/api/mentoring/answer", Access::Member),
    post("/api/mentoring/resume", Access::Member),
    post("/api/speakers/propose", Access::Member),
    post("/api/speakers/answer", Access::Member),
    post("/api/circles/open", Access::Member),
    post("/api/circles/change", Access::Member),
    post("/api/speed_rounds/create", Access::Member),
    post("/api/speed_rounds/edit", Access::Member),
    post("/api/speed_rounds/sign_up", Access::Member),
    post("/api/speed_rounds/withdraw", Access::Member),
    post("/api/speed_rounds/change", Access::Member),
    post("/api/questions/ask", Access::Member),
    post("/api/questions/change", Access::Member),
    post("/api/questions/reply", Access::Member),
    post("/api/mentorships/measure", Access::Member),
    post("/api/mentorships/appeal", Access::Member),
    post("/api/mentorships/decide", Access::Member),
    post("/api/mentorships/guide", Access::Member),
    post("/api/mentorships/request", Access::Member),
    post("/api/mentorships/offer", Access::Member),
    post("/api/mentorships/settle", Access::Member),
    post("/api/mentorships/propose", Access::Member),
    post("/api/mentorships/accept", Access::Member),
    post("/api/mentorships/meeting", Access::Member),
    post("/api/mentorships/agreement", Access::Member),
    post("/api/mentorships/agree", Access::Member),
    post("/api/mentorships/goal", Access::Member),
    post("/api/mentorships/note", Access::Member),
    post("/api/mentorships/remove_note", Access::Member),
    post("/api/mentorships/message", Access::Member),
    post("/api/mentorships/check_in", Access::Member),
    post("/api/mentorships/change", Access::Member),
    post("/api/mentorships/feedback", Access::Member),
    post("/api/members/profile", Access::Member),
    post("/api/members/address", Access::Member),
    post("/api/members/confirm_address", Access::Member),
    post("/api/members/email_preferences", Access::Member),
    post("/api/announcements/schedule", Access::Member),
    post("/api/announcements/cancel", Access::Member),
    post("/api/members/details", Access::Member),
    post("/api/members/topics", Access::Member),
    post("/api/members/visibility", Access::Member),
    post("/api/members/add_link", Access::Member),
    post("/api/members/remove_link", Access::Member),
    post("/api/members/remove_picture", Access::Member),
    post("/api/teams/create", Access::Member),
    post("/api/teams/edit", Access::Member),
    post("/api/members/sign_out_device", Access::Member),
    post("/api/members/sign_out_other_devices", Access::Member),
    post("/api/members/create_feed", Access::Member),
    post("/api/members/end_feed", Access::Member),
    // Sign-in. Plain routes, because the router of pages decodes parameters twice.
    post("/sign-in", Access::Everyone),
    post("/sign-in/code", Access::Everyone),
    get("/sign-in/link/{secret}", Access::Everyone),
    post("/sign-in/link/{secret}", Access::Everyone),
    get("/sign-in/with/{provider}", Access::Everyone),
    get("/sign-in/with/{provider}/callback", Access::Everyone),
    post("/sign-in/demo", Access::Demo),
    post("/sign-out", Access::Member),
    post("/setup", Access::Everyone),
    // Requests for an invitation, and the invitation link, which signs in.
    post("/request-invitation", Access::Everyone),
    post("/events/{slug}/register", Access::Everyone),
    post("/events/{slug}/export", Access::Member),
    get("/invitations/{secret}", Access::Everyone),
    post("/invitations/{secret}", Access::Everyone),
    // Links in emails that work without signing in: plain routes too.
    get("/unsubscribe/{token}", Access::Everyone),
    post(ONE_CLICK, Access::Everyone),
    // Pictures and link checks: binary data, large bodies and outgoing requests.
    get("/members/{slug}/picture/{hash}", Access::Everyone),
    post(PICTURE, Access::Member),
    get("/events/{slug}/cover/{file}", Access::Everyone),
    get("/groups/{slug}/cover/{file}", Access::Everyone),
    post(COVER, Access::Member),
    post(GROUP_COVER, Access::Member),
    post("/profile/links/verify", Access::Member),
    // A typed text as pages show it.
    post("/preview", Access::Member),
    // Moved pages that emails link to.
    get("/profile/mail", Access::Everyone),
    // Feeds, for programs.
    get("/events.ics", Access::Everyone),
    get("/events/{slug}/event.ics", Access::Everyone),
    get("/events.atom", Access::Everyone),
    get("/events.json", Access::Everyone),
    get("/groups/{slug}/events.ics", Access::Everyone),
    get("/groups/{slug}/events.atom", Access::Everyone),
    get("/groups/{slug}/events.json", Access::Everyone),
    get("/feeds/{file}", Access::Everyone),
    get("/kudos.atom", Access::Everyone),
    get("/kudos.json", Access::Everyone),
    get("/kudos/mine.csv", Access::Member),
    // The picture next to a shared link.
    get("/kudos/{id}/card.png", Access::Everyone),
    // The wall on a screen, behind a signed link.
    get("/kudos/screen", Access::Member),
    get("/kudos/screen/{token}", Access::Everyone),
    // The live wall: server-sent events.
    get("/kudos/stream", Access::Everyone),
    // One seat, behind a signed link in an email.
    get("/seat/{token}", Access::Everyone),
    post("/seat/{token}", Access::Everyone),
    // One proposal of a mentor or a mentee, behind a signed link in an email.
    get("/check-in/{token}", Access::Everyone),
    post("/check-in/{token}", Access::Everyone),
    get("/proposal/{token}", Access::Everyone),
    post("/proposal/{token}", Access::Everyone),
    // Documents and files that the page router cannot serve.
    get("/admin/outbox/{id}", Access::Administrator),
    get("/admin/outbox/{id}/html", Access::Administrator),
    post("/profile/data/copy", Access::Member),
    get("/mentoring/rounds/{slug}/report.csv", Access::Member),
    post("/mentoring/rounds/{slug}/export", Access::Member),
    post(SIGN_UP_FILE, Access::Member),
    // Health checks, assets and pages for developers.
    get("/livez", Access::Everyone),
    get("/readyz", Access::Everyone),
    get("/a/{*path}", Access::Everyone),
    get("/covers/{file}", Access::Everyone),
    get("/covers/{file}/{slug}", Access::Everyone),
    get("/favicon.ico", Access::Everyone),
    get("/robots.txt", Access::Everyone),
    get("/manifest.webmanifest", Access::Everyone),
    get("/dev/mailbox", Access::Mailbox),
    get("/dev/mailbox/{id}", Access::Mailbox),
    get("/dev/mailbox/{id}/{part}", Access::Mailbox),
    get("/dev/gallery", Access::Debug),
    get("/dev/gallery/routes", Access::Debug),
    get("/dev/gallery/errors/{status}", Access::Debug),
    get("/dev/gallery/emails", Access::Debug),
    get("/dev/gallery/emails/{kind}", Access::Debug),
    get("/dev/gallery/{section}", Access::Debug),
];

/// The route with this method and path.
#[must_use]
pub fn find(method: Method, path: &str) -> Option<&'static Route> {
    ROUTES.iter().find(|find| find.method == method && find.path == path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_route_is_listed_twice() {
        for (i, a) in ROUTES.iter().enumerate() {
            for b in &ROUTES[i + 1..] {
                assert!((a.method, a.path) != (b.method, b.path), "{a:?}");
            }
        }
    }
}
