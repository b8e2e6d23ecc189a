//! A meeting of a mentorship as an email describes it to one of the two.

use super::prelude::*;
use crate::{MeetingId, MentorshipId};

/// A meeting as an email describes it to one of the two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingFacts {
    /// Id of the meeting, which is the UID of the calendar entry and never changes.
    pub uid: MeetingId,
    /// The mentorship.
    pub mentorship: MentorshipId,
    /// Name of the other one. Empty after their account is gone.
    pub partner: String,
    /// When it starts, UTC.
    pub starts_at: Instant,
    /// When it ends, UTC.
    pub ends_at: Instant,
    /// Where: a link or a room. May be empty.
    pub place: String,
}

impl MeetingFacts {
    /// The path of the mentorship's page.
    #[must_use]
    pub fn path(&self) -> String {
        mentorship_path(self.mentorship)
    }
}

/// A meeting that does not take place, with the SEQUENCE of its calendar cancellation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancelledMeeting {
    /// The meeting.
    pub meeting: MeetingFacts,
    /// SEQUENCE of the calendar cancellation.
    pub sequence: u32,
}

/// The path of a mentorship's page.
pub(super) fn mentorship_path(mentorship: MentorshipId) -> String {
    format!("mentoring/mentorships/{mentorship}")
}
