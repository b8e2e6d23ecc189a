//! What organisers write to those who answered an event, or did not (C10).

use chrono::{Duration, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::{Problems, Refusal, checks::Checks, members::string_enum};

/// The most announcements of an event a day.
pub const MAX_PER_DAY: u32 = 5;
/// How many test emails one member may send to themselves within an hour, over all events.
pub const MAX_TESTS_PER_HOUR: u64 = 10;
/// What goes out now can be taken back for so long.
pub const SEND_DELAY: Duration = Duration::minutes(2);
/// A new event is announced after so long: whoever published it too early can take it back.
pub const NEW_EVENT_DELAY: Duration = Duration::minutes(10);

string_enum! {
    /// Some of the people around an event.
    Segment {
        /// Who has a seat.
        Going = "going",
        /// Who has a seat in the room, where one can also come online.
        InTheRoom = "in_the_room",
        /// Who has a seat online, where one can also come to a room; until the room has a seat for them, too.
        Online = "online",
        /// Who waits for one.
        Waiting = "waiting",
        /// Who belongs to the event's group and has not answered.
        Unanswered = "unanswered",
        /// Who gave a seat or a place back.
        NotGoing = "not_going",
    }
}

string_enum! {
    /// Where an announcement stands.
    AnnouncementState {
        /// Waits for its time; can be changed.
        Held = "held",
        /// Goes out, some after the other.
        Going = "going_out",
        /// Everybody was written to.
        Sent = "sent",
        /// Taken back.
        Cancelled = "cancelled",
    }
}

/// The form as a browser posts it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AnnouncementForm {
    /// A line.
    pub subject: String,
    /// Paragraphs.
    pub words: String,
    /// Names of [`Segment`].
    pub segments: Vec<String>,
    /// `2026-11-24T09:00` in the event's zone; empty for now.
    pub at: String,
}

/// What an organiser wants to write, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// 1 to 120 characters.
    pub subject: String,
    /// 1 to 5,000 characters, paragraphs between empty lines.
    pub words: String,
    /// To whom; at least one.
    pub segments: Vec<Segment>,
    /// When, wall time in the event's zone; none for now.
    pub at: Option<NaiveDateTime>,
}

impl AnnouncementForm {
    /// Reads the form.
    ///
    /// # Errors
    /// Everything that is wrong with it, field by field.
    pub fn check(&self) -> Result<Announcement, Problems> {
        let mut checks = Checks::default();
        let segments = self.segments(&mut checks);
        if self.segments.is_empty() {
            checks.problem("segments", Refusal::ChooseOne);
        }
        let read = self.rest(&mut checks, segments);
        checks.finish(Some(read))
    }

    /// Reads the form for its writer alone: that needs nobody else.
    ///
    /// # Errors
    /// Everything else that is wrong with it, field by field.
    pub fn check_trial(&self) -> Result<Announcement, Problems> {
        let mut checks = Checks::default();
        let segments = self.segments(&mut checks);
        let read = self.rest(&mut checks, segments);
        checks.finish(Some(read))
    }

    fn segments(&self, checks: &mut Checks) -> Vec<Segment> {
        let mut segments: Vec<Segment> = Vec::new();
        for name in &self.segments {
            if let Some(segment) = checks.choice("segments", name)
                && !segments.contains(&segment)
            {
                segments.push(segment);
            }
        }
        segments
    }

    fn rest(&self, checks: &mut Checks, segments: Vec<Segment>) -> Announcement {
        let subject = checks.line("subject", &self.subject, 1, 120);
        let words = checks.text("words", &self.words, 1, 5_000);
        let at = checks.local_time("at", &self.at);
        Announcement { subject, words, segments, at }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c10_a_form_says_to_whom_and_what() {
        let good = AnnouncementForm {
            subject: " Bring a laptop\r\nBcc: x ".into(),
            words: "One.\r\n\r\nTwo.".into(),
            segments: vec!["going".into(), "waiting".into(), "going".into()],
            at: "2026-11-24T09:00".into(),
        };
        let read = good.check().unwrap();
        assert_eq!(read.subject, "Bring a laptop  Bcc: x");
        assert_eq!(read.words, "One.\n\nTwo.");
        assert_eq!(read.segments, [Segment::Going, Segment::Waiting]);
        assert!(read.at.is_some());
        let fields = |form: AnnouncementForm| {
            form.check().unwrap_err().into_iter().map(|problem| problem.field).collect::<Vec<_>>()
        };
        assert_eq!(fields(AnnouncementForm::default()), ["segments", "subject", "words"]);
        let nobody = AnnouncementForm { segments: Vec::new(), ..good.clone() };
        assert!(nobody.check_trial().is_ok() && nobody.check().is_err());
        assert_eq!(fields(AnnouncementForm { segments: vec!["all".into()], ..good.clone() }), ["segments"]);
        assert_eq!(fields(AnnouncementForm { at: "soon".into(), ..good }), ["at"]);
    }
}
