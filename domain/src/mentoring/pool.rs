//! The pool of a round: everybody who may be matched, in a compact form that is fast to score.

use std::{collections::HashMap, ops::Range};

use super::{
    availability::LocalWeek,
    calendar::Calendar,
    exclusion::Exclusion,
    region::Region,
    score::{
        MAX_ASKED, MAX_CONFIDENCE, MAX_OPTIONS, MAX_QUESTIONS, MAX_WISHES, MatchingRules, Points, level,
    },
};
use crate::{
    Zone,
    members::{Language, Seniority},
};

/// What matching knows about a person in one role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The id of the member as a number. It is the same in both roles.
    pub member: u128,
    /// The zone of `week`.
    pub zone: Zone,
    /// The hours in which they have time.
    pub week: LocalWeek,
    /// The languages they speak, from [`language_set`].
    pub languages: u128,
    /// How experienced they are.
    pub seniority: Option<Seniority>,
    /// Their disciplines: bit n is set for the discipline with index n.
    pub disciplines: u128,
    /// The index of their team.
    pub team: Option<u32>,
    /// Their position in the organisation, from [`reporting_lines`](super::reporting_lines).
    pub line: (u32, u32),
    /// For each question of the programme, the number of the chosen option from 1 to 15, or 0 without an answer.
    pub answers: [u8; MAX_QUESTIONS],
    /// Why they cannot be matched at all: paused, suspended or no consent.
    pub out: Option<Exclusion>,
}

/// A mentee's sign-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mentee {
    /// The person.
    pub person: Person,
    /// Indexes of one to three topics, the most important first.
    pub topics: Vec<u16>,
}

/// A mentor's sign-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mentor {
    /// The person.
    pub person: Person,
    /// Indexes of topics, each with the confidence from 1 to 3.
    pub topics: Vec<(u16, u8)>,
    /// The number of free places.
    pub places: u32,
}

/// What is known about one pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fact {
    /// The mentee wishes for this mentor, with the rank from 1 to 5.
    Wish(u8),
    /// The mentor would like to have this mentee.
    WouldLike,
    /// The mentor would rather not have this mentee.
    RatherNot,
    /// One of them blocked the other.
    Blocked,
    /// One of them declined a proposal with the other in this round.
    Declined,
    /// One of them never wants to be proposed to the other in this round.
    Dismissed,
    /// They were a pair in one of the last rounds.
    CoolDown,
    /// The pair has a proposal that waits for an answer, or a coordinator pinned it. So it has to be among the
    /// candidates.
    Keep,
    /// The last draft proposed the pair. It is among the candidates if it still has a topic in common.
    Before,
}

/// A fact about the mentee and the mentor with these indexes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PairFact {
    /// Index of the mentee.
    pub mentee: u32,
    /// Index of the mentor.
    pub mentor: u32,
    /// What is known about them.
    pub fact: Fact,
}

/// Everything that a run reads, before it is checked.
#[derive(Clone, Debug)]
pub struct PoolInput {
    /// The rules of the programme.
    pub rules: MatchingRules,
    /// The clocks of the round. It knows the zone of every person.
    pub calendar: Calendar,
    /// Everybody who wants a mentor. An index elsewhere counts from 0 in this order.
    pub mentees: Vec<Mentee>,
    /// Everybody who offers places.
    pub mentors: Vec<Mentor>,
    /// What is known about single pairs, in any order.
    pub facts: Vec<PairFact>,
}

/// Why a [`PoolInput`] is invalid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PoolError {
    /// The weights add up to this and not to 1000.
    Weights(u32),
    /// The mentee with this index has no topic, more than three, or one twice.
    MenteeTopics(usize),
    /// The mentor with this index has a topic twice, or a confidence outside 1 to 3.
    MentorTopics(usize),
    /// An answer of this member has a number over [`MAX_OPTIONS`].
    Answer(u128),
    /// A person's zone is not in the calendar.
    UnknownZone(Zone),
    /// The fact with this index is about an unknown person, or has a rank outside 1 to 5.
    Fact(usize),
}

