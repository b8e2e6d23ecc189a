//! Finds the best partners of a person exactly, without scoring most pairs.
//!
//! Partners are visited in the order of their points for topics (see `topic_index`), and the search stops when
//! nobody later can be among the best. Before, estimates that are never too low leave out most people: in a group,
//! people with the same answers are left out at once, and the other parts are added one by one, the cheapest first.

use super::{
    availability::{DoubleWeek, LocalWeek, ShiftedWeek},
    pair::different_answers,
    pool::{MANY_LANGUAGES, Pool, Side, Traits},
    score::{EXCLUDED, LEVELS},
    topic_index::{Group, TopicIndex},
};

/// The score in a rank, see [`Best`]. It is the score without wishes: the mentor has no opinion.
pub(super) fn score_of(rank: u64) -> u16 {
    (rank >> 48) as u16
}

/// The best people found so far, the best first. The rank is the score in the highest 16 bits, and then the
/// tie-break.
struct Best {
    limit: usize,
    found: Vec<(u64, u32)>,
    /// A score that the last of the best reaches, as far as it is known before.
    floor: i32,
}

impl Best {
    fn clear(&mut self, floor: u16) {
        self.found.clear();
        self.floor = i32::from(floor);
    }

    /// The lowest score that can still be among the best.
    fn threshold(&self) -> i32 {
        let last = self.found.last().filter(|_| self.found.len() == self.limit);
        last.map_or(self.floor, |&(rank, _)| self.floor.max(i32::from(score_of(rank))))
    }

    fn offer(&mut self, rank: u64, person: u32) {
        let at = self.found.partition_point(|&(other, _)| other > rank);
        if at < self.limit {
            self.found.truncate(self.limit - 1);
            self.found.insert(at, (rank, person));
        }
    }
}

/// What is computed once for each person that a search is for.
struct Seeker {
    /// For each clock, the most points for hours that somebody there has, or [`EXCLUDED`].
    hours: [i32; 256],
    /// The seeker's week as the other clocks show it.
    weeks: Vec<ShiftedWeek>,
    /// For each clock, where its weeks begin in `weeks`.
    first_week: Vec<usize>,
    /// By the partner's seniority.
    seniority: [i32; 8],
    /// By the partner's set of languages.
    languages: Vec<i32>,
    /// The most for everything but topics and answers.
    others: i32,
}

/// Searches for the best, person by person.
pub(super) struct Search<'a> {
    pool: &'a Pool,
    index: &'a TopicIndex,
    limit: usize,
    /// For each clock, the weeks of all its people together.
    mentee_weeks: Vec<Option<LocalWeek>>,
    mentor_weeks: Vec<Option<LocalWeek>>,
    /// The best scores of each mentee that the search for mentors came across, the best first.
    seen: Vec<u16>,
    best: Best,
    groups: Vec<Group>,
    seeker: Seeker,
}

impl<'a> Search<'a> {
    pub(super) fn new(pool: &'a Pool, index: &'a TopicIndex, limit: usize) -> Self {
        Self {
            pool,
            index,
            limit,
            mentee_weeks: weeks_by_clock(pool, &pool.mentees),
            mentor_weeks: weeks_by_clock(pool, &pool.mentors),
            seen: vec![0; pool.mentees.len() * limit],
            best: Best { limit, found: Vec::with_capacity(limit + 1), floor: 0 },
            groups: Vec::new(),
            seeker: Seeker {
                hours: [EXCLUDED; 256],
                weeks: Vec::new(),
                first_week: Vec::new(),
                seniority: [EXCLUDED; 8],
                languages: vec![EXCLUDED; MANY_LANGUAGES + 1],
                others: 0,
            },
        }
    }

    /// The best mentors of a mentee, each with its rank. It is quicker after [`best_mentees`](Self::best_mentees)
    /// was called for every mentor.
    pub(super) fn best_mentors(&mut self, mentee: u32) -> &[(u64, u32)] {
        let at = (mentee as usize + 1) * self.limit;
        self.best.clear(if self.limit == 0 { 0 } else { self.seen[at - 1] });
        self.prepare::<true>(mentee);
        let min = self.min_points();
        self.index.mentors_for(self.pool, mentee, min, &mut self.groups);
        self.run::<true>(mentee, |_, _| true);
        &self.best.found
    }

