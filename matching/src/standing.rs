//! A matching that is kept up to date: solved once, then changed along with its instance.

use std::fmt;

use crate::{
    answer::{Answer, Certificate},
    found::{Found, Width, levels, settle},
    graph::Graph,
    instance::{Instance, MAX_PEOPLE, Mode},
    scale::Scale,
};

/// What can happen to a matching that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The two must not be matched any more: as a ban.
    Decline {
        /// From 0.
        mentee: u32,
        /// From 0.
        mentor: u32,
    },
    /// A mentee leaves: all its pairs are banned.
    MenteeLeaves(u32),
    /// A mentor leaves: all its pairs are banned.
    MentorLeaves(u32),
    /// A mentor offers one more place.
    PlaceAdded(u32),
}

/// Why a change cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is no such mentee.
    UnknownMentee(u32),
    /// There is no such mentor.
    UnknownMentor(u32),
    /// The mentee is pinned to the mentor.
    Pinned(u32, u32),
    /// The mentor has as many places as there can be people.
    TooManyPlaces(u32),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownMentee(mentee) => write!(f, "there is no mentee {mentee}"),
            Self::UnknownMentor(mentor) => write!(f, "there is no mentor {mentor}"),
            Self::Pinned(mentee, mentor) => write!(f, "mentee {mentee} is pinned to mentor {mentor}"),
            Self::TooManyPlaces(mentor) => write!(f, "mentor {mentor} has too many places for one more"),
        }
    }
}

impl std::error::Error for Refused {}

/// Somebody whom a change gave another mentor, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Move {
    /// Who.
    pub mentee: u32,
    /// The mentor before.
    pub from: Option<u32>,
    /// The mentor now.
    pub to: Option<u32>,
}

/// An instance and its best matching, with all that is needed to find the next one quickly.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use matching::{Change, Standing};
/// let text = b"p guildhall-match 2 2 3\nc 0 1\nc 1 1\na 0 0 900\na 1 0 950\na 0 1 400\n";
/// let mut standing = Standing::new(matching::read(text)?);
/// assert_eq!(standing.answer().pairs, [(0, 1), (1, 0)]);
/// let moves = standing.resolve(Change::Decline { mentee: 1, mentor: 0 })?;
/// assert_eq!(moves.len(), 2);
/// assert_eq!(standing.answer().pairs, [(0, 0)]);
/// matching::verify(standing.instance(), &standing.answer())?;
/// # Ok(())
/// # }
/// ```
pub struct Standing {
    instance: Instance,
    found: Found,
}

impl Standing {
    /// Finds the best matching of an instance.
    pub fn new(instance: Instance) -> Self {
        let found = Found::new(&instance);
        Self { instance, found }
    }

    /// The instance as it is now.
    pub fn instance(&self) -> &Instance {
        &self.instance
    }

    /// The best matching of the instance as it is now, with its figures and its proof. Looks at each pair once.
    pub fn answer(&self) -> Answer {
        self.found.answer(&self.instance)
    }

    /// Applies a change and finds the best matching of the changed instance: the same pairs as from scratch, in
    /// the time of one or two searches near the change. (In stable mode, and when very many places were added,
    /// it starts from scratch.) Says who moves, sorted by mentee.
    ///
    /// # Errors
    /// If the change cannot be; then nothing has changed.
    pub fn resolve(&mut self, change: Change) -> Result<Vec<Move>, Refused> {
        self.check(change)?;
        let candidates = match change {
            Change::MentorLeaves(mentor) | Change::PlaceAdded(mentor) => self.candidates(mentor),
            _ => Vec::new(),
        };
        let found = &mut self.found;
        found.short = None;
        found.slack -= self.instance.apply(change, &candidates);
        match &mut found.market {
            Width::Narrow(market) if found.slack >= 0 => Ok(market.change(change)),
            Width::Wide(market) if found.slack >= 0 => Ok(market.change(change)),
            _ => Ok(self.again()),
        }
    }

