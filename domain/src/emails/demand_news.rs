//! Somebody offered to teach what a member asked for, gave that back, or asks a group to host it, which may decline (B10).

use super::prelude::*;
use crate::{DemandId, MemberId};

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
    /// To the speaker: the group can't host it.
    HostDeclined,
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
    /// Name of the speaker, or of the group that can't host it.
    pub partner: String,
    /// What happened.
    pub what: DemandEvent,
    /// Why the group can't host it, with the organiser who wrote it.
    #[serde(default)]
    pub reason: Option<(MemberId, String)>,
}

impl DemandNews {
    fn path(&self) -> String {
        format!("demands/{}", self.demand)
    }

    fn declined_sample(sample: &Sample) -> Self {
        let (what, partner) = (DemandEvent::HostDeclined, sample.text("Train crew"));
        let text = sample.text("Our room is booked until March.\nPlease ask the on-call group.");
        let reason = Some((sample.mailing().member, text));
        Self { what, partner, reason, ..Self::sample(sample) }
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

    fn quotes(&self) -> Vec<Quote> {
        self.reason.iter().map(|(author, _)| Quote::Member(*author)).collect()
    }

    fn content(&self) -> Content {
        let reason = self.reason.as_ref().map_or("", |(_, text)| text);
        let (subject, lead) = match self.what {
            DemandEvent::Claimed => ("email-demand-claimed-subject", "email-demand-claimed"),
            DemandEvent::Released => ("email-demand-released-subject", "email-demand-released"),
            DemandEvent::TakenBack => ("email-demand-taken-back-subject", "email-demand-taken-back"),
            DemandEvent::HostAsked => ("email-demand-host-asked-subject", "email-demand-host-asked"),
            DemandEvent::HostDeclined => ("email-demand-host-declined-subject", "email-demand-host-declined"),
        };
        Content::new(subject, "email-demand-heading")
            .typed("partner", &self.partner, MAX_TITLE)
            .typed("demand", &self.title, MAX_TITLE)
            .preview(&[lead])
            .say(lead)
            .message("email-message-from-organiser", reason)
            .say_if(self.what == DemandEvent::HostDeclined, "email-demand-host-declined-next")
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
            reason: None,
        }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        [
            ("released", DemandEvent::Released),
            ("taken_back", DemandEvent::TakenBack),
            ("host_asked", DemandEvent::HostAsked),
        ]
        .map(|(name, what)| (name, Self { what, ..Self::sample(sample) }))
        .into_iter()
        .chain([("host_declined", Self::declined_sample(sample))])
        .collect()
    }
}