/// The traits that scoring reads for nearly every pair, in one number. From the highest bits: the number of
/// answers, eight answers of four bits, the set of languages, the seniority, and the clock. People who are sorted by
/// it and have the first answers in common are beside each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Traits(pub(super) u64);

impl Traits {
    /// The bit from which on the number of answers is.
    pub(super) const GIVEN: u32 = 60;
    /// The bit from which on the answers are.
    pub(super) const ANSWERS: u32 = 28;

    pub(super) fn given(self) -> u8 {
        (self.0 >> Self::GIVEN) as u8
    }

    /// All answers and their number, in one number.
    pub(super) fn answers_given(self) -> u64 {
        self.0 >> Self::ANSWERS
    }

    pub(super) fn answers(self) -> u32 {
        (self.0 >> Self::ANSWERS) as u32
    }

    /// The number of the set of languages, at most [`MANY_LANGUAGES`].
    pub(super) fn languages(self) -> usize {
        (self.0 >> 16) as usize & MANY_LANGUAGES
    }

    pub(super) fn seniority(self) -> u8 {
        (self.0 >> 8) as u8
    }

    pub(super) fn clock(self) -> u8 {
        self.0 as u8
    }
}

/// The number of all further sets, after so many different sets of languages.
pub(super) const MANY_LANGUAGES: usize = 4095;

/// The different sets of languages in a pool, in the order of their numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct LanguageSets {
    pub(super) sets: Vec<u128>,
    numbers: HashMap<u128, usize>,
}

impl LanguageSets {
    fn number(&mut self, set: u128) -> u64 {
        let next = self.sets.len();
        if next < MANY_LANGUAGES && !self.numbers.contains_key(&set) {
            self.sets.push(set);
            self.numbers.insert(set, next);
        }
        self.numbers.get(&set).map_or(MANY_LANGUAGES, |number| *number) as u64
    }
}

/// The member and the place in the organisation, which exclude people who are too close.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) member: u128,
    pub(super) team: Option<u32>,
    pub(super) line: (u32, u32),
}

/// One side of the pool. Each list has an entry for each person.
#[derive(Clone, Debug, Default)]
pub(super) struct Side {
    pub(super) members: Vec<u128>,
    pub(super) traits: Vec<Traits>,
    pub(super) languages: Vec<u128>,
    pub(super) disciplines: Vec<u128>,
    pub(super) teams: Vec<Option<u32>>,
    pub(super) lines: Vec<(u32, u32)>,
    pub(super) out: Vec<Option<Exclusion>>,
    pub(super) regions: Vec<Region>,
    pub(super) weeks: Vec<LocalWeek>,
}

impl Side {
    /// Mentors have `given` 0, because only the mentee's number of answers matters.
    fn push(
        &mut self,
        person: &Person,
        given: u8,
        calendar: &Calendar,
        languages: &mut LanguageSets,
    ) -> Result<(), PoolError> {
        let clock = calendar.clock(person.zone).ok_or(PoolError::UnknownZone(person.zone))?;
        if person.answers.iter().any(|answer| *answer > MAX_OPTIONS) {
            return Err(PoolError::Answer(person.member));
        }
        let answers = person.answers.iter().fold(0, |all, answer| all << 4 | u64::from(*answer));
        self.members.push(person.member);
        self.traits.push(Traits(
            u64::from(given) << Traits::GIVEN
                | answers << Traits::ANSWERS
                | languages.number(person.languages) << 16
                | u64::from(level(person.seniority)) << 8
                | u64::from(clock),
        ));
        self.languages.push(person.languages);
        self.disciplines.push(person.disciplines);
        self.teams.push(person.team);
        self.lines.push(person.line);
        self.out.push(person.out);
        self.regions.push(Region::of(person.zone));
        self.weeks.push(person.week);
        Ok(())
    }

    pub(super) fn len(&self) -> usize {
        self.members.len()
    }

