//! The inventory of columns that refer to a member or contain a member's data, and what happens to them when
//! the member is erased. The tests fail when a new column has no entry.

mod choices;
mod tables;

pub use choices::{Choice, OPEN_COLUMNS, choices};
pub use tables::TABLES;

/// What happens to a row when the member in this column is erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The row is deleted.
    Erase,
    /// The row stays, and the column is emptied or no longer refers to the member.
    Anonymise,
    /// The row and its id stay. The id then refers to no member.
    Retain,
}

/// Table, column, what happens to the row, and the reason.
pub const MEMBER_COLUMNS: &[(&str, &str, Fate, &str)] = &[
    ("sign_in_sessions", "member_id", Fate::Erase, "the account is gone, so nobody can be signed in to it"),
    ("identities", "member_id", Fate::Erase, "the identity may join again as a new member"),
    ("events", "host_id", Fate::Anonymise, "the event belongs to its attendees too"),
    ("rsvps", "member_id", Fate::Erase, "the seats go to the waitlist"),
    ("series_rsvps", "member_id", Fate::Erase, "the member gets no more seats"),
    ("emails", "member_id", Fate::Erase, "emails contain the member's name and address"),
    ("drafts", "member_id", Fate::Erase, "unsent input of the member"),
    ("member_disciplines", "member_id", Fate::Erase, "describes this member only"),
    ("profiles", "member_id", Fate::Erase, "describes this member only"),
    ("profiles", "manager_id", Fate::Anonymise, "the profile belongs to another member, who stays"),
    ("member_topics", "member_id", Fate::Erase, "describes this member only"),
    ("member_languages", "member_id", Fate::Erase, "describes this member only"),
    ("member_links", "member_id", Fate::Erase, "describes this member only"),
    ("member_pictures", "member_id", Fate::Erase, "may show the member's face"),
    ("group_members", "member_id", Fate::Erase, "the membership ends with the account"),
    ("group_requests", "member_id", Fate::Erase, "nobody is left to answer"),
    ("group_invitations", "member_id", Fate::Erase, "nobody is left to accept it"),
    ("group_invitations", "invited_by", Fate::Anonymise, "the invitation belongs to the group"),
    ("access_tokens", "member_id", Fate::Erase, "the member's programs can't act for them any more"),
    ("feeds", "member_id", Fate::Erase, "the member's calendar address stops working"),
    ("hellos", "from_id", Fate::Erase, "the message is the member's own text"),
    ("hellos", "to_id", Fate::Erase, "nobody is left to read it"),
    ("kudos", "from_id", Fate::Erase, "the message is the member's own text"),
    ("kudos_recipients", "member_id", Fate::Erase, "the kudos no longer name the member"),
    ("comments", "author_id", Fate::Anonymise, "the text is deleted, and replies of others stay"),
    ("comments", "removed_by_id", Fate::Anonymise, "the comment belongs to its author"),
    ("comment_follows", "member_id", Fate::Erase, "the member gets no more emails"),
    ("comment_news", "member_id", Fate::Erase, "the member gets no more emails"),
    ("comments_off", "by_id", Fate::Anonymise, "the record stays as its owner wanted it"),
    ("kudos_givers", "member_id", Fate::Erase, "the kudos no longer name the member"),
    ("kudos_reactions", "member_id", Fate::Erase, "the member's own reaction"),
    ("kudos_feed", "reader_id", Fate::Anonymise, "the entry keeps its number, and walls skip it"),
    ("email_preferences", "member_id", Fate::Erase, "the member gets no more emails"),
    ("digest_items", "member_id", Fate::Erase, "items waiting for a digest are emails to the member"),
    ("muted_notifications", "member_id", Fate::Erase, "the member gets no more notifications"),
    ("notifications", "member_id", Fate::Erase, "nobody is left to read them"),
    ("digests", "member_id", Fate::Erase, "the member gets no more emails"),
    ("event_cohosts", "member_id", Fate::Erase, "the event has one co-host less"),
    ("event_cohosts", "invited_by_id", Fate::Anonymise, "the invitation belongs to the event"),
    ("event_messages", "by_id", Fate::Anonymise, "the row only counts, and the text is deleted"),
    ("event_messages", "to_id", Fate::Erase, "nobody is left to read it"),
    ("announcements", "by_id", Fate::Anonymise, "the announcement belongs to the event"),
    ("address_proofs", "member_id", Fate::Erase, "nobody is left to prove the address"),
    ("audit", "member_id", Fate::Retain, "the log must stay complete, and contains ids only"),
    ("audit_changes", "member_id", Fate::Erase, "the log keeps the action, but not what the member wrote"),
    ("invitation_requests", "decided_by_id", Fate::Anonymise, "the decision stays valid"),
    ("invitations", "by_id", Fate::Anonymise, "the invitation stays valid"),
    ("invitations", "claimed_id", Fate::Erase, "contains the member's address"),
    ("suspensions", "member_id", Fate::Erase, "describes this member only"),
    ("suspensions", "by_id", Fate::Anonymise, "the suspension of another member stays valid"),
    ("deletions", "member_id", Fate::Erase, "the deletion is complete"),
    ("blocks", "by_id", Fate::Erase, "the member no longer needs the block"),
    ("blocks", "blocked_id", Fate::Erase, "nobody is left to block"),
    ("reports", "reporter_id", Fate::Anonymise, "the reported problem still exists"),
    ("reports", "about_id", Fate::Erase, "a decision would no longer affect anyone"),
    ("reports", "decided_by_id", Fate::Anonymise, "the decision stays valid"),
    ("reports", "appealed_by_id", Fate::Anonymise, "the appeal stays valid"),
    ("mentoring_coordinators", "member_id", Fate::Erase, "the programme has one coordinator less"),
    ("mentoring_sign_ups", "member_id", Fate::Erase, "describes this member only"),
    ("mentoring_invitations", "member_id", Fate::Erase, "describes this member only"),
    ("mentoring_invitations", "by_id", Fate::Anonymise, "nobody is invited twice"),
    ("mentoring_preferences", "member_id", Fate::Erase, "nobody is left to be matched with"),
    ("mentoring_runs", "started_by_id", Fate::Anonymise, "the draft belongs to the round"),
    ("mentoring_decisions", "by_id", Fate::Anonymise, "the decision stays valid"),
    ("mentorships", "mentee_id", Fate::Anonymise, "the mentorship is the other person's too"),
    ("mentorships", "mentor_id", Fate::Anonymise, "the mentorship is the other person's too"),
    ("mentorship_checks", "member_id", Fate::Erase, "the member's own answer"),
    ("mentorship_notes", "author_id", Fate::Erase, "the member's own text"),
    ("mentorship_messages", "author_id", Fate::Erase, "the member's own text"),
    ("mentorship_feedback", "author_id", Fate::Erase, "the member's own text"),
    ("mentoring_measures", "member_id", Fate::Erase, "describes this member only"),
    ("mentoring_measures", "by_id", Fate::Anonymise, "the measure stays valid"),
    ("mentoring_measures", "decided_by_id", Fate::Anonymise, "the decision stays valid"),
    ("mentoring_round_emails", "by_id", Fate::Anonymise, "the email belongs to the round"),
    ("speaker_links", "member_id", Fate::Erase, "the speaker's name stays in the agenda, without a profile"),
    ("speaker_links", "proposed_by_id", Fate::Anonymise, "the link belongs to another member"),
    ("mentor_circles", "mentor_id", Fate::Erase, "nobody is left to hold the circle"),
    ("mentor_circle_members", "member_id", Fate::Erase, "the place goes to somebody else"),
    ("speed_sign_ups", "member_id", Fate::Erase, "the partners have a break instead"),
    ("mentor_questions", "asker_id", Fate::Erase, "the member's own text"),
    ("mentor_questions", "mentor_id", Fate::Anonymise, "the question goes back into the queue"),
    ("mentor_question_replies", "author_id", Fate::Erase, "the member's own text"),
    ("mentor_requests", "from_id", Fate::Erase, "the member's own text"),
    ("mentor_requests", "to_id", Fate::Erase, "nobody is left to answer"),
];

