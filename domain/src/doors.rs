//! POLICY: every door of the portal, by method and path. What is not here is refused at run time
//! and fails the tests: a new page, server function or route starts with its row.

/// Who may knock. What they may then do is decided by [`crate::policy`] inside the verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody.
    Everyone,
    /// Signed-in members; others are sent to sign in and come back.
    Member,
    /// Administrators; other members are refused, everybody else is sent to sign in.
    Administrator,
    /// Everybody on this machine, in the demo.
    Demo,
    /// Everybody on this machine, while mails stay in the built-in mailbox (in the demo or a debug build).
    Mailbox,
    /// Everybody on this machine, in a debug build: pages for who works on the portal.
    Debug,
}

/// How a request comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Reads; changes nothing.
    Get,
    /// Changes something; same origin only.
    Post,
}

/// One door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Door {
    /// How.
    pub verb: Verb,
    /// The path as the router matches it.
    pub path: &'static str,
    /// Who.
    pub access: Access,
}

const fn get(path: &'static str, access: Access) -> Door {
    Door { verb: Verb::Get, path, access }
}

const fn post(path: &'static str, access: Access) -> Door {
    Door { verb: Verb::Post, path, access }
}

/// The one door that opens to posts from anywhere: mail programs come for their users, without a page of
/// ours before them, and the signed link is all they have (RFC 8058, C8).
pub const ONE_CLICK: &str = "/unsubscribe/{token}";
/// Where a picture is sent to: the one form that is larger than others.
pub const PICTURE: &str = "/profile/picture";

