//! The conversations of a speed round are there, one of them became a break, or the round is moved or cancelled (M31).

use super::prelude::*;
use crate::SpeedRoundId;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpeedRoundEvent {
    /// The list of conversations is there.
    Published,
    /// Somebody withdrew, so one conversation became a break.
    Break,
    /// The round takes place at another time, or takes longer or shorter.
    Moved,
    /// The round does not take place.
    Cancelled,
}

/// News about a speed round. It names nobody, because admins can read emails.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpeedRoundNews {
    /// The round.
    pub round: SpeedRoundId,
    /// Its title.
    pub title: String,
    /// When it begins.
    pub starts_at: Instant,
    /// How many conversations the recipient has now.
    pub conversations: u32,
    /// What happened.
    pub what: SpeedRoundEvent,
}

impl Kind for SpeedRoundNews {
    fn category(&self) -> EmailCategory {
        // A time and a place that somebody waits at: it can't be turned off, like news about one's own seat.
        EmailCategory::Own
    }

    fn notification(&self) -> Option<String> {
        Some(format!("mentoring/speed-rounds/{}", self.round))
    }

    fn content(&self) -> Content {
        let (subject, lead) = match self.what {
            SpeedRoundEvent::Published => ("email-speed-published-subject", "email-speed-published"),
            SpeedRoundEvent::Break => ("email-speed-break-subject", "email-speed-break"),
            SpeedRoundEvent::Moved => ("email-speed-moved-subject", "email-speed-moved"),
            SpeedRoundEvent::Cancelled => ("email-speed-cancelled-subject", "email-speed-cancelled"),
        };
        let content = Content::new(subject, "email-speed-heading")
            .typed("round", &self.title, MAX_TITLE)
            .arg("time", Value::FullTime(self.starts_at))
            .arg("zone", Value::ZoneAt(self.starts_at))
            .arg("count", Value::Number(i64::from(self.conversations)))
            .preview(&[lead])
            .say(lead);
        let content = match self.what {
            SpeedRoundEvent::Published | SpeedRoundEvent::Break | SpeedRoundEvent::Moved => {
                content.say("email-speed-withdraw")
            }
            SpeedRoundEvent::Cancelled => content,
        };
        let button = match self.what {
            SpeedRoundEvent::Published | SpeedRoundEvent::Break => "email-speed-button",
            SpeedRoundEvent::Moved | SpeedRoundEvent::Cancelled => "email-speed-view",
        };
        content
            .button(button, Target::Path(format!("mentoring/speed-rounds/{}", self.round)))
            .why("email-why-mentoring")
    }

    fn sample(sample: &Sample) -> Self {
        let meeting = sample.meeting();
        Self {
            round: SpeedRoundId(meeting.uid.0),
            title: sample.text("Speed round on threat models"),
            starts_at: meeting.starts_at,
            conversations: 3,
            what: SpeedRoundEvent::Published,
        }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        [
            ("break", SpeedRoundEvent::Break, 1),
            ("moved", SpeedRoundEvent::Moved, 0),
            ("cancelled", SpeedRoundEvent::Cancelled, 0),
        ]
        .map(|(name, what, conversations)| (name, Self { what, conversations, ..Self::sample(sample) }))
        .into()
    }
}
