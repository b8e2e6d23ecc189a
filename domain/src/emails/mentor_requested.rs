//! Somebody asks a mentor directly, outside a round (M25). What they wrote is on the page only.

use super::prelude::*;
use crate::MentorRequestId;

/// Somebody asks a mentor directly, outside a round (M25).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MentorRequested {
    /// The request.
    pub request: MentorRequestId,
    /// Name of the mentee.
    pub partner: String,
    /// Name of the programme.
    pub programme: String,
    /// When it expires.
    pub until: Instant,
    /// Whether it is an offer to teach the recipient (M32).
    #[serde(default)]
    pub is_offer: bool,
}

impl Kind for MentorRequested {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn expires_at(&self) -> Option<Instant> {
        Some(self.until)
    }

    fn notification(&self) -> Option<String> {
        Some(request_path(self.request))
    }

    fn content(&self) -> Content {
        let (subject, heading, lead, until) = match self.is_offer {
            false => (
                "email-mentor-requested-subject",
                "email-mentor-requested-heading",
                "email-mentor-requested-lead",
                "email-mentor-requested-until",
            ),
            true => (
                "email-mentor-offered-subject",
                "email-mentor-offered-heading",
                "email-mentor-offered-lead",
                "email-mentor-offered-until",
            ),
        };
        Content::new(subject, heading)
            .typed("partner", &self.partner, MAX_TITLE)
            .typed("programme", &self.programme, MAX_TITLE)
            .until(self.until)
            .preview(&[lead])
            .say(lead)
            .button("email-mentor-requested-button", Target::Path(request_path(self.request)))
            .say(until)
            .why("email-why-mentoring")
    }

    fn sample(sample: &Sample) -> Self {
        Self {
            request: MentorRequestId(sample.meeting().uid.0),
            partner: sample.text("Mei Tanaka"),
            programme: sample.programme(),
            until: Sample::now() + Duration::days(7),
            is_offer: false,
        }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        vec![("offer", Self { is_offer: true, ..Self::sample(sample) })]
    }
}

/// The path of a direct request's page.
pub(super) fn request_path(request: MentorRequestId) -> String {
    format!("mentoring/requests/{request}")
}
