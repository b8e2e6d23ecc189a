//! The member-column inventory: what happens to every column that points at a member, or holds
//! something of theirs, when the member is erased. A new one without its row fails the tests.

/// What happens to a column's row when its member is erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The row goes.
    Erase,
    /// The row stays, without the member.
    Anonymise,
    /// The row stays as it is: an id that then names nobody.
    Retain,
}

/// Table, column, fate, and why.
pub const MEMBER_COLUMNS: &[(&str, &str, Fate, &str)] = &[
    ("sign_in_sessions", "member_id", Fate::Erase, "nobody is signed in any more"),
    ("identities", "member_id", Fate::Erase, "the identity may join again as somebody new"),
    ("events", "host_id", Fate::Anonymise, "the event took place for others too"),
    ("rsvps", "member_id", Fate::Erase, "seats are released, which promotes"),
    ("emails", "member_id", Fate::Erase, "emails hold name and address"),
    ("drafts", "member_id", Fate::Erase, "what was typed and never sent"),
    ("member_disciplines", "member_id", Fate::Erase, "says something of the member and of nobody else"),
    ("profiles", "member_id", Fate::Erase, "says something of the member and of nobody else"),
    ("profiles", "manager_id", Fate::Anonymise, "who reports to them is a member still"),
    ("member_topics", "member_id", Fate::Erase, "says something of the member and of nobody else"),
    ("member_languages", "member_id", Fate::Erase, "says something of the member and of nobody else"),
    ("member_links", "member_id", Fate::Erase, "says something of the member and of nobody else"),
    ("member_pictures", "member_id", Fate::Erase, "it is their face"),
    ("group_members", "member_id", Fate::Erase, "nobody belongs to the group in their place"),
    ("group_requests", "member_id", Fate::Erase, "nobody waits for the answer"),
    ("group_invitations", "member_id", Fate::Erase, "nobody is left to answer it"),
    ("group_invitations", "invited_by", Fate::Anonymise, "the invitation is the group’s"),
    ("feeds", "member_id", Fate::Erase, "its address leads nowhere from then on"),
    ("kudos", "from_id", Fate::Erase, "thanks are words between two people, and these are theirs"),
    ("kudos", "to_id", Fate::Erase, "thanks are words between two people, and these are about them"),
    ("email_preferences", "member_id", Fate::Erase, "nobody is written to any more"),
    ("digest_items", "member_id", Fate::Erase, "emails that wait for a digest are emails"),
    ("digests", "member_id", Fate::Erase, "nobody is written to any more"),
    ("announcements", "by_id", Fate::Anonymise, "what was written to many belongs to the event"),
    ("address_proofs", "member_id", Fate::Erase, "nobody is left to prove it"),
    ("audit", "member_id", Fate::Retain, "ids only, and the log stays whole"),
    ("audit_changes", "member_id", Fate::Erase, "the log keeps that it was done, not what was written"),
    ("invitation_requests", "decided_by_id", Fate::Anonymise, "the decision stands"),
    ("invitations", "by_id", Fate::Anonymise, "whoever was invited is invited still"),
    ("invitations", "claimed_id", Fate::Erase, "it holds their address"),
    ("suspensions", "member_id", Fate::Erase, "says something of the member and of nobody else"),
    ("suspensions", "by_id", Fate::Anonymise, "the suspension of somebody else stays"),
    ("deletions", "member_id", Fate::Erase, "it is done"),
    ("blocks", "by_id", Fate::Erase, "nobody is left to be spared"),
    ("blocks", "blocked_id", Fate::Erase, "nobody is left to be hidden"),
    ("reports", "reporter_id", Fate::Anonymise, "what is wrong stays wrong when who said so is gone"),
    ("reports", "about_id", Fate::Erase, "nobody is left whom a decision would touch"),
    ("reports", "decided_by_id", Fate::Anonymise, "the decision stands"),
    ("reports", "appealed_by_id", Fate::Anonymise, "the appeal stands"),
];

/// Columns that hold a member's id without pointing at one: their rows are erased with the member.
pub const SUBJECT_COLUMNS: &[(&str, &str)] =
    &[("search_documents", "subject_id"), ("audit_changes", "about_id")];

/// What a member's copy of everything about them leaves out, and why (F1).
pub const NOT_EXPORTED: &[(&str, &str, &str)] = &[
    ("blocks", "blocked_id", "who has blocked somebody is theirs to know"),
    ("profiles", "manager_id", "the profile of who reports to them, hidden parts and all"),
    ("reports", "about_id", "the words of who reported may tell who that was; decisions came by email"),
    ("reports", "appealed_by_id", "it is a report about them still, in the words of who reported"),
    ("reports", "decided_by_id", "an administrator's work, about others"),
    ("suspensions", "by_id", "an administrator's work, about others"),
    ("invitations", "by_id", "it holds the addresses of others"),
    ("invitation_requests", "decided_by_id", "it holds the addresses of others"),
    ("group_invitations", "invited_by", "it holds the addresses of others"),
];

/// Columns that hold an address without pointing at a member, and after how long they are gone.
pub const ADDRESS_COLUMNS: &[(&str, &str, &str)] = &[
    ("members", "address", "erased with the member"),
    ("members", "address_key", "erased with the member"),
    ("sign_ins", "address", "an hour after it expired"),
    ("sign_ins", "address_key", "an hour after it expired"),
    ("address_proofs", "address", "a day after it was named"),
    ("address_proofs", "address_key", "a day after it was named"),
    ("code_emails", "address_key", "a day after the email was sent"),
    ("group_invitations", "address", "a month after it was sent, or when it is answered"),
    ("group_invitations", "address_key", "a month after it was sent, or when it is answered"),
    ("emails", "address", "erased with the member"),
    ("invitations", "address", "erased with the member"),
    ("invitations", "address_key", "erased with the member"),
    ("invitation_requests", "address", "a month after it was decided, or three months after it was made"),
    ("invitation_requests", "address_key", "a month after it was decided, or three months after it was made"),
    ("suppressions", "address_key", "erased with the member"),
    ("mailbox", "address", "the built-in mailbox keeps 500 emails and is for trying out"),
];
