//! The seats of an auction: what each is held for, the cheapest of a mentor first.

/// A heap of bids for each mentor, all in one allocation.
pub(crate) struct Slots {
    starts: Vec<u32>,
    bids: Vec<(i64, u32)>,
    /// How many seats of each mentor are taken.
    pub(crate) filled: Vec<u32>,
}

impl Slots {
    /// So many seats each.
    pub(crate) fn new(room: &[u32]) -> Self {
        let mut starts = Vec::with_capacity(room.len());
        let mut sum = 0;
        for room in room {
            starts.push(sum);
            sum += room;
        }
        Self { starts, bids: vec![(0, 0); sum as usize], filled: vec![0; room.len()] }
    }

    fn of(&mut self, mentor: u32) -> &mut [(i64, u32)] {
        let from = self.starts[mentor as usize] as usize;
        &mut self.bids[from..from + self.filled[mentor as usize] as usize]
    }

    /// The least bid that holds a seat of the mentor.
    pub(crate) fn least(&self, mentor: u32) -> Option<i64> {
        (self.filled[mentor as usize] > 0).then(|| self.bids[self.starts[mentor as usize] as usize].0)
    }

    /// Takes one more seat.
    pub(crate) fn take(&mut self, mentor: u32, bid: i64, mentee: u32) {
        self.filled[mentor as usize] += 1;
        let slots = self.of(mentor);
        let last = slots.len() - 1;
        slots[last] = (bid, mentee);
        sift_up(slots, last);
    }

    /// Takes the seat of the least bid; who held it.
    pub(crate) fn oust(&mut self, mentor: u32, bid: i64, mentee: u32) -> u32 {
        let slots = self.of(mentor);
        let (_, was) = std::mem::replace(&mut slots[0], (bid, mentee));
        sift_down(slots, 0);
        was
    }

    /// Gives up the seat of a mentee.
    pub(crate) fn leave(&mut self, mentor: u32, mentee: u32) {
        let slots = self.of(mentor);
        let Some(at) = slots.iter().position(|&(_, who)| who == mentee) else { return };
        let last = slots.len() - 1;
        slots[at] = slots[last];
        self.filled[mentor as usize] -= 1;
        if at < last {
            let slots = self.of(mentor);
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
