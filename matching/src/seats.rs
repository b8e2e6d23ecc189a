//! Who sits where: a partial matching that grows and changes.

use crate::graph::Graph;

/// Has no mentor, and that is settled for now.
pub(crate) const OUT: u32 = u32::MAX;
/// Is not in the market yet.
pub(crate) const ABSENT: u32 = u32::MAX - 1;

/// The mentor of each mentee and the mentees of each mentor.
pub(crate) struct Seats {
    /// The mentor of each mentee, [`OUT`] or [`ABSENT`].
    pub(crate) mentor: Vec<u32>,
    /// Who moved, and from where, if somebody asked for it.
    pub(crate) log: Option<Vec<(u32, u32)>>,
    /// Where in `taken` the mentee sits.
    seat: Vec<u32>,
    starts: Vec<u32>,
    taken: Vec<u32>,
    /// How many mentees each mentor has.
    pub(crate) filled: Vec<u32>,
}

impl Seats {
    /// Nobody sits. A mentor never has more mentees than edges, so there are as many seats.
    pub(crate) fn new(graph: &Graph) -> Self {
        let mentees = graph.mentees();
        let mut starts = Vec::with_capacity(graph.mentors());
        let mut sum = 0;
        for mentor in 0..graph.mentors() as u32 {
            starts.push(sum);
            sum += graph.to(mentor).len() as u32;
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
    pub(crate) fn at(&self, mentor: u32) -> &[u32] {
        let from = self.starts[mentor as usize] as usize;
        &self.taken[from..from + self.filled[mentor as usize] as usize]
    }

    /// Gives the mentee a free seat.
    pub(crate) fn sit(&mut self, mentee: u32, mentor: u32) {
        let seat = self.starts[mentor as usize] + self.filled[mentor as usize];
        self.filled[mentor as usize] += 1;
        self.put(mentee, mentor, seat);
    }

    /// Each mentee takes the seat of the next; the last sits down at `end` or goes out.
    pub(crate) fn shift(&mut self, path: &[u32], end: Option<u32>) {
        for two in path.windows(2) {
            let (mentor, seat) = (self.mentor[two[1] as usize], self.seat[two[1] as usize]);
            self.put(two[0], mentor, seat);
        }
        if let Some(&last) = path.last() {
            match end {
                Some(mentor) => self.sit(last, mentor),
                None => self.set(last, OUT),
            }
        }
    }

    /// Takes the mentee's seat away and closes the gap.
    pub(crate) fn rise(&mut self, mentee: u32) {
        let mentor = self.mentor[mentee as usize];
        self.filled[mentor as usize] -= 1;
        let last = self.starts[mentor as usize] + self.filled[mentor as usize];
        self.put(self.taken[last as usize], mentor, self.seat[mentee as usize]);
        self.set(mentee, OUT);
    }

    /// Says where a mentee is; its old seat, if any, is somebody else's already.
    pub(crate) fn set(&mut self, mentee: u32, mentor: u32) {
        let was = std::mem::replace(&mut self.mentor[mentee as usize], mentor);
        if let Some(log) = &mut self.log {
            log.push((mentee, was));
        }
    }

    fn put(&mut self, mentee: u32, mentor: u32, seat: u32) {
        self.taken[seat as usize] = mentee;
        self.set(mentee, mentor);
        self.seat[mentee as usize] = seat;
    }
}
