//! The lowest cost: prices of places, and shortest paths that keep the prices exact.
//!
//! Every mentee i takes its cheapest choice: a mentor j at `cost + price(j)`, or staying unmatched at
//! `unmatched(i)`. That cost is its `due(i)`. Every mentor offers its k-th seat at `seat(j, k)`, which does not
//! fall with k, and sells exactly the seats that its price covers. If both hold for everybody, no other
//! matching is cheaper.
//!
//! [`Market::enter`] and [`Market::sell`] are the two halves of the Hungarian method (Kuhn 1955). Each is
//! one Dijkstra search over costs reduced by prices (Edmonds and Karp 1972, Tomizawa 1971). Both keep these
//! invariants: every mentee in the market has its cheapest choice, and no seat is sold below its price.

use std::{cmp::Reverse, collections::BinaryHeap};

use crate::{
    assignment::{ABSENT, Assignment, UNMATCHED},
    change::{Change, Move},
    graph::{Edge, Graph},
    weight::{Level, Weight},
};

pub(crate) struct Market<L> {
    pub(crate) graph: Graph,
    pub(crate) assignment: Assignment,
    /// The price of a place at each mentor.
    pub(crate) prices: Vec<Weight<L>>,
    /// What each mentee pays in total; meaningless while it is absent.
    pub(crate) dues: Vec<Weight<L>>,
    /// The cost of a pair, by its kind.
    costs: Vec<L>,
    /// The cost of staying unmatched, by class.
    pub(crate) unmatched: [L; 2],
    /// The additional cost of each further mentee of a mentor.
    load: L,
    heap: BinaryHeap<Reverse<(Weight<L>, u32)>>,
    /// For each mentor, its distance in this search and the mentee through which it was reached.
    distance: Vec<Weight<L>>,
    via_mentee: Vec<u32>,
    /// For each mentee, the mentor that called it in a search from a mentor.
    via_mentor: Vec<u32>,
    /// The mentors that have a distance in this search.
    touched: Vec<u32>,
    /// The mentors with a final distance, and that distance.
    finished: Vec<(u32, Weight<L>)>,
    path: Vec<u32>,
}

impl<L: Level> Market<L> {
    /// A market without mentees. Any prices may be given: a seat below its price is sold at the price until
    /// [`Market::settle`] has let everybody enter.
    pub(crate) fn new(
        graph: Graph,
        prices: Vec<Weight<L>>,
        costs: Vec<L>,
        unmatched: [L; 2],
        load: L,
    ) -> Self {
        let (mentees, mentors) = (graph.mentees(), graph.mentors());
        Self {
            assignment: Assignment::new(&graph),
            prices,
            dues: vec![Weight::default(); mentees],
            costs,
            unmatched,
            load,
            heap: BinaryHeap::new(),
            distance: vec![Weight::INFINITE; mentors],
            via_mentee: vec![0; mentors],
            via_mentor: vec![0; mentees],
            touched: Vec::new(),
            finished: Vec::new(),
            path: Vec::new(),
            graph,
        }
    }

    /// Lets all absent mentees enter, then sells every free seat below its price. After that, prices and
    /// matching are exact.
    pub(crate) fn settle(&mut self) {
        for mentee in 0..self.graph.mentees() as u32 {
            if !self.graph.excluded[mentee as usize] && self.assignment.mentor[mentee as usize] == ABSENT {
                self.enter(mentee);
            }
        }
        for mentor in 0..self.graph.mentors() as u32 {
            while self.sell(mentor) {}
        }
    }

    /// Whether this mentee takes part in the market and is unmatched.
    pub(crate) fn is_unmatched(&self, mentee: u32) -> bool {
        !self.graph.excluded[mentee as usize] && self.assignment.mentor[mentee as usize] >= ABSENT
    }

    /// Applies a change of the graph. Returns the mentees that moved.
    pub(crate) fn change(&mut self, change: Change) -> Vec<Move> {
        self.assignment.log = Some(Vec::new());
        match change {
            Change::Decline { mentee, mentor } => self.remove_edges(&[mentee], &[mentor]),
            Change::MenteeLeaves(mentee) => {
                let mentors: Vec<u32> = self.graph.mentee_edges(mentee).iter().map(|edge| edge.to).collect();
                self.remove_edges(&[mentee], &mentors);
            }
            Change::MentorLeaves(mentor) => {
                let mentees: Vec<u32> = self.graph.mentor_edges(mentor).iter().map(|edge| edge.to).collect();
                self.remove_edges(&mentees, &[mentor]);
            }
            Change::PlaceAdded(mentor) => {
                self.graph.room[mentor as usize] += 1;
                while self.sell(mentor) {}
            }
        }
        let mut log = self.assignment.log.take().unwrap_or_default();
        // The first entry of each mentee has its original mentor.
        log.sort_by_key(|&(mentee, _)| mentee);
        log.dedup_by_key(|(mentee, _)| *mentee);
        log.into_iter()
            .filter_map(|(mentee, previous)| {
                Move::of(mentee, previous, self.assignment.mentor[mentee as usize])
            })
            .collect()
    }

