//! A mentorship or a proposal has ended. The email says only that, and not who ended it or why (M19).

use super::prelude::*;

/// A mentorship or a proposal has ended: the other person left, was excluded, or their account is gone. It names
/// nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MentorshipEnded {
    /// Name of the programme.
    pub programme: String,
    /// Whether the mentorship had begun. If not, only a proposal has ended.
    pub had_begun: bool,
    /// The meetings that don't take place. They name nobody either.
    #[serde(default)]
    pub meetings: Vec<CancelledMeeting>,
}

impl Kind for MentorshipEnded {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    /// Admins read emails that are not secret, and meetings are for the pair only.
    fn is_secret(&self) -> bool {
        !self.meetings.is_empty()
    }

    fn calendars(&self) -> Vec<Calendar<'_>> {
        self.meetings.iter().map(|it| Calendar::meeting(Method::Cancel, &it.meeting, it.sequence)).collect()
    }

    fn notification(&self) -> Option<String> {
        Some("mentoring".to_owned())
    }

    fn content(&self) -> Content {
        let lead = match self.had_begun {
            true => "email-mentorship-ended-lead",
            false => "email-mentorship-ended-proposal",
        };
        Content::new("email-mentorship-ended-subject", "email-mentorship-ended-heading")
            .typed("programme", &self.programme, MAX_TITLE)
            .yes_or_no("begun", self.had_begun)
            .preview(&[lead])
            .say(lead)
            .say_if(!self.meetings.is_empty(), "email-mentorship-ended-calendar")
            .button("email-not-matched-button", Target::path("mentoring"))
            .why("email-why-mentoring")
    }

    fn sample(sample: &Sample) -> Self {
        Self { programme: sample.programme(), had_begun: true, meetings: Vec::new() }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        let meeting = MeetingFacts { partner: String::new(), ..sample.meeting() };
        let meetings = vec![CancelledMeeting { meeting, sequence: 2 }];
        vec![
            ("proposal", Self { had_begun: false, ..Self::sample(sample) }),
            ("meeting", Self { meetings, ..Self::sample(sample) }),
        ]
    }
}
