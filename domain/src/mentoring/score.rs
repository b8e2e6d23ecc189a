//! The score of a pair: named parts that add up exactly, from 0 to 1000.

use crate::members::Seniority;

/// The total of all weights, and the highest score.
pub const MAX_SCORE: u16 = 1000;
/// The most topics that a mentee asks for.
pub const MAX_ASKED: usize = 3;
/// The most mentors that a mentee wishes for.
pub const MAX_WISHES: u8 = 5;
/// The highest confidence of a mentor in a topic. The lowest is 1.
pub const MAX_CONFIDENCE: u8 = 3;
/// The confidence of a topic for which a mentor chose none.
pub const USUAL_CONFIDENCE: u8 = 2;
/// The most questions of a programme.
pub const MAX_QUESTIONS: usize = 8;
/// The most options of a question.
pub const MAX_OPTIONS: u8 = 15;
/// Half-hours a week that give all points for hours. More add nothing, so nobody gains by offering every hour.
pub const FULL_HALF_HOURS: u32 = 8;
/// Levels that a mentor is ideally above the mentee.
const IDEAL_GAP: std::ops::RangeInclusive<i8> = 1..=2;

/// The most points for each part of the score. They belong to the programme and add up to 1000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Weights {
    /// Topics that the mentor teaches, by the mentee's priority and the mentor's confidence.
    pub topics: u16,
    /// Equal answers to the programme's questions.
    pub answers: u16,
    /// Wishes: one half for the mentee's, one half for the mentor's.
    pub wishes: u16,
    /// Hours a week that both have.
    pub hours: u16,
    /// The difference in seniority.
    pub seniority: u16,
    /// Languages in common.
    pub language: u16,
    /// Another team and another discipline.
    pub variety: u16,
}

impl Default for Weights {
    fn default() -> Self {
        Self { topics: 400, answers: 150, wishes: 200, hours: 100, seniority: 75, language: 50, variety: 25 }
    }
}

impl Weights {
    /// The sum of all weights.
    #[must_use]
    pub fn total(self) -> u32 {
        let Self { topics, answers, wishes, hours, seniority, language, variety } = self;
        [topics, answers, wishes, hours, seniority, language, variety].into_iter().map(u32::from).sum()
    }

    /// Whether they add up to 1000.
    #[must_use]
    pub fn add_up(self) -> bool {
        self.total() == u32::from(MAX_SCORE)
    }

    /// The highest total of [`ShownParts`]: everything but wishes.
    #[must_use]
    pub fn max_shown(self) -> u16 {
        MAX_SCORE.saturating_sub(self.wishes)
    }

    /// The highest total of [`MenteeParts`]: everything but the mentor's half of the wishes.
    #[must_use]
    pub fn max_for_mentee(self) -> u16 {
        self.max_shown() + halves(self.wishes)[0]
    }
}

/// Splits points in two. The first half has the odd point.
fn halves(weight: u16) -> [u16; 2] {
    [weight - weight / 2, weight / 2]
}

/// The rules of a programme for its pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MatchingRules {
    /// The most points for each part of the score.
    pub weights: Weights,
    /// Hours a week that a pair shares, at least.
    pub min_overlap_hours: u8,
    /// How many levels a mentor may be above the mentee, at least. Negative for reverse mentoring.
    pub min_seniority_gap: Option<i8>,
    /// How many levels a mentor may be above the mentee, at most.
    pub max_seniority_gap: Option<i8>,
    /// Whether people of the same team, and people who report to each other, can be matched.
    pub same_team_allowed: bool,
}

impl Default for MatchingRules {
    fn default() -> Self {
        Self {
            weights: Weights::default(),
            min_overlap_hours: 1,
            min_seniority_gap: None,
            max_seniority_gap: None,
            same_team_allowed: false,
        }
    }
}

/// The parts of a pair's score, in points. Their sum is the score. They are private, and only the run reads
/// them: show nothing but the views [`shown`](Self::shown) and [`for_mentee`](Self::for_mentee), and never the
/// sum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ScoreParts {
    /// Topics that the mentor teaches, normalised by what the mentee asked for.
    pub topics: u16,
    /// Equal answers, normalised by how many the mentee gave.
    pub answers: u16,
    /// The mentee's rank of the mentor.
    pub mentee_wish: u16,
    /// Whether the mentor would like to have the mentee. Without an opinion it is half.
    pub mentor_wish: u16,
    /// Hours a week that both have.
    pub hours: u16,
    /// The difference in seniority.
    pub seniority: u16,
    /// Languages in common.
    pub language: u16,
    /// Another team and another discipline.
    pub variety: u16,
}

