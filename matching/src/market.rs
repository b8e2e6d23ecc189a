//! The least cost: prices for places, and shortest paths that keep them right.
//!
//! Every mentee i takes the cheapest of its choices, a mentor j at `cost + price(j)` or staying out at
//! `out(i)`: that is its `due(i)`. Every mentor offers its k-th seat at `seat(j, k)`, which does not fall with k,
//! and sells exactly the seats that its price covers. When both hold for all, no other matching is cheaper.
//!
//! [`Market::enter`] and [`Market::sell`] are the two halves of the Hungarian method (Kuhn 1955), each one search
//! of Dijkstra's over costs reduced by prices (Edmonds and Karp 1972, Tomizawa 1971). Neither breaks what holds:
//! everybody who is in has the cheapest choice, and no seat is sold under its price.

use std::{cmp::Reverse, collections::BinaryHeap};

use crate::{
    graph::{Edge, Graph},
    seats::{ABSENT, OUT, Seats},
    standing::{Change, Move},
    weight::{Level, Weight},
};

pub(crate) struct Market<L> {
    pub(crate) graph: Graph,
    pub(crate) seats: Seats,
    /// What a place costs, by mentor.
    pub(crate) prices: Vec<Weight<L>>,
    /// What a mentee pays in all; means nothing while it is absent.
    pub(crate) dues: Vec<Weight<L>>,
    /// What a pair costs, by its kind.
    costs: Vec<L>,
    /// What staying out costs, by class.
    pub(crate) out: [L; 2],
    /// What each further mentee of one mentor adds.
    load: L,
    heap: BinaryHeap<Reverse<(Weight<L>, u32)>>,
    /// By mentor: how far it is in this search, and through which mentee it was reached.
    far: Vec<Weight<L>>,
    via: Vec<u32>,
    /// By mentee: which mentor called it in a search from a mentor.
    mentee_via: Vec<u32>,
    /// Which mentors have a distance in this search.
    touched: Vec<u32>,
    /// Whose distance is final, with it.
    done: Vec<(u32, Weight<L>)>,
    path: Vec<u32>,
}

impl<L: Level> Market<L> {
    /// Nobody is in. Any prices are right for now: a seat for less than the price is sold at the price, until
    /// [`Market::clear_up`] has called everybody in.
    pub(crate) fn new(graph: Graph, prices: Vec<Weight<L>>, costs: Vec<L>, out: [L; 2], load: L) -> Self {
        let (mentees, mentors) = (graph.mentees(), graph.mentors());
        Self {
            seats: Seats::new(&graph),
            prices,
            dues: vec![Weight::default(); mentees],
            costs,
            out,
            load,
            heap: BinaryHeap::new(),
            far: vec![Weight::FAR; mentors],
            via: vec![0; mentors],
            mentee_via: vec![0; mentees],
            touched: Vec::new(),
            done: Vec::new(),
            path: Vec::new(),
            graph,
        }
    }

    /// Calls in who is absent, then sells what is offered for less than its price: then all is right.
    pub(crate) fn clear_up(&mut self) {
        for mentee in 0..self.graph.mentees() as u32 {
            if !self.graph.settled[mentee as usize] && self.seats.mentor[mentee as usize] == ABSENT {
                self.enter(mentee);
            }
        }
        for mentor in 0..self.graph.mentors() as u32 {
            while self.sell(mentor) {}
        }
    }

    /// Whether somebody who could be matched is not.
    pub(crate) fn is_out(&self, mentee: u32) -> bool {
        !self.graph.settled[mentee as usize] && self.seats.mentor[mentee as usize] >= ABSENT
    }

