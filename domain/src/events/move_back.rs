//! Which attendees move back to the waitlist when the host reduces the seats of an event (A4).

use super::Rsvp;

/// The most recent seat holders to move back so that `over` seats become free. When a large party frees
/// more seats than needed, smaller parties that fit into the rest keep theirs, the earliest first. `seated`
/// may be in any order. The result starts with the most recent.
#[must_use]
pub fn last_seated(seated: &[Rsvp], over: u32) -> Vec<&Rsvp> {
    let mut newest: Vec<&Rsvp> = seated.iter().collect();
    newest.sort_by_key(|entry| std::cmp::Reverse((entry.seat_seq, entry.id.0)));
    let mut freed = 0;
    let mut last: Vec<&Rsvp> = newest
        .into_iter()
        .take_while(|entry| {
            let more = freed < over;
            freed += if more { entry.seats() } else { 0 };
            more
        })
        .collect();
    let mut spare = freed.saturating_sub(over);
    for at in (0..last.len()).rev() {
        if last[at].seats() <= spare {
            spare -= last[at].seats();
            last.remove(at);
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::{RsvpState, tests::rsvp_of};

    #[test]
    fn a4_the_most_recent_attendees_move_back_and_no_more_than_needed() {
        let seated: Vec<Rsvp> = [(1, 0), (4, 0), (2, 0), (3, 2)]
            .map(|(seat, guests)| Rsvp { seat_seq: seat, ..rsvp_of(seat, RsvpState::Going, guests) })
            .into();
        let out = |over| last_seated(&seated, over).iter().map(|entry| entry.seat_seq).collect::<Vec<_>>();
        assert_eq!(out(0), [0; 0]);
        assert_eq!(out(1), [4]);
        assert_eq!(out(2), [3], "a party of three moves back instead of the single attendee after it");
        assert_eq!(out(4), [4, 3]);
        assert_eq!(out(100).len(), 4);
    }
}
