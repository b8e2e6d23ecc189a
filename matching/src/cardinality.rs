//! How many can be matched: Hopcroft and Karp with places, and the mentees for whom places are short.

use crate::{
    graph::{Edge, Graph},
    seats::{ABSENT, Seats},
};

/// Whom the shortage concerns.
pub(crate) struct Shortage {
    /// Mentees who compete for too few places, they reach `mentors` only.
    pub(crate) mentees: Vec<bool>,
    /// All places that they reach.
    pub(crate) mentors: Vec<bool>,
}

impl Shortage {
    /// The mentees, sorted.
    pub(crate) fn names(&self) -> Vec<u32> {
        (0..).zip(&self.mentees).filter_map(|(mentee, &is_short)| is_short.then_some(mentee)).collect()
    }
}

/// The shortage over all mentees, and the one over class 0 alone.
///
/// The mentees that can be matched together form a matroid, so whoever is matched stays matched while others
/// are added: most of class 0 and most of all are reached by the same matching.
pub(crate) fn shortages(graph: &Graph) -> [Shortage; 2] {
    let mut seats = Seats::new(graph);
    let mut search = Search::new(graph);
    let is_open =
        |mentee: u32, class: u8| !graph.settled[mentee as usize] && graph.classes[mentee as usize] == class;
    let all = || 0..graph.mentees() as u32;
    let mut lone: Vec<u32> = all().filter(|&mentee| is_open(mentee, 0)).collect();
    search.fill(graph, &mut seats, &mut lone);
    let first = reach(graph, &seats, &lone);
    lone.extend(all().filter(|&mentee| is_open(mentee, 1)));
    search.fill(graph, &mut seats, &mut lone);
    [reach(graph, &seats, &lone), first]
}

/// Everything on alternating paths from mentees who could not be matched.
pub(crate) fn reach(graph: &Graph, seats: &Seats, lone: &[u32]) -> Shortage {
    let mut found = Shortage { mentees: vec![false; graph.mentees()], mentors: vec![false; graph.mentors()] };
    let mut queue = lone.to_vec();
    for &mentee in lone {
        found.mentees[mentee as usize] = true;
    }
    while let Some(mentee) = queue.pop() {
        for &Edge { to: mentor, .. } in graph.of(mentee) {
            if !std::mem::replace(&mut found.mentors[mentor as usize], true) {
                for &other in seats.at(mentor) {
                    if !std::mem::replace(&mut found.mentees[other as usize], true) {
                        queue.push(other);
                    }
                }
            }
        }
    }
    found
}

/// Looks for shortest paths to free places.
pub(crate) struct Search {
    /// In which round of a phase a mentor was reached first.
    level: Vec<u32>,
    /// The next edge of each mentee to try.
    edge: Vec<u32>,
    /// How many mentees of each mentor were tried.
    tried: Vec<u32>,
}

const FAR: u32 = u32::MAX;

impl Search {
    pub(crate) fn new(graph: &Graph) -> Self {
        Self {
            level: vec![FAR; graph.mentors()],
            edge: vec![0; graph.mentees()],
            tried: vec![0; graph.mentors()],
        }
    }

    /// Matches as many of `lone` as possible; who is matched stays so. Leaves in `lone` who is not.
    pub(crate) fn fill(&mut self, graph: &Graph, seats: &mut Seats, lone: &mut Vec<u32>) {
        lone.retain(|&mentee| {
            let has_room = |mentor: u32| seats.filled[mentor as usize] < graph.room[mentor as usize];
            match graph.of(mentee).iter().find(|edge| has_room(edge.to)) {
                Some(&Edge { to: mentor, .. }) => {
                    seats.sit(mentee, mentor);
                    false
                }
                None => true,
            }
        });
        while self.levels(graph, seats, lone) {
            self.edge.fill(0);
            self.tried.fill(0);
            lone.retain(|&mentee| !self.path(graph, seats, mentee));
        }
    }

    /// Levels the mentors by how many moves away they are; whether a free place was found.
    fn levels(&mut self, graph: &Graph, seats: &Seats, lone: &[u32]) -> bool {
        self.level.fill(FAR);
        let mut now = lone.to_vec();
        let mut next = Vec::new();
        let mut level = 0;
        let mut is_found = false;
        while !now.is_empty() && !is_found {
            for &mentee in &now {
                for &Edge { to: mentor, .. } in graph.of(mentee) {
                    let place = mentor as usize;
                    if self.level[place] == FAR {
                        self.level[place] = level;
                        is_found |= seats.filled[place] < graph.room[place];
                        next.extend_from_slice(seats.at(mentor));
                    }
                }
            }
            now.clear();
            std::mem::swap(&mut now, &mut next);
            level += 1;
        }
        is_found
    }

    /// Moves people along one shortest path that gives the mentee a place, if there is one left.
    fn path(&mut self, graph: &Graph, seats: &mut Seats, from: u32) -> bool {
        debug_assert_eq!(seats.mentor[from as usize], ABSENT);
        let mut path = vec![from];
        while let Some(&mentee) = path.last() {
            let depth = path.len() as u32 - 1;
            let edge = self.edge[mentee as usize];
            let Some(&Edge { to: mentor, .. }) = graph.of(mentee).get(edge as usize) else {
                path.pop();
                continue;
            };
            let place = mentor as usize;
            if self.level[place] != depth {
                self.edge[mentee as usize] += 1;
            } else if seats.filled[place] < graph.room[place] {
                seats.shift(&path, Some(mentor));
                return true;
            } else if let Some(&other) = seats.at(mentor).get(self.tried[place] as usize) {
                self.tried[place] += 1;
                path.push(other);
            } else {
                self.edge[mentee as usize] += 1;
            }
        }
        false
    }
}