    pub(super) fn place(&self, index: u32) -> Place {
        let at = index as usize;
        Place { member: self.members[at], team: self.teams[at], line: self.lines[at] }
    }

    /// The clock and the week of a person.
    pub(super) fn week(&self, index: u32) -> (u8, LocalWeek) {
        (self.traits[index as usize].clock(), self.weeks[index as usize])
    }
}

/// Several lists in one, each a range of `items`.
#[derive(Clone, Debug)]
pub(super) struct Lists<T> {
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self { starts: vec![0], items: Vec::new() }
    }
}

impl<T> Lists<T> {
    pub(super) fn push(&mut self, list: impl IntoIterator<Item = T>) {
        self.items.extend(list);
        self.starts.push(self.items.len() as u32);
    }

    pub(super) fn range(&self, list: u32) -> Range<usize> {
        self.starts[list as usize] as usize..self.starts[list as usize + 1] as usize
    }

    pub(super) fn get(&self, list: u32) -> &[T] {
        &self.items[self.range(list)]
    }

    /// The items of all lists.
    pub(super) fn all(&self) -> &[T] {
        &self.items
    }
}

/// All facts about a pair together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Opinion {
    /// The mentee's rank of the mentor, or 0.
    pub(super) rank: u8,
    pub(super) would_like: bool,
    pub(super) rather_not: bool,
    pub(super) keep: bool,
    pub(super) before: bool,
    pub(super) exclusion: Option<Exclusion>,
}

impl Opinion {
    fn add(&mut self, fact: Fact) {
        let exclusion = match fact {
            Fact::Wish(rank) => {
                self.rank = if self.rank == 0 { rank } else { self.rank.min(rank) };
                return;
            }
            Fact::WouldLike => {
                self.would_like = true;
                return;
            }
            Fact::RatherNot => {
                self.rather_not = true;
                return;
            }
            Fact::Keep => {
                self.keep = true;
                return;
            }
            Fact::Before => {
                self.before = true;
                return;
            }
            Fact::Blocked => Exclusion::Blocked,
            Fact::Declined => Exclusion::Declined,
            Fact::Dismissed => Exclusion::Dismissed,
            Fact::CoolDown => Exclusion::CoolDown,
        };
        // The first one in the order of the list is given.
        if self.exclusion.is_none_or(|known| (exclusion as u8) < known as u8) {
            self.exclusion = Some(exclusion);
        }
    }

    /// Whether one of the two would like to be matched with the other, or the last draft proposed it.
    pub(super) fn is_wanted(self) -> bool {
        self.rank > 0 || self.would_like || self.before
    }
}

/// Everybody who may be matched in a round. Always valid.
#[derive(Clone, Debug)]
pub struct Pool {
    pub(super) rules: MatchingRules,
    pub(super) points: Points,
    pub(super) calendar: Calendar,
    pub(super) languages: LanguageSets,
    pub(super) mentees: Side,
    pub(super) mentors: Side,
    /// The topics of each mentee, the most important first.
    pub(super) asked: Lists<u16>,
    /// The topics of each mentor with the confidence, sorted.
    pub(super) taught: Lists<(u16, u8)>,
    pub(super) places: Vec<u32>,
    /// For each mentee, the mentors about whom a fact is known, sorted.
    pub(super) opinions: Lists<(u32, Opinion)>,
}

