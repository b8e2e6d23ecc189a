//! The highest number of matches (the search of Hopcroft and Karp with capacities), and the mentees that compete
//! for too few places.

use crate::{
    assignment::{ABSENT, Assignment},
    graph::{Edge, Graph},
};

/// The people whom a shortage of places affects.
pub(crate) struct Shortage {
    /// Mentees that compete for too few places. All their candidates are in `mentors`.
    pub(crate) mentees: Vec<bool>,
    /// The mentors that these mentees could have.
    pub(crate) mentors: Vec<bool>,
}

impl Shortage {
    /// The indices of the mentees, sorted.
    pub(crate) fn mentee_indices(&self) -> Vec<u32> {
        (0..).zip(&self.mentees).filter_map(|(mentee, &is_short)| is_short.then_some(mentee)).collect()
    }
}

/// The shortage for all mentees, and the one for class 0 only.
///
/// The sets of mentees that can be matched together form a matroid, so a matched mentee stays matched while
/// others are added. One matching therefore has both the most mentees of class 0 and the most mentees.
pub(crate) fn shortages(graph: &Graph) -> [Shortage; 2] {
    let mut assignment = Assignment::new(graph);
    let mut search = Search::new(graph);
    let is_open =
        |mentee: u32, class: u8| !graph.excluded[mentee as usize] && graph.classes[mentee as usize] == class;
    let all = || 0..graph.mentees() as u32;
    let mut unmatched: Vec<u32> = all().filter(|&mentee| is_open(mentee, 0)).collect();
    search.match_more(graph, &mut assignment, &mut unmatched);
    let first = reachable(graph, &assignment, &unmatched);
    unmatched.extend(all().filter(|&mentee| is_open(mentee, 1)));
    search.match_more(graph, &mut assignment, &mut unmatched);
    [reachable(graph, &assignment, &unmatched), first]
}

/// Everybody on an alternating path from a mentee that could not be matched.
pub(crate) fn reachable(graph: &Graph, assignment: &Assignment, unmatched: &[u32]) -> Shortage {
    let mut shortage =
        Shortage { mentees: vec![false; graph.mentees()], mentors: vec![false; graph.mentors()] };
    let mut queue = unmatched.to_vec();
    for &mentee in unmatched {
        shortage.mentees[mentee as usize] = true;
    }
    while let Some(mentee) = queue.pop() {
        for &Edge { to: mentor, .. } in graph.mentee_edges(mentee) {
            if !std::mem::replace(&mut shortage.mentors[mentor as usize], true) {
                for &other in assignment.mentees_of(mentor) {
                    if !std::mem::replace(&mut shortage.mentees[other as usize], true) {
                        queue.push(other);
                    }
                }
            }
        }
    }
    shortage
}

/// A search for shortest paths to free places.
pub(crate) struct Search {
    /// The round of a phase in which each mentor was first reached.
    level: Vec<u32>,
    /// The next edge of each mentee to try.
    edge: Vec<u32>,
    /// How many mentees of each mentor were tried.
    tried: Vec<u32>,
}

const UNREACHED: u32 = u32::MAX;

impl Search {
    pub(crate) fn new(graph: &Graph) -> Self {
        Self {
            level: vec![UNREACHED; graph.mentors()],
            edge: vec![0; graph.mentees()],
            tried: vec![0; graph.mentors()],
        }
    }

    /// Matches as many of the mentees in `unmatched` as possible. Matched mentees stay matched. The others
    /// remain in `unmatched`.
    pub(crate) fn match_more(
        &mut self,
        graph: &Graph,
        assignment: &mut Assignment,
        unmatched: &mut Vec<u32>,
    ) {
        unmatched.retain(|&mentee| {
            let has_room = |mentor: u32| assignment.filled[mentor as usize] < graph.room[mentor as usize];
            match graph.mentee_edges(mentee).iter().find(|edge| has_room(edge.to)) {
                Some(&Edge { to: mentor, .. }) => {
                    assignment.assign(mentee, mentor);
                    false
                }
                None => true,
            }
        });
        while self.find_levels(graph, assignment, unmatched) {
            self.edge.fill(0);
            self.tried.fill(0);
            unmatched.retain(|&mentee| !self.augment(graph, assignment, mentee));
        }
    }

    /// Sets the distance of each mentor in moves. Returns whether a free place can be reached.
    fn find_levels(&mut self, graph: &Graph, assignment: &Assignment, unmatched: &[u32]) -> bool {
        self.level.fill(UNREACHED);
        let mut current = unmatched.to_vec();
        let mut next = Vec::new();
        let mut level = 0;
        let mut is_free_place_found = false;
        while !current.is_empty() && !is_free_place_found {
            for &mentee in &current {
                for &Edge { to: mentor, .. } in graph.mentee_edges(mentee) {
                    let index = mentor as usize;
                    if self.level[index] == UNREACHED {
                        self.level[index] = level;
                        is_free_place_found |= assignment.filled[index] < graph.room[index];
                        next.extend_from_slice(assignment.mentees_of(mentor));
                    }
                }
            }
            current.clear();
            std::mem::swap(&mut current, &mut next);
            level += 1;
        }
        is_free_place_found
    }

    /// Moves people along one shortest path that gives the mentee a place. Returns whether there was one.
    fn augment(&mut self, graph: &Graph, assignment: &mut Assignment, from: u32) -> bool {
        debug_assert_eq!(assignment.mentor[from as usize], ABSENT);
        let mut path = vec![from];
        while let Some(&mentee) = path.last() {
            let depth = path.len() as u32 - 1;
            let edge = self.edge[mentee as usize];
            let Some(&Edge { to: mentor, .. }) = graph.mentee_edges(mentee).get(edge as usize) else {
                path.pop();
                continue;
            };
            let index = mentor as usize;
            if self.level[index] != depth {
                self.edge[mentee as usize] += 1;
            } else if assignment.filled[index] < graph.room[index] {
                assignment.shift(&path, Some(mentor));
                return true;
            } else if let Some(&other) = assignment.mentees_of(mentor).get(self.tried[index] as usize) {
                self.tried[index] += 1;
                path.push(other);
            } else {
                self.edge[mentee as usize] += 1;
            }
        }
        false
    }
}
