//! The two agreed on a time, for the first time or again (M17). It carries the calendar invitation.

use super::prelude::*;

/// The two agreed on a time, for the first time or again (M17).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingAgreed {
    /// The meeting.
    pub meeting: MeetingFacts,
    /// SEQUENCE of the calendar invitation.
    pub sequence: u32,
    /// The time before, if it moved.
    pub was: Option<Instant>,
}

impl Kind for MeetingAgreed {
    fn category(&self) -> EmailCategory {
        EmailCategory::Own
    }

    /// Admins read emails that are not secret, and meetings are for the pair only.
    fn is_secret(&self) -> bool {
        true
    }

    fn calendars(&self) -> Vec<Calendar<'_>> {
        vec![Calendar::meeting(Method::Request, &self.meeting, self.sequence)]
    }

    fn notification(&self) -> Option<String> {
        Some(self.meeting.path())
    }

    fn content(&self) -> Content {
        let content = Content::new("email-meeting-agreed-subject", "email-meeting-agreed-heading")
            .about_meeting(&self.meeting)
            .yes_or_no("moved", self.was.is_some())
            .preview(&["email-meeting-when"])
            .say("email-meeting-when");
        let content = match self.was {
            Some(was) => content.arg("was", Value::FullTime(was)).say("email-meeting-was"),
            None => content,
        };
        let content = match self.meeting.place.trim() {
            "" => content,
            _ => content.say("email-meeting-place").part(Part::Typed(self.meeting.place.clone())),
        };
        content
            .say("email-meeting-change")
            .button("email-mentorship-button", Target::Path(self.meeting.path()))
            .why("email-why-mentoring")
    }

    fn sample(sample: &Sample) -> Self {
        Self { meeting: sample.meeting(), sequence: 1, was: None }
    }

    fn variants(sample: &Sample) -> Vec<(&'static str, Self)> {
        let was = Some(sample.meeting().starts_at - Duration::days(1));
        vec![("moved", Self { sequence: 2, was, ..Self::sample(sample) })]
    }
}
