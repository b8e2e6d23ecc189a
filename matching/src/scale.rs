//! Combines the levels of the objective into one number.

use crate::{
    instance::{Instance, Mode, Order},
    limits::MAX_SCORE,
};

/// The weight of one unit of each level, and the highest values.
#[derive(Clone, Debug)]
pub(crate) struct Scale {
    /// The weight of one unit of cost.
    pub(crate) cost: i128,
    /// The weight of one kept pair.
    pub(crate) kept: i128,
    /// The additional cost of each further mentee of a mentor.
    pub(crate) load: i128,
    /// The value of a matching is at most this, positive or negative.
    pub(crate) bound: i128,
    /// The highest cost of a seat.
    last_seat: i128,
    /// The cost of staying unmatched, by class.
    pub(crate) unmatched: [i128; 2],
    /// By how much added places can raise the cost of a matching before the weights are too small.
    pub(crate) slack: i128,
}

/// The cost of a score.
pub(crate) fn regret(score: u16) -> i128 {
    let regret = i128::from(MAX_SCORE - score);
    regret * regret
}

/// The approximate number of added places for which the weights leave room.
const SPARE_PLACES: i128 = 64;

impl Scale {
    pub(crate) fn of(instance: &Instance) -> Self {
        let mut degrees = vec![0_u32; instance.places.len()];
        let mut open_kept = 0_i128;
        for pair in instance.pairs.iter().filter(|pair| pair.open) {
            degrees[pair.mentor as usize] += 1;
            open_kept += i128::from(pair.kept);
        }
        Self::with(instance, &degrees, open_kept)
    }

    /// The scale for these numbers of open pairs of each mentor, `open_kept` of which were kept.
    pub(crate) fn with(instance: &Instance, degrees: &[u32], open_kept: i128) -> Self {
        let load = i128::from(instance.options.load);
        let people = instance.classes.len() as i128;
        let mut max_cost = people * regret(0);
        let mut last_seat = 0;
        for ((&places, &pinned), &degree) in instance.places.iter().zip(&instance.pinned).zip(degrees) {
            let (before, room) = (i128::from(pinned), i128::from((places - pinned).min(degree)));
            max_cost += load * (room * before + room * (room - 1) / 2);
            last_seat = last_seat.max(load * (before + i128::from(degree)));
        }
        let slack = last_seat * SPARE_PLACES;
        max_cost += slack;
        let (cost, kept) = match instance.options.order {
            Order::Cost => (open_kept + 1, 1),
            Order::Kept if open_kept == 0 => (1, 0),
            Order::Kept => (1, max_cost + 1),
        };
        let bound = max_cost * cost + open_kept.min(people) * kept;
        let unmatched = match instance.options.mode {
            Mode::BestScore => [regret(instance.options.floor) * cost; 2],
            // One more match, or a match of class 0 instead of class 1, outweighs everything else. One
            // matching has the most of both (see `cardinality`), so the double weight of class 0 does not
            // reduce the number of matches.
            _ => [4 * bound + 4, 2 * bound + 2],
        };
        Self { cost, kept, load: load * cost, bound, last_seat: last_seat * cost, unmatched, slack }
    }

    /// Whether 64 bits are enough. Distances and prices stay below a small multiple of these numbers.
    pub(crate) fn is_narrow(&self) -> bool {
        self.unmatched[0].max(self.bound).max(self.last_seat) < 1 << 56
    }

    /// The cost of a pair by its kind, see [`crate::graph::Edge::kind`].
    pub(crate) fn kind(&self, kind: u16) -> i128 {
        regret(kind / 2) * self.cost - if kind % 2 == 1 { self.kept } else { 0 }
    }
}