/// The parts that others may see. Nobody's wish is in any of them, or in their total. So no choice of weights
/// lets a coordinator work out what somebody wished for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ShownParts {
    /// Topics that the mentor teaches.
    pub topics: u16,
    /// Equal answers.
    pub answers: u16,
    /// Hours a week that both have.
    pub hours: u16,
    /// Seniority, language and variety.
    pub other: u16,
}

/// The parts that the mentee of the pair sees: what everybody sees, and the mentee's own wish. The mentor's
/// opinion of the mentee is in none of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MenteeParts {
    /// Topics that the mentor teaches.
    pub topics: u16,
    /// Equal answers.
    pub answers: u16,
    /// Hours a week that both have.
    pub hours: u16,
    /// The mentee's own wish.
    pub own_wish: u16,
    /// Seniority, language and variety.
    pub other: u16,
}

impl ShownParts {
    /// The total that is shown beside the parts.
    #[must_use]
    pub fn total(self) -> u16 {
        let Self { topics, answers, hours, other } = self;
        topics + answers + hours + other
    }
}

impl MenteeParts {
    /// The total that is shown beside the parts.
    #[must_use]
    pub fn total(self) -> u16 {
        self.shown().total() + self.own_wish
    }

    /// What everybody else who sees the pair may see.
    #[must_use]
    pub fn shown(self) -> ShownParts {
        let Self { topics, answers, hours, other, own_wish: _ } = self;
        ShownParts { topics, answers, hours, other }
    }
}

impl ScoreParts {
    /// The score of the pair, 0 to 1000.
    #[must_use]
    pub fn total(self) -> u16 {
        let Self { topics, answers, mentee_wish, mentor_wish, hours, seniority, language, variety } = self;
        topics + answers + mentee_wish + mentor_wish + hours + seniority + language + variety
    }

    /// What everybody who sees the pair may see.
    #[must_use]
    pub fn shown(self) -> ShownParts {
        self.for_mentee().shown()
    }

    /// What the mentee of the pair sees.
    #[must_use]
    pub fn for_mentee(self) -> MenteeParts {
        let Self { topics, answers, mentee_wish, mentor_wish: _, hours, seniority, language, variety } = self;
        let other = seniority + language + variety;
        MenteeParts { topics, answers, hours, own_wish: mentee_wish, other }
    }
}

/// A share of a weight, rounded to whole points.
fn share(weight: u16, part: u32, whole: u32) -> u16 {
    let (weight, part) = (u32::from(weight), part.min(whole));
    // It is at most the weight.
    ((2 * weight * part + whole) / (2 * whole).max(1)) as u16
}

/// How much the topic of each priority weighs.
pub(super) const PRIORITY_WEIGHTS: [u32; MAX_ASKED] = [3, 2, 1];
/// The sum of these for 0 to 3 topics.
const ASKED_WEIGHTS: [u32; MAX_ASKED + 1] = [0, 3, 5, 6];
/// A seniority that is not known.
pub(super) const UNKNOWN_SENIORITY: u8 = 5;
/// The number of seniorities, with the unknown one.
pub(super) const LEVELS: usize = 6;
/// The points of an excluded pair. Adding every other part does not make it positive.
pub(super) const EXCLUDED: i32 = -100_000;

/// The points for everything that has only few values, so that scoring is a matter of looking them up.
#[derive(Clone, Debug)]
pub(super) struct Points {
    /// By the number of topics asked for, and the sum of priority times confidence.
    topics: [[u16; 19]; MAX_ASKED + 1],
    /// By the number of the mentee's answers, and the number of equal ones.
    answers: [[u16; MAX_QUESTIONS + 1]; MAX_QUESTIONS + 1],
    /// By rank, with 0 for a mentor that the mentee did not wish for.
    mentee_wish: [u16; MAX_WISHES as usize + 1],
    /// For "would rather not", no opinion, and "would like".
    mentor_wish: [u16; 3],
    /// By half-hours.
    hours: [u16; FULL_HALF_HOURS as usize + 1],
    /// By the mentee's and the mentor's seniority, or [`EXCLUDED`].
    seniority: [[i32; LEVELS]; LEVELS],
    /// For every language that the mentee needs, and for one of several.
    language: [u16; 2],
    /// For another team and for another discipline.
    variety: [u16; 2],
}