    /// The best mentors of a mentee, each with its rank, of those with at least this score that the filter accepts.
    /// It gets the mentor and the score.
    pub(super) fn mentors_above(
        &mut self,
        mentee: u32,
        score: u16,
        accepts: impl Fn(u32, i32) -> bool,
    ) -> &[(u64, u32)] {
        self.best.clear(score);
        self.prepare::<true>(mentee);
        let min = self.min_points();
        self.index.mentors_for(self.pool, mentee, min, &mut self.groups);
        self.run::<true>(mentee, accepts);
        &self.best.found
    }

    /// The best mentees of a mentor, each with its rank.
    pub(super) fn best_mentees(&mut self, mentor: u32) -> &[(u64, u32)] {
        self.best.clear(0);
        self.prepare::<false>(mentor);
        let min = self.min_points();
        self.index.mentees_for(self.pool, mentor, min, &mut self.groups);
        self.run::<false>(mentor, |_, _| true);
        &self.best.found
    }

    /// The points for topics that somebody needs to be among the best with all other points.
    fn min_points(&self) -> i32 {
        self.best.threshold() - i32::from(self.pool.rules.weights.answers) - self.seeker.others
    }

    /// Searches the groups for a mentee or a mentor. The filter gets a partner and a score that is not too low.
    fn run<const IS_MENTEE: bool>(&mut self, own: u32, accepts: impl Fn(u32, i32) -> bool) {
        for at in 0..self.groups.len() {
            let group = self.groups[at];
            if i32::from(group.points) < self.min_points() {
                break;
            }
            self.visit::<IS_MENTEE>(own, group, &accepts);
        }
    }

    fn prepare<const IS_MENTEE: bool>(&mut self, own: u32) {
        let Self { pool, seeker, .. } = self;
        let (side, weeks) =
            if IS_MENTEE { (&pool.mentees, &self.mentor_weeks) } else { (&pool.mentors, &self.mentee_weeks) };
        let (clock, week) = side.week(own);
        let week = DoubleWeek::new(week);
        seeker.weeks.clear();
        seeker.first_week.clear();
        for (other, together) in (0..).zip(weeks) {
            let first = seeker.weeks.len();
            seeker.first_week.push(first);
            seeker.hours[usize::from(other)] = match together {
                Some(together) => {
                    seeker.weeks.extend(pool.calendar.shifted(&week, clock, other));
                    bound_hours(pool, &seeker.weeks[first..], *together)
                }
                None => EXCLUDED,
            };
        }
        seeker.first_week.push(seeker.weeks.len());
        let level = side.traits[own as usize].seniority();
        for (other, points) in (0..).zip(&mut seeker.seniority[..LEVELS]) {
            let (mentee, mentor) = if IS_MENTEE { (level, other) } else { (other, level) };
            *points = pool.points.seniority(mentee, mentor);
        }
        let languages = side.languages[own as usize];
        for (&other, points) in pool.languages.sets.iter().zip(&mut seeker.languages) {
            let (mentee, mentor) = if IS_MENTEE { (languages, other) } else { (other, languages) };
            *points = pool.points.language(mentee, mentor);
        }
        let weights = pool.rules.weights;
        // Nobody knows these sets, so they can have everything.
        seeker.languages[MANY_LANGUAGES] = i32::from(weights.language);
        let most = |points: &[i32]| points.iter().copied().max().unwrap_or(EXCLUDED);
        seeker.others = most(&seeker.hours[..weeks.len()])
            + most(&seeker.seniority)
            + i32::from(weights.language)
            + i32::from(weights.variety)
            + i32::from(pool.points.mentor_wish(false, false));
    }

