//! The seats of the auction with the bids that hold them, as a heap for each mentor.

/// The seats of one mentor, with everything that a bid needs next to each other in memory.
#[derive(Clone, Default)]
pub(crate) struct MentorSlots {
    /// The lowest price of a free seat.
    pub(crate) floor: i64,
    /// The cost of the first seat, without the seats in `given`.
    pub(crate) base: i64,
    /// Number of seats.
    pub(crate) room: u32,
    /// Number of seats that are sold at any price.
    pub(crate) given: u32,
    /// Number of taken seats.
    pub(crate) filled: u32,
    /// Index of the first seat in the heap storage, set by [`Slots::new`].
    pub(crate) start: u32,
}

/// A heap of bids for each mentor, in one allocation.
pub(crate) struct Slots {
    pub(crate) mentors: Vec<MentorSlots>,
    bids: Vec<(i64, u32)>,
}

impl Slots {
    /// All seats are free.
    pub(crate) fn new(mut mentors: Vec<MentorSlots>) -> Self {
        let mut sum = 0;
        for mentor in &mut mentors {
            mentor.start = sum;
            sum += mentor.room;
        }
        Self { mentors, bids: vec![(0, 0); sum as usize] }
    }

    fn bids_of(&mut self, mentor: u32) -> &mut [(i64, u32)] {
        let &MentorSlots { start, filled, .. } = &self.mentors[mentor as usize];
        &mut self.bids[start as usize..(start + filled) as usize]
    }

    /// The lowest bid that holds a seat of the mentor.
    pub(crate) fn lowest_bid(&self, mentor: &MentorSlots) -> Option<i64> {
        (mentor.filled > 0).then(|| self.bids[mentor.start as usize].0)
    }

    /// Takes one more seat.
    pub(crate) fn take(&mut self, mentor: u32, bid: i64, mentee: u32) {
        self.mentors[mentor as usize].filled += 1;
        let slots = self.bids_of(mentor);
        let last = slots.len() - 1;
        slots[last] = (bid, mentee);
        sift_up(slots, last);
    }

    /// Replaces the lowest bid. Returns the mentee that made it.
    pub(crate) fn replace_lowest(&mut self, mentor: u32, bid: i64, mentee: u32) -> u32 {
        let slots = self.bids_of(mentor);
        let (_, previous) = std::mem::replace(&mut slots[0], (bid, mentee));
        sift_down(slots, 0);
        previous
    }

    /// Frees the seat of a mentee.
    pub(crate) fn release(&mut self, mentor: u32, mentee: u32) {
        let slots = self.bids_of(mentor);
        let Some(at) = slots.iter().position(|&(_, holder)| holder == mentee) else { return };
        let last = slots.len() - 1;
        slots[at] = slots[last];
        self.mentors[mentor as usize].filled -= 1;
        if at < last {
            let slots = self.bids_of(mentor);
            sift_up(slots, at);
            sift_down(slots, at);
        }
    }
}

fn sift_up(slots: &mut [(i64, u32)], mut at: usize) {
    let new = slots[at];
    while at > 0 && slots[(at - 1) / 2].0 > new.0 {
        slots[at] = slots[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    slots[at] = new;
}

fn sift_down(slots: &mut [(i64, u32)], mut at: usize) {
    let new = slots[at];
    loop {
        let mut child = 2 * at + 1;
        if child >= slots.len() {
            break;
        }
        if child + 1 < slots.len() && slots[child + 1].0 < slots[child].0 {
            child += 1;
        }
        if slots[child].0 >= new.0 {
            break;
        }
        slots[at] = slots[child];
        at = child;
    }
    slots[at] = new;
}