impl Points {
    pub(super) fn new(rules: &MatchingRules) -> Self {
        let weights = rules.weights;
        let [mentee_wish, mentor_wish] = halves(weights.wishes);
        let mut points = Self {
            topics: [[0; 19]; 4],
            answers: [[share(weights.answers, 1, 2); 9]; 9],
            mentee_wish: [0; 6],
            mentor_wish: [0, share(mentor_wish, 1, 2), mentor_wish],
            hours: [0; 9],
            seniority: [[0; LEVELS]; LEVELS],
            language: [weights.language, share(weights.language, 1, 2)],
            variety: halves(weights.variety),
        };
        for (of_asked, asked) in points.topics.iter_mut().zip(ASKED_WEIGHTS).skip(1) {
            for (sum, value) in of_asked.iter_mut().enumerate() {
                *value = share(weights.topics, sum as u32, asked * u32::from(MAX_CONFIDENCE));
            }
        }
        for given in 1..=MAX_QUESTIONS {
            for (equal, value) in points.answers[given].iter_mut().enumerate() {
                *value = share(weights.answers, equal as u32, given as u32);
            }
        }
        for rank in 1..=u32::from(MAX_WISHES) {
            points.mentee_wish[rank as usize] = share(mentee_wish, 11 - rank, 10);
        }
        for (half_hours, value) in points.hours.iter_mut().enumerate() {
            *value = share(weights.hours, half_hours as u32, FULL_HALF_HOURS);
        }
        for mentee in 0..LEVELS {
            for mentor in 0..LEVELS {
                points.seniority[mentee][mentor] = seniority_points(rules, mentee as u8, mentor as u8);
            }
        }
        points
    }

    /// Points for topics, from the number of topics asked for and the sum of priority times confidence.
    pub(super) fn topics(&self, asked: u8, sum: u32) -> u16 {
        self.topics[usize::from(asked)][sum as usize]
    }

    pub(super) fn answers(&self, given: u8, equal: u8) -> u16 {
        self.answers[usize::from(given)][usize::from(equal)]
    }

    /// Points for the mentee's rank of the mentor, or 0 without a wish.
    pub(super) fn mentee_wish(&self, rank: u8) -> u16 {
        self.mentee_wish[usize::from(rank)]
    }

    /// Points for the mentor's opinion of the mentee.
    pub(super) fn mentor_wish(&self, would_like: bool, rather_not: bool) -> u16 {
        let [bad, neutral, good] = self.mentor_wish;
        match (would_like, rather_not) {
            (true, false) => good,
            (false, true) => bad,
            (true, true) | (false, false) => neutral,
        }
    }

    pub(super) fn hours(&self, half_hours: u32) -> u16 {
        self.hours[half_hours.min(FULL_HALF_HOURS) as usize]
    }

    /// The points for two seniorities, or [`EXCLUDED`].
    pub(super) fn seniority(&self, mentee: u8, mentor: u8) -> i32 {
        self.seniority[usize::from(mentee)][usize::from(mentor)]
    }

    /// The points for languages, or [`EXCLUDED`]. Two shared languages, or the only one that the mentee has,
    /// give all points.
    pub(super) fn language(&self, mentee: u128, mentor: u128) -> i32 {
        let (shared, [full, half]) = (mentee & mentor, self.language);
        if shared == 0 {
            EXCLUDED
        } else if has_several(shared) || !has_several(mentee) {
            i32::from(full)
        } else {
            i32::from(half)
        }
    }

    pub(super) fn variety(&self, is_other_team: bool, is_other_discipline: bool) -> u16 {
        let [team, discipline] = self.variety;
        team * u16::from(is_other_team) + discipline * u16::from(is_other_discipline)
    }
}

fn has_several(set: u128) -> bool {
    set & set.wrapping_sub(1) != 0
}

/// All points within the ideal gap, a third less for each level beside it, and half if one is not known.
fn seniority_points(rules: &MatchingRules, mentee: u8, mentor: u8) -> i32 {
    let weight = rules.weights.seniority;
    if mentee == UNKNOWN_SENIORITY || mentor == UNKNOWN_SENIORITY {
        return i32::from(share(weight, 1, 2));
    }
    let gap = mentor as i8 - mentee as i8;
    if rules.min_seniority_gap.is_some_and(|min| gap < min)
        || rules.max_seniority_gap.is_some_and(|max| gap > max)
    {
        return EXCLUDED;
    }
    let distance = (IDEAL_GAP.start() - gap).max(gap - IDEAL_GAP.end()).clamp(0, 3);
    // From 0 to 3.
    i32::from(share(weight, (3 - distance) as u32, 3))
}

