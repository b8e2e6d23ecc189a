//! Notices: emails that only contain sentences, without an event, a list or facts. They all share the
//! templates in `templates/mail/notice/`. This file lists the sentences of each.

use domain::emails::{self, Email};

/// The sentences of a notice, as keys of the catalogue.
pub(super) struct Notice {
    /// The subject of the email.
    pub subject: &'static str,
    /// The heading above the text.
    pub heading: &'static str,
    /// The paragraphs before the quoted message.
    pub before: &'static [&'static str],
    /// The paragraphs after the quoted message.
    pub after: &'static [&'static str],
    /// The label of the button. `None` without a button.
    pub button: Option<&'static str>,
    /// The sentence in the footer that explains why the recipient gets this email.
    pub why: &'static str,
}

/// The path that a notice's button links to, relative to the portal.
pub(super) fn path(email: &Email) -> String {
    let path = match email {
        Email::Invitation(emails::Invitation { link, .. }) if !link.is_empty() => link,
        Email::Invitation(_) | Email::InvitationRequested(emails::InvitationRequested { member: true }) => {
            "sign-in"
        }
        Email::DeletionPlanned(_) | Email::DeletionWaits(_) => "profile/data",
        Email::ReportDecided(_) | Email::ReportedDecided(_) => "reports",
        _ => "",
    };
    path.to_owned()
}

/// The sentences of an email, if it is a notice. `names_sender` is true if an invitation names its sender.
pub(super) fn notice(email: &Email, names_sender: bool) -> Option<Notice> {
    let why = "email-why-member";
    Some(match email {
        Email::Invitation(emails::Invitation { note, .. }) => Notice {
            subject: "email-invitation-subject",
            heading: "email-invitation-heading",
            before: match (names_sender, note.is_empty()) {
                (true, true) => &["email-invitation-by", "email-invitation-what"],
                (true, false) => {
                    &["email-invitation-by", "email-invitation-what", "email-invitation-message"]
                }
                (false, true) => &["email-invitation-lead", "email-invitation-what"],
                (false, false) => {
                    &["email-invitation-lead", "email-invitation-what", "email-invitation-message"]
                }
            },
            after: &["email-invitation-how", "email-invitation-not"],
            button: Some("email-invitation-button"),
            why: "email-why-invitation",
        },
        Email::InvitationRequested(emails::InvitationRequested { member: true }) => Notice {
            subject: "email-requested-member-subject",
            heading: "email-requested-member-heading",
            before: &["email-requested-by-you", "email-requested-member-lead"],
            after: &["email-requested-not-you"],
            button: Some("email-requested-member-button"),
            why: "email-why-requested",
        },
        Email::InvitationRequested(emails::InvitationRequested { member: false }) => Notice {
            subject: "email-requested-invitation-subject",
            heading: "email-requested-invitation-heading",
            before: &["email-requested-by-you", "email-requested-invitation-next"],
            after: &["email-requested-not-you"],
            button: None,
            why: "email-why-requested",
        },
        Email::RequestDeclined(emails::RequestDeclined { words }) => Notice {
            subject: "email-declined-subject",
            heading: "email-declined-heading",
            before: match words.is_empty() {
                true => &["email-declined-lead"],
                false => &["email-declined-lead", "email-declined-message"],
            },
            after: &["email-declined-again"],
            button: None,
            why: "email-why-requested",
        },
        Email::Suspended(_) => Notice {
            subject: "email-suspended-subject",
            heading: "email-suspended-heading",
            before: &["email-suspended-lead"],
            after: &["email-suspended-means", "email-suspended-answer"],
            button: None,
            why,
        },
        Email::SuspensionLifted(_) => Notice {
            subject: "email-lifted-subject",
            heading: "email-lifted-heading",
            before: &["email-lifted-lead", "email-lifted-seats"],
            after: &[],
            button: None,
            why,
        },
        Email::AddressChanged(_) => Notice {
            subject: "email-address-changed-subject",
            heading: "email-address-changed-heading",
            before: &["email-address-changed-lead", "email-address-changed-not-you"],
            after: &[],
            button: None,
            why: "email-why-address-changed",
        },
        Email::EmailConfirmed(_) => Notice {
            subject: "email-confirmed-again-subject",
            heading: "email-confirmed-again-heading",
            before: &["email-confirmed-again-lead", "email-confirmed-again-next"],
            after: &[],
            button: None,
            why,
        },
        Email::DeletionPlanned(_) => Notice {
            subject: "email-deletion-subject",
            heading: "email-deletion-heading",
            before: &["email-deletion-lead", "email-deletion-until", "email-deletion-undo"],
            after: &[],
            button: Some("email-deletion-button"),
            why,
        },
        Email::DeletionWaits(emails::DeletionWaits { groups }) => Notice {
            subject: "email-deletion-waits-subject",
            heading: "email-deletion-waits-heading",
            before: match groups.is_empty() {
                true => &["email-deletion-waits-last"],
                false => &["email-deletion-waits-groups"],
            },
            after: &["email-deletion-waits-next"],
            button: Some("email-deletion-waits-button"),
            why,
        },
        Email::DeletionDone(_) => Notice {
            subject: "email-deleted-subject",
            heading: "email-deleted-heading",
            before: &["email-deleted-lead", "email-deleted-last"],
            after: &[],
            button: None,
            why: "email-why-deleted",
        },
        Email::ReportReceived(_) => Notice {
            subject: "email-report-received-subject",
            heading: "email-report-received-heading",
            before: &["email-report-received-lead"],
            after: &["email-report-received-next"],
            button: None,
            why,
        },
        Email::ReportDecided(emails::ReportDecided { acted, last, .. }) => Notice {
            subject: "email-report-decided-subject",
            heading: "email-report-decided-heading",
            before: if *acted { &["email-report-acted"] } else { &["email-report-not-acted"] },
            after: match (*acted, *last) {
                (_, true) => &["email-report-last"],
                (false, false) => &["email-report-appeal"],
                (true, false) => &[],
            },
            button: Some("email-report-button"),
            why,
        },
        Email::ReportedDecided(emails::ReportedDecided { hidden, acted, last, .. }) => Notice {
            subject: "email-reported-subject",
            heading: "email-reported-heading",
            before: match (*hidden, *acted) {
                (true, _) => &["email-reported-hidden"],
                (false, true) => &["email-reported-warned"],
                (false, false) => &["email-reported-cleared"],
            },
            after: match (*acted, *last) {
                (_, true) => &["email-report-last"],
                (true, false) => &["email-reported-appeal"],
                (false, false) => &[],
            },
            button: Some("email-report-button"),
            why,
        },
        _ => return None,
    })
}