    /// Finds the best matching from the prices of an earlier answer, which saves the auction. The earlier instance
    /// need not be the same; the more it differs, the longer this takes.
    pub fn resume(instance: Instance, earlier: &Certificate) -> Self {
        let scale = Scale::of(&instance);
        let is_like = earlier.prices.len() == instance.mentors()
            && earlier.multipliers == scale.out
            && earlier.weights == [scale.cost, scale.kept]
            && earlier.prices.iter().all(|price| (0..=2 * scale.out[0].max(scale.bound)).contains(price));
        if instance.options.mode == Mode::Stable || !is_like {
            return Self::new(instance);
        }
        let graph = Graph::new(&instance);
        let market = if scale.is_narrow() {
            Width::Narrow(Box::new(settle(&scale, graph, levels(&earlier.prices))))
        } else {
            Width::Wide(Box::new(settle(&scale, graph, levels(&earlier.prices))))
        };
        let slack = scale.slack;
        Self { instance, found: Found { scale, market, short: None, slack } }
    }

    /// The mentees whom the mentor could have.
    fn candidates(&self, mentor: u32) -> Vec<u32> {
        let graph = match &self.found.market {
            Width::Stable(_) => {
                let open = self.instance.pairs.iter().filter(|pair| pair.mentor == mentor && pair.open);
                return open.map(|pair| pair.mentee).collect();
            }
            Width::Narrow(market) => &market.graph,
            Width::Wide(market) => &market.graph,
        };
        graph.to(mentor).iter().map(|edge| edge.to).collect()
    }

    fn check(&self, change: Change) -> Result<(), Refused> {
        let instance = &self.instance;
        let known = |index: u32, count: usize| (index as usize) < count;
        let (mentee, mentor) = match change {
            Change::Decline { mentee, mentor } => (Some(mentee), Some(mentor)),
            Change::MenteeLeaves(mentee) => (Some(mentee), None),
            Change::MentorLeaves(mentor) | Change::PlaceAdded(mentor) => (None, Some(mentor)),
        };
        if let Some(mentee) = mentee.filter(|&mentee| !known(mentee, instance.mentees())) {
            return Err(Refused::UnknownMentee(mentee));
        }
        if let Some(mentor) = mentor.filter(|&mentor| !known(mentor, instance.mentors())) {
            return Err(Refused::UnknownMentor(mentor));
        }
        let pin = match change {
            Change::PlaceAdded(mentor) if instance.places[mentor as usize] == u32::MAX => {
                return Err(Refused::TooManyPlaces(mentor));
            }
            Change::PlaceAdded(_) => None,
            Change::MentorLeaves(mentor) if instance.pinned[mentor as usize] > 0 => {
                (0..).zip(&instance.pins).find(|(_, pin)| **pin == Some(mentor)).map(|(mentee, _)| mentee)
            }
            Change::MentorLeaves(_) => None,
            Change::MenteeLeaves(mentee) => instance.pins[mentee as usize].map(|_| mentee),
            Change::Decline { mentee, .. } => {
                Some(mentee).filter(|&mentee| mentor == instance.pins[mentee as usize])
            }
        };
        match pin.and_then(|mentee| Some((mentee, instance.pins[mentee as usize]?))) {
            Some((mentee, mentor)) => Err(Refused::Pinned(mentee, mentor)),
            None => Ok(()),
        }
    }

    /// From scratch.
    fn again(&mut self) -> Vec<Move> {
        let before = std::mem::replace(&mut self.found, Found::new(&self.instance));
        let both = before.seats().mentor.iter().zip(&self.found.seats().mentor);
        (0..).zip(both).filter_map(|(mentee, (&from, &to))| Move::of(mentee, from, to)).collect()
    }
}

impl Move {
    /// If there was one.
    pub(crate) fn of(mentee: u32, from: u32, to: u32) -> Option<Self> {
        let [from, to] = [from, to].map(|mentor| Some(mentor).filter(|&mentor| mentor < MAX_PEOPLE));
        (from != to).then_some(Self { mentee, from, to })
    }
}