/// The level of a seniority, 0 to 4, or [`UNKNOWN_SENIORITY`].
pub(super) fn level(seniority: Option<Seniority>) -> u8 {
    seniority.map_or(UNKNOWN_SENIORITY, |seniority| seniority as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_weights_add_up() {
        assert!(Weights::default().add_up());
        assert!(!Weights { topics: 401, ..Weights::default() }.add_up());
    }

    #[test]
    fn the_best_of_every_part_is_the_weight() {
        let points = Points::new(&MatchingRules::default());
        for (asked, best) in [(1, 9), (2, 15), (3, 18)] {
            assert_eq!((points.topics(asked, best), points.topics(asked, 0)), (400, 0));
        }
        assert_eq!((points.answers(4, 4), points.answers(4, 1), points.answers(0, 0)), (150, 38, 75));
        assert_eq!([0, 1, 5].map(|rank| points.mentee_wish(rank)), [0, 100, 60]);
        assert_eq!((points.mentor_wish(true, false), points.mentor_wish(false, true)), (100, 0));
        assert_eq!((points.mentor_wish(false, false), points.mentor_wish(true, true)), (50, 50));
        assert_eq!([0, 2, 8, 100].map(|half_hours| points.hours(half_hours)), [0, 25, 100, 100]);
        assert_eq!((points.variety(true, true), points.variety(true, false)), (25, 13));
    }

    #[test]
    fn a_mentor_is_ideally_a_level_or_two_above() {
        let points = Points::new(&MatchingRules::default());
        let at = |mentee: Seniority, mentor: Seniority| points.seniority(mentee as u8, mentor as u8);
        assert_eq!(at(Seniority::Junior, Seniority::Senior), 75);
        assert_eq!(at(Seniority::Junior, Seniority::Junior), 50);
        assert_eq!(at(Seniority::Junior, Seniority::Principal), 25);
        assert_eq!(at(Seniority::Principal, Seniority::Junior), 0);
        assert_eq!(points.seniority(UNKNOWN_SENIORITY, 3), 38);
        let rules = MatchingRules { max_seniority_gap: Some(2), ..MatchingRules::default() };
        assert_eq!(Points::new(&rules).seniority(0, 3), EXCLUDED);
        assert_eq!(Points::new(&rules).seniority(0, 2), 75);
        assert_eq!(Points::new(&rules).seniority(0, UNKNOWN_SENIORITY), 38);
    }

    #[test]
    fn languages_count_up_to_what_the_mentee_needs() {
        let points = Points::new(&MatchingRules::default());
        assert_eq!(points.language(0b01, 0b11), 50);
        assert_eq!(points.language(0b11, 0b01), 25);
        assert_eq!(points.language(0b11, 0b11), 50);
        assert_eq!(points.language(0b01, 0b10), EXCLUDED);
    }

    #[test]
    fn no_view_contains_the_wish_of_somebody_else() {
        let parts = ScoreParts {
            topics: 300,
            answers: 70,
            mentee_wish: 90,
            mentor_wish: 50,
            hours: 88,
            seniority: 75,
            language: 25,
            variety: 13,
        };
        let shown = parts.shown();
        assert_eq!((shown.other, shown.total()), (75 + 25 + 13, 300 + 70 + 88 + 75 + 25 + 13));
        let own = parts.for_mentee();
        assert_eq!((own.own_wish, own.other, own.total()), (90, shown.other, shown.total() + 90));
        let other_mentor = ScoreParts { mentor_wish: 0, ..parts };
        assert_eq!((other_mentor.shown(), other_mentor.for_mentee()), (shown, own));
        let other_mentee = ScoreParts { mentee_wish: 0, ..parts };
        assert_eq!(other_mentee.shown(), shown);
        // Control: the mentee sees their own wish, and the run sees both.
        assert_ne!(other_mentee.for_mentee(), own);
        assert!(other_mentor.total() != parts.total() && other_mentee.total() != parts.total());
    }

    #[test]
    fn the_highest_shown_totals_leave_out_wishes() {
        let weights = Weights::default();
        assert_eq!((weights.max_shown(), weights.max_for_mentee()), (800, 900));
        let only =
            Weights { wishes: 1000, topics: 0, answers: 0, hours: 0, seniority: 0, language: 0, variety: 0 };
        assert_eq!((only.max_shown(), only.max_for_mentee()), (0, 500));
    }
}
