//! Candidate pairs: the pairs that the solver may choose from.
//!
//! A pair is a candidate if it is not excluded and
//!
//! - it shares a topic, and it is among the best of the mentee or among the best of the mentor, or
//! - somebody stated it: the mentee wishes for the mentor, the mentor would like to have the mentee, or it has
//!   to be kept. These come in addition to the best.
//!
//! The best are found exactly, without scoring most pairs. People are visited in the order of their points for
//! topics (see `topic_index`). An estimate that is never too low leaves out whoever cannot be among the best, and
//! the search stops when nobody later can.

use super::{
    availability::Week,
    pair::equal_answers,
    pool::{Pool, Side},
    score::EXCLUDED,
    topic_index::{Group, TopicIndex},
};

/// How many candidates a person has unless the programme says otherwise.
pub const DEFAULT_LIMIT: usize = 20;
/// How many people are searched for between two reports of progress.
const REPORT_EVERY: usize = 1000;

/// A mentee and a mentor that could be matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// Index of the mentee.
    pub mentee: u32,
    /// Index of the mentor.
    pub mentor: u32,
    /// Score of the pair, 0 to 1000.
    pub score: u16,
}

/// The candidates of a pool, sorted by mentee and mentor. `limit` is how many of the best pairs everybody gets.
/// `keep_going` is told how many people are done, of how many, and stops the search by returning false. The
/// result is then `None`.
pub fn candidates(
    pool: &Pool,
    limit: usize,
    mut keep_going: impl FnMut(usize, usize) -> bool,
) -> Option<Vec<Candidate>> {
    let (mentees, mentors) = (pool.mentee_count(), pool.mentor_count());
    let mut report = |done: usize| !done.is_multiple_of(REPORT_EVERY) || keep_going(done, mentees + mentors);
    let everybody: Vec<u32> = (0..mentors as u32).collect();
    let index = TopicIndex::new(pool, &everybody);
    let mut search = Search::new(pool, &index, limit);
    // Mentees by mentor first, so that each mentee's candidates can be put together in one go.
    let mut chosen_by_mentors: Vec<Vec<(u32, u16)>> = vec![Vec::new(); mentees];
    for mentor in 0..mentors {
        if !report(mentor) {
            return None;
        }
        for &(rank, mentee) in search.best_mentees(mentor as u32) {
            chosen_by_mentors[mentee as usize].push((mentor as u32, score_of(rank)));
        }
    }
    let mut all = Vec::new();
    for (mentee, mut found) in chosen_by_mentors.into_iter().enumerate() {
        if !report(mentors + mentee) {
            return None;
        }
        let mentee = mentee as u32;
        found.extend(search.best_mentors(mentee).iter().map(|&(rank, mentor)| (mentor, score_of(rank))));
        for &(mentor, opinion) in pool.opinions.get(mentee) {
            if opinion.is_stated() && pool.exclusion(mentee, mentor).is_none() {
                found.push((mentor, pool.parts(mentee, mentor).total()));
            }
        }
        found.sort_unstable();
        found.dedup();
        all.extend(found.into_iter().map(|(mentor, score)| Candidate { mentee, mentor, score }));
    }
    Some(all)
}

fn score_of(rank: u64) -> u16 {
    (rank >> 48) as u16
}

/// The best people found so far, the best first. The rank is the score in the highest 16 bits, and then the
/// tie-break.
struct Best {
    limit: usize,
    found: Vec<(u64, u32)>,
}

impl Best {
    /// The lowest score that can still be among the best.
    fn threshold(&self) -> i32 {
        let last = self.found.last().filter(|_| self.found.len() == self.limit);
        last.map_or(0, |&(rank, _)| i32::from(score_of(rank)))
    }

    fn offer(&mut self, rank: u64, person: u32) {
        let at = self.found.partition_point(|&(other, _)| other > rank);
        if at < self.limit {
            self.found.truncate(self.limit - 1);
            self.found.insert(at, (rank, person));
        }
    }
}

/// Searches for the best, person by person.
struct Search<'a> {
    pool: &'a Pool,
    index: &'a TopicIndex,
    /// For each clock, the weeks of all its people together.
    mentee_weeks: Vec<Vec<Week>>,
    mentor_weeks: Vec<Vec<Week>>,
    best: Best,
    groups: Vec<Group>,
    /// For each clock, the most points for hours that somebody there can have, or [`EXCLUDED`].
    hours: Vec<i32>,
}

impl<'a> Search<'a> {
    fn new(pool: &'a Pool, index: &'a TopicIndex, limit: usize) -> Self {
        Self {
            pool,
            index,
            mentee_weeks: weeks_by_clock(pool, &pool.mentees),
            mentor_weeks: weeks_by_clock(pool, &pool.mentors),
            best: Best { limit, found: Vec::with_capacity(limit + 1) },
            groups: Vec::new(),
            hours: Vec::new(),
        }
    }

