//! A meeting does not take place (M17). It withdraws the calendar invitation.

use super::prelude::*;

/// A meeting does not take place (M17). It withdraws the calendar invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingCancelled {
    /// The meeting.
    pub meeting: MeetingFacts,
    /// SEQUENCE of the calendar cancellation.
    pub sequence: u32,
    /// Whether the recipient cancelled it.
    pub by_recipient: bool,
}

impl Kind for MeetingCancelled {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    /// Admins read emails that are not secret, and meetings are for the pair only.
    fn is_secret(&self) -> bool {
        true
    }

    fn calendars(&self) -> Vec<Calendar<'_>> {
        vec![Calendar::meeting(Method::Cancel, &self.meeting, self.sequence)]
    }

    fn notification(&self) -> Option<String> {
        (!self.by_recipient).then(|| self.meeting.path())
    }

    fn content(&self) -> Content {
        let lead = match self.by_recipient {
            true => "email-meeting-cancelled-by-you",
            false => "email-meeting-cancelled-by-other",
        };
        Content::new("email-meeting-cancelled-subject", "email-meeting-cancelled-heading")
            .about_meeting(&self.meeting)
            .preview(&[lead])
            .say(lead)
            .say("email-meeting-cancelled-next")
            .button("email-mentorship-button", Target::Path(self.meeting.path()))
            .why("email-why-mentoring")
    }

    fn sample(sample: &Sample) -> Self {
        Self { meeting: sample.meeting(), sequence: 2, by_recipient: false }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        vec![("own", Self { by_recipient: true, ..Self::sample(sample) })]
    }
}
