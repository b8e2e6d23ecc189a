//! A coordinator looks for mentors who teach a topic.

use super::prelude::*;

/// A coordinator looks for mentors who teach a topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MentorWanted {
    /// Name of the programme.
    pub programme: String,
    /// The round. Its page is `/mentoring/rounds/{round}`.
    pub round: Slug,
    /// The name of the topic that the recipient's profile says they teach.
    pub topic: String,
    /// When sign-up closes.
    pub closes_at: Instant,
    /// The member for the unsubscribe link.
    pub mailing: Mailing,
}

impl Kind for MentorWanted {
    fn category(&self) -> EmailCategory {
        EmailCategory::Mentoring
    }

    fn expires_at(&self) -> Option<Instant> {
        Some(self.closes_at)
    }

    fn mailing(&self) -> Option<&Mailing> {
        Some(&self.mailing)
    }

    fn notification(&self) -> Option<String> {
        Some(self.path())
    }

    fn content(&self) -> Content {
        Content::new("email-mentor-wanted-subject", "email-mentor-wanted-heading")
            .typed("programme", &self.programme, MAX_TITLE)
            .typed("topic", &self.topic, MAX_TITLE)
            .until(self.closes_at)
            .preview(&["email-mentor-wanted-lead"])
            .say("email-mentor-wanted-lead")
            .say("email-mentor-wanted-what")
            .button("email-mentor-wanted-button", Target::Path(self.path()))
            .say("email-sign-up-review-until")
            .why("email-why-mentor-wanted")
    }

    fn sample(sample: &Sample) -> Self {
        Self {
            programme: sample.programme(),
            round: Slug::of_title("Craft mentoring spring", "round"),
            topic: sample.text("Threat modelling"),
            closes_at: Sample::now() + Duration::days(6),
            mailing: sample.mailing(),
        }
    }
}

impl MentorWanted {
    /// The path of the first step of a mentor's sign-up.
    fn path(&self) -> String {
        format!("mentoring/rounds/{}/sign-up/mentor/about", self.round)
    }
}
