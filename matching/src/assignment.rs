//! A partial matching that grows and changes.

use crate::graph::Graph;

/// The mentee is in the market but has no mentor.
pub(crate) const UNMATCHED: u32 = u32::MAX;
/// The mentee has not entered the market.
pub(crate) const ABSENT: u32 = u32::MAX - 1;

/// The mentor of each mentee, and the mentees of each mentor.
pub(crate) struct Assignment {
    /// The mentor of each mentee, or [`UNMATCHED`] or [`ABSENT`].
    pub(crate) mentor: Vec<u32>,
    /// The mentees that moved and their mentor before, in order; `None` when moves are not recorded.
    pub(crate) log: Option<Vec<(u32, u32)>>,
    /// The index of each mentee in `taken`.
    seat: Vec<u32>,
    starts: Vec<u32>,
    taken: Vec<u32>,
    /// Number of mentees of each mentor.
    pub(crate) filled: Vec<u32>,
}

impl Assignment {
    /// Without any matches. A mentor never has more mentees than edges, so there is space for that many.
    pub(crate) fn new(graph: &Graph) -> Self {
        let mentees = graph.mentees();
        let mut starts = Vec::with_capacity(graph.mentors());
        let mut sum = 0;
        for mentor in 0..graph.mentors() as u32 {
            starts.push(sum);
            sum += graph.mentor_edges(mentor).len() as u32;
        }
        Self {
            mentor: vec![ABSENT; mentees],
            log: None,
            seat: vec![0; mentees],
            starts,
            taken: vec![0; sum as usize],
            filled: vec![0; graph.mentors()],
        }
    }

    /// The mentees of a mentor.
    pub(crate) fn mentees_of(&self, mentor: u32) -> &[u32] {
        let from = self.starts[mentor as usize] as usize;
        &self.taken[from..from + self.filled[mentor as usize] as usize]
    }

    /// Gives the mentee a free seat.
    pub(crate) fn assign(&mut self, mentee: u32, mentor: u32) {
        let seat = self.starts[mentor as usize] + self.filled[mentor as usize];
        self.filled[mentor as usize] += 1;
        self.put(mentee, mentor, seat);
    }

    /// Moves each mentee of the path to the seat of the next one. The last gets a free seat at `end`, or
    /// becomes unmatched.
    pub(crate) fn shift(&mut self, path: &[u32], end: Option<u32>) {
        for pair in path.windows(2) {
            let (mentor, seat) = (self.mentor[pair[1] as usize], self.seat[pair[1] as usize]);
            self.put(pair[0], mentor, seat);
        }
        if let Some(&last) = path.last() {
            match end {
                Some(mentor) => self.assign(last, mentor),
                None => self.set(last, UNMATCHED),
            }
        }
    }

    /// Takes the mentee out of its seat and closes the gap.
    pub(crate) fn unassign(&mut self, mentee: u32) {
        let mentor = self.mentor[mentee as usize];
        self.filled[mentor as usize] -= 1;
        let last = self.starts[mentor as usize] + self.filled[mentor as usize];
        self.put(self.taken[last as usize], mentor, self.seat[mentee as usize]);
        self.set(mentee, UNMATCHED);
    }

    /// Sets the mentor of a mentee, whose old seat must have been filled or removed already.
    pub(crate) fn set(&mut self, mentee: u32, mentor: u32) {
        let previous = std::mem::replace(&mut self.mentor[mentee as usize], mentor);
        if let Some(log) = &mut self.log {
            log.push((mentee, previous));
        }
    }

    fn put(&mut self, mentee: u32, mentor: u32, seat: u32) {
        self.taken[seat as usize] = mentee;
        self.set(mentee, mentor);
        self.seat[mentee as usize] = seat;
    }
}