/// Columns with a member's id but without a foreign key. Their rows are erased with the member.
pub const SUBJECT_COLUMNS: &[(&str, &str)] = &[
    ("search_documents", "subject_id"),
    ("search_words", "subject_id"),
    ("audit_changes", "about_id"),
    ("jobs", "subject_id"),
];

/// What a member's copy of their data leaves out, and the reason (F1).
pub const NOT_EXPORTED: &[(&str, &str, &str)] = &[
    ("blocks", "blocked_id", "a block is private to the member who made it"),
    ("profiles", "manager_id", "the profile belongs to the manager's report, and parts of it may be hidden"),
    ("comments", "removed_by_id", "the comment is another member's text"),
    ("reports", "about_id", "the text may reveal who reported. The decision was emailed"),
    ("reports", "appealed_by_id", "the report is about this member, in the reporter's text"),
    ("reports", "decided_by_id", "an admin's work, about other members"),
    ("suspensions", "by_id", "an admin's work, about other members"),
    ("invitations", "by_id", "contains other people's addresses"),
    ("invitation_requests", "decided_by_id", "contains other people's addresses"),
    ("group_invitations", "invited_by", "contains other people's addresses"),
    ("mentoring_preferences", "member_id", "a wish or a block is private to the member who made it"),
    ("mentoring_invitations", "by_id", "a coordinator's work, about other members"),
    ("mentoring_runs", "started_by_id", "a coordinator's work, about other members"),
    ("mentoring_decisions", "by_id", "a coordinator's work, about other members"),
    ("mentoring_measures", "by_id", "a coordinator's work, about other members"),
    ("mentoring_measures", "decided_by_id", "a coordinator's work, about other members"),
    ("mentoring_round_emails", "by_id", "a coordinator's work, for other members"),
    ("speaker_links", "proposed_by_id", "an organiser's work, about other members"),
    ("mentor_questions", "mentor_id", "the text belongs to the member who asked"),
    ("hellos", "to_id", "the text belongs to the member who wrote it"),
    ("mentor_requests", "to_id", "the text belongs to the member who asked"),
];

/// Columns with an email address but without a foreign key to a member, and when the address is deleted.
pub const ADDRESS_COLUMNS: &[(&str, &str, &str)] = &[
    ("members", "address", "erased with the member"),
    ("members", "address_key", "erased with the member"),
    ("sign_ins", "address", "an hour after it expired"),
    ("sign_ins", "address_key", "an hour after it expired"),
    ("address_proofs", "address", "a day after it was entered"),
    ("address_proofs", "address_key", "a day after it was entered"),
    ("code_emails", "address_key", "a day after the email was sent"),
    ("group_invitations", "address", "a month after it was sent, or when it is answered"),
    ("group_invitations", "address_key", "a month after it was sent, or when it is answered"),
    ("emails", "address", "erased with the member"),
    ("invitations", "address", "erased with the member"),
    ("invitations", "address_key", "erased with the member"),
    ("invitation_requests", "address", "a month after it was decided, or three months after it was made"),
    ("invitation_requests", "address_key", "a month after it was decided, or three months after it was made"),
    ("suppressions", "address_key", "erased with the member"),
    ("mailbox", "address", "the built-in mailbox is for trials and keeps 500 emails"),
];