impl Pool {
    /// Checks the input and makes it compact.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn new(input: &PoolInput) -> Result<Self, PoolError> {
        let PoolInput { rules, calendar, mentees, mentors, facts } = input;
        if !rules.weights.add_up() {
            return Err(PoolError::Weights(rules.weights.total()));
        }
        let mut pool = Self {
            points: Points::new(rules),
            rules: *rules,
            calendar: calendar.clone(),
            languages: LanguageSets::default(),
            mentees: Side::default(),
            mentors: Side::default(),
            asked: Lists::default(),
            taught: Lists::default(),
            places: Vec::with_capacity(mentors.len()),
            opinions: Lists::default(),
        };
        for (at, mentee) in mentees.iter().enumerate() {
            let given = mentee.person.answers.iter().filter(|answer| **answer != 0).count() as u8;
            pool.mentees.push(&mentee.person, given, &pool.calendar, &mut pool.languages)?;
            let mut sorted = mentee.topics.clone();
            sorted.sort_unstable();
            if !(1..=MAX_ASKED).contains(&sorted.len()) || sorted.windows(2).any(|two| two[0] == two[1]) {
                return Err(PoolError::MenteeTopics(at));
            }
            pool.asked.push(mentee.topics.iter().copied());
        }
        for (at, mentor) in mentors.iter().enumerate() {
            pool.mentors.push(&mentor.person, 0, &pool.calendar, &mut pool.languages)?;
            let mut sorted = mentor.topics.clone();
            sorted.sort_unstable();
            let is_wrong = |confidence: u8| !(1..=MAX_CONFIDENCE).contains(&confidence);
            if sorted.windows(2).any(|two| two[0].0 == two[1].0)
                || sorted.iter().any(|(_, confidence)| is_wrong(*confidence))
            {
                return Err(PoolError::MentorTopics(at));
            }
            pool.taught.push(sorted);
            pool.places.push(mentor.places);
        }
        pool.add_facts(facts.clone())?;
        Ok(pool)
    }

    fn add_facts(&mut self, mut facts: Vec<PairFact>) -> Result<(), PoolError> {
        let is_wrong = |it: &PairFact| {
            it.mentee as usize >= self.mentees.len()
                || it.mentor as usize >= self.mentors.len()
                || matches!(it.fact, Fact::Wish(rank) if !(1..=MAX_WISHES).contains(&rank))
        };
        if let Some(at) = facts.iter().position(is_wrong) {
            return Err(PoolError::Fact(at));
        }
        facts.sort_unstable();
        let mut rest = facts.as_slice();
        for mentee in 0..self.mentees.len() as u32 {
            let mut opinions: Vec<(u32, Opinion)> = Vec::new();
            while let Some((first, others)) = rest.split_first().filter(|(first, _)| first.mentee == mentee) {
                rest = others;
                match opinions.last_mut().filter(|(mentor, _)| *mentor == first.mentor) {
                    Some((_, opinion)) => opinion.add(first.fact),
                    None => {
                        let mut opinion = Opinion::default();
                        opinion.add(first.fact);
                        opinions.push((first.mentor, opinion));
                    }
                }
            }
            self.opinions.push(opinions);
        }
        Ok(())
    }

    /// The number of mentees.
    #[must_use]
    pub fn mentee_count(&self) -> usize {
        self.mentees.len()
    }

    /// The number of mentors.
    #[must_use]
    pub fn mentor_count(&self) -> usize {
        self.mentors.len()
    }

    /// The number of free places of each mentor who can be matched, and 0 for others.
    #[must_use]
    pub fn free_places(&self) -> Vec<u32> {
        self.places
            .iter()
            .zip(&self.mentors.out)
            .map(|(&places, out)| if out.is_none() { places } else { 0 })
            .collect()
    }
}

/// The set of these languages, for [`Person::languages`].
#[must_use]
pub fn language_set(languages: impl IntoIterator<Item = Language>) -> u128 {
    let index = |language: Language| Language::all().position(|other| other == language);
    languages
        .into_iter()
        .filter_map(index)
        .fold(0, |set, at| set | 1_u128.checked_shl(at as u32).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_fits_into_the_set() {
        assert_eq!(language_set(Language::all()).count_ones() as usize, Language::all().count());
    }

    #[test]
    fn facts_about_a_pair_are_put_together() {
        let mut opinion = Opinion::default();
        for fact in [Fact::CoolDown, Fact::Wish(3), Fact::Blocked, Fact::Dismissed, Fact::Wish(2)] {
            opinion.add(fact);
        }
        assert_eq!((opinion.rank, opinion.exclusion), (2, Some(Exclusion::Blocked)));
        assert!(opinion.is_wanted() && !Opinion::default().is_wanted());
    }
}
