//! One of a pair wrote to the other (M26). The text is on the page only, because admins read emails.

use super::prelude::*;
use crate::MentorshipId;

/// One of a pair wrote to the other (M26). The text is on the page only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MentorMessage {
    /// The recipient.
    pub mailing: Mailing,
    /// The mentorship.
    pub mentorship: MentorshipId,
    /// Name of the author.
    pub partner: String,
}

impl Kind for MentorMessage {
    fn category(&self) -> EmailCategory {
        EmailCategory::MentorMessages
    }

    fn mailing(&self) -> Option<&Mailing> {
        Some(&self.mailing)
    }

    fn notification(&self) -> Option<String> {
        Some(format!("{}/messages", mentorship_path(self.mentorship)))
    }

    fn content(&self) -> Content {
        Content::new("email-mentor-message-subject", "email-mentor-message-heading")
            .typed("partner", &self.partner, MAX_TITLE)
            .preview(&["email-mentor-message-lead"])
            .say("email-mentor-message-lead")
            .button(
                "email-mentor-message-button",
                Target::Path(format!("{}/messages", mentorship_path(self.mentorship))),
            )
            .why("email-why-mentoring")
    }

    fn sample(sample: &Sample) -> Self {
        let meeting = sample.meeting();
        Self {
            mailing: Mailing { group: None, ..sample.mailing() },
            mentorship: meeting.mentorship,
            partner: meeting.partner,
        }
    }
}
