//! Requests for a seat, and what a host answers (A11).

use chrono::Duration;
use serde::{Deserialize, Serialize};

use super::{Change, Event, Rsvp, RsvpRequest, RsvpState, Taken};
use crate::{Instant, Problems, Refusal, checks::Checks, members::string_enum};

/// New requests to attend an event within this time are one email to its hosts.
pub const BATCH_REQUESTS: Duration = Duration::minutes(10);
/// After so long without an answer a host is reminded of a request, once.
pub const REMIND_HOSTS_AFTER: Duration = Duration::hours(72);

string_enum! {
    /// What a host wants when there is no seat for who is accepted.
    #[derive(Default)]
    WhenFull {
        /// To be asked.
        #[default]
        Ask = "ask",
        /// The end of the waitlist.
        Waitlist = "waitlist",
        /// A seat all the same, over the capacity.
        Override = "override",
    }
}

/// A host accepts a request, or gives a seat to somebody who waits. `None` when they have one.
///
/// # Errors
/// `FullChoose` when there is no seat and the host has not said what then; `NotAsking`.
pub fn approve(
    event: &Event,
    taken: Taken,
    theirs: &Rsvp,
    when_full: WhenFull,
    now: Instant,
) -> Result<Option<Change>, Refusal> {
    event.open(now)?;
    let request = RsvpRequest { guests: theirs.guests, mode: theirs.mode };
    let over = when_full == WhenFull::Override;
    match theirs.state {
        RsvpState::Going => return Ok(None),
        RsvpState::Left => return Err(Refusal::NotAsking),
        // They are accepted already; only a seat beyond the capacity is more.
        RsvpState::Waiting | RsvpState::Offered if !over => return Ok(None),
        RsvpState::Waiting | RsvpState::Offered | RsvpState::Pending | RsvpState::Rejected => {}
    }
    let state = match when_full {
        _ if event.fits(theirs.mode, taken, theirs.seats()) => RsvpState::Going,
        WhenFull::Override => RsvpState::Going,
        WhenFull::Waitlist => RsvpState::Waiting,
        WhenFull::Ask => return Err(Refusal::FullChoose),
    };
    Ok(Some(Change::to(state, request)))
}

/// A host says no to a request. `None` when they did before.
///
/// # Errors
/// `NotAsking` when it is no request any more.
pub fn decline_request(event: &Event, theirs: &Rsvp, now: Instant) -> Result<Option<Change>, Refusal> {
    event.open(now)?;
    match theirs.state {
        RsvpState::Pending => {
            let request = RsvpRequest { guests: theirs.guests, mode: theirs.mode };
            Ok(Some(Change::to(RsvpState::Rejected, request)))
        }
        RsvpState::Rejected => Ok(None),
        RsvpState::Going | RsvpState::Offered | RsvpState::Waiting | RsvpState::Left => {
            Err(Refusal::NotAsking)
        }
    }
}

/// Reads what a host says with a rejection: at most 500 characters, may be empty.
///
/// # Errors
/// What is wrong with `words`.
pub fn check_words(words: &str) -> Result<String, Problems> {
    let mut checks = Checks::default();
    let words = checks.text("words", words, 0, 500);
    checks.finish(Some(words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::tests::{event, now, room, rsvp_of};

    #[test]
    fn a11_accepting_when_full_asks_what_then() {
        let event = event(Some(2));
        let theirs = rsvp_of(1, RsvpState::Pending, 0);
        let answer = |taken, when_full| {
            approve(&event, room(taken), &theirs, when_full, now()).map(|change| change.unwrap().state)
        };
        assert_eq!(answer(1, WhenFull::Ask), Ok(RsvpState::Going));
        assert_eq!(answer(2, WhenFull::Ask), Err(Refusal::FullChoose));
        assert_eq!(answer(2, WhenFull::Waitlist), Ok(RsvpState::Waiting));
        assert_eq!(answer(2, WhenFull::Override), Ok(RsvpState::Going));
        assert_eq!(answer(1, WhenFull::Waitlist), Ok(RsvpState::Going), "there is a seat after all");
    }

    #[test]
    fn a11_an_answer_is_given_once() {
        let event = event(Some(2));
        let of = |state| rsvp_of(1, state, 0);
        let approve = |state, when| approve(&event, room(2), &of(state), when, now());
        assert_eq!(approve(RsvpState::Going, WhenFull::Override), Ok(None));
        assert_eq!(approve(RsvpState::Waiting, WhenFull::Waitlist), Ok(None));
        assert_eq!(approve(RsvpState::Left, WhenFull::Override), Err(Refusal::NotAsking));
        assert_eq!(approve(RsvpState::Waiting, WhenFull::Override).unwrap().unwrap().state, RsvpState::Going);
        assert_eq!(decline_request(&event, &of(RsvpState::Rejected), now()), Ok(None));
        assert_eq!(decline_request(&event, &of(RsvpState::Going), now()), Err(Refusal::NotAsking));
        assert_eq!(
            decline_request(&event, &of(RsvpState::Pending), now()).unwrap().unwrap().state,
            RsvpState::Rejected
        );
        assert!(check_words(&"x".repeat(501)).is_err());
    }
}
