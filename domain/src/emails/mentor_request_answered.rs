//! A mentor answered a direct request, or let it expire (M25).

use super::{mentor_requested::request_path, prelude::*};
use crate::{MentorRequestId, mentorships::RequestState};

/// A mentor answered a direct request, or let it expire (M25).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MentorRequestAnswered {
    /// The request.
    pub request: MentorRequestId,
    /// Name of the mentor.
    pub partner: String,
    /// The answer.
    pub answer: RequestState,
    /// Whether it was the recipient's offer to teach (M32).
    #[serde(default)]
    pub is_offer: bool,
}

impl Kind for MentorRequestAnswered {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    fn notification(&self) -> Option<String> {
        Some(request_path(self.request))
    }

    fn content(&self) -> Content {
        let lead = match self.answer {
            RequestState::Accepted if self.is_offer => "email-mentor-offer-accepted",
            RequestState::Expired if self.is_offer => "email-mentor-offer-expired",
            _ if self.is_offer => "email-mentor-offer-declined",
            RequestState::Accepted => "email-mentor-request-accepted",
            RequestState::OfficeHours => "email-mentor-request-office-hours",
            RequestState::Expired => "email-mentor-request-expired",
            RequestState::Declined | RequestState::Pending | RequestState::Withdrawn => {
                "email-mentor-request-declined"
            }
        };
        let (subject, heading) = match self.is_offer {
            false => ("email-mentor-request-subject", "email-mentor-request-heading"),
            true => ("email-mentor-offer-subject", "email-mentor-offer-heading"),
        };
        Content::new(subject, heading)
            .typed("partner", &self.partner, MAX_TITLE)
            .preview(&[lead])
            .say(lead)
            .button("email-mentor-request-button", Target::Path(request_path(self.request)))
            .why("email-why-mentoring")
    }

    fn sample(sample: &Sample) -> Self {
        Self {
            request: MentorRequestId(sample.meeting().uid.0),
            partner: sample.text("Grace Lindqvist"),
            answer: RequestState::Accepted,
            is_offer: false,
        }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        [
            ("declined", RequestState::Declined),
            ("office_hours", RequestState::OfficeHours),
            ("expired", RequestState::Expired),
        ]
        .map(|(name, answer)| (name, Self { answer, ..Self::sample(sample) }))
        .into_iter()
        .chain(
            [
                ("offer_accepted", RequestState::Accepted),
                ("offer_declined", RequestState::Declined),
                ("offer_expired", RequestState::Expired),
            ]
            .map(|(name, answer)| (name, Self { answer, is_offer: true, ..Self::sample(sample) })),
        )
        .collect()
    }
}
