//! The least cost: prices for places, and shortest paths that keep them right.
//!
//! Every mentee i takes the cheapest of its choices, a mentor j at `cost + price(j)` or staying out at
//! `out(i)`: that is its `due(i)`. Every mentor offers its k-th seat at `seat(j, k)`, which does not fall with k,
//! and sells exactly the seats that its price covers. When both hold for all, no other matching is cheaper;
//! the two moves below bring people in one by one and never break it for those who are in.

use std::{cmp::Reverse, collections::BinaryHeap};

use crate::{
    graph::Graph,
    seats::{ABSENT, OUT, Seats},
    weight::Weight,
};

pub(crate) struct Market<'a, W> {
    graph: &'a Graph<W>,
    pub(crate) seats: Seats,
    /// What a place costs, by mentor.
    pub(crate) prices: Vec<W>,
    /// What a mentee pays in all; means nothing while it is absent.
    pub(crate) dues: Vec<W>,
    /// What staying out costs, by class.
    pub(crate) out: [W; 2],
    /// What each further mentee of one mentor adds.
    load: W,
    heap: BinaryHeap<Reverse<(W, u32)>>,
    /// By mentor: how far it is in this search, and through which mentee it was reached.
    far: Vec<W>,
    via: Vec<u32>,
    /// By mentee, the same for searches from a mentor.
    mentee_far: Vec<W>,
    mentee_via: Vec<u32>,
    /// Who has a distance in this search.
    touched: Vec<u32>,
    /// Whose distance is final, with it.
    done: Vec<(u32, W)>,
    path: Vec<u32>,
}

impl<'a, W: Weight> Market<'a, W> {
    /// Nobody is in; all prices are what the first seat costs.
    pub(crate) fn new(graph: &'a Graph<W>, out: [W; 2], load: W) -> Self {
        let mut market = Self {
            graph,
            seats: Seats::new(graph.mentees.len(), &graph.room),
            prices: vec![W::default(); graph.mentors.len()],
            dues: vec![W::default(); graph.mentees.len()],
            out,
            load,
            heap: BinaryHeap::new(),
            far: vec![W::FAR; graph.mentors.len()],
            via: vec![0; graph.mentors.len()],
            mentee_far: vec![W::FAR; graph.mentees.len()],
            mentee_via: vec![0; graph.mentees.len()],
            touched: Vec::new(),
            done: Vec::new(),
            path: Vec::new(),
        };
        for mentor in 0..graph.mentors.len() as u32 {
            market.prices[mentor as usize] = market.seat(mentor, 0);
        }
        market
    }

    /// What a mentor's seat costs after `taken` others.
    fn seat(&self, mentor: u32, taken: u32) -> W {
        self.load.times(self.graph.pinned[mentor as usize] + taken)
    }

    /// What the next free seat costs.
    fn next_seat(&self, mentor: u32) -> Option<W> {
        let filled = self.seats.filled[mentor as usize];
        (filled < self.graph.room[mentor as usize]).then(|| self.seat(mentor, filled))
    }

    pub(crate) fn out(&self, mentee: u32) -> W {
        self.out[self.graph.classes[mentee as usize] as usize]
    }

    /// Puts an absent mentee out. Right only while no mentor is cheaper for it.
    pub(crate) fn stay_out(&mut self, mentee: u32) {
        self.seats.mentor[mentee as usize] = OUT;
        self.dues[mentee as usize] = self.out(mentee);
    }

    fn clear(&mut self) {
        self.heap.clear();
        self.done.clear();
        self.path.clear();
    }

    /// Brings an absent mentee in: the shortest path from it to a free seat or to somebody who stays out.
    pub(crate) fn enter(&mut self, newcomer: u32) {
        let graph = self.graph;
        let cheapest = graph.of(newcomer).iter().map(|&(mentor, cost)| cost + self.prices[mentor as usize]);
        let out = self.out(newcomer);
        let due = cheapest.min().map_or(out, |cheapest| cheapest.min(out));
        self.dues[newcomer as usize] = due;
        self.clear();
        let mut best = out - due;
        // Who goes out at the end, or which mentor has the free seat.
        let mut end = Err(newcomer);
        self.scan_mentee(newcomer, W::default(), &mut best, &mut end);
        while let Some(Reverse((far, mentor))) = self.heap.pop() {
            if far >= best {
                break;
            }
            if far > self.far[mentor as usize] {
                continue;
            }
            self.done.push((mentor, far));
            for at in 0..self.seats.filled[mentor as usize] as usize {
                let mentee = self.seats.at(mentor)[at];
                let total = far + self.out(mentee) - self.dues[mentee as usize];
                if total < best {
                    (best, end) = (total, Err(mentee));
                }
                self.scan_mentee(mentee, far, &mut best, &mut end);
            }
        }
        self.dues[newcomer as usize] = due + best;
        self.reprice(best, |known, change| known + change);
        let mut mentee = match end {
            Ok(mentor) => self.via[mentor as usize],
            Err(mentee) => mentee,
        };
        self.path.push(mentee);
        while mentee != newcomer {
            mentee = self.via[self.seats.mentor[mentee as usize] as usize];
            self.path.push(mentee);
        }
        self.path.reverse();
        self.seats.shift(&self.path, end.ok());
        for mentor in self.touched.drain(..) {
            self.far[mentor as usize] = W::FAR;
        }
    }

