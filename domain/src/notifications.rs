//! Notifications: what a member finds in Guildhall about things that happened to them (C13).
//!
//! A notification and an email about the same thing are written together. Which kinds have one is a part of
//! [`crate::emails::Kind`]. A stored notification holds a kind and a path only. What its reader sees is looked up each
//! time, because they may no longer see the record.

use uuid::Uuid;

use crate::{CommentId, KudosId, Problem, Problems, Refusal, Slug, emails::EmailCategory};

/// The number of notifications on one page.
pub const PAGE_SIZE: u64 = 30;
/// The highest number that the header shows. Above it says "99+".
pub const MAX_SHOWN: u64 = 99;

/// The record that a notification is about, as far as its path names one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Record {
    /// An event.
    Event(Slug),
    /// A group.
    Group(Slug),
    /// An invitation to a group, which its recipient may see before they are a member.
    Invitation(Slug),
    /// Kudos.
    Kudos(KudosId),
    /// A page that checks its reader itself, for example one about mentoring.
    Page,
}

impl Record {
    /// The record behind the path of a notification.
    #[must_use]
    pub fn of_path(path: &str) -> Self {
        let page = path.split(['?', '#']).next().unwrap_or_default();
        let mut parts = page.split('/');
        let (first, second, third) = (parts.next(), parts.next(), parts.next());
        let slug = || second.and_then(Slug::parse);
        let found = match (first, third) {
            (Some("events"), _) => slug().map(Self::Event),
            (Some("groups"), Some("invitation")) => slug().map(Self::Invitation),
            (Some("groups"), _) => slug().map(Self::Group),
            (Some("kudos"), _) => second.and_then(|id| id.parse().ok()).map(KudosId).map(Self::Kudos),
            _ => None,
        };
        found.unwrap_or(Self::Page)
    }
}

/// The comment that the path of a notification ends with, if it is about one.
#[must_use]
pub fn comment_of_path(path: &str) -> Option<CommentId> {
    let (_, fragment) = path.split_once('#')?;
    fragment.strip_prefix("comment-")?.parse::<Uuid>().ok().map(CommentId)
}

/// Whether notifications of one category are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotificationPreference {
    /// The category.
    pub category: EmailCategory,
    /// Whether new notifications are written.
    pub is_on: bool,
}

impl NotificationPreference {
    /// Reads a choice as the form writes it, for example `kudos off`.
    ///
    /// # Errors
    /// `BadChoice` for the field `notifications` when there is no such choice.
    pub fn check(text: &str) -> Result<Self, Problems> {
        let read = || {
            let (category, choice) = text.split_once(' ')?;
            let category: EmailCategory = category.parse().ok()?;
            let is_on = match choice {
                "on" => true,
                "off" => false,
                _ => return None,
            };
            (category.is_optional() && category.has_notifications()).then_some(Self { category, is_on })
        };
        read().ok_or_else(|| vec![Problem { field: "notifications".into(), why: Refusal::BadChoice }])
    }

    /// The choice as the form writes it, which [`Self::check`] reads.
    #[must_use]
    pub fn text(self) -> String {
        format!("{} {}", self.category.name(), if self.is_on { "on" } else { "off" })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::emails::{Email, Sample};

    #[test]
    fn c13_a_path_names_its_record() {
        let slug = |text: &str| Slug::parse(text).unwrap();
        let id = "01935a00-0000-7000-8000-000000000006";
        for (path, record) in [
            ("events/supper", Record::Event(slug("supper"))),
            ("events/supper/people?show=waiting", Record::Event(slug("supper"))),
            ("groups/on-call/members", Record::Group(slug("on-call"))),
            ("groups/on-call/invitation", Record::Invitation(slug("on-call"))),
            ("groups", Record::Page),
            ("events/..%2f", Record::Page),
            ("mentoring", Record::Page),
        ] {
            assert_eq!(Record::of_path(path), record, "{path}");
        }
        let path = format!("kudos/{id}#comment-{id}");
        assert_eq!(Record::of_path(&path), Record::Kudos(KudosId(id.parse().unwrap())));
        assert_eq!(comment_of_path(&path), Some(CommentId(id.parse().unwrap())));
        assert_eq!(comment_of_path("kudos/x#comments"), None);
    }

    #[test]
    fn c14_a_choice_is_read_back_as_written() {
        for text in ["kudos on", "comments off"] {
            assert_eq!(
                NotificationPreference::check(text).map(NotificationPreference::text),
                Ok(text.into())
            );
        }
        // Categories that members cannot turn off, or without notifications.
        for wrong in ["", "kudos", "kudos maybe", "own off", "changes off", "wall off", "digest on"] {
            assert!(NotificationPreference::check(wrong).is_err(), "{wrong}");
        }
    }

    /// The table to review: each kind of email that also writes a notification, by its category.
    #[test]
    fn c13_the_kinds_with_a_notification_are_as_reviewed() {
        let mut table: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for (_, email) in Email::samples(&Sample { hostile: false }) {
            if email.notification().is_some() {
                table.entry(email.category().name()).or_default().insert(email.kind().to_owned());
            }
        }
        let lines: Vec<String> = table
            .iter()
            .map(|(category, kinds)| {
                format!("{category}: {}", kinds.iter().cloned().collect::<Vec<_>>().join(" "))
            })
            .collect();
        assert_eq!(
            lines,
            [
                "announcements: announcement host_message",
                "changes: agenda_changed cancelled reinstated rescheduled series_cancelled series_rescheduled",
                "comments: comment_posted",
                "demands: demand_news demand_scheduled",
                "hellos: hello_said",
                "kudos: kudos_received",
                "mentor_messages: mentor_message",
                "mentoring: circle_news mentor_wanted question_news round_email",
                "new_events: new_event",
                "own: approved check_in_asked co_speaker_invited cohost_invited cohost_removed deletion_planned deletion_waits \
                 fewer_offered group_invitation group_left hello_answered join_decided join_requested matching_paused \
                 measure_taken meeting_agreed meeting_cancelled meeting_proposed mentor_request_answered \
                 mentor_requested mentorship_ended mentorship_started moved_back new_requests no_mentee not_matched offer \
                 offer_expired pair_alert pair_news promoted proposal_ended proposal_reminder \
                 proposal_to_mentee proposal_to_mentor questions_added report_decided reported_decided request_waits \
                 role_changed round_cancelled seat_declined seat_moved seat_removed seat_still_wanted series_seats sign_up_review slides_wanted \
                 speaker_proposed speed_round_news submission_news waitlisted",
                "reminders: reminder",
            ]
        );
        let with: BTreeSet<&str> = table.keys().copied().collect();
        let expected: BTreeSet<&str> = EmailCategory::ALL
            .iter()
            .filter(|category| category.has_notifications())
            .map(|category| category.name())
            .collect();
        assert_eq!(with, expected, "the categories say the same");
    }
}