    /// Offers everybody in the group who may be among the best.
    fn visit<const IS_MENTEE: bool>(&mut self, own: u32, group: Group, accepts: impl Fn(u32, i32) -> bool) {
        let Self { pool, index, seeker, best, .. } = self;
        let pool = *pool;
        let (side, others) =
            if IS_MENTEE { (&pool.mentees, &index.mentors) } else { (&pool.mentors, &index.mentees) };
        let own_traits = side.traits[own as usize];
        let closeness = (side.teams[own as usize], side.disciplines[own as usize]);
        let weights = pool.rules.weights;
        let points = i32::from(group.points);
        let constant = points + i32::from(weights.variety) + i32::from(pool.points.mentor_wish(false, false));
        let mut threshold = best.threshold();
        let runs = &others.runs[group.from as usize..=group.to as usize];
        for two in runs.windows(2) {
            let [(first, from), (_, to)] = [two[0], two[1]];
            let (one, other) = if IS_MENTEE { (own_traits, first) } else { (first, own_traits) };
            let answers = pool.points.answers(one.given(), one.given() - different_answers(one, other));
            if i32::from(answers) + points + seeker.others < threshold {
                continue;
            }
            let constant = constant + i32::from(answers);
            for &(traits, number) in &others.people[from as usize..to as usize] {
                let without_hours = constant
                    + seeker.seniority[usize::from(traits.seniority() & 7)]
                    + seeker.languages[traits.languages()];
                if without_hours + seeker.hours[usize::from(traits.clock())] < threshold {
                    continue;
                }
                let partner = &others.partners[number as usize];
                let hours = seeker.points_for_hours(pool, traits.clock(), partner.week);
                let teams = [closeness.0, partner.team];
                let variety = pool.variety_of(teams, [closeness.1, partner.disciplines]);
                let estimate = without_hours + hours - i32::from(weights.variety) + i32::from(variety);
                let person = partner.index;
                if estimate < threshold || !accepts(person, estimate) {
                    continue;
                }
                let pair = if IS_MENTEE { (own, person) } else { (person, own) };
                let Some(score) = exact(pool, pair, traits, group.topics, estimate, threshold) else {
                    continue;
                };
                if i32::from(score) < estimate && !accepts(person, i32::from(score)) {
                    continue;
                }
                if !IS_MENTEE {
                    let from = pair.0 as usize * self.limit;
                    remember(&mut self.seen[from..from + self.limit], score);
                }
                best.offer(u64::from(score) << 48 | pool.tie_break(pair.0, pair.1) >> 16, person);
                threshold = best.threshold();
            }
        }
    }
}

impl Seeker {
    /// The points for hours that the seeker has with a partner, or [`EXCLUDED`].
    fn points_for_hours(&self, pool: &Pool, clock: u8, week: LocalWeek) -> i32 {
        let clock = usize::from(clock);
        bound_hours(pool, &self.weeks[self.first_week[clock]..self.first_week[clock + 1]], week)
    }
}

/// The points for the hours that a week shares with all of these, or [`EXCLUDED`].
fn bound_hours(pool: &Pool, shifted: &[ShiftedWeek], week: LocalWeek) -> i32 {
    let half_hours = shifted.iter().map(|shifted| shifted.overlap(week)).min().unwrap_or(0);
    if half_hours < pool.min_half_hours() { EXCLUDED } else { i32::from(pool.points.hours(half_hours)) }
}

/// The score of a pair without wishes. The estimate is right, but it has the most for languages if their set
/// has no number. `None` if the score is under the threshold, or the pair is excluded or belongs to another
/// group.
fn exact(
    pool: &Pool,
    (mentee, mentor): (u32, u32),
    traits: Traits,
    topics: u8,
    estimate: i32,
    threshold: i32,
) -> Option<u16> {
    let mut score = estimate;
    if traits.languages() == MANY_LANGUAGES {
        let languages = (pool.mentees.languages[mentee as usize], pool.mentors.languages[mentor as usize]);
        score += pool.points.language(languages.0, languages.1) - i32::from(pool.rules.weights.language);
    }
    if score < threshold
        || pool.shared_topics(mentee, mentor).count != topics
        || pool.is_too_close(mentee, mentor).is_some()
    {
        return None;
    }
    if pool.opinion(mentee, mentor).exclusion.is_some() {
        return None;
    }
    u16::try_from(score).ok()
}

/// Inserts a score into the best ones, which are sorted.
fn remember(best: &mut [u16], score: u16) {
    let at = best.partition_point(|&other| other >= score);
    if at < best.len() {
        best[at..].rotate_right(1);
        best[at] = score;
    }
}

/// For each clock, the weeks of all its people together. `None` if it has no people.
fn weeks_by_clock(pool: &Pool, side: &Side) -> Vec<Option<LocalWeek>> {
    let mut all: Vec<Option<LocalWeek>> = vec![None; pool.calendar.clocks()];
    for person in 0..side.len() as u32 {
        if side.out[person as usize].is_none() {
            let (clock, week) = side.week(person);
            all[usize::from(clock)].get_or_insert_default().add(week);
        }
    }
    all
}
