//! Good prices to begin with: an auction with shrinking steps.
//!
//! The auction algorithm of Bertsekas (1979), over groups of similar places (Bertsekas and Castañon 1989), with
//! both sides bidding (forward and reverse, Bertsekas, Castañon and Tsaknakis 1993) and steps ε that shrink from
//! round to round. In a round every mentee bids for the mentor who is cheapest for it, so much that the
//! second cheapest would be as good, and ε more; who is outbid bids again. Then mentors with a free seat for less
//! than their price call the mentee who would pay most for it. In the end everybody's choice is within ε of the
//! cheapest and no free seat is overpriced.
//!
//! Nothing here needs to be exact: costs are cut to 31 bits, and a round that takes too long is broken off. The
//! [market](crate::market) makes it exact.

use std::collections::VecDeque;

use crate::slots::{Mentor, Slots};

/// Dearer than anything.
pub(crate) const NEVER: i64 = 1 << 60;
/// The seat costs whatever somebody pays.
const ANY: i64 = -NEVER;

const NOBODY: u32 = u32::MAX;
/// By how much ε shrinks from round to round, and where it ends: both measured, neither matters much.
const SHRINK: i64 = 20;
const LAST: i64 = 100;
/// The first ε is so small a part of what costs can differ by, or of what seats can.
const FIRST: i64 = 100;
const FIRST_SEATS: i64 = 8;
/// Bids in a round, by mentee, before it is broken off.
const MAX_ROUNDS_WITHOUT_PROGRESS: u64 = 40;

/// Lists of neighbours with what each pair costs.
#[derive(Default)]
pub(crate) struct Lists {
    pub(crate) starts: Vec<u32>,
    pub(crate) edges: Vec<(u32, i32)>,
}

impl Lists {
    fn at(&self, at: u32) -> &[(u32, i32)] {
        &self.edges[self.starts[at as usize] as usize..self.starts[at as usize + 1] as usize]
    }

    /// The same from the other side, which has so many edges each.
    pub(crate) fn turned(&self, degrees: &[u32]) -> Self {
        let mut turned = Self { starts: vec![0], edges: vec![(0, 0); self.edges.len()] };
        let mut ends = Vec::with_capacity(degrees.len());
        let mut sum = 0;
        for degree in degrees {
            ends.push(sum);
            sum += degree;
            turned.starts.push(sum);
        }
        for at in 0..self.starts.len() as u32 - 1 {
            for &(other, cost) in self.at(at) {
                let end = &mut ends[other as usize];
                turned.edges[*end as usize] = (at, cost);
                *end += 1;
            }
        }
        turned
    }

    pub(crate) fn degree(&self, at: usize) -> u32 {
        self.starts[at + 1] - self.starts[at]
    }
}

/// The cheapest choice, what it costs, and what the second costs.
struct Choice {
    best: (u32, i32),
    first: i64,
    second: i64,
}

impl Choice {
    /// Against an outside choice.
    fn new(outside: i64) -> Self {
        Self { best: (NOBODY, 0), first: outside, second: NEVER }
    }

    #[inline]
    fn see(&mut self, edge: (u32, i32), total: i64) {
        // Without branches: half of them would be guessed wrong.
        let is_first = total < self.first;
        self.second = self.second.min(if is_first { self.first } else { total });
        self.first = if is_first { total } else { self.first };
        self.best = if is_first { edge } else { self.best };
    }
}

pub(crate) struct Auction {
    /// The edges of each mentee and of each mentor.
    of: Lists,
    to: Lists,
    /// How much more each further seat of a mentor costs.
    load: i64,
    /// What staying out costs each mentee.
    out: Vec<i64>,
    /// What the next seat of each mentor goes for.
    pub(crate) prices: Vec<i64>,
    slots: Slots,
    /// Where each mentee sits, and what the pair costs.
    places: Vec<(u32, i32)>,
    queue: VecDeque<u32>,
}

impl Auction {
    /// Nobody sits yet; prices are where the first round begins. No mentor has more room than edges.
    pub(crate) fn new(
        [of, to]: [Lists; 2],
        mentors: Vec<Mentor>,
        [prices, out]: [Vec<i64>; 2],
        load: i64,
    ) -> Self {
        Self {
            slots: Slots::new(mentors),
            places: vec![(NOBODY, 0); out.len()],
            queue: VecDeque::new(),
            of,
            to,
            load,
            out,
            prices,
        }
    }

    /// Runs all rounds. Costs of pairs differ by up to `costs`, those of seats by up to `seats`.
    pub(crate) fn run(&mut self, costs: i64, seats: i64) {
        let range = costs + seats;
        let mut step = (costs / FIRST).max(seats / FIRST_SEATS).max(LAST);
        loop {
            self.round(step, range);
            if step == LAST {
                return;
            }
            step = (step / SHRINK).max(LAST);
        }
    }

