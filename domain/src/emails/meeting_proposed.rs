//! One of a pair proposes times for a meeting, or asks to move it (M17).

use super::prelude::*;
use crate::MentorshipId;

/// One of a pair proposes times for a meeting, or asks to move it (M17).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingProposed {
    /// The mentorship.
    pub mentorship: MentorshipId,
    /// Name of the one who proposes.
    pub partner: String,
    /// One to three times.
    pub times: Vec<Instant>,
    /// The time that was agreed before, if the meeting moves.
    pub was: Option<Instant>,
}

impl Kind for MeetingProposed {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    /// Admins read emails that are not secret, and meetings are for the pair only.
    fn is_secret(&self) -> bool {
        true
    }

    fn notification(&self) -> Option<String> {
        Some(mentorship_path(self.mentorship))
    }

    fn content(&self) -> Content {
        let lead = match self.was {
            Some(_) => "email-meeting-proposed-move",
            None => "email-meeting-proposed-lead",
        };
        let mut content = Content::new("email-meeting-proposed-subject", "email-meeting-proposed-heading")
            .typed("partner", &self.partner, MAX_TITLE)
            .yes_or_no("moves", self.was.is_some())
            .preview(&[lead])
            .say(lead);
        if let Some(was) = self.was {
            content = content.arg("was", Value::FullTime(was));
        }
        let names = [
            ("time1", "zone1", "email-meeting-proposed-time-1"),
            ("time2", "zone2", "email-meeting-proposed-time-2"),
            ("time3", "zone3", "email-meeting-proposed-time-3"),
        ];
        for (at, (time, zone, sentence)) in self.times.iter().zip(names) {
            content = content.arg(time, Value::FullTime(*at)).arg(zone, Value::ZoneAt(*at)).say(sentence);
        }
        content
            .button("email-meeting-proposed-button", Target::Path(mentorship_path(self.mentorship)))
            .why("email-why-mentoring")
    }

    fn sample(sample: &Sample) -> Self {
        let meeting = sample.meeting();
        let at = |days| meeting.starts_at + Duration::days(days);
        Self {
            mentorship: meeting.mentorship,
            partner: meeting.partner,
            times: vec![at(0), at(1), at(2)],
            was: None,
        }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        let was = Some(sample.meeting().starts_at - Duration::days(1));
        let first = Self::sample(sample);
        vec![("move", Self { was, times: first.times[..1].to_vec(), ..first })]
    }
}
