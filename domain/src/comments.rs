//! Comments below a record, such as kudos: what a form accepts, and the time for changes (K8).

use chrono::Duration;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Instant, KudosId, Problems, Refusal, checks::Checks, members::string_enum};

/// The minimum and maximum length of a comment, in characters.
pub const TEXT_LENGTH: (usize, usize) = (1, 2000);
/// How long the author can edit a comment. They can delete it at any time.
pub const EDIT_WINDOW: Duration = Duration::minutes(15);
/// The most comments below one record, with replies.
pub const MAX_COMMENTS: u64 = 500;
/// The most comments that a member writes in an hour.
pub const MAX_PER_HOUR: u64 = 30;

string_enum! {
    /// The kinds of records that can have comments. Who reads them is whoever sees the record.
    TargetKind {
        /// Kudos.
        Kudos,
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

impl Target {
    /// The path of its page.
    #[must_use]
    pub fn path(self) -> String {
        match self.kind {
            TargetKind::Kudos => format!("/kudos/{}", self.id),
        }
    }
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
