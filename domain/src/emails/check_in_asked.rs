//! A short question to one of a pair: did you connect, and how is it going? (M15, M18)

use super::prelude::*;
use crate::{CheckInId, mentorships::CheckInKind};

/// A short question to one of a pair. The answer is two taps away, without signing in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckInAsked {
    /// The check-in.
    pub check_in: CheckInId,
    /// What it asks.
    pub asks: CheckInKind,
    /// Name of the other one.
    pub partner: String,
}

impl Kind for CheckInAsked {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    /// Admins read emails that are not secret, and this one has a link that answers for its recipient.
    fn is_secret(&self) -> bool {
        true
    }

    fn notification(&self) -> Option<String> {
        // The link in the email answers for its recipient. This page leads to the mentorship, which asks the same.
        Some("mentoring".to_owned())
    }

    fn content(&self) -> Content {
        let (subject, lead, private) = match self.asks {
            CheckInKind::Connected => (
                "email-check-in-connected-subject",
                "email-check-in-connected",
                "email-check-in-private-connected",
            ),
            CheckInKind::Quarter | CheckInKind::Half | CheckInKind::ThreeQuarters => {
                ("email-check-in-subject", "email-check-in-lead", "email-check-in-private")
            }
        };
        Content::new(subject, "email-check-in-heading")
            .typed("partner", &self.partner, MAX_TITLE)
            .preview(&[lead])
            .say(lead)
            .button("email-check-in-button", Target::CheckIn(self.check_in))
            .say(private)
            .why("email-why-mentoring")
    }

    fn sample(sample: &Sample) -> Self {
        let meeting = sample.meeting();
        Self { check_in: CheckInId(meeting.uid.0), asks: CheckInKind::Quarter, partner: meeting.partner }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        vec![("connected", Self { asks: CheckInKind::Connected, ..Self::sample(sample) })]
    }
}
