//! Comments below a record, such as kudos, and the conversations of events and groups: what a form accepts, the time for
//! changes, and who is notified (K8, C16 to C19).

use chrono::Duration;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Instant, KudosId, Problems, Refusal, Slug, checks::Checks, members::string_enum};

/// The minimum and maximum length of a comment, in characters.
pub const TEXT_LENGTH: (usize, usize) = (1, 2000);
/// How long the author can edit a comment. They can delete it at any time.
pub const EDIT_WINDOW: Duration = Duration::minutes(15);
/// The most comments on one page, with replies: the latest ones.
pub const MAX_SHOWN: u64 = 500;
/// The most comments that a member writes in an hour.
pub const MAX_PER_HOUR: u64 = 30;

string_enum! {
    /// The kinds of records that can have comments. Who reads them is whoever sees the record.
    TargetKind {
        /// Kudos.
        Kudos,
        /// An event.
        Event,
        /// A group.
        Group,
    }
}

impl TargetKind {
    /// The most comments below one record, with replies. The conversation of a group goes on for years.
    #[must_use]
    pub fn max_comments(self) -> u64 {
        match self {
            Self::Kudos => 500,
            Self::Event => 2_000,
            Self::Group => 50_000,
        }
    }
}

string_enum! {
    /// What a member wants to hear of a conversation. Without a choice they hear of what concerns them.
    Follow {
        /// Every new comment.
        Watch,
        /// Nothing, apart from comments that mention them.
        Mute,
    }
}

string_enum! {
    /// Why somebody hears of a comment. The first reason that applies counts.
    Reason {
        /// The comment mentions them.
        Mention,
        /// It is a reply in a thread where they wrote.
        Reply,
        /// It is below their own record: kudos with their name, or an event or a group that they run.
        Own,
        /// They watch the conversation.
        Watch,
    }
}

/// The most members whom one comment can notify by mentioning them.
pub const MAX_MENTIONS: usize = 50;
/// The most of them who get an email. The others are notified in the portal only.
pub const MAX_MENTION_EMAILS: u32 = 10;
/// The most emails that one member causes by mentions within 24 hours.
pub const MAX_MENTION_EMAILS_A_DAY: u32 = 30;

/// How many of the members whom a comment mentions get an email, after the author's earlier comments of the last
/// 24 hours caused `lately` of them (C18).
#[must_use]
pub fn mention_emails(mentioned: u32, lately: u32) -> u32 {
    mentioned.min(MAX_MENTION_EMAILS).min(MAX_MENTION_EMAILS_A_DAY.saturating_sub(lately))
}
/// A member gets at most one email about a conversation in this time (C18). Further comments follow in one email.
pub const EMAIL_INTERVAL: Duration = Duration::hours(1);
/// The most comments that one email shows.
pub const MAX_IN_EMAIL: usize = 5;
/// The minimum and maximum length of the reason for removing a comment, in characters.
pub const REASON_LENGTH: (usize, usize) = (3, 300);

/// A record as pages and forms name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Kudos by their id.
    Kudos(KudosId),
    /// An event by its slug.
    Event(Slug),
    /// A group by its slug.
    Group(Slug),
}

impl Place {
    /// Reads the kind and the name that a form sends.
    #[must_use]
    pub fn parse(kind: &str, name: &str) -> Option<Self> {
        match kind.parse().ok()? {
            TargetKind::Kudos => name.parse().ok().map(KudosId).map(Self::Kudos),
            TargetKind::Event => Slug::parse(name).map(Self::Event),
            TargetKind::Group => Slug::parse(name).map(Self::Group),
        }
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> TargetKind {
        match self {
            Self::Kudos(_) => TargetKind::Kudos,
            Self::Event(_) => TargetKind::Event,
            Self::Group(_) => TargetKind::Group,
        }
    }

    /// Its id or slug.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Kudos(id) => id.to_string(),
            Self::Event(slug) | Self::Group(slug) => slug.to_string(),
        }
    }

    /// The path of its page.
    #[must_use]
    pub fn path(&self) -> String {
        let folder = match self {
            Self::Kudos(_) => "kudos",
            Self::Event(_) => "events",
            Self::Group(_) => "groups",
        };
        format!("/{folder}/{}", self.name())
    }
}

/// The record that comments are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// Its kind.
    pub kind: TargetKind,
    /// Its id.
    pub id: Uuid,
}

impl From<KudosId> for Target {
    fn from(id: KudosId) -> Self {
        Self { kind: TargetKind::Kudos, id: id.0 }
    }
}

/// Reads the text of a comment.
///
/// # Errors
/// A problem with the field `text`.
pub fn check_text(text: &str) -> Result<String, Problems> {
    let mut checks = Checks::default();
    let text = checks.text("text", text, TEXT_LENGTH.0, TEXT_LENGTH.1);
    checks.finish(Some(text))
}

/// Reads the reason for removing a comment.
///
/// # Errors
/// A problem with the field `reason`.
pub fn check_reason(reason: &str) -> Result<String, Problems> {
    let mut checks = Checks::default();
    let reason = checks.line("reason", reason, REASON_LENGTH.0, REASON_LENGTH.1);
    checks.finish(Some(reason))
}

/// Whether the author may still edit a comment.
///
/// # Errors
/// `CommentEditOver`.
pub fn may_edit(written_at: Instant, now: Instant) -> Result<(), Refusal> {
    if now - written_at < EDIT_WINDOW {
        Ok(())
    } else {
        Err(Refusal::CommentEditOver { minutes: EDIT_WINDOW.num_minutes() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentions_send_few_emails() {
        let cases = [(3, 0, 3), (50, 0, 10), (50, 25, 5), (2, 29, 1), (2, 30, 0), (2, 99, 0)];
        for (mentioned, lately, emails) in cases {
            assert_eq!(mention_emails(mentioned, lately), emails, "{mentioned} {lately}");
        }
    }

    #[test]
    fn c16_a_form_names_its_record() {
        let id = "01935a00-0000-7000-8000-000000000006";
        for (kind, name, path) in [
            ("kudos", id, format!("/kudos/{id}")),
            ("event", "supper", "/events/supper".to_owned()),
            ("group", "on-call", "/groups/on-call".to_owned()),
        ] {
            let place = Place::parse(kind, name).unwrap();
            assert_eq!((place.kind().name(), place.name(), place.path()), (kind, name.to_owned(), path));
        }
        for (kind, name) in [("kudos", "supper"), ("event", "../x"), ("member", "mei"), ("", "")] {
            assert_eq!(Place::parse(kind, name), None, "{kind} {name}");
        }
    }

    #[test]
    fn k8_a_comment_has_1_to_2000_characters() {
        assert_eq!(check_text(" Yes! \r\n"), Ok("Yes!".to_owned()));
        assert_eq!(check_text("  ").unwrap_err()[0].why, Refusal::Missing);
        assert_eq!(check_text(&"é".repeat(2000)).map(|text| text.chars().count()), Ok(2000));
        assert_eq!(check_text(&"x".repeat(2001)).unwrap_err()[0].why, Refusal::TooLong { max: 2000 });
    }

    #[test]
    fn k8_a_comment_can_be_edited_for_15_minutes() {
        let now: Instant = "2026-11-21T12:00:00Z".parse().unwrap();
        assert_eq!(may_edit(now - Duration::seconds(899), now), Ok(()));
        assert_eq!(may_edit(now - EDIT_WINDOW, now), Err(Refusal::CommentEditOver { minutes: 15 }));
    }
}
