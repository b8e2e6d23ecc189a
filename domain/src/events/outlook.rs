//! What an answer would lead to, so that a page can say it before anybody presses the button.

use super::{Event, Rsvp, RsvpRequest, RsvpState, rsvp};
use crate::{Instant, Refusal};

/// What asking for a number of seats leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlook {
    /// All of them are theirs at once.
    Seat,
    /// All of them wait, one place in line for the whole party.
    Waitlist,
    /// The member's seat stays, and the guests who don't fit wait for theirs (A6).
    GuestsWait,
    /// The host decides (A11).
    Request,
    /// Nothing changes.
    Unchanged,
}

/// What `request` would lead to for a member with the answer `mine`, as far as the event's columns say. The
/// decision itself is made again inside the lock.
///
/// # Errors
/// Why it would be refused.
pub fn outlook(
    event: &Event,
    mine: Option<&Rsvp>,
    request: RsvpRequest,
    now: Instant,
) -> Result<Outlook, Refusal> {
    let change = rsvp(event, event.taken(), mine, request, now)?;
    Ok(match change {
        None => Outlook::Unchanged,
        Some(change) if change.guests_waiting > 0 => Outlook::GuestsWait,
        Some(change) => match change.state {
            RsvpState::Pending => Outlook::Request,
            RsvpState::Waiting => Outlook::Waitlist,
            RsvpState::Going | RsvpState::Offered | RsvpState::Left | RsvpState::Rejected => Outlook::Seat,
        },
    })
}

#[cfg(test)]
mod tests {
    use chrono::Duration;

    use super::*;
    use crate::events::{
        FewerOffer,
        tests::{event, now, request, rsvp_of},
    };

    fn outlooks(event: &Event, mine: Option<&Rsvp>) -> [Outlook; 3] {
        [0, 1, 2].map(|guests| outlook(event, mine, request(guests), now()).unwrap())
    }

    #[test]
    fn a6_a_party_that_does_not_fit_is_told_so_before_it_asks() {
        let mut event = event(Some(4));
        event.going = 3;
        assert_eq!(outlooks(&event, None), [Outlook::Seat, Outlook::Waitlist, Outlook::Waitlist]);
        let going = rsvp_of(1, RsvpState::Going, 0);
        let mine = outlooks(&event, Some(&going));
        assert_eq!(mine, [Outlook::Unchanged, Outlook::Seat, Outlook::GuestsWait]);
        event.details.seating.approval = true;
        assert_eq!(outlooks(&event, None), [Outlook::Request; 3]);
    }

    #[test]
    fn a6_a_party_that_waits_may_take_the_seats_it_was_asked_about() {
        let mut event = event(Some(4));
        event.going = 3;
        let asked = Some(FewerOffer { seats: 1, until: now() + Duration::hours(2) });
        let waits = Rsvp { fewer_offer: asked, ..rsvp_of(1, RsvpState::Waiting, 2) };
        assert_eq!(outlooks(&event, Some(&waits)), [Outlook::Seat, Outlook::Waitlist, Outlook::Unchanged]);
        // Without the question, only the number of those who wait changes.
        let waits = Rsvp { fewer_offer: None, ..waits };
        assert_eq!(outlooks(&event, Some(&waits))[0], Outlook::Waitlist);
    }
}
