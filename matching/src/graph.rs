//! The open pairs as a graph, renamed by the seed.

use crate::instance::{Instance, Pair};

/// The open pairs seen from both sides. Mentees and mentors are renamed by a seeded shuffle and stand in the
/// order of their new names: whatever breaks a tie by name or by order breaks it by the seed.
pub(crate) struct Graph<W> {
    /// The old name of each mentee.
    pub(crate) mentees: Vec<u32>,
    /// The old name of each mentor.
    pub(crate) mentors: Vec<u32>,
    /// Where the edges of each mentee begin, and the end.
    pub(crate) starts: Vec<u32>,
    /// The mentor of each edge and what the edge costs.
    pub(crate) edges: Vec<(u32, W)>,
    /// Where the edges of each mentor begin, and the end.
    pub(crate) back_starts: Vec<u32>,
    /// The mentee of each edge and what the edge costs.
    pub(crate) back: Vec<(u32, W)>,
    /// How many mentees each mentor can take: its places without its pins, at most its edges.
    pub(crate) room: Vec<u32>,
    /// How many mentees are pinned to each mentor.
    pub(crate) pinned: Vec<u32>,
    /// The class of each mentee.
    pub(crate) classes: Vec<u8>,
    /// Mentees whose pin is their answer.
    pub(crate) settled: Vec<bool>,
}

/// The finaliser of SplitMix64: the same on every machine.
pub(crate) fn hash(seed: u64, side: u64, index: u32) -> u64 {
    let mut z = seed ^ (side << 32 | u64::from(index)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    for _ in 0..2 {
        z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
    }
    z
}

/// Old names in their new order, and the new name of each.
fn shuffle(count: usize, seed: u64, side: u64) -> (Vec<u32>, Vec<u32>) {
    let mut keyed: Vec<(u64, u32)> =
        (0..count as u32).map(|index| (hash(seed, side, index), index)).collect();
    keyed.sort_unstable();
    let mut new = vec![0; count];
    for (name, &(_, old)) in keyed.iter().enumerate() {
        new[old as usize] = name as u32;
    }
    (keyed.into_iter().map(|(_, old)| old).collect(), new)
}

/// The sums of what stands before.
fn add_up(starts: &mut [u32]) {
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
}

impl<W: Copy + Default> Graph<W> {
    pub(crate) fn new(instance: &Instance, weight: impl Fn(&Pair) -> W) -> Self {
        let seed = instance.options.seed;
        let (mentees, _) = shuffle(instance.mentees(), seed, 1);
        let (mentors, new_mentor) = shuffle(instance.mentors(), seed, 2);
        let of = |old: u32| {
            let from = instance.starts[old as usize] as usize;
            let to = instance.starts[old as usize + 1] as usize;
            instance.pairs[from..to].iter().filter(|pair| pair.open)
        };
        let mut starts = vec![0_u32; mentees.len() + 1];
        let mut back_starts = vec![0_u32; mentors.len() + 1];
        for (new, &old) in mentees.iter().enumerate() {
            for pair in of(old) {
                starts[new + 1] += 1;
                back_starts[new_mentor[pair.mentor as usize] as usize + 1] += 1;
            }
        }
        let degrees = back_starts[1..].to_vec();
        add_up(&mut starts);
        add_up(&mut back_starts);
        let mut back = vec![(0, W::default()); back_starts[mentors.len()] as usize];
        let mut next = back_starts.clone();
        for (new, &old) in mentees.iter().enumerate() {
            for pair in of(old) {
                let mentor = new_mentor[pair.mentor as usize] as usize;
                back[next[mentor] as usize] = (new as u32, weight(pair));
                next[mentor] += 1;
            }
        }
        let mut edges = vec![(0, W::default()); back.len()];
        let mut next = starts.clone();
        for mentor in 0..mentors.len() {
            for &(mentee, weight) in &back[back_starts[mentor] as usize..back_starts[mentor + 1] as usize] {
                edges[next[mentee as usize] as usize] = (mentor as u32, weight);
                next[mentee as usize] += 1;
            }
        }
        let pinned: Vec<u32> = mentors.iter().map(|&old| instance.pinned[old as usize]).collect();
        let room = (mentors.iter().zip(&pinned).zip(&degrees))
            .map(|((&old, &pinned), &degree)| (instance.places[old as usize] - pinned).min(degree))
            .collect();
        let classes = mentees.iter().map(|&old| instance.classes[old as usize]).collect();
        let settled = mentees.iter().map(|&old| instance.pins[old as usize].is_some()).collect();
        Self { mentees, mentors, starts, edges, back_starts, back, room, pinned, classes, settled }
    }

    /// The edges of a mentee.
    pub(crate) fn of(&self, mentee: u32) -> &[(u32, W)] {
        &self.edges[self.starts[mentee as usize] as usize..self.starts[mentee as usize + 1] as usize]
    }

    /// The edges of a mentor.
    pub(crate) fn to(&self, mentor: u32) -> &[(u32, W)] {
        let mentor = mentor as usize;
        &self.back[self.back_starts[mentor] as usize..self.back_starts[mentor + 1] as usize]
    }
}
