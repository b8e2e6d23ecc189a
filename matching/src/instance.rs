//! The input of the solver. A [`Draft`] is validated once, and an [`Instance`] is always valid.

use crate::{
    change::Change,
    draft_error::{DraftError, DraftErrorKind, Location, error},
    limits::{MAX_PAIRS, MAX_PEOPLE, MAX_SCORE},
};

/// What the solver optimises.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Match as many mentees as possible, then at the lowest cost.
    #[default]
    Participation,
    /// Minimise the total cost, where staying unmatched costs `(1000 − floor)²`.
    BestScore,
    /// Mentee-proposing deferred acceptance, from the ranks of the pairs.
    Stable,
}

/// Which of the two levels after participation comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Lowest cost, then most kept pairs.
    #[default]
    Cost,
    /// Most kept pairs, then lowest cost: for matching again after an earlier proposal.
    Kept,
}

/// The settings of a programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// The cost of sharing a mentor: the k-th mentee costs `(k − 1) · load`.
    pub load: u32,
    /// In [`Mode::BestScore`]: the score that staying unmatched is worth.
    pub floor: u16,
    /// Pairs with a lower score cannot be matched.
    pub minimum: u16,
    /// Decides between otherwise equal matchings.
    pub seed: u64,
    /// Whether cost or kept pairs come first.
    pub order: Order,
    /// What the solver optimises.
    pub mode: Mode,
}

impl Default for Options {
    fn default() -> Self {
        Self { load: 2500, floor: 0, minimum: 0, seed: 0, order: Order::Cost, mode: Mode::Participation }
    }
}

/// A mentee and a mentor that could be matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Index of the mentee.
    pub mentee: u32,
    /// Index of the mentor.
    pub mentor: u32,
    /// Score of the pair, 0 to 1000.
    pub score: u16,
    /// The mentee's rank of the mentor, and the mentor's rank of the mentee. A lower rank is preferred.
    /// Only [`Mode::Stable`] uses them.
    pub ranks: Option<(u32, u32)>,
}

/// An instance before validation.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The class of each mentee: 0 for people who were unmatched in the last round, else 1.
    pub classes: Vec<u8>,
    /// Number of free places of each mentor.
    pub places: Vec<u32>,
    /// The candidate pairs, in any order.
    pub candidates: Vec<Candidate>,
    /// Pairs `(mentee, mentor)` of the earlier proposal. They need not be candidates now.
    pub kept: Vec<(u32, u32)>,
    /// Pairs that must not be matched. They need not be candidates.
    pub bans: Vec<(u32, u32)>,
    /// Pairs that must be matched. They must be candidates.
    pub pins: Vec<(u32, u32)>,
    /// The settings of the programme.
    pub options: Options,
}

/// A candidate pair of a valid instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Index of the mentee.
    pub mentee: u32,
    /// Index of the mentor.
    pub mentor: u32,
    /// Score of the pair, 0 to 1000.
    pub score: u16,
    /// Whether it was in the earlier proposal.
    pub kept: bool,
    /// Whether the solver may choose it: it is not banned, its score is not under the minimum, and the
    /// mentee is not pinned.
    pub open: bool,
}

/// A valid instance. Its pairs are sorted by mentee and mentor, so the order of the input does not matter.
#[derive(Clone, Debug)]
pub struct Instance {
    pub(crate) classes: Vec<u8>,
    pub(crate) places: Vec<u32>,
    pub(crate) pairs: Vec<Pair>,
    /// The ranks of each entry of `pairs`; empty unless the mode is stable.
    pub(crate) ranks: Vec<(u32, u32)>,
    /// The index of each mentee's first pair, and the total number at the end.
    pub(crate) starts: Vec<u32>,
    /// The pinned mentor of each mentee.
    pub(crate) pins: Vec<Option<u32>>,
    /// Number of pins of each mentor.
    pub(crate) pinned: Vec<u32>,
    pub(crate) options: Options,
}

impl Instance {
    /// Number of mentees.
    pub fn mentees(&self) -> usize {
        self.classes.len()
    }

    /// Number of mentors.
    pub fn mentors(&self) -> usize {
        self.places.len()
    }

    /// The candidate pairs, sorted.
    pub fn pairs(&self) -> &[Pair] {
        &self.pairs
    }

    /// The settings of the programme.
    pub fn options(&self) -> Options {
        self.options
    }

    /// The candidate pairs of a mentee.
    pub fn pairs_of(&self, mentee: u32) -> &[Pair] {
        let mentee = mentee as usize;
        &self.pairs[self.starts[mentee] as usize..self.starts[mentee + 1] as usize]
    }

    /// The index of a candidate pair in [`Instance::pairs`].
    pub(crate) fn index_of(&self, mentee: u32, mentor: u32) -> Option<usize> {
        let from = *self.starts.get(mentee as usize)? as usize;
        let to = *self.starts.get(mentee as usize + 1)? as usize;
        let found = self.pairs[from..to].binary_search_by_key(&mentor, |pair| pair.mentor);
        found.ok().map(|at| from + at)
    }
}

