//! How the levels fold into one number.

use crate::instance::{BEST, Instance, Mode, Order};

/// What one unit of each level weighs, and how large numbers can get.
#[derive(Clone, Debug)]
pub(crate) struct Scale {
    /// One unit of cost.
    pub(crate) cost: i128,
    /// One kept pair.
    pub(crate) kept: i128,
    /// What each further mentee of one mentor adds.
    pub(crate) load: i128,
    /// No matching is worth more or less than this.
    pub(crate) bound: i128,
    /// No seat costs more.
    last_seat: i128,
    /// What staying out costs, by class.
    pub(crate) out: [i128; 2],
    /// How much more the cost of a matching can become by added places before the weights are too small.
    pub(crate) slack: i128,
}

/// The cost of a score.
pub(crate) fn regret(score: u16) -> i128 {
    let regret = i128::from(BEST - score);
    regret * regret
}

/// Added places that the weights of an instance leave room for, about.
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

    /// With so many open pairs by mentor, and so many kept ones among them.
    pub(crate) fn with(instance: &Instance, degrees: &[u32], open_kept: i128) -> Self {
        let load = i128::from(instance.options.load);
        let people = instance.classes.len() as i128;
        let mut most = people * regret(0);
        let mut last_seat = 0;
        for ((&places, &pinned), &degree) in instance.places.iter().zip(&instance.pinned).zip(degrees) {
            let (before, room) = (i128::from(pinned), i128::from((places - pinned).min(degree)));
            most += load * (room * before + room * (room - 1) / 2);
            last_seat = last_seat.max(load * (before + i128::from(degree)));
        }
        let slack = last_seat * SPARE_PLACES;
        most += slack;
        let (cost, kept) = match instance.options.order {
            Order::Cost => (open_kept + 1, 1),
            Order::Kept if open_kept == 0 => (1, 0),
            Order::Kept => (1, most + 1),
        };
        let bound = most * cost + open_kept.min(people) * kept;
        let out = match instance.options.mode {
            Mode::BestScore => [regret(instance.options.floor) * cost; 2],
            // Matching one more, or one of class 0 instead of another, outweighs everything else. Both are most
            // at once (see `cardinality`), so twice as much for class 0 does not go before the number.
            _ => [4 * bound + 4, 2 * bound + 2],
        };
        Self { cost, kept, load: load * cost, bound, last_seat: last_seat * cost, out, slack }
    }

    /// Whether 64 bits hold it all: distances and prices stay under a small multiple of these.
    pub(crate) fn is_narrow(&self) -> bool {
        self.out[0].max(self.bound).max(self.last_seat) < 1 << 56
    }

    /// What a pair costs, by its kind: twice its score, and one more if it was kept.
    pub(crate) fn kind(&self, kind: u16) -> i128 {
        regret(kind / 2) * self.cost - if kind % 2 == 1 { self.kept } else { 0 }
    }
}