/// Every door there is.
pub const POLICY: &[Door] = &[
    // Pages.
    get("/", Access::Everyone),
    get("/events", Access::Everyone),
    get("/events/new", Access::Member),
    get("/events/{slug}", Access::Everyone),
    get("/events/{slug}/edit", Access::Member),
    get("/events/{slug}/sessions/{id}", Access::Everyone),
    get("/events/{slug}/cancel", Access::Member),
    get("/events/{slug}/attendees", Access::Member),
    get("/events/{slug}/together", Access::Member),
    get("/groups", Access::Everyone),
    get("/groups/new", Access::Member),
    get("/groups/{slug}", Access::Everyone),
    get("/groups/{slug}/edit", Access::Member),
    get("/groups/{slug}/members", Access::Member),
    get("/groups/{slug}/leave", Access::Member),
    get("/groups/{slug}/invitation", Access::Member),
    get("/events/{slug}/people", Access::Member),
    get("/sign-in", Access::Everyone),
    get("/sign-in/code", Access::Everyone),
    get("/request-invitation", Access::Everyone),
    get("/setup", Access::Everyone),
    get("/welcome", Access::Member),
    get("/profile", Access::Member),
    get("/profile/address", Access::Member),
    get("/profile/mail", Access::Member),
    get("/events/{slug}/mail", Access::Member),
    get("/sessions", Access::Member),
    get("/members", Access::Member),
    get("/members/{slug}", Access::Everyone),
    get("/teams", Access::Member),
    get("/teams/new", Access::Member),
    get("/teams/{slug}", Access::Member),
    get("/teams/{slug}/edit", Access::Member),
    get("/search", Access::Everyone),
    get("/profile/calendar", Access::Member),
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
    get("/admin/outbox", Access::Administrator),
    get("/admin/reports", Access::Administrator),
    get("/admin/reports/{id}", Access::Administrator),
    // Server functions.
    post("/api/admin/role", Access::Administrator),
    post("/api/admin/suspend", Access::Administrator),
    post("/api/admin/lift", Access::Administrator),
    post("/api/admin/address", Access::Administrator),
    post("/api/admin/invite", Access::Administrator),
    post("/api/admin/resend", Access::Administrator),
    post("/api/admin/revoke", Access::Administrator),
    post("/api/admin/request_approve", Access::Administrator),
    post("/api/admin/request_decline", Access::Administrator),
    post("/api/admin/settings", Access::Administrator),
    post("/api/admin/list_add", Access::Administrator),
    post("/api/admin/list_change", Access::Administrator),
    post("/api/admin/list_move", Access::Administrator),
    post("/api/admin/list_retire", Access::Administrator),
    post("/api/admin/letters_retry", Access::Administrator),
    post("/api/admin/letters_cancel", Access::Administrator),
    post("/api/admin/decide", Access::Administrator),
    post("/api/reports/report", Access::Member),
    post("/api/reports/appeal", Access::Member),
    post("/api/data/delete", Access::Member),
    post("/api/data/keep", Access::Member),
    post("/api/data/block", Access::Member),
    post("/api/data/unblock", Access::Member),
    post("/api/data/mail_works", Access::Member),
    post("/api/events/create", Access::Member),
    post("/api/events/edit", Access::Member),
    post("/api/events/publish", Access::Member),
    post("/api/events/cancel", Access::Member),
    post("/api/events/reinstate", Access::Member),
    post("/api/events/rsvp", Access::Member),
    post("/api/events/claim", Access::Member),
    post("/api/events/fewer", Access::Member),
    post("/api/events/online", Access::Member),
    post("/api/events/leave", Access::Member),
    post("/api/events/accept", Access::Member),
    post("/api/events/reject", Access::Member),
    post("/api/events/bump", Access::Member),
    post("/api/events/seats", Access::Everyone),
    post("/api/events/show_me", Access::Member),
    post("/api/events/subjects", Access::Member),
    post("/api/groups/create", Access::Member),
    post("/api/groups/edit", Access::Member),
    post("/api/groups/archive", Access::Member),
    post("/api/groups/join", Access::Member),
    post("/api/groups/ask", Access::Member),
    post("/api/groups/unask", Access::Member),
    post("/api/groups/leave", Access::Member),
    post("/api/groups/decline_invitation", Access::Member),
    post("/api/groups/answer", Access::Member),
    post("/api/groups/invite", Access::Member),
    post("/api/groups/uninvite", Access::Member),
    post("/api/groups/role", Access::Member),
    post("/api/groups/remove", Access::Member),
    post("/api/groups/hold_together", Access::Member),
    post("/api/groups/part", Access::Member),
    post("/api/groups/answer_together", Access::Member),
    post("/api/members/profile", Access::Member),
    post("/api/members/address", Access::Member),
    post("/api/members/prove_address", Access::Member),
    post("/api/members/mail", Access::Member),
    post("/api/announcements/hold", Access::Member),
    post("/api/announcements/cancel", Access::Member),
    post("/api/members/about", Access::Member),
    post("/api/members/work", Access::Member),
    post("/api/members/topics", Access::Member),
    post("/api/members/languages", Access::Member),
    post("/api/members/see", Access::Member),
    post("/api/members/add_link", Access::Member),
    post("/api/members/remove_link", Access::Member),
    post("/api/members/remove_picture", Access::Member),
    post("/api/teams/create", Access::Member),
    post("/api/teams/edit", Access::Member),
    post("/api/members/end_session", Access::Member),
    post("/api/members/end_other_sessions", Access::Member),
    post("/api/members/feed", Access::Member),
    post("/api/members/end_feed", Access::Member),
    // Sign-in: plain routes, because the router of pages decodes parameters twice.
    post("/sign-in", Access::Everyone),
    post("/sign-in/code", Access::Everyone),
    get("/sign-in/link/{secret}", Access::Everyone),
    post("/sign-in/link/{secret}", Access::Everyone),
    get("/sign-in/with/{provider}", Access::Everyone),
    get("/sign-in/with/{provider}/callback", Access::Everyone),
    post("/sign-in/demo", Access::Demo),
    post("/sign-out", Access::Member),
    post("/setup", Access::Everyone),
    // Asking for an invitation, and the link of one, which signs in.
    post("/request-invitation", Access::Everyone),
    get("/invitations/{secret}", Access::Everyone),
    post("/invitations/{secret}", Access::Everyone),
    // Links in mails that work signed out: plain routes too.
    get("/unsubscribe/{token}", Access::Everyone),
    post(ONE_CLICK, Access::Everyone),
    // Pictures are no pages and no small forms, and only the server looks at pages elsewhere.
    get("/members/{slug}/picture/{hash}", Access::Everyone),
    post(PICTURE, Access::Member),
    post("/profile/links/verify", Access::Member),
    // Feeds, for programs.
    get("/events.ics", Access::Everyone),
    get("/events.atom", Access::Everyone),
    get("/events.json", Access::Everyone),
    get("/groups/{slug}/events.ics", Access::Everyone),
    get("/groups/{slug}/events.atom", Access::Everyone),
    get("/groups/{slug}/events.json", Access::Everyone),
    get("/feeds/{file}", Access::Everyone),
    // One seat behind a signed link in a mail.
    get("/seat/{token}", Access::Everyone),
    post("/seat/{token}", Access::Everyone),
    // What cannot be a page of the router: a letter as its reader gets it, and a file.
    get("/admin/outbox/{id}", Access::Administrator),
    get("/admin/outbox/{id}/html", Access::Administrator),
    post("/profile/data/copy", Access::Member),
    // The machine's own.
    get("/livez", Access::Everyone),
    get("/readyz", Access::Everyone),
    get("/a/{*path}", Access::Everyone),
    get("/favicon.ico", Access::Everyone),
    get("/robots.txt", Access::Everyone),
    get("/manifest.webmanifest", Access::Everyone),
    get("/dev/mail", Access::Mailbox),
    get("/dev/mail/{id}", Access::Mailbox),
    get("/dev/mail/{id}/{part}", Access::Mailbox),
    get("/dev/gallery", Access::Debug),
    get("/dev/gallery/doors", Access::Debug),
    get("/dev/gallery/errors/{status}", Access::Debug),
    get("/dev/gallery/letters", Access::Debug),
    get("/dev/gallery/letters/{kind}", Access::Debug),
    get("/dev/gallery/{section}", Access::Debug),
];

/// The door at a path, if there is one.
#[must_use]
pub fn door(verb: Verb, path: &str) -> Option<&'static Door> {
    POLICY.iter().find(|door| door.verb == verb && door.path == path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_door_is_listed_twice() {
        for (i, a) in POLICY.iter().enumerate() {
            for b in &POLICY[i + 1..] {
                assert!((a.verb, a.path) != (b.verb, b.path), "{a:?}");
            }
        }
    }
}
