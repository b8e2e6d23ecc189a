//! Somebody offered to teach what a member asked for, gave that back, or asks a group to host it (B10).

use super::prelude::*;
use crate::DemandId;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DemandEvent {
    /// To the author: a speaker offered to teach it.
    Claimed,
    /// To the author: the speaker gave it back.
    Released,
    /// To the speaker: the author or an organiser put it back on the board.
    TakenBack,
    /// To the organisers of a group: a speaker asks them to host it.
    HostAsked,
}

/// News about a learning request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemandNews {
    /// The recipient.
    pub mailing: Mailing,
    /// The learning request.
    pub demand: DemandId,
    /// Its title.
    pub title: String,
    /// Name of the speaker.
    pub partner: String,
    /// What happened.
    pub what: DemandEvent,
}

impl DemandNews {
    fn path(&self) -> String {
        format!("demands/{}", self.demand)
    }
}

impl Kind for DemandNews {
    fn category(&self) -> EmailCategory {
        EmailCategory::Demands
    }

    fn mailing(&self) -> Option<&Mailing> {
        Some(&self.mailing)
    }

    fn notification(&self) -> Option<String> {
        Some(self.path())
    }

    fn content(&self) -> Content {
        let (subject, lead) = match self.what {
            DemandEvent::Claimed => ("email-demand-claimed-subject", "email-demand-claimed"),
            DemandEvent::Released => ("email-demand-released-subject", "email-demand-released"),
            DemandEvent::TakenBack => ("email-demand-taken-back-subject", "email-demand-taken-back"),
            DemandEvent::HostAsked => ("email-demand-host-asked-subject", "email-demand-host-asked"),
        };
        Content::new(subject, "email-demand-heading")
            .typed("partner", &self.partner, MAX_TITLE)
            .typed("demand", &self.title, MAX_TITLE)
            .preview(&[lead])
            .say(lead)
            .button("email-demand-button", Target::Path(self.path()))
            .why("email-why-demand")
    }

    fn sample(sample: &Sample) -> Self {
        let meeting = sample.meeting();
        Self {
            mailing: Mailing { group: None, ..sample.mailing() },
            demand: DemandId(meeting.uid.0),
            title: sample.text("Threat models for small teams"),
            partner: meeting.partner,
            what: DemandEvent::Claimed,
        }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        [
            ("released", DemandEvent::Released),
            ("taken_back", DemandEvent::TakenBack),
            ("host_asked", DemandEvent::HostAsked),
        ]
        .map(|(name, what)| (name, Self { what, ..Self::sample(sample) }))
        .into()
    }
}
