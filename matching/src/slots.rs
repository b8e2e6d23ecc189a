//! The seats of an auction: what each is held for, the cheapest of a mentor first.

/// The seats of one mentor, all that a bid needs side by side.
#[derive(Clone, Default)]
pub(crate) struct Mentor {
    /// No free seat goes for less.
    pub(crate) floor: i64,
    /// What the first seat costs, the given ones aside.
    pub(crate) base: i64,
    /// How many seats there are.
    pub(crate) room: u32,
    /// So many go for whatever somebody pays.
    pub(crate) given: u32,
    /// How many are taken.
    pub(crate) filled: u32,
    /// Where its seats begin; [`Slots::new`] says.
    pub(crate) start: u32,
}

/// A heap of bids for each mentor, all in one allocation.
pub(crate) struct Slots {
    pub(crate) mentors: Vec<Mentor>,
    bids: Vec<(i64, u32)>,
}

impl Slots {
    /// Nobody sits.
    pub(crate) fn new(mut mentors: Vec<Mentor>) -> Self {
        let mut sum = 0;
        for mentor in &mut mentors {
            mentor.start = sum;
            sum += mentor.room;
        }
        Self { mentors, bids: vec![(0, 0); sum as usize] }
    }

    fn of(&mut self, mentor: u32) -> &mut [(i64, u32)] {
        let &Mentor { start, filled, .. } = &self.mentors[mentor as usize];
        &mut self.bids[start as usize..(start + filled) as usize]
    }

    /// The least bid that holds a seat of the mentor.
    pub(crate) fn least(&self, mentor: &Mentor) -> Option<i64> {
        (mentor.filled > 0).then(|| self.bids[mentor.start as usize].0)
    }

    /// Takes one more seat.
    pub(crate) fn take(&mut self, mentor: u32, bid: i64, mentee: u32) {
        self.mentors[mentor as usize].filled += 1;
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
        self.mentors[mentor as usize].filled -= 1;
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