    fn best_mentors(&mut self, mentee: u32) -> &[(u64, u32)] {
        let Self { pool, index, best, groups, hours, mentor_weeks, .. } = self;
        let (pool, index) = (*pool, *index);
        let own = &pool.mentees.traits[mentee as usize];
        bound_hours(pool, pool.mentees.weeks(mentee), mentor_weeks, hours);
        index.mentors_for(pool, mentee, groups);
        let estimate = |mentor: u32| {
            let other = &pool.mentors.traits[mentor as usize];
            i32::from(pool.points.answers(own.given, equal_answers(own, other)))
                + pool.points.seniority(own.seniority, other.seniority)
                + pool.points.language(own.languages, other.languages)
                + hours[usize::from(other.clock)]
        };
        let people = |group: Group| index.mentors_in(group);
        search(pool, best, groups, people, estimate, |mentor| (mentee, mentor));
        &best.found
    }

    fn best_mentees(&mut self, mentor: u32) -> &[(u64, u32)] {
        let Self { pool, index, best, groups, hours, mentee_weeks, .. } = self;
        let (pool, index) = (*pool, *index);
        let own = &pool.mentors.traits[mentor as usize];
        bound_hours(pool, pool.mentors.weeks(mentor), mentee_weeks, hours);
        index.mentees_for(pool, mentor, groups);
        let estimate = |mentee: u32| {
            let other = &pool.mentees.traits[mentee as usize];
            i32::from(pool.points.answers(other.given, equal_answers(other, own)))
                + pool.points.seniority(other.seniority, own.seniority)
                + pool.points.language(other.languages, own.languages)
                + hours[usize::from(other.clock)]
        };
        let people = |group: Group| index.mentees_in(group);
        search(pool, best, groups, people, estimate, |mentee| (mentee, mentor));
        &best.found
    }
}

/// Finds the best of the people in the groups. `estimate` is the most points that a person can have for answers,
/// seniority, languages and hours.
fn search<'a>(
    pool: &Pool,
    best: &mut Best,
    groups: &[Group],
    people: impl Fn(Group) -> &'a [u32],
    estimate: impl Fn(u32) -> i32,
    pair: impl Fn(u32) -> (u32, u32),
) {
    best.found.clear();
    let weights = pool.rules.weights;
    // What every pair has that nobody stated, and the most for variety, which is not estimated.
    let constant = i32::from(pool.points.mentor_wish(false, false)) + i32::from(weights.variety);
    let others = [weights.answers, weights.hours, weights.seniority, weights.language];
    let most = constant + others.into_iter().map(i32::from).sum::<i32>();
    for &group in groups {
        let known = i32::from(group.points) + constant;
        if i32::from(group.points) + most < best.threshold() {
            break;
        }
        for &person in people(group) {
            if known + estimate(person) >= best.threshold() {
                let (mentee, mentor) = pair(person);
                if let Some(score) = searched_score(pool, mentee, mentor, group) {
                    let rank = u64::from(score) << 48 | pool.tie_break(mentee, mentor) >> 16;
                    best.offer(rank, person);
                }
            }
        }
    }
}

/// The score of a pair of a group; `None` if it is excluded, belongs to another group, or was stated.
fn searched_score(pool: &Pool, mentee: u32, mentor: u32, group: Group) -> Option<u16> {
    let is_searched = pool.shared_topics(mentee, mentor).count == group.topics
        && !pool.opinion(mentee, mentor).is_stated()
        && pool.exclusion(mentee, mentor).is_none();
    is_searched.then(|| pool.parts(mentee, mentor).total())
}

/// For each clock, the weeks of all its people together.
fn weeks_by_clock(pool: &Pool, side: &Side) -> Vec<Vec<Week>> {
    let mut all: Vec<Vec<Week>> = vec![Vec::new(); pool.calendar.clocks()];
    for person in 0..side.members.len() as u32 {
        if side.out[person as usize].is_none() {
            let (clock, weeks) = side.weeks(person);
            let together = &mut all[usize::from(clock)];
            together.resize(weeks.len(), Week::default());
            for (sum, week) in together.iter_mut().zip(weeks) {
                sum.add(week);
            }
        }
    }
    all
}

/// The most points for hours that somebody with each clock can have.
fn bound_hours(pool: &Pool, own: (u8, &[Week]), by_clock: &[Vec<Week>], hours: &mut Vec<i32>) {
    hours.clear();
    hours.extend((0..).zip(by_clock).map(|(clock, weeks)| {
        if weeks.is_empty() {
            return EXCLUDED;
        }
        let half_hours = pool.calendar.overlap(own, (clock, weeks));
        if half_hours < pool.min_half_hours() { EXCLUDED } else { i32::from(pool.points.hours(half_hours)) }
    }));
}
