//! The waitlist: who gets free seats, who is passed over, and who is asked to come with fewer guests.

use chrono::Duration;

use super::{Event, Mode, Rsvp, RsvpState, Taken};
use crate::Instant;

/// How long a member can answer the question about fewer guests (A6).
pub const FEWER_OFFER_LIFETIME: Duration = Duration::hours(2);

/// The result of giving free seats to the waitlist.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled<'a> {
    /// RSVPs that get seats, in this order.
    pub promoted: Vec<&'a Rsvp>,
    /// RSVPs that need more seats than were free when somebody further back got one. They keep their
    /// position.
    pub skipped: Vec<&'a Rsvp>,
    /// Number of seats that are still free.
    pub free: u32,
}

/// Gives the free seats of a pool to its waitlist: to the first party that fits, repeatedly (A6). A party
/// that needs more seats than are free keeps its position. `waitlist` must be sorted by position.
#[must_use]
pub fn fill<'a>(event: &Event, mode: Mode, taken: Taken, waitlist: &'a [Rsvp], now: Instant) -> Filled<'a> {
    let mut filled = Filled { free: event.free(mode, taken).unwrap_or(u32::MAX), ..Filled::default() };
    if event.open(now).is_err() {
        return filled;
    }
    let mut passed = Vec::new();
    for entry in waitlist.iter().filter(|entry| entry.is_waiting() && event.pool(entry.mode) == mode) {
        if entry.needs() <= filled.free {
            filled.free -= entry.needs();
            filled.promoted.push(entry);
            filled.skipped.append(&mut passed);
        } else {
            passed.push(entry);
        }
    }
    filled
}

/// Picks the member to ask whether they would come with fewer guests, when `free` seats are too few for
/// every waiting party (A6). Only one member is asked at a time. Nobody is asked twice about the same
/// number of seats.
#[must_use]
pub fn next_to_ask<'a>(
    waitlist: impl Iterator<Item = &'a Rsvp> + Clone,
    free: u32,
    now: Instant,
) -> Option<&'a Rsvp> {
    if free == 0 || waitlist.clone().any(|entry| entry.can_accept_fewer(now)) {
        return None;
    }
    let could = |entry: &&Rsvp| {
        entry.state == RsvpState::Waiting
            && entry.seats() > free
            && entry.fewer_offer.is_none_or(|asked| asked.seats < free)
    };
    waitlist.into_iter().find(could)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::{
        EventStatus, FewerOffer,
        tests::{event, hybrid, now, room, rsvp_of},
    };

    fn sequence_numbers(entries: &[&Rsvp]) -> Vec<i64> {
        entries.iter().map(|entry| entry.waitlist_seq).collect()
    }

    #[test]
    fn a4_an_event_over_capacity_gives_no_seats() {
        let waitlist = [rsvp_of(1, RsvpState::Waiting, 0)];
        assert!(fill(&event(Some(2)), Mode::OnSite, room(5), &waitlist, now()).promoted.is_empty());
        let mut over = event(None);
        over.status = EventStatus::Cancelled;
        assert!(fill(&over, Mode::OnSite, room(0), &waitlist, now()).promoted.is_empty());
    }

    #[test]
    fn a6_a_party_that_does_not_fit_is_passed_over_and_asked_to_come_with_fewer() {
        let waitlist = [
            rsvp_of(1, RsvpState::Waiting, 2),
            rsvp_of(2, RsvpState::Waiting, 0),
            rsvp_of(3, RsvpState::Waiting, 1),
            Rsvp { guests_waiting: 1, ..rsvp_of(4, RsvpState::Going, 0) },
            rsvp_of(5, RsvpState::Waiting, 1),
        ];
        let filled = fill(&event(Some(4)), Mode::OnSite, room(2), &waitlist, now());
        assert_eq!(
            (sequence_numbers(&filled.promoted), sequence_numbers(&filled.skipped)),
            (vec![2, 4], vec![1, 3])
        );
        assert_eq!(filled.free, 0);
        // One seat is left, too few for either party. The first is asked and, if they don't answer, the
        // second.
        let mut big = [rsvp_of(1, RsvpState::Waiting, 2), rsvp_of(2, RsvpState::Waiting, 1)];
        assert_eq!(next_to_ask(big.iter(), 0, now()), None);
        assert_eq!(next_to_ask(big.iter(), 1, now()).unwrap().waitlist_seq, 1);
        big[0].fewer_offer = Some(FewerOffer { seats: 1, until: now() + FEWER_OFFER_LIFETIME });
        assert_eq!(next_to_ask(big.iter(), 1, now()), None, "one at a time");
        assert_eq!(next_to_ask(big.iter(), 1, now() + FEWER_OFFER_LIFETIME).unwrap().waitlist_seq, 2);
        assert_eq!(
            next_to_ask(big.iter(), 2, now() + FEWER_OFFER_LIFETIME).unwrap().waitlist_seq,
            1,
            "more are free than before"
        );
    }

    #[test]
    fn a12_each_pool_has_its_own_waitlist() {
        let waitlist = [
            rsvp_of(1, RsvpState::Waiting, 0),
            Rsvp { mode: Mode::Online, ..rsvp_of(2, RsvpState::Waiting, 0) },
        ];
        let event = hybrid(1, 1);
        let of = |mode| sequence_numbers(&fill(&event, mode, Taken::default(), &waitlist, now()).promoted);
        assert_eq!((of(Mode::OnSite), of(Mode::Online)), (vec![1], vec![2]));
    }

    proptest::proptest! {

        #![proptest_config(crate::testing::cases())]

        /// For every waitlist: no seat is given twice, no party that fits is left out while seats are free,
        /// and no party is overtaken by one of the same size or larger.
        #[test]
        fn a7_promotion_is_fair(capacity in 1..40_u32, going in 0..45_u32, parties in proptest::collection::vec(0..=5_u8, 0..30)) {
            let event = event(Some(capacity));
            let waitlist: Vec<Rsvp> =
                (1..).zip(&parties).map(|(place, guests)| rsvp_of(place, RsvpState::Waiting, *guests)).collect();
            let promoted = fill(&event, Mode::OnSite, room(going), &waitlist, now()).promoted;
            let taken: u32 = promoted.iter().map(|entry| entry.seats()).sum();
            let free = capacity.saturating_sub(going);
            proptest::prop_assert!(taken <= free);
            for left in waitlist.iter().filter(|entry| !promoted.contains(entry)) {
                proptest::prop_assert!(left.seats() > free - taken);
                let overtaken = promoted.iter().any(|entry| entry.waitlist_seq > left.waitlist_seq && entry.seats() >= left.seats());
                proptest::prop_assert!(!overtaken);
            }
        }
    }
}
