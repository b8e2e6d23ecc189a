//! Starting prices: an auction with decreasing steps.
//!
//! This is the auction algorithm of Bertsekas (1979) for groups of similar places (Bertsekas and Castañon
//! 1989). Both sides bid (forward and reverse, Bertsekas, Castañon and Tsaknakis 1993), and the step ε
//! decreases from round to round. In a round every mentee bids for the mentor that is cheapest for it. The
//! bid makes the second cheapest equally good, plus ε. A mentee that is outbid bids again. After that,
//! mentors with a free seat below their price call the mentee that would pay most for it. In the end every
//! choice is within ε of the cheapest, and no free seat is overpriced.
//!
//! The result need not be exact: costs are cut to 31 bits, and a round that takes too long is stopped. The
//! [market](crate::market) makes the prices exact.

use std::collections::VecDeque;

use crate::slots::{MentorSlots, Slots};

/// More than every real price.
pub(crate) const INFINITE: i64 = 1 << 60;
/// The cost of a seat that is sold at any price.
const AT_ANY_PRICE: i64 = -INFINITE;

const NONE: u32 = u32::MAX;
/// The factor by which ε decreases from round to round, and its last value. Both were measured, and neither
/// matters much.
const STEP_DIVISOR: i64 = 20;
const LAST_STEP: i64 = 100;
/// The first ε is the range of the pair costs divided by this, or the range of the seat costs divided by
/// `FIRST_STEP_DIVISOR_OF_SEATS`.
const FIRST_STEP_DIVISOR: i64 = 100;
const FIRST_STEP_DIVISOR_OF_SEATS: i64 = 8;
/// The number of bids in a round, for each mentee, after which the round is stopped.
const MAX_BIDS_PER_MENTEE: u64 = 40;

/// Adjacency lists with the cost of each pair.
#[derive(Default)]
pub(crate) struct Lists {
    pub(crate) starts: Vec<u32>,
    pub(crate) edges: Vec<(u32, i32)>,
}

impl Lists {
    fn at(&self, at: u32) -> &[(u32, i32)] {
        &self.edges[self.starts[at as usize] as usize..self.starts[at as usize + 1] as usize]
    }

    /// The same edges seen from the other side. `degrees` are its numbers of edges.
    pub(crate) fn reversed(&self, degrees: &[u32]) -> Self {
        let mut reversed = Self { starts: vec![0], edges: vec![(0, 0); self.edges.len()] };
        let mut ends = Vec::with_capacity(degrees.len());
        let mut sum = 0;
        for degree in degrees {
            ends.push(sum);
            sum += degree;
            reversed.starts.push(sum);
        }
        for at in 0..self.starts.len() as u32 - 1 {
            for &(other, cost) in self.at(at) {
                let end = &mut ends[other as usize];
                reversed.edges[*end as usize] = (at, cost);
                *end += 1;
            }
        }
        reversed
    }

    pub(crate) fn degree(&self, at: usize) -> u32 {
        self.starts[at + 1] - self.starts[at]
    }
}

/// The cheapest choice, its cost, and the cost of the second cheapest.
struct Choice {
    best: (u32, i32),
    first: i64,
    second: i64,
}

impl Choice {
    /// Starts with the cost of staying unmatched.
    fn new(outside: i64) -> Self {
        Self { best: (NONE, 0), first: outside, second: INFINITE }
    }

    #[inline]
    fn consider(&mut self, edge: (u32, i32), total: i64) {
        // Without branches, because half of them would be mispredicted.
        let is_first = total < self.first;
        self.second = self.second.min(if is_first { self.first } else { total });
        self.first = if is_first { total } else { self.first };
        self.best = if is_first { edge } else { self.best };
    }
}

pub(crate) struct Auction {
    /// The edges of each mentee (`mentee_edges`) and of each mentor (`mentor_edges`).
    mentee_edges: Lists,
    mentor_edges: Lists,
    /// The additional cost of each further seat of a mentor.
    load: i64,
    /// The cost of staying unmatched, for each mentee.
    unmatched: Vec<i64>,
    /// The price of each mentor's next seat.
    pub(crate) prices: Vec<i64>,
    slots: Slots,
    /// The mentor of each mentee, and the cost of the pair.
    matches: Vec<(u32, i32)>,
    queue: VecDeque<u32>,
}

impl Auction {
    /// An auction in which no mentee has a seat. `prices` are the prices at the start of the first round.
    /// No mentor may have more room than edges.
    pub(crate) fn new(
        [mentee_edges, mentor_edges]: [Lists; 2],
        mentors: Vec<MentorSlots>,
        [prices, unmatched]: [Vec<i64>; 2],
        load: i64,
    ) -> Self {
        Self {
            slots: Slots::new(mentors),
            matches: vec![(NONE, 0); unmatched.len()],
            queue: VecDeque::new(),
            mentee_edges,
            mentor_edges,
            load,
            unmatched,
            prices,
        }
    }

    /// Runs all rounds. `costs` is the range of the pair costs, `seats` that of the seat costs.
    pub(crate) fn run(&mut self, costs: i64, seats: i64) {
        let range = costs + seats;
        let mut step = (costs / FIRST_STEP_DIVISOR).max(seats / FIRST_STEP_DIVISOR_OF_SEATS).max(LAST_STEP);
        loop {
            self.round(step, range);
            if step == LAST_STEP {
                return;
            }
            step = (step / STEP_DIVISOR).max(LAST_STEP);
        }
    }

