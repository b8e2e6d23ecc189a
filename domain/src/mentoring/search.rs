//! Finds the best partners of a person exactly, without scoring most pairs.
//!
//! Partners are visited in the order of their points for topics (see `topic_index`), and the search stops when
//! nobody later can be among the best. Before, estimates that are never too low leave out most people: in a group,
//! people with the same answers are left out at once, and the other parts are added one by one, the cheapest first.

use super::{
    availability::{DoubleWeek, LocalWeek, ShiftedWeek},
    pair::{different_answers, tie_break},
    pool::{MANY_LANGUAGES, Pool, Side, Traits},
    score::{EXCLUDED, LEVELS},
    topic_index::{Group, TopicIndex, asked_bits, taught_bits},
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
    languages: Box<[i32; MANY_LANGUAGES + 1]>,
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
    /// People of a group who may be among the best: the most points without answers, and the place in the group's
    /// side of the index. It has room for everybody in the largest run.
    open: Vec<(i32, u32)>,
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
            open: vec![(0, 0); index.mentees.largest_run().max(index.mentors.largest_run())],
            seeker: Seeker {
                hours: [EXCLUDED; 256],
                weeks: Vec::new(),
                first_week: Vec::new(),
                seniority: [EXCLUDED; 8],
                languages: Box::new([EXCLUDED; MANY_LANGUAGES + 1]),
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
        for (&other, points) in pool.languages.sets.iter().zip(&mut seeker.languages[..]) {
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
        let Self { pool, index, seeker, best, open, .. } = self;
        let pool = *pool;
        let (side, others) =
            if IS_MENTEE { (&pool.mentees, &index.mentors) } else { (&pool.mentors, &index.mentees) };
        let own_traits = side.traits[own as usize];
        let (place, disciplines) = (side.place(own), side.disciplines[own as usize]);
        let has_exclusions = IS_MENTEE && pool.has_exclusions(own);
        let topics =
            if IS_MENTEE { asked_bits(pool.asked.get(own)) } else { taught_bits(pool.taught.get(own)) };
        let answers = |other: Traits| {
            let (mentee, mentor) = if IS_MENTEE { (own_traits, other) } else { (other, own_traits) };
            i32::from(pool.points.answers(mentee.given(), mentee.given() - different_answers(mentee, mentor)))
        };
        let weights = pool.rules.weights;
        let points = i32::from(group.points);
        let constant = points + i32::from(weights.variety) + i32::from(pool.points.mentor_wish(false, false));
        let mut threshold = best.threshold();
        let runs = &others.runs[group.from as usize..=group.to as usize];
        for two in runs.windows(2) {
            let (from, to) = (two[0].from, two[1].from);
            let most_answers = two[0].answers.map_or(i32::from(weights.answers), answers);
            if most_answers + points + seeker.others < threshold {
                continue;
            }
            let people = &others.traits[from as usize..to as usize];
            let count = seeker.find_open(people, from, constant, threshold - most_answers, open);
            for &(without_answers, at) in &open[..count] {
                let traits = others.traits[at as usize];
                let estimate = without_answers + answers(traits);
                if estimate < threshold {
                    continue;
                }
                let hours = seeker.points_for_hours(pool, traits.clock(), others.weeks[at as usize]);
                let estimate = estimate - seeker.hours[usize::from(traits.clock())] + hours;
                if estimate < threshold {
                    continue;
                }
                let partner = &others.partners[at as usize];
                let variety =
                    pool.variety_of([place.team, partner.place.team], [disciplines, partner.disciplines]);
                let estimate = estimate - i32::from(weights.variety) + i32::from(variety);
                let person = partner.index;
                if estimate < threshold || !accepts(person, estimate) {
                    continue;
                }
                let pair = if IS_MENTEE { (own, person) } else { (person, own) };
                let places = if IS_MENTEE { (place, partner.place) } else { (partner.place, place) };
                let Some(score) = exact(pool, pair, traits, estimate, threshold) else { continue };
                // A pair with more topics in common belongs to another group. Only people with more common bits can
                // have more of them.
                let is_longest = (topics & partner.topics).count_ones() == u32::from(group.topics)
                    || pool.shared_topics(pair.0, pair.1).count == group.topics;
                let has_exclusions = if IS_MENTEE { has_exclusions } else { partner.has_exclusions };
                if !is_longest
                    || pool.is_too_close(places.0, places.1).is_some()
                    || has_exclusions && pool.opinion(pair.0, pair.1).exclusion.is_some()
                {
                    continue;
                }
                if i32::from(score) < estimate && !accepts(person, i32::from(score)) {
                    continue;
                }
                if !IS_MENTEE {
                    let from = pair.0 as usize * self.limit;
                    remember(&mut self.seen[from..from + self.limit], score);
                }
                let tie_break = tie_break(places.0.member, places.1.member);
                best.offer(u64::from(score) << 48 | tie_break >> 16, person);
                threshold = best.threshold();
            }
        }
    }
}

impl Seeker {
    /// Writes those who can have at least this many points without answers, and returns how many there are. The
    /// people begin at this place of the index. There is no branch for each person, because no processor could
    /// predict it.
    fn find_open(
        &self,
        people: &[Traits],
        from: u32,
        constant: i32,
        min: i32,
        open: &mut [(i32, u32)],
    ) -> usize {
        let mut count = 0;
        for (at, traits) in (from..).zip(people) {
            let points = constant
                + self.seniority[usize::from(traits.seniority() & 7)]
                + self.languages[traits.languages()]
                + self.hours[usize::from(traits.clock())];
            open[count] = (points, at);
            count += usize::from(points >= min);
        }
        count
    }

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
/// has no number. `None` if the score is under the threshold.
fn exact(
    pool: &Pool,
    (mentee, mentor): (u32, u32),
    traits: Traits,
    estimate: i32,
    threshold: i32,
) -> Option<u16> {
    let mut score = estimate;
    if traits.languages() == MANY_LANGUAGES {
        let languages = (pool.mentees.languages[mentee as usize], pool.mentors.languages[mentor as usize]);
        score += pool.points.language(languages.0, languages.1) - i32::from(pool.rules.weights.language);
    }
    u16::try_from(score).ok().filter(|_| score >= threshold)
}

/// Inserts a score into the best ones, which are sorted.
fn remember(best: &mut [u16], score: u16) {
    if best.last().is_some_and(|&last| last < score) {
        let at = best.partition_point(|&other| other >= score);
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
