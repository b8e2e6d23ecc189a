//! What each kind of email says about itself.

use super::{Calendar, Content, EmailCategory, EventFacts, Mailing, Quote, Sample};
use crate::{Instant, RsvpId};

/// A kind of email: the facts of one email, and everything that depends on its kind.
pub trait Kind {
    /// The category under which its recipient chooses how to get it (C9).
    fn category(&self) -> EmailCategory;

    /// What it says.
    fn content(&self) -> Content;

    /// A sample for the tests and the gallery.
    fn sample(sample: &Sample) -> Self
    where
        Self: Sized;

    /// More samples where the text differs, each with a suffix for its name.
    fn variants(_: &Sample) -> Vec<(&'static str, Self)>
    where
        Self: Sized,
    {
        Vec::new()
    }

    /// Whether it holds a link or a code that only its recipient may know.
    fn is_secret(&self) -> bool {
        false
    }

    /// The time after which it must not be sent; `None` if it never expires.
    fn expires_at(&self) -> Option<Instant> {
        None
    }

    /// The member and group for its unsubscribe link, for kinds that members can turn off (C8).
    fn mailing(&self) -> Option<&Mailing> {
        None
    }

    /// The event that it is about, if it is about one.
    fn event(&self) -> Option<&EventFacts> {
        None
    }

    /// The recipient's RSVPs that it is about.
    fn rsvps(&self) -> Vec<RsvpId> {
        self.event().and_then(EventFacts::rsvp).into_iter().collect()
    }

    /// Its calendar parts (C1, C2).
    fn calendars(&self) -> Vec<Calendar<'_>> {
        Vec::new()
    }

    /// The texts that it contains and that are erased with their author. A kind with such texts is in
    /// `Email::QUOTING_KINDS`.
    fn quotes(&self) -> Vec<Quote> {
        Vec::new()
    }

    /// The address that replies go to, where its author chose to share theirs.
    fn reply_to(&self) -> Option<&str> {
        None
    }

    /// Whether it only confirms what the member just did with their own RSVP. A newer one replaces an unsent
    /// one.
    fn confirms_own_change(&self) -> bool {
        false
    }

    /// Whether its recipient has no account.
    fn is_to_stranger(&self) -> bool {
        false
    }

    /// The path that a notification about the same thing links to; `None` without a notification. Nobody is
    /// notified of what they just did themselves.
    fn notification(&self) -> Option<String> {
        None
    }
}