    fn round(&mut self, step: i64, range: i64) {
        self.places.fill((NOBODY, 0));
        for (mentor, &price) in self.slots.mentors.iter_mut().zip(&self.prices) {
            (mentor.floor, mentor.filled) = (price, 0);
        }
        for mentor in 0..self.prices.len() as u32 {
            self.reprice(mentor);
        }
        let mut patience = MAX_ROUNDS_WITHOUT_PROGRESS * self.out.len() as u64;
        let mut queue = std::mem::take(&mut self.queue);
        queue.extend((0..self.out.len() as u32).filter(|&mentee| self.of.degree(mentee as usize) > 0));
        while let Some(mentee) = queue.pop_front() {
            queue.extend(self.bid(mentee, step, range));
            patience = patience.saturating_sub(1);
            if patience == 0 {
                queue.clear();
            }
        }
        patience += MAX_ROUNDS_WITHOUT_PROGRESS * self.out.len() as u64;
        queue.extend((0..self.prices.len() as u32).filter(|&mentor| self.is_overpriced(mentor)));
        while let Some(mentor) = queue.pop_front() {
            while self.is_overpriced(mentor) && patience > 0 {
                queue.extend(self.call(mentor, step));
                patience -= 1;
            }
        }
        self.queue = queue;
    }

    fn mentor(&self, mentor: u32) -> &Mentor {
        &self.slots.mentors[mentor as usize]
    }

    /// What the next free seat must bring.
    fn cost(&self, mentor: &Mentor) -> i64 {
        if mentor.filled < mentor.given {
            return ANY;
        }
        (mentor.base + self.load * i64::from(mentor.filled)).min(NEVER)
    }

    /// What the next free seat goes for.
    fn free(&self, mentor: &Mentor) -> i64 {
        if mentor.filled < mentor.room { mentor.floor.max(self.cost(mentor)) } else { NEVER }
    }

    fn is_overpriced(&self, mentor: u32) -> bool {
        let mentor = self.mentor(mentor);
        mentor.filled < mentor.room && mentor.floor > self.cost(mentor)
    }

    fn reprice(&mut self, mentor: u32) {
        let own = self.mentor(mentor);
        let free = self.free(own);
        self.prices[mentor as usize] = self.slots.least(own).map_or(free, |least| least.min(free));
    }

    /// A mentee bids; who is outbid by it.
    fn bid(&mut self, mentee: u32, step: i64, range: i64) -> Option<u32> {
        let mut choice = Choice::new(self.out[mentee as usize]);
        for &(mentor, cost) in self.of.at(mentee) {
            choice.see((mentor, cost), i64::from(cost) + self.prices[mentor as usize]);
        }
        let Choice { best, first, second } = choice;
        let mentor = best.0;
        if mentor == NOBODY {
            return None;
        }
        let price = self.prices[mentor as usize];
        // Who has no second choice pays what it takes.
        let gap = if second == NEVER { range } else { second - first };
        let bid = (price + gap + step).min(NEVER);
        self.places[mentee as usize] = best;
        let outbid = if self.free(self.mentor(mentor)) <= price {
            self.slots.take(mentor, bid, mentee);
            None
        } else {
            let was = self.slots.oust(mentor, bid, mentee);
            self.places[was as usize].0 = NOBODY;
            Some(was)
        };
        self.reprice(mentor);
        outbid
    }

    /// A mentor with an overpriced seat calls who would pay most for it, or lowers the price to its cost. Whose
    /// seat is overpriced now.
    fn call(&mut self, mentor: u32, step: i64) -> Option<u32> {
        let mut choice = Choice::new(NEVER);
        for &(mentee, cost) in self.to.at(mentor) {
            let (place, pays) = self.places[mentee as usize];
            if place != mentor {
                let due = match place {
                    NOBODY => self.out[mentee as usize],
                    _ => i64::from(pays) + self.prices[place as usize],
                };
                choice.see((mentee, cost), i64::from(cost) - due);
            }
        }
        let &Mentor { floor, .. } = self.mentor(mentor);
        let cost = self.cost(self.mentor(mentor));
        let (mentee, pays) = choice.best;
        if mentee == NOBODY || -choice.first <= cost {
            self.slots.mentors[mentor as usize].floor = cost;
            self.reprice(mentor);
            return None;
        }
        let second = if choice.second == NEVER { choice.first } else { choice.second };
        let price = (-second - step).max(cost).min(floor);
        self.slots.mentors[mentor as usize].floor = price;
        let was = self.places[mentee as usize].0;
        if was != NOBODY {
            self.slots.mentors[was as usize].floor = self.prices[was as usize];
            self.slots.leave(was, mentee);
            self.reprice(was);
        }
        self.places[mentee as usize] = (mentor, pays);
        self.slots.take(mentor, price, mentee);
        self.reprice(mentor);
        (was != NOBODY && self.is_overpriced(was)).then_some(was)
    }
}
