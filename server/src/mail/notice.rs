//! Letters that are words alone: what was decided, what will happen, how to answer. One shape for all of
//! them, `templates/mail/notice/`; which sentences each has stands here.

use domain::letters::Letter;

/// The sentences of a letter, by their keys.
pub(super) struct Notice {
    /// Its subject.
    pub subject: &'static str,
    /// Its heading.
    pub heading: &'static str,
    /// Paragraphs before what somebody wrote.
    pub before: &'static [&'static str],
    /// Paragraphs behind it.
    pub after: &'static [&'static str],
    /// What its button says, if it has one.
    pub button: Option<&'static str>,
    /// Why one gets it.
    pub why: &'static str,
}

/// Where the button of a letter leads.
pub(super) fn path(letter: &Letter) -> String {
    let path = match letter {
        Letter::Invitation { link, .. } if !link.is_empty() => link,
        Letter::Invitation { .. } | Letter::InvitationRequested { member: true } => "sign-in",
        Letter::DeletionPlanned { .. } | Letter::DeletionWaits { .. } => "profile/data",
        Letter::ReportDecided { .. } | Letter::ReportedDecided { .. } => "reports",
        _ => "",
    };
    path.to_owned()
}

/// The sentences of a letter, if it is one of words alone.
pub(super) fn notice(letter: &Letter, by_somebody: bool) -> Option<Notice> {
    let why = "mail-why-member";
    Some(match letter {
        Letter::Invitation { note, .. } => Notice {
            subject: "mail-invitation-subject",
            heading: "mail-invitation-heading",
            before: match (by_somebody, note.is_empty()) {
                (true, true) => &["mail-invitation-by", "mail-invitation-what"],
                (true, false) => &["mail-invitation-by", "mail-invitation-what", "mail-invitation-words"],
                (false, true) => &["mail-invitation-lead", "mail-invitation-what"],
                (false, false) => &["mail-invitation-lead", "mail-invitation-what", "mail-invitation-words"],
            },
            after: &["mail-invitation-how", "mail-invitation-not"],
            button: Some("mail-invitation-button"),
            why: "mail-why-invitation",
        },
        Letter::InvitationRequested { member: true } => Notice {
            subject: "mail-requested-member-subject",
            heading: "mail-requested-member-heading",
            before: &["mail-requested-by-you", "mail-requested-member-lead"],
            after: &["mail-requested-not-you"],
            button: Some("mail-requested-member-button"),
            why: "mail-why-requested",
        },
        Letter::InvitationRequested { member: false } => Notice {
            subject: "mail-requested-invitation-subject",
            heading: "mail-requested-invitation-heading",
            before: &["mail-requested-by-you", "mail-requested-invitation-next"],
            after: &["mail-requested-not-you"],
            button: None,
            why: "mail-why-requested",
        },
        Letter::RequestDeclined { words } => Notice {
            subject: "mail-declined-subject",
            heading: "mail-declined-heading",
            before: match words.is_empty() {
                true => &["mail-declined-lead"],
                false => &["mail-declined-lead", "mail-declined-words"],
            },
            after: &["mail-declined-again"],
            button: None,
            why: "mail-why-requested",
        },
        Letter::Suspended { .. } => Notice {
            subject: "mail-suspended-subject",
            heading: "mail-suspended-heading",
            before: &["mail-suspended-lead"],
            after: &["mail-suspended-means", "mail-suspended-answer"],
            button: None,
            why,
        },
        Letter::SuspensionLifted => Notice {
            subject: "mail-lifted-subject",
            heading: "mail-lifted-heading",
            before: &["mail-lifted-lead", "mail-lifted-seats"],
            after: &[],
            button: None,
            why,
        },
        Letter::AddressChanged => Notice {
            subject: "mail-address-changed-subject",
            heading: "mail-address-changed-heading",
            before: &["mail-address-changed-lead", "mail-address-changed-not-you"],
            after: &[],
            button: None,
            why: "mail-why-address-changed",
        },
        Letter::MailWorks => Notice {
            subject: "mail-works-subject",
            heading: "mail-works-heading",
            before: &["mail-works-lead", "mail-works-next"],
            after: &[],
            button: None,
            why,
        },
        Letter::DeletionPlanned { .. } => Notice {
            subject: "mail-deletion-subject",
            heading: "mail-deletion-heading",
            before: &["mail-deletion-lead", "mail-deletion-until", "mail-deletion-undo"],
            after: &[],
            button: Some("mail-deletion-button"),
            why,
        },
        Letter::DeletionWaits { groups } => Notice {
            subject: "mail-deletion-waits-subject",
            heading: "mail-deletion-waits-heading",
            before: match groups.is_empty() {
                true => &["mail-deletion-waits-last"],
                false => &["mail-deletion-waits-groups"],
            },
            after: &["mail-deletion-waits-next"],
            button: Some("mail-deletion-waits-button"),
            why,
        },
        Letter::DeletionDone => Notice {
            subject: "mail-deleted-subject",
            heading: "mail-deleted-heading",
            before: &["mail-deleted-lead", "mail-deleted-last"],
            after: &[],
            button: None,
            why: "mail-why-deleted",
        },
        Letter::ReportReceived { .. } => Notice {
            subject: "mail-report-received-subject",
            heading: "mail-report-received-heading",
            before: &["mail-report-received-lead"],
            after: &["mail-report-received-next"],
            button: None,
            why,
        },
        Letter::ReportDecided { acted, last, .. } => Notice {
            subject: "mail-report-decided-subject",
            heading: "mail-report-decided-heading",
            before: if *acted { &["mail-report-acted"] } else { &["mail-report-not-acted"] },
            after: match (*acted, *last) {
                (_, true) => &["mail-report-last"],
                (false, false) => &["mail-report-appeal"],
                (true, false) => &[],
            },
            button: Some("mail-report-button"),
            why,
        },
        Letter::ReportedDecided { hidden, acted, last, .. } => Notice {
            subject: "mail-reported-subject",
            heading: "mail-reported-heading",
            before: match (*hidden, *acted) {
                (true, _) => &["mail-reported-hidden"],
                (false, true) => &["mail-reported-warned"],
                (false, false) => &["mail-reported-cleared"],
            },
            after: match (*acted, *last) {
                (_, true) => &["mail-report-last"],
                (true, false) => &["mail-reported-appeal"],
                (false, false) => &[],
            },
            button: Some("mail-report-button"),
            why,
        },
        _ => return None,
    })
}
