//! The open pairs as a graph, with lists for both sides.

use crate::instance::{Instance, Pair};

/// An edge to the person at the other end of an open pair.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Edge {
    /// Index of the other person.
    pub(crate) to: u32,
    /// The pair's cost as an index into a table: twice its score, plus 1 if it was kept.
    pub(crate) kind: u16,
}

/// The open pairs in two lists, by mentee and by mentor. Pairs can be removed but not added.
pub(crate) struct Graph {
    mentee_lists: Lists,
    mentor_lists: Lists,
    /// How many mentees each mentor can take: its places without its pins.
    pub(crate) room: Vec<u32>,
    /// Number of mentees pinned to each mentor.
    pub(crate) pinned: Vec<u32>,
    /// The class of each mentee.
    pub(crate) classes: Vec<u8>,
    /// Whether each mentee is outside the market, because it is pinned or has left.
    pub(crate) excluded: Vec<bool>,
    mentee_keys: Vec<u64>,
    mentor_keys: Vec<u64>,
}

struct Lists {
    starts: Vec<u32>,
    ends: Vec<u32>,
    edges: Vec<Edge>,
}

impl Lists {
    /// Empty lists with space for these numbers of edges.
    fn new(degrees: &[u32]) -> Self {
        let mut starts = Vec::with_capacity(degrees.len());
        let mut sum = 0;
        for degree in degrees {
            starts.push(sum);
            sum += degree;
        }
        Self { ends: starts.clone(), starts, edges: vec![Edge::default(); sum as usize] }
    }

    fn push(&mut self, at: u32, edge: Edge) {
        let end = &mut self.ends[at as usize];
        self.edges[*end as usize] = edge;
        *end += 1;
    }

    fn at(&self, at: u32) -> &[Edge] {
        &self.edges[self.starts[at as usize] as usize..self.ends[at as usize] as usize]
    }

    fn remove(&mut self, at: u32, to: u32) -> bool {
        let found = self.at(at).iter().position(|edge| edge.to == to);
        if let Some(found) = found {
            self.ends[at as usize] -= 1;
            let (found, last) = (self.starts[at as usize] as usize + found, self.ends[at as usize] as usize);
            self.edges.swap(found, last);
        }
        found.is_some()
    }
}

/// Number of bits of a tie-break value. Sums of millions of them fit into 64 bits, and two matchings of a
/// million pairs rarely have the same sum.
pub(crate) const TIE_BREAK_BITS: u32 = 40;

/// The finaliser of SplitMix64 (Steele, Lea and Flood 2014), which gives the same result on every machine.
pub(crate) fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The key of a person for this seed.
fn person_key(seed: u64, side: u64, index: u32) -> u64 {
    mix(mix(seed.wrapping_add(0x9e37_79b9_7f4a_7c15)) ^ mix((side << 32 | u64::from(index)) + 1))
}

/// The tie-break value of a pair. Always negative, so that of otherwise equal matchings the one with more
/// pairs wins.
fn tie_break(mentee: u64, mentor: u64) -> i64 {
    -1 - (mix(mentee.wrapping_add(mentor)) >> (64 - TIE_BREAK_BITS)) as i64
}

/// The pair's cost as an index, see [`Edge::kind`].
pub(crate) fn kind(pair: &Pair) -> u16 {
    2 * pair.score + u16::from(pair.kept)
}

impl Graph {
    pub(crate) fn new(instance: &Instance) -> Self {
        Self::with(instance, || instance.pairs.iter().filter(|pair| pair.open))
    }

    /// A graph with some of the open pairs only.
    pub(crate) fn with<'i, I: Iterator<Item = &'i Pair>>(
        instance: &'i Instance,
        open: impl Fn() -> I,
    ) -> Self {
        let mut degrees = [vec![0_u32; instance.mentees()], vec![0_u32; instance.mentors()]];
        for pair in open() {
            degrees[0][pair.mentee as usize] += 1;
            degrees[1][pair.mentor as usize] += 1;
        }
        let (mut mentee_lists, mut mentor_lists) = (Lists::new(&degrees[0]), Lists::new(&degrees[1]));
        for pair in open() {
            mentee_lists.push(pair.mentee, Edge { to: pair.mentor, kind: kind(pair) });
            mentor_lists.push(pair.mentor, Edge { to: pair.mentee, kind: kind(pair) });
        }
        let room = instance.places.iter().zip(&instance.pinned).map(|(places, pinned)| places - pinned);
        let seed = instance.options.seed;
        Self {
            mentee_lists,
            mentor_lists,
            room: room.collect(),
            pinned: instance.pinned.clone(),
            classes: instance.classes.clone(),
            excluded: instance.pins.iter().map(Option::is_some).collect(),
            mentee_keys: (0..instance.mentees() as u32).map(|index| person_key(seed, 1, index)).collect(),
            mentor_keys: (0..instance.mentors() as u32).map(|index| person_key(seed, 2, index)).collect(),
        }
    }

    /// Number of mentees.
    pub(crate) fn mentees(&self) -> usize {
        self.classes.len()
    }

    /// Number of mentors.
    pub(crate) fn mentors(&self) -> usize {
        self.room.len()
    }

    /// The edges of a mentee.
    pub(crate) fn mentee_edges(&self, mentee: u32) -> &[Edge] {
        self.mentee_lists.at(mentee)
    }

    /// The edges of a mentor.
    pub(crate) fn mentor_edges(&self, mentor: u32) -> &[Edge] {
        self.mentor_lists.at(mentor)
    }

    /// The tie-break value of a pair.
    pub(crate) fn tie_break(&self, mentee: u32, mentor: u32) -> i64 {
        tie_break(self.mentee_keys[mentee as usize], self.mentor_keys[mentor as usize])
    }

    /// Removes an edge. Returns whether it existed.
    pub(crate) fn remove(&mut self, mentee: u32, mentor: u32) -> bool {
        self.mentee_lists.remove(mentee, mentor) && self.mentor_lists.remove(mentor, mentee)
    }
}
