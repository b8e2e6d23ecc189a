//! What a request for seats would lead to, so that a page can say so before the member sends it.

use super::{Event, Rsvp, RsvpRequest, RsvpState, rsvp};
use crate::{Instant, Refusal};

/// The result of requesting a number of seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlook {
    /// The whole party gets seats at once.
    Seat,
    /// The whole party goes on the waitlist, at one position.
    Waitlist,
    /// The member keeps their seat, and the guests who don't fit go on the waitlist (A6).
    GuestsWait,
    /// The host decides about the request (A11).
    Request,
    /// The RSVP stays as it is.
    Unchanged,
}

/// What `request` would lead to for a member whose RSVP is `current`, according to the counts in the event's
/// row. The decision is made again inside the lock, from the rows.
///
/// # Errors
/// The errors of [`super::rsvp`].
pub fn outlook(
    event: &Event,
    current: Option<&Rsvp>,
    request: RsvpRequest,
    now: Instant,
) -> Result<Outlook, Refusal> {
    let change = rsvp(event, event.taken(), current, request, now)?;
    Ok(match change {
        None => Outlook::Unchanged,
        Some(change) if change.guests_waiting > 0 => Outlook::GuestsWait,
        Some(change) => match change.state {
            RsvpState::Pending => Outlook::Request,
            RsvpState::Waiting => Outlook::Waitlist,
            RsvpState::Going | RsvpState::Offered | RsvpState::Left | RsvpState::Declined => Outlook::Seat,
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

    fn outlooks(event: &Event, current: Option<&Rsvp>) -> [Outlook; 3] {
        [0, 1, 2].map(|guests| outlook(event, current, request(guests), now()).unwrap())
    }

    #[test]
    fn a6_the_outlook_says_when_a_party_does_not_fit() {
        let mut event = event(Some(4));
        event.going = 3;
        assert_eq!(outlooks(&event, None), [Outlook::Seat, Outlook::Waitlist, Outlook::Waitlist]);
        let going = rsvp_of(1, RsvpState::Going, 0);
        let current = outlooks(&event, Some(&going));
        assert_eq!(current, [Outlook::Unchanged, Outlook::Seat, Outlook::GuestsWait]);
        event.details.seating.approval = true;
        assert_eq!(outlooks(&event, None), [Outlook::Request; 3]);
    }

    #[test]
    fn a6_a_waiting_party_can_take_the_seats_it_was_asked_about() {
        let mut event = event(Some(4));
        event.going = 3;
        let asked = Some(FewerOffer { seats: 1, until: now() + Duration::hours(2) });
        let waits = Rsvp { fewer_offer: asked, ..rsvp_of(1, RsvpState::Waiting, 2) };
        assert_eq!(outlooks(&event, Some(&waits)), [Outlook::Seat, Outlook::Waitlist, Outlook::Unchanged]);
        // Without the question, only the number of waiting guests changes.
        let waits = Rsvp { fewer_offer: None, ..waits };
        assert_eq!(outlooks(&event, Some(&waits))[0], Outlook::Waitlist);
    }
}
