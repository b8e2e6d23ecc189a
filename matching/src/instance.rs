//! What is to be matched, checked once: whoever holds an [`Instance`] holds a sound one.

use crate::{
    mistake::{Fault, Mistake, Place, mistake},
    standing::Change,
};

/// The most mentees, and the most mentors, of one instance.
pub const MAX_PEOPLE: u32 = 10_000_000;
/// The most candidate pairs of one instance.
pub const MAX_PAIRS: u32 = 1_000_000_000;
/// The best score a pair can have.
pub const BEST: u16 = 1000;

/// What is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Match as many as possible, then as well as possible.
    #[default]
    Participation,
    /// Match as well as possible; staying unmatched costs `(1000 − floor)²`.
    BestScore,
    /// Mentee-proposing deferred acceptance over the ranks of the pairs.
    Stable,
}

/// Which of the two comes first, after participation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Least cost, then most kept pairs.
    #[default]
    Cost,
    /// Most kept pairs, then least cost: for rematching.
    Kept,
}

/// What a programme decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// What a mentor's k-th mentee costs, times k − 1.
    pub load: u32,
    /// In [`Mode::BestScore`]: the score that staying unmatched is worth.
    pub floor: u16,
    /// Pairs that score less are no candidates.
    pub minimum: u16,
    /// Breaks ties.
    pub seed: u64,
    /// Cost or kept pairs first.
    pub order: Order,
    /// What is asked for.
    pub mode: Mode,
}

impl Default for Options {
    fn default() -> Self {
        Self { load: 2500, floor: 0, minimum: 0, seed: 0, order: Order::Cost, mode: Mode::Participation }
    }
}

/// A mentee and a mentor who could be matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// From 0.
    pub mentee: u32,
    /// From 0.
    pub mentor: u32,
    /// 0 to 1000.
    pub score: u16,
    /// Which wish of the mentee the mentor is, and the other way round; less is dearer. Only
    /// [`Mode::Stable`] reads them.
    pub ranks: Option<(u32, u32)>,
}

/// An instance before it is checked.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The class of each mentee: 0 for those left out last round, else 1.
    pub classes: Vec<u8>,
    /// The free places of each mentor.
    pub places: Vec<u32>,
    /// The candidate pairs, in any order.
    pub candidates: Vec<Candidate>,
    /// Pairs `(mentee, mentor)` of the earlier proposal; they need not be candidates any more.
    pub kept: Vec<(u32, u32)>,
    /// Pairs that must not be matched; they need not be candidates.
    pub bans: Vec<(u32, u32)>,
    /// Pairs that must be matched; they need to be candidates.
    pub pins: Vec<(u32, u32)>,
    /// What the programme decides.
    pub options: Options,
}

/// A candidate pair of a checked instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// From 0.
    pub mentee: u32,
    /// From 0.
    pub mentor: u32,
    /// 0 to 1000.
    pub score: u16,
    /// It was in the earlier proposal.
    pub kept: bool,
    /// The solver may choose it: not banned, not under the minimum, the mentee not pinned.
    pub open: bool,
}

/// A checked instance. Pairs are sorted by mentee and mentor, so the order they came in is forgotten.
#[derive(Clone, Debug)]
pub struct Instance {
    pub(crate) classes: Vec<u8>,
    pub(crate) places: Vec<u32>,
    pub(crate) pairs: Vec<Pair>,
    /// As `pairs`, or empty.
    pub(crate) ranks: Vec<(u32, u32)>,
    /// Where the pairs of each mentee begin, and the end.
    pub(crate) starts: Vec<u32>,
    /// The pinned mentor of each mentee.
    pub(crate) pins: Vec<Option<u32>>,
    /// How many pins each mentor has.
    pub(crate) pinned: Vec<u32>,
    pub(crate) options: Options,
}

impl Instance {
    /// The number of mentees.
    pub fn mentees(&self) -> usize {
        self.classes.len()
    }

    /// The number of mentors.
    pub fn mentors(&self) -> usize {
        self.places.len()
    }

    /// The candidate pairs, sorted.
    pub fn pairs(&self) -> &[Pair] {
        &self.pairs
    }

    /// What the programme decided.
    pub fn options(&self) -> Options {
        self.options
    }

    /// The candidate pairs of a mentee.
    pub(crate) fn of(&self, mentee: u32) -> &[Pair] {
        let mentee = mentee as usize;
        &self.pairs[self.starts[mentee] as usize..self.starts[mentee + 1] as usize]
    }

    /// The place of a candidate pair in [`Instance::pairs`].
    pub(crate) fn find(&self, mentee: u32, mentor: u32) -> Option<usize> {
        let from = *self.starts.get(mentee as usize)? as usize;
        let to = *self.starts.get(mentee as usize + 1)? as usize;
        let found = self.pairs[from..to].binary_search_by_key(&mentor, |pair| pair.mentor);
        found.ok().map(|at| from + at)
    }
}