    /// Removes the edges between the two groups.
    fn remove_edges(&mut self, mentees: &[u32], mentors: &[u32]) {
        let mut absent = Vec::new();
        for &mentee in mentees {
            for &mentor in mentors {
                if self.graph.remove(mentee, mentor) && self.assignment.mentor[mentee as usize] == mentor {
                    self.assignment.unassign(mentee);
                    self.assignment.set(mentee, ABSENT);
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

    /// The cost of a mentor's seat when `taken` others are taken.
    fn seat(&self, mentor: u32, taken: u32) -> Weight<L> {
        Weight::level(self.load.times(self.graph.pinned[mentor as usize] + taken))
    }

    /// The cost of the next free seat.
    fn next_seat(&self, mentor: u32) -> Option<Weight<L>> {
        let filled = self.assignment.filled[mentor as usize];
        (filled < self.graph.room[mentor as usize]).then(|| self.seat(mentor, filled))
    }

    pub(crate) fn unmatched(&self, mentee: u32) -> Weight<L> {
        Weight::level(self.unmatched[self.graph.classes[mentee as usize] as usize])
    }

    fn clear(&mut self) {
        self.heap.clear();
        self.finished.clear();
        self.path.clear();
    }

    /// The cheapest choice of a mentee, and its cost.
    fn cheapest(&self, mentee: u32) -> (Weight<L>, Option<u32>) {
        let mut best = (self.unmatched(mentee), None);
        for &Edge { to, kind } in self.graph.mentee_edges(mentee) {
            let price = self.prices[to as usize];
            let hi = self.costs[kind as usize] + price.hi;
            if hi <= best.0.hi {
                let total = Weight { hi, lo: self.graph.tie_break(mentee, to) + price.lo };
                if total < best.0 {
                    best = (total, Some(to));
                }
            }
        }
        best
    }

    /// Lets an absent mentee enter, along the shortest path from it to a free seat or to a mentee that
    /// becomes unmatched.
    pub(crate) fn enter(&mut self, newcomer: u32) {
        let (due, choice) = self.cheapest(newcomer);
        self.dues[newcomer as usize] = due;
        let Some(choice) = choice else {
            self.assignment.set(newcomer, UNMATCHED);
            return;
        };
        if self.next_seat(choice).is_some_and(|seat| seat <= self.prices[choice as usize]) {
            self.assignment.assign(newcomer, choice);
            return;
        }
        self.clear();
        let mut best = self.unmatched(newcomer) - due;
        // The mentee that becomes unmatched (`Err`), or the mentor with the free seat (`Ok`).
        let mut end = Err(newcomer);
        self.scan_mentee(newcomer, Weight::default(), &mut best, &mut end);
        while let Some(Reverse((distance, mentor))) = self.heap.pop() {
            if distance >= best {
                break;
            }
            if distance > self.distance[mentor as usize] {
                continue;
            }
            self.finished.push((mentor, distance));
            for at in 0..self.assignment.filled[mentor as usize] as usize {
                let mentee = self.assignment.mentees_of(mentor)[at];
                let total = distance + self.unmatched(mentee) - self.dues[mentee as usize];
                if total < best {
                    (best, end) = (total, Err(mentee));
                }
                self.scan_mentee(mentee, distance, &mut best, &mut end);
            }
        }
        self.dues[newcomer as usize] = due + best;
        self.reprice(best, |known, change| known + change);
        let mut mentee = match end {
            Ok(mentor) => self.via_mentee[mentor as usize],
            Err(mentee) => mentee,
        };
        self.path.push(mentee);
        while mentee != newcomer {
            mentee = self.via_mentee[self.assignment.mentor[mentee as usize] as usize];
            self.path.push(mentee);
        }
        self.path.reverse();
        self.assignment.shift(&self.path, end.ok());
        for mentor in self.touched.drain(..) {
            self.distance[mentor as usize] = Weight::INFINITE;
        }
    }

    /// Changes the prices of mentors that are nearer than `best`, and the dues of their mentees.
    fn reprice(&mut self, best: Weight<L>, with: impl Fn(Weight<L>, Weight<L>) -> Weight<L>) {
        for &(mentor, distance) in &self.finished {
            if distance < best {
                self.prices[mentor as usize] = with(self.prices[mentor as usize], best - distance);
                for &mentee in self.assignment.mentees_of(mentor) {
                    self.dues[mentee as usize] = with(self.dues[mentee as usize], best - distance);
                }
            }
        }
    }

    /// Looks at the mentors to which a mentee could move. A free seat counts as soon as it is seen, which
    /// keeps everything farther away out of the search.
    fn scan_mentee(
        &mut self,
        mentee: u32,
        distance: Weight<L>,
        best: &mut Weight<L>,
        end: &mut Result<u32, u32>,
    ) {
        let base = distance - self.dues[mentee as usize];
        for &Edge { to: mentor, kind } in self.graph.mentee_edges(mentee) {
            let price = self.prices[mentor as usize];
            let hi = base.hi + self.costs[kind as usize] + price.hi;
            // Looking up the tie-break value costs more than everything else and rarely matters.
            if hi > best.hi {
                continue;
            }
            let known = self.distance[mentor as usize];
            if hi > known.hi {
                continue;
            }
            let total = Weight { hi, lo: base.lo + self.graph.tie_break(mentee, mentor) + price.lo };
            if total < *best && total < known {
                if known == Weight::INFINITE {
                    self.touched.push(mentor);
                }
                self.distance[mentor as usize] = total;
                self.via_mentee[mentor as usize] = mentee;
                self.heap.push(Reverse((total, mentor)));
                let filled = self.assignment.filled[mentor as usize];
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

    /// Sells one more seat of a mentor if its price covers the seat, or lowers the price. Returns whether a
    /// seat was sold.
    pub(crate) fn sell(&mut self, seller: u32) -> bool {
        let Some(seat) = self.next_seat(seller) else { return false };
        let mut best = self.prices[seller as usize] - seat;
        if best <= Weight::default() {
            return false;
        }
        self.clear();
        // The mentee that moves last, and whether it leaves a seat behind.
        let mut end = None;
        self.distance[seller as usize] = Weight::default();
        self.touched.push(seller);
        self.heap.push(Reverse((Weight::default(), seller)));
        while let Some(Reverse((distance, mentor))) = self.heap.pop() {
            if distance >= best {
                break;
            }
            if distance == self.distance[mentor as usize] {
                self.finished.push((mentor, distance));
                self.scan_mentor(mentor, distance, &mut best, &mut end);
            }
        }
        self.reprice(best, |known, change| known - change);
        if let Some((mentee, is_leaving)) = end {
            self.path.push(mentee);
            let mut target = self.via_mentor[mentee as usize];
            while target != seller {
                let next = self.via_mentee[target as usize];
                self.path.push(next);
                target = self.via_mentor[next as usize];
            }
            if is_leaving {
                self.assignment.unassign(mentee);
            }
            self.assignment.shift(&self.path, Some(seller));
        }
        for mentor in self.touched.drain(..) {
            self.distance[mentor as usize] = Weight::INFINITE;
        }
        end.is_some()
    }

    /// Looks at the mentees that a mentor could call. A seat that is left behind counts as soon as it is
    /// seen.
    fn scan_mentor(
        &mut self,
        mentor: u32,
        distance: Weight<L>,
        best: &mut Weight<L>,
        end: &mut Option<(u32, bool)>,
    ) {
        let base = distance + self.prices[mentor as usize];
        for &Edge { to: mentee, kind } in self.graph.mentor_edges(mentor) {
            let due = self.dues[mentee as usize];
            let hi = base.hi + self.costs[kind as usize] - due.hi;
            let current = self.assignment.mentor[mentee as usize];
            if hi > best.hi || current == ABSENT {
                continue;
            }
            // A mentee is as near as the nearest mentee of the same mentor.
            let known = if current == UNMATCHED { *best } else { self.distance[current as usize] };
            if hi > known.hi {
                continue;
            }
            let total = Weight { hi, lo: base.lo + self.graph.tie_break(mentee, mentor) - due.lo };
            if total >= *best || total >= known {
                continue;
            }
            self.via_mentor[mentee as usize] = mentor;
            if current == UNMATCHED {
                (*best, *end) = (total, Some((mentee, false)));
                continue;
            }
            if known == Weight::INFINITE {
                self.touched.push(current);
            }
            self.distance[current as usize] = total;
            self.via_mentee[current as usize] = mentee;
            self.heap.push(Reverse((total, current)));
            let last = self.seat(current, self.assignment.filled[current as usize] - 1);
            let left = total + self.prices[current as usize] - last;
            if left < *best {
                (*best, *end) = (left, Some((mentee, true)));
            }
        }
    }
}
