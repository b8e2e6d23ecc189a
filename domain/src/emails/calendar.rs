//! The calendar parts of emails (C1, C2).

use super::EventFacts;

/// A calendar part of an email: an invitation or its cancellation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar<'a> {
    /// Whether it invites or cancels.
    pub method: Method,
    /// The event that it is about.
    pub event: &'a EventFacts,
    /// Rises with every calendar part for the same UID.
    pub sequence: u32,
}

impl<'a> Calendar<'a> {
    /// The part that invites to an event, or updates the invitation. There is none without a SEQUENCE.
    pub(super) fn request(event: &'a EventFacts, sequence: Option<u32>) -> Vec<Self> {
        sequence.map(|sequence| Self { method: Method::Request, event, sequence }).into_iter().collect()
    }

    /// The part that withdraws the invitation to an event. There is none without a SEQUENCE.
    pub(super) fn cancel(event: &'a EventFacts, sequence: Option<u32>) -> Vec<Self> {
        sequence.map(|sequence| Self { method: Method::Cancel, event, sequence }).into_iter().collect()
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