    /// Moves the prices of what was nearer than `best`, and the dues of those who sit there.
    fn reprice(&mut self, best: W, with: impl Fn(W, W) -> W) {
        for &(mentor, far) in &self.done {
            if far < best {
                self.prices[mentor as usize] = with(self.prices[mentor as usize], best - far);
                for &mentee in self.seats.at(mentor) {
                    self.dues[mentee as usize] = with(self.dues[mentee as usize], best - far);
                }
            }
        }
    }

    /// Looks at the mentors a mentee could move to. A free seat counts as soon as it is seen, which keeps
    /// everything farther out of the search.
    fn scan_mentee(&mut self, mentee: u32, far: W, best: &mut W, end: &mut Result<u32, u32>) {
        let base = far - self.dues[mentee as usize];
        for &(mentor, cost) in self.graph.of(mentee) {
            let price = self.prices[mentor as usize];
            let total = base + cost + price;
            let known = self.far[mentor as usize];
            if total < *best && total < known {
                if known == W::FAR {
                    self.touched.push(mentor);
                }
                self.far[mentor as usize] = total;
                self.via[mentor as usize] = mentee;
                self.heap.push(Reverse((total, mentor)));
                if let Some(seat) = self.next_seat(mentor)
                    && total + seat - price < *best
                {
                    (*best, *end) = (total + seat - price, Ok(mentor));
                }
            }
        }
    }

    /// Sells one more seat of a mentor whose price covers it, or lowers the price. Whether one was sold.
    pub(crate) fn sell(&mut self, seller: u32) -> bool {
        let Some(seat) = self.next_seat(seller) else { return false };
        let mut best = self.prices[seller as usize] - seat;
        if best <= W::default() {
            return false;
        }
        self.clear();
        // Who moves last, and whether it leaves a seat behind.
        let mut end = None;
        self.far[seller as usize] = W::default();
        self.touched.push(seller);
        self.done.push((seller, W::default()));
        self.scan_mentor(seller, W::default(), best);
        while let Some(Reverse((far, mentee))) = self.heap.pop() {
            if far >= best {
                break;
            }
            if far > self.mentee_far[mentee as usize] {
                continue;
            }
            let mentor = self.seats.mentor[mentee as usize];
            if mentor == OUT {
                (best, end) = (far, Some((mentee, false)));
                break;
            }
            if self.far[mentor as usize] != W::FAR {
                continue;
            }
            self.far[mentor as usize] = far;
            self.via[mentor as usize] = mentee;
            self.touched.push(mentor);
            self.done.push((mentor, far));
            let last = self.seat(mentor, self.seats.filled[mentor as usize] - 1);
            let total = far + self.prices[mentor as usize] - last;
            if total < best {
                (best, end) = (total, Some((mentee, true)));
            }
            self.scan_mentor(mentor, far, best);
        }
        self.reprice(best, |known, change| known - change);
        if let Some((mentee, is_leaving)) = end {
            self.path.push(mentee);
            let mut target = self.mentee_via[mentee as usize];
            while target != seller {
                let next = self.via[target as usize];
                self.path.push(next);
                target = self.mentee_via[next as usize];
            }
            if is_leaving {
                self.seats.rise(mentee);
            }
            self.seats.shift(&self.path, Some(seller));
        }
        for mentor in self.touched.drain(..) {
            self.far[mentor as usize] = W::FAR;
            for &(mentee, _) in self.graph.to(mentor) {
                self.mentee_far[mentee as usize] = W::FAR;
            }
        }
        end.is_some()
    }

    fn scan_mentor(&mut self, mentor: u32, far: W, best: W) {
        let base = far + self.prices[mentor as usize];
        for &(mentee, cost) in self.graph.to(mentor) {
            let place = self.seats.mentor[mentee as usize];
            // Who sits with a mentor that is done is as near as that mentor.
            if place == ABSENT || place != OUT && self.far[place as usize] != W::FAR {
                continue;
            }
            let total = base + cost - self.dues[mentee as usize];
            if total < best && total < self.mentee_far[mentee as usize] {
                self.mentee_far[mentee as usize] = total;
                self.mentee_via[mentee as usize] = mentor;
                self.heap.push(Reverse((total, mentee)));
            }
        }
    }
}
