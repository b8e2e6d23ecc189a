//! The calendar parts of emails (C1, C2).

use super::{EventFacts, MeetingFacts};

/// A calendar part of an email: an invitation or its cancellation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar<'a> {
    /// Whether it invites or cancels.
    pub method: Method,
    /// What the calendar entry is about.
    pub entry: CalendarEntry<'a>,
    /// Rises with every calendar part for the same UID.
    pub sequence: u32,
}

/// What a calendar entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarEntry<'a> {
    /// The recipient's seat at an event.
    Event(&'a EventFacts),
    /// A meeting of a mentorship (M17).
    Meeting(&'a MeetingFacts),
}

impl<'a> Calendar<'a> {
    /// The part for a meeting of a mentorship.
    pub(super) fn meeting(method: Method, meeting: &'a MeetingFacts, sequence: u32) -> Self {
        Self { method, entry: CalendarEntry::Meeting(meeting), sequence }
    }

    fn event(method: Method, event: &'a EventFacts, sequence: u32) -> Self {
        Self { method, entry: CalendarEntry::Event(event), sequence }
    }

    /// The part that invites to an event, or updates the invitation. There is none without a SEQUENCE.
    pub(super) fn request(event: &'a EventFacts, sequence: Option<u32>) -> Vec<Self> {
        sequence.map(|sequence| Self::event(Method::Request, event, sequence)).into_iter().collect()
    }

    /// The part that withdraws the invitation to an event. There is none without a SEQUENCE.
    pub(super) fn cancel(event: &'a EventFacts, sequence: Option<u32>) -> Vec<Self> {
        sequence.map(|sequence| Self::event(Method::Cancel, event, sequence)).into_iter().collect()
    }
}

/// The method of a calendar part (RFC 5546).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// REQUEST: invites, or updates an invitation.
    Request,
    /// CANCEL: withdraws an invitation.
    Cancel,
}