    /// Follows a change of the graph; who moved.
    pub(crate) fn change(&mut self, change: Change) -> Vec<Move> {
        self.seats.log = Some(Vec::new());
        match change {
            Change::Decline { mentee, mentor } => self.part(&[mentee], &[mentor]),
            Change::MenteeLeaves(mentee) => {
                let mentors: Vec<u32> = self.graph.of(mentee).iter().map(|edge| edge.to).collect();
                self.part(&[mentee], &mentors);
            }
            Change::MentorLeaves(mentor) => {
                let mentees: Vec<u32> = self.graph.to(mentor).iter().map(|edge| edge.to).collect();
                self.part(&mentees, &[mentor]);
            }
            Change::PlaceAdded(mentor) => {
                self.graph.room[mentor as usize] += 1;
                while self.sell(mentor) {}
            }
        }
        let mut log = self.seats.log.take().unwrap_or_default();
        // Where each was first comes first.
        log.sort_by_key(|&(mentee, _)| mentee);
        log.dedup_by_key(|(mentee, _)| *mentee);
        log.into_iter().filter_map(|(who, was)| Move::of(who, was, self.seats.mentor[who as usize])).collect()
    }

    /// Takes the edges between the two groups away.
    fn part(&mut self, mentees: &[u32], mentors: &[u32]) {
        let mut absent = Vec::new();
        for &mentee in mentees {
            for &mentor in mentors {
                if self.graph.remove(mentee, mentor) && self.seats.mentor[mentee as usize] == mentor {
                    self.seats.rise(mentee);
                    self.seats.set(mentee, ABSENT);
                    absent.push(mentee);
                }
            }
        }
        for &mentor in mentors {
            while self.sell(mentor) {}
        }
        for mentee in absent {
            self.enter(mentee);
        }
    }

    /// What a mentor's seat costs after `taken` others.
    fn seat(&self, mentor: u32, taken: u32) -> Weight<L> {
        Weight::level(self.load.times(self.graph.pinned[mentor as usize] + taken))
    }

    /// What the next free seat costs.
    fn next_seat(&self, mentor: u32) -> Option<Weight<L>> {
        let filled = self.seats.filled[mentor as usize];
        (filled < self.graph.room[mentor as usize]).then(|| self.seat(mentor, filled))
    }

    pub(crate) fn out(&self, mentee: u32) -> Weight<L> {
        Weight::level(self.out[self.graph.classes[mentee as usize] as usize])
    }

    fn clear(&mut self) {
        self.heap.clear();
        self.done.clear();
        self.path.clear();
    }

    /// The cheapest choice of a mentee, and what it costs.
    fn cheapest(&self, mentee: u32) -> (Weight<L>, Option<u32>) {
        let mut best = (self.out(mentee), None);
        for &Edge { to, kind } in self.graph.of(mentee) {
            let price = self.prices[to as usize];
            let hi = self.costs[kind as usize] + price.hi;
            if hi <= best.0.hi {
                let total = Weight { hi, lo: self.graph.lot(mentee, to) + price.lo };
                if total < best.0 {
                    best = (total, Some(to));
                }
            }
        }
        best
    }