impl Draft {
    /// Checks the draft.
    ///
    /// # Errors
    /// The first mistake found, with its place.
    pub fn check(self) -> Result<Instance, Mistake> {
        let Self { classes, places, candidates, kept, bans, pins, options } = self;
        let lists = [candidates.len(), kept.len(), bans.len(), pins.len()];
        if classes.len().max(places.len()) > MAX_PEOPLE as usize {
            return mistake(Fault::TooManyPeople, Place::Whole);
        }
        if lists.into_iter().any(|length| length > MAX_PAIRS as usize) {
            return mistake(Fault::TooManyPairs, Place::Whole);
        }
        if let Some(score) = [options.floor, options.minimum].into_iter().find(|&score| score > BEST) {
            return mistake(Fault::Score(score), Place::Whole);
        }
        if let Some(at) = classes.iter().position(|&class| class > 1) {
            return mistake(Fault::Class(classes[at]), Place::Mentee(at));
        }
        let known = |mentee: u32, mentor: u32, place: Place| {
            if mentee as usize >= classes.len() {
                return mistake(Fault::UnknownMentee(mentee), place);
            }
            if mentor as usize >= places.len() {
                return mistake(Fault::UnknownMentor(mentor), place);
            }
            Ok(())
        };
        for (at, candidate) in candidates.iter().enumerate() {
            let place = Place::Candidate(at);
            known(candidate.mentee, candidate.mentor, place)?;
            if candidate.score > BEST {
                return mistake(Fault::Score(candidate.score), place);
            }
            if options.mode == Mode::Stable && candidate.ranks.is_none() {
                return mistake(Fault::NoRanks, place);
            }
        }
        let check = |list: &[(u32, u32)], place: fn(usize) -> Place| {
            for (at, &(mentee, mentor)) in list.iter().enumerate() {
                known(mentee, mentor, place(at))?;
            }
            sorted(list.iter().copied(), place)
        };
        check(&kept, Place::Kept)?;
        check(&bans, Place::Ban)?;
        check(&pins, Place::Pin)?;
        let order = sorted(candidates.iter().map(|c| (c.mentee, c.mentor)), Place::Candidate)?;
        let mut pairs = Vec::with_capacity(order.len());
        let mut ranks = Vec::with_capacity(if options.mode == Mode::Stable { order.len() } else { 0 });
        let mut starts = vec![0_u32; classes.len() + 1];
        for (_, at) in order {
            let Candidate { mentee, mentor, score, ranks: both } = candidates[at as usize];
            starts[mentee as usize + 1] += 1;
            pairs.push(Pair { mentee, mentor, score, kept: false, open: score >= options.minimum });
            if options.mode == Mode::Stable {
                ranks.extend(both);
            }
        }
        for mentee in 0..classes.len() {
            starts[mentee + 1] += starts[mentee];
        }
        let (no_pins, no_pinned) = (vec![None; classes.len()], vec![0; places.len()]);
        let mut made =
            Instance { classes, places, pairs, ranks, starts, pins: no_pins, pinned: no_pinned, options };
        for (mentee, mentor) in kept {
            if let Some(at) = made.find(mentee, mentor) {
                made.pairs[at].kept = true;
            }
        }
        let mut banned: Vec<(u32, u32)> = bans;
        banned.sort_unstable();
        for &(mentee, mentor) in &banned {
            if let Some(at) = made.find(mentee, mentor) {
                made.pairs[at].open = false;
            }
        }
        for (at, &(mentee, mentor)) in pins.iter().enumerate() {
            made.pin(mentee, mentor, &banned).map_err(|fault| Mistake { fault, place: Place::Pin(at) })?;
        }
        Ok(made)
    }
}

impl Instance {
    /// Applies a change that was found possible; `candidates` are those of the mentor it is about. How much the
    /// cost of the dearest matching can have grown by it.
    pub(crate) fn apply(&mut self, change: Change, candidates: &[u32]) -> i128 {
        match change {
            Change::Decline { mentee, mentor } => self.close(mentee, mentor),
            Change::MenteeLeaves(mentee) => {
                let (from, to) = (self.starts[mentee as usize], self.starts[mentee as usize + 1]);
                for pair in &mut self.pairs[from as usize..to as usize] {
                    pair.open = false;
                }
            }
            Change::MentorLeaves(mentor) => {
                for &mentee in candidates {
                    self.close(mentee, mentor);
                }
            }
            Change::PlaceAdded(mentor) => {
                let (places, pinned) = (&mut self.places[mentor as usize], self.pinned[mentor as usize]);
                *places += 1;
                if ((*places - pinned) as usize) <= candidates.len() {
                    return i128::from(self.options.load) * i128::from(*places);
                }
            }
        }
        0
    }

    fn close(&mut self, mentee: u32, mentor: u32) {
        if let Some(at) = self.find(mentee, mentor) {
            self.pairs[at].open = false;
        }
    }

    fn pin(&mut self, mentee: u32, mentor: u32, banned: &[(u32, u32)]) -> Result<(), Fault> {
        let at = self.find(mentee, mentor).ok_or(Fault::PinNoCandidate)?;
        if banned.binary_search(&(mentee, mentor)).is_ok() {
            return Err(Fault::PinBanned);
        }
        if self.pairs[at].score < self.options.minimum {
            return Err(Fault::PinUnderMinimum);
        }
        let (mentee, mentor) = (mentee as usize, mentor as usize);
        if self.pins[mentee].is_some() {
            return Err(Fault::PinSecond);
        }
        if self.pinned[mentor] == self.places[mentor] {
            return Err(Fault::PinNoPlace);
        }
        self.pinned[mentor] += 1;
        self.pins[mentee] = Some(self.pairs[at].mentor);
        for pair in &mut self.pairs[self.starts[mentee] as usize..self.starts[mentee + 1] as usize] {
            pair.open = false;
        }
        Ok(())
    }
}

/// A pair and where it stood.
type Indexed = ((u32, u32), u32);

/// The pairs in order, each with its index; a doubled one is a mistake at the later of its indices.
fn sorted(
    pairs: impl Iterator<Item = (u32, u32)>,
    place: fn(usize) -> Place,
) -> Result<Vec<Indexed>, Mistake> {
    let mut order: Vec<_> = pairs.zip(0_u32..).collect();
    order.sort_unstable();
    let twice = order.windows(2).filter(|two| two[0].0 == two[1].0).map(|two| two[1].1).min();
    match twice {
        Some(at) => mistake(Fault::Doubled, place(at as usize)),
        None => Ok(order),
    }
}
