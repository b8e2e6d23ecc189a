//! What the community knows about a mentee or mentor, two days before sign-up closes (M5).

use super::prelude::*;

/// What the community knows about a mentee or mentor, two days before sign-up closes (M5). Goals, wishes and people
/// to avoid are on the page behind the link only, because admins can read emails.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignUpReview {
    /// Name of the programme.
    pub programme: String,
    /// The round. Its page is `/mentoring/rounds/{round}`.
    pub round: Slug,
    /// The side.
    pub role: SignUpRole,
    /// Whether the sign-up was sent. One that was not sent takes no part.
    pub is_sent: bool,
    /// The names of the topics.
    pub topics: Vec<String>,
    /// Number of hours of the week.
    pub hours: u32,
    /// When sign-up closes.
    pub closes_at: Instant,
}

impl Kind for SignUpReview {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn expires_at(&self) -> Option<Instant> {
        Some(self.closes_at)
    }

    fn notification(&self) -> Option<String> {
        Some(self.path())
    }

    fn content(&self) -> Content {
        let (subject, lead, button) = match self.is_sent {
            true => {
                ("email-sign-up-review-subject", "email-sign-up-review-lead", "email-sign-up-review-button")
            }
            false => {
                ("email-sign-up-finish-subject", "email-sign-up-finish-lead", "email-sign-up-finish-button")
            }
        };
        let content = Content::new(subject, "email-sign-up-review-heading")
            .typed("programme", &self.programme, MAX_TITLE)
            .number("hours", self.hours)
            .until(self.closes_at)
            .preview(&[lead])
            .say(lead)
            .say_if(!self.topics.is_empty(), "email-sign-up-review-topics");
        let content = match self.topics.is_empty() {
            true => content,
            false => content.part(Part::List { lines: self.topics.clone(), more: None }),
        };
        content
            .say("email-sign-up-review-hours")
            .say("email-sign-up-review-more")
            .button(button, Target::Path(self.path()))
            .say("email-sign-up-review-until")
            .why("email-why-mentoring")
    }

    fn sample(sample: &Sample) -> Self {
        Self {
            programme: sample.programme(),
            round: Slug::of_title("Craft mentoring spring", "round"),
            role: SignUpRole::Mentee,
            is_sent: true,
            topics: sample.topics(),
            hours: 6,
            closes_at: Sample::now() + Duration::days(2),
        }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        vec![("unfinished", Self { is_sent: false, topics: Vec::new(), hours: 0, ..Self::sample(sample) })]
    }
}

impl SignUpReview {
    /// The path of the whole sign-up.
    fn path(&self) -> String {
        format!("mentoring/rounds/{}/sign-up/{}", self.round, self.role.name())
    }
}