    fn round(&mut self, step: i64, range: i64) {
        self.matches.fill((NONE, 0));
        for (mentor, &price) in self.slots.mentors.iter_mut().zip(&self.prices) {
            (mentor.floor, mentor.filled) = (price, 0);
        }
        for mentor in 0..self.prices.len() as u32 {
            self.reprice(mentor);
        }
        let mut bids_left = MAX_BIDS_PER_MENTEE * self.unmatched.len() as u64;
        let mut queue = std::mem::take(&mut self.queue);
        queue.extend(
            (0..self.unmatched.len() as u32).filter(|&mentee| self.mentee_edges.degree(mentee as usize) > 0),
        );
        while let Some(mentee) = queue.pop_front() {
            queue.extend(self.bid(mentee, step, range));
            bids_left = bids_left.saturating_sub(1);
            if bids_left == 0 {
                queue.clear();
            }
        }
        bids_left += MAX_BIDS_PER_MENTEE * self.unmatched.len() as u64;
        queue.extend((0..self.prices.len() as u32).filter(|&mentor| self.is_overpriced(mentor)));
        while let Some(mentor) = queue.pop_front() {
            while self.is_overpriced(mentor) && bids_left > 0 {
                queue.extend(self.call(mentor, step));
                bids_left -= 1;
            }
        }
        self.queue = queue;
    }

    fn mentor(&self, mentor: u32) -> &MentorSlots {
        &self.slots.mentors[mentor as usize]
    }

    /// The least price of the next free seat.
    fn next_cost(&self, mentor: &MentorSlots) -> i64 {
        if mentor.filled < mentor.given {
            return AT_ANY_PRICE;
        }
        (mentor.base + self.load * i64::from(mentor.filled)).min(INFINITE)
    }

    /// The price of the next free seat.
    fn next_price(&self, mentor: &MentorSlots) -> i64 {
        if mentor.filled < mentor.room { mentor.floor.max(self.next_cost(mentor)) } else { INFINITE }
    }

    fn is_overpriced(&self, mentor: u32) -> bool {
        let mentor = self.mentor(mentor);
        mentor.filled < mentor.room && mentor.floor > self.next_cost(mentor)
    }

    fn reprice(&mut self, mentor: u32) {
        let own = self.mentor(mentor);
        let next_price = self.next_price(own);
        self.prices[mentor as usize] =
            self.slots.lowest_bid(own).map_or(next_price, |least| least.min(next_price));
    }

    /// A mentee bids. Returns the mentee that is outbid.
    fn bid(&mut self, mentee: u32, step: i64, range: i64) -> Option<u32> {
        let mut choice = Choice::new(self.unmatched[mentee as usize]);
        for &(mentor, cost) in self.mentee_edges.at(mentee) {
            choice.consider((mentor, cost), i64::from(cost) + self.prices[mentor as usize]);
        }
        let Choice { best, first, second } = choice;
        let mentor = best.0;
        if mentor == NONE {
            return None;
        }
        let price = self.prices[mentor as usize];
        // Without a second choice the mentee bids the whole range.
        let gap = if second == INFINITE { range } else { second - first };
        let bid = (price + gap + step).min(INFINITE);
        self.matches[mentee as usize] = best;
        let outbid = if self.next_price(self.mentor(mentor)) <= price {
            self.slots.take(mentor, bid, mentee);
            None
        } else {
            let previous = self.slots.replace_lowest(mentor, bid, mentee);
            self.matches[previous as usize].0 = NONE;
            Some(previous)
        };
        self.reprice(mentor);
        outbid
    }

    /// A mentor with an overpriced seat calls the mentee that would pay most for it, or lowers the price to
    /// the seat's cost. Returns the mentor whose seat became overpriced in the process.
    fn call(&mut self, mentor: u32, step: i64) -> Option<u32> {
        let mut choice = Choice::new(INFINITE);
        for &(mentee, cost) in self.mentor_edges.at(mentor) {
            let (place, pair_cost) = self.matches[mentee as usize];
            if place != mentor {
                let due = match place {
                    NONE => self.unmatched[mentee as usize],
                    _ => i64::from(pair_cost) + self.prices[place as usize],
                };
                choice.consider((mentee, cost), i64::from(cost) - due);
            }
        }
        let &MentorSlots { floor, .. } = self.mentor(mentor);
        let next_cost = self.next_cost(self.mentor(mentor));
        let (mentee, pair_cost) = choice.best;
        if mentee == NONE || -choice.first <= next_cost {
            self.slots.mentors[mentor as usize].floor = next_cost;
            self.reprice(mentor);
            return None;
        }
        let second = if choice.second == INFINITE { choice.first } else { choice.second };
        let price = (-second - step).max(next_cost).min(floor);
        self.slots.mentors[mentor as usize].floor = price;
        let previous = self.matches[mentee as usize].0;
        if previous != NONE {
            self.slots.mentors[previous as usize].floor = self.prices[previous as usize];
            self.slots.release(previous, mentee);
            self.reprice(previous);
        }
        self.matches[mentee as usize] = (mentor, pair_cost);
        self.slots.take(mentor, price, mentee);
        self.reprice(mentor);
        (previous != NONE && self.is_overpriced(previous)).then_some(previous)
    }
}
