//! Somebody joined or left a circle, or it was closed (M30).

use super::prelude::*;
use crate::CircleId;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CircleEvent {
    /// To the mentor: a member joined.
    Joined,
    /// To the mentor: a member left.
    Left,
    /// To the members: the mentor closed it.
    Closed,
}

/// Somebody joined or left a circle, or it was closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CircleNews {
    /// The recipient.
    pub mailing: Mailing,
    /// The circle.
    pub circle: CircleId,
    /// Its title.
    pub title: String,
    /// Name of the member, or of the mentor.
    pub partner: String,
    /// What happened.
    pub what: CircleEvent,
}

impl Kind for CircleNews {
    fn category(&self) -> EmailCategory {
        EmailCategory::Mentoring
    }

    fn mailing(&self) -> Option<&Mailing> {
        Some(&self.mailing)
    }

    fn notification(&self) -> Option<String> {
        Some(format!("mentoring/circles/{}", self.circle))
    }

    fn content(&self) -> Content {
        let (subject, lead) = match self.what {
            CircleEvent::Joined => ("email-circle-joined-subject", "email-circle-joined"),
            CircleEvent::Left => ("email-circle-left-subject", "email-circle-left"),
            CircleEvent::Closed => ("email-circle-closed-subject", "email-circle-closed"),
        };
        Content::new(subject, "email-circle-heading")
            .typed("partner", &self.partner, MAX_TITLE)
            .typed("circle", &self.title, MAX_TITLE)
            .preview(&[lead])
            .say(lead)
            .button("email-circle-button", Target::Path(format!("mentoring/circles/{}", self.circle)))
            .why("email-why-mentoring")
    }

    fn sample(sample: &Sample) -> Self {
        let meeting = sample.meeting();
        Self {
            mailing: Mailing { group: None, ..sample.mailing() },
            circle: CircleId(meeting.uid.0),
            title: sample.text("Threat models for small teams"),
            partner: meeting.partner,
            what: CircleEvent::Joined,
        }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        [("left", CircleEvent::Left), ("closed", CircleEvent::Closed)]
            .map(|(name, what)| (name, Self { what, ..Self::sample(sample) }))
            .into()
    }
}