    /// Brings an absent mentee in: the shortest path from it to a free seat or to somebody who stays out.
    pub(crate) fn enter(&mut self, newcomer: u32) {
        let (due, choice) = self.cheapest(newcomer);
        self.dues[newcomer as usize] = due;
        let Some(choice) = choice else {
            self.seats.set(newcomer, OUT);
            return;
        };
        if self.next_seat(choice).is_some_and(|seat| seat <= self.prices[choice as usize]) {
            self.seats.sit(newcomer, choice);
            return;
        }
        self.clear();
        let mut best = self.out(newcomer) - due;
        // Who goes out at the end, or which mentor has the free seat.
        let mut end = Err(newcomer);
        self.scan_mentee(newcomer, Weight::default(), &mut best, &mut end);
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
            self.far[mentor as usize] = Weight::FAR;
        }
    }

    /// Moves the prices of what was nearer than `best`, and the dues of those who sit there.
    fn reprice(&mut self, best: Weight<L>, with: impl Fn(Weight<L>, Weight<L>) -> Weight<L>) {
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
    fn scan_mentee(&mut self, mentee: u32, far: Weight<L>, best: &mut Weight<L>, end: &mut Result<u32, u32>) {
        let base = far - self.dues[mentee as usize];
        for &Edge { to: mentor, kind } in self.graph.of(mentee) {
            let price = self.prices[mentor as usize];
            let hi = base.hi + self.costs[kind as usize] + price.hi;
            // The lot costs more to look up than all else, and rarely matters.
            if hi > best.hi {
                continue;
            }
            let known = self.far[mentor as usize];
            if hi > known.hi {
                continue;
            }
            let total = Weight { hi, lo: base.lo + self.graph.lot(mentee, mentor) + price.lo };
            if total < *best && total < known {
                if known == Weight::FAR {
                    self.touched.push(mentor);
                }
                self.far[mentor as usize] = total;
                self.via[mentor as usize] = mentee;
                self.heap.push(Reverse((total, mentor)));
                let filled = self.seats.filled[mentor as usize];
                if filled < self.graph.room[mentor as usize] {
                    let seat = self.load.times(self.graph.pinned[mentor as usize] + filled);
                    let step = Weight::level(seat).max(price) - price;
                    if total + step < *best {
                        (*best, *end) = (total + step, Ok(mentor));
                    }
                }
            }
        }
    }

    /// Sells one more seat of a mentor whose price covers it, or lowers the price. Whether one was sold.
    pub(crate) fn sell(&mut self, seller: u32) -> bool {
        let Some(seat) = self.next_seat(seller) else { return false };
        let mut best = self.prices[seller as usize] - seat;
        if best <= Weight::default() {
            return false;
        }
        self.clear();
        // Who moves last, and whether it leaves a seat behind.
        let mut end = None;
        self.far[seller as usize] = Weight::default();
        self.touched.push(seller);
        self.heap.push(Reverse((Weight::default(), seller)));
        while let Some(Reverse((far, mentor))) = self.heap.pop() {
            if far >= best {
                break;
            }
            if far == self.far[mentor as usize] {
                self.done.push((mentor, far));
                self.scan_mentor(mentor, far, &mut best, &mut end);
            }
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
            self.far[mentor as usize] = Weight::FAR;
        }
        end.is_some()
    }

    /// Looks at the mentees a mentor could call. A seat that is left behind counts as soon as it is seen.
    fn scan_mentor(
        &mut self,
        mentor: u32,
        far: Weight<L>,
        best: &mut Weight<L>,
        end: &mut Option<(u32, bool)>,
    ) {
        let base = far + self.prices[mentor as usize];
        for &Edge { to: mentee, kind } in self.graph.to(mentor) {
            let due = self.dues[mentee as usize];
            let hi = base.hi + self.costs[kind as usize] - due.hi;
            let place = self.seats.mentor[mentee as usize];
            if hi > best.hi || place == ABSENT {
                continue;
            }
            // Who sits with one mentor is as near as the nearest of them.
            let known = if place == OUT { *best } else { self.far[place as usize] };
            if hi > known.hi {
                continue;
            }
            let total = Weight { hi, lo: base.lo + self.graph.lot(mentee, mentor) - due.lo };
            if total >= *best || total >= known {
                continue;
            }
            self.mentee_via[mentee as usize] = mentor;
            if place == OUT {
                (*best, *end) = (total, Some((mentee, false)));
                continue;
            }
            if known == Weight::FAR {
                self.touched.push(place);
            }
            self.far[place as usize] = total;
            self.via[place as usize] = mentee;
            self.heap.push(Reverse((total, place)));
            let last = self.seat(place, self.seats.filled[place as usize] - 1);
            let left = total + self.prices[place as usize] - last;
            if left < *best {
                (*best, *end) = (left, Some((mentee, true)));
            }
        }
    }
}