impl Draft {
    /// Validates the draft.
    ///
    /// # Errors
    /// The first error and its location.
    pub fn check(self) -> Result<Instance, DraftError> {
        let Self { classes, places, candidates, kept, bans, pins, options } = self;
        let lists = [candidates.len(), kept.len(), bans.len(), pins.len()];
        if classes.len().max(places.len()) > MAX_PEOPLE as usize {
            return error(DraftErrorKind::TooManyPeople, Location::Whole);
        }
        if lists.into_iter().any(|length| length > MAX_PAIRS as usize) {
            return error(DraftErrorKind::TooManyPairs, Location::Whole);
        }
        if let Some(score) = [options.floor, options.minimum].into_iter().find(|&score| score > MAX_SCORE) {
            return error(DraftErrorKind::ScoreTooHigh(score), Location::Whole);
        }
        if let Some(at) = classes.iter().position(|&class| class > 1) {
            return error(DraftErrorKind::InvalidClass(classes[at]), Location::Mentee(at));
        }
        let known = |mentee: u32, mentor: u32, location: Location| {
            if mentee as usize >= classes.len() {
                return error(DraftErrorKind::UnknownMentee(mentee), location);
            }
            if mentor as usize >= places.len() {
                return error(DraftErrorKind::UnknownMentor(mentor), location);
            }
            Ok(())
        };
        for (at, candidate) in candidates.iter().enumerate() {
            let location = Location::Candidate(at);
            known(candidate.mentee, candidate.mentor, location)?;
            if candidate.score > MAX_SCORE {
                return error(DraftErrorKind::ScoreTooHigh(candidate.score), location);
            }
            if options.mode == Mode::Stable && candidate.ranks.is_none() {
                return error(DraftErrorKind::MissingRanks, location);
            }
        }
        let check = |list: &[(u32, u32)], location: fn(usize) -> Location| {
            for (at, &(mentee, mentor)) in list.iter().enumerate() {
                known(mentee, mentor, location(at))?;
            }
            sorted(list.iter().copied(), location)
        };
        check(&kept, Location::Kept)?;
        check(&bans, Location::Ban)?;
        check(&pins, Location::Pin)?;
        let order = sorted(candidates.iter().map(|c| (c.mentee, c.mentor)), Location::Candidate)?;
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
        let mut instance =
            Instance { classes, places, pairs, ranks, starts, pins: no_pins, pinned: no_pinned, options };
        for (mentee, mentor) in kept {
            if let Some(at) = instance.index_of(mentee, mentor) {
                instance.pairs[at].kept = true;
            }
        }
        let mut banned: Vec<(u32, u32)> = bans;
        banned.sort_unstable();
        for &(mentee, mentor) in &banned {
            if let Some(at) = instance.index_of(mentee, mentor) {
                instance.pairs[at].open = false;
            }
        }
        for (at, &(mentee, mentor)) in pins.iter().enumerate() {
            instance
                .pin(mentee, mentor, &banned)
                .map_err(|kind| DraftError { kind, location: Location::Pin(at) })?;
        }
        Ok(instance)
    }
}

impl Instance {
    /// Applies a change that was validated before. `candidates` are the candidates of the mentor it is
    /// about. Returns by how much the highest possible cost of a matching can have grown.
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
        if let Some(at) = self.index_of(mentee, mentor) {
            self.pairs[at].open = false;
        }
    }

    fn pin(&mut self, mentee: u32, mentor: u32, banned: &[(u32, u32)]) -> Result<(), DraftErrorKind> {
        let at = self.index_of(mentee, mentor).ok_or(DraftErrorKind::PinNotACandidate)?;
        if banned.binary_search(&(mentee, mentor)).is_ok() {
            return Err(DraftErrorKind::PinBanned);
        }
        if self.pairs[at].score < self.options.minimum {
            return Err(DraftErrorKind::PinUnderMinimum);
        }
        let (mentee, mentor) = (mentee as usize, mentor as usize);
        if self.pins[mentee].is_some() {
            return Err(DraftErrorKind::SecondPin);
        }
        if self.pinned[mentor] == self.places[mentor] {
            return Err(DraftErrorKind::TooManyPins);
        }
        self.pinned[mentor] += 1;
        self.pins[mentee] = Some(self.pairs[at].mentor);
        for pair in &mut self.pairs[self.starts[mentee] as usize..self.starts[mentee + 1] as usize] {
            pair.open = false;
        }
        Ok(())
    }
}

/// A pair and its index in the input.
type Indexed = ((u32, u32), u32);

/// The pairs in order, each with its index. A duplicate is an error at the later index.
fn sorted(
    pairs: impl Iterator<Item = (u32, u32)>,
    location: fn(usize) -> Location,
) -> Result<Vec<Indexed>, DraftError> {
    let mut order: Vec<_> = pairs.zip(0_u32..).collect();
    order.sort_unstable();
    let duplicate = order.windows(2).filter(|two| two[0].0 == two[1].0).map(|two| two[1].1).min();
    match duplicate {
        Some(at) => error(DraftErrorKind::Duplicate, location(at as usize)),
        None => Ok(order),
    }
}
