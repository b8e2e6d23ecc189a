//! Announcements: messages from organisers to people of an event, whether or not they have an RSVP (C10).

use chrono::{Duration, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::{Problems, Refusal, checks::Checks, members::string_enum};

/// How many announcements an event may send in a day.
pub const MAX_PER_DAY: u32 = 5;
/// How many test emails one member may send to themselves within an hour, over all events.
pub const MAX_TESTS_PER_HOUR: u64 = 10;
/// How long an announcement that is sent now can be cancelled.
pub const SEND_DELAY: Duration = Duration::minutes(2);
/// A new event is announced after this time, so that a mistake in publishing can be undone.
pub const NEW_EVENT_DELAY: Duration = Duration::minutes(10);

string_enum! {
    /// A group of recipients around an event.
    Segment {
        /// Members with a seat.
        Going,
        /// Members with a seat in the room of a hybrid event.
        InTheRoom,
        /// Members with a seat online at a hybrid event, including those who wait for the room.
        Online,
        /// Members on the waitlist.
        Waiting,
        /// Members of the event's group without an RSVP.
        Unanswered,
        /// Members who gave up their seat or position.
        NotGoing,
    }
}

string_enum! {
    /// Whether an announcement is scheduled, being sent, sent or cancelled.
    AnnouncementState {
        /// Scheduled. It can be edited and cancelled.
        Held,
        /// Being sent in batches.
        GoingOut,
        /// Sent to every recipient.
        Sent,
        /// Cancelled before it was sent.
        Cancelled,
    }
}

/// The form as a browser posts it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AnnouncementForm {
    /// A single line of text.
    pub subject: String,
    /// Paragraphs of plain text.
    pub message: String,
    /// Names of [`Segment`]s.
    pub segments: Vec<String>,
    /// When to send it, for example `2026-11-24T09:00` in the event's time zone; empty for now.
    pub at: String,
    /// `yes` to get replies at one's own address.
    pub reply: String,
}

/// A validated announcement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// 1 to 120 characters.
    pub subject: String,
    /// 1 to 5,000 characters, paragraphs between empty lines.
    pub message: String,
    /// The recipients; at least one segment.
    pub segments: Vec<Segment>,
    /// When to send it, as wall time in the event's time zone; `None` for now.
    pub at: Option<NaiveDateTime>,
    /// Whether replies go to the author, whose address its readers then see.
    pub shares_address: bool,
}

impl AnnouncementForm {
    /// Validates every field of the form.
    ///
    /// # Errors
    /// Every problem, with its field.
    pub fn check(&self) -> Result<Announcement, Problems> {
        let mut checks = Checks::default();
        let segments = self.check_segments(&mut checks);
        if self.segments.is_empty() {
            checks.problem("segments", Refusal::ChooseOne);
        }
        let read = self.without_recipients(&mut checks, segments);
        checks.finish(Some(read))
    }

    /// Validates the form for a test email, which needs no recipients.
    ///
    /// # Errors
    /// Every problem with the other fields.
    pub fn check_test(&self) -> Result<Announcement, Problems> {
        let mut checks = Checks::default();
        let segments = self.check_segments(&mut checks);
        let read = self.without_recipients(&mut checks, segments);
        checks.finish(Some(read))
    }

    fn check_segments(&self, checks: &mut Checks) -> Vec<Segment> {
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

    fn without_recipients(&self, checks: &mut Checks, segments: Vec<Segment>) -> Announcement {
        let subject = checks.line("subject", &self.subject, 1, 120);
        let message = checks.text("message", &self.message, 1, 5_000);
        let at = checks.local_time("at", &self.at);
        Announcement { subject, message, segments, at, shares_address: self.reply == "yes" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c10_an_announcement_needs_recipients_a_subject_and_a_message() {
        let good = AnnouncementForm {
            subject: " Bring a laptop\r\nBcc: x ".into(),
            message: "One.\r\n\r\nTwo.".into(),
            segments: vec!["going".into(), "waiting".into(), "going".into()],
            at: "2026-11-24T09:00".into(),
            reply: String::new(),
        };
        let read = good.check().unwrap();
        assert_eq!(read.subject, "Bring a laptop  Bcc: x");
        assert_eq!(read.message, "One.\n\nTwo.");
        assert_eq!(read.segments, [Segment::Going, Segment::Waiting]);
        assert!(read.at.is_some() && !read.shares_address, "an address is shown only by choice");
        assert!(AnnouncementForm { reply: "yes".into(), ..good.clone() }.check().unwrap().shares_address);
        let fields = |form: AnnouncementForm| {
            form.check().unwrap_err().into_iter().map(|problem| problem.field).collect::<Vec<_>>()
        };
        assert_eq!(fields(AnnouncementForm::default()), ["segments", "subject", "message"]);
        let nobody = AnnouncementForm { segments: Vec::new(), ..good.clone() };
        assert!(nobody.check_test().is_ok() && nobody.check().is_err());
        assert_eq!(fields(AnnouncementForm { segments: vec!["all".into()], ..good.clone() }), ["segments"]);
        assert_eq!(fields(AnnouncementForm { at: "soon".into(), ..good }), ["at"]);
    }
}
