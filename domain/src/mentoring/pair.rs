//! One pair of the pool: why it is excluded, and what it scores.

use super::{
    exclusion::Exclusion,
    pool::{Opinion, Place, Pool, Traits},
    reporting::is_one_line,
    score::{EXCLUDED, PRIORITY_WEIGHTS, ScoreParts},
};

/// The topics that a mentee asks for and a mentor teaches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct SharedTopics {
    pub(super) count: u8,
    /// The sum of the weights of their priorities, each times the mentor's confidence.
    pub(super) sum: u32,
}

impl Pool {
    pub(super) fn shared_topics(&self, mentee: u32, mentor: u32) -> SharedTopics {
        let (asked, taught) = (self.asked.get(mentee), self.taught.get(mentor));
        let mut shared = SharedTopics::default();
        for (topic, weight) in asked.iter().zip(PRIORITY_WEIGHTS) {
            if let Some((_, confidence)) = taught.iter().find(|(taught, _)| taught == topic) {
                shared.count += 1;
                shared.sum += weight * u32::from(*confidence);
            }
        }
        shared
    }

    pub(super) fn opinion(&self, mentee: u32, mentor: u32) -> Opinion {
        let known = self.opinions.get(mentee);
        known.iter().find(|(other, _)| *other == mentor).map_or_else(Opinion::default, |(_, it)| *it)
    }

    /// Whether a fact excludes a mentor for this mentee.
    pub(super) fn has_exclusions(&self, mentee: u32) -> bool {
        self.opinions.get(mentee).iter().any(|(_, opinion)| opinion.exclusion.is_some())
    }

    /// The half-hours a week that the pair shares, which is the least over the round.
    #[must_use]
    pub fn overlap_half_hours(&self, mentee: u32, mentor: u32) -> u32 {
        self.calendar.overlap(self.mentees.week(mentee), self.mentors.week(mentor))
    }

    pub(super) fn min_half_hours(&self) -> u32 {
        2 * u32::from(self.rules.min_overlap_hours)
    }

    /// Whether they are the same person, or the team or the organisation is in the way.
    pub(super) fn is_too_close(&self, mentee: Place, mentor: Place) -> Option<Exclusion> {
        if mentee.member == mentor.member {
            return Some(Exclusion::Myself);
        }
        if self.rules.same_team_allowed {
            return None;
        }
        if mentee.team.is_some() && mentee.team == mentor.team {
            return Some(Exclusion::SameTeam);
        }
        is_one_line(mentee.line, mentor.line).then_some(Exclusion::ReportingLine)
    }

    /// [`is_too_close`](Self::is_too_close) for the people with these indexes.
    fn closeness(&self, mentee: u32, mentor: u32) -> Option<Exclusion> {
        self.is_too_close(self.mentees.place(mentee), self.mentors.place(mentor))
    }

    /// Why this pair can never be matched. If there are several reasons, the first in the order of
    /// [`Exclusion`]. A pair without a topic in common is not excluded, but see [`is_stated`](Self::is_stated).
    #[must_use]
    pub fn exclusion(&self, mentee: u32, mentor: u32) -> Option<Exclusion> {
        self.closeness(mentee, mentor)
            .or_else(|| self.opinion(mentee, mentor).exclusion)
            .or_else(|| self.circumstance(mentee, mentor))
    }

    /// Whether the pair is a candidate even if it is not among the best: somebody wants it, or it has to be kept.
    ///
    /// A wish counts only with a topic in common. Without one, nothing but a wish could have brought the two together, so
    /// a coordinator who saw the pair in a draft would know of the wish.
    pub(super) fn is_stated(&self, mentee: u32, mentor: u32) -> bool {
        let opinion = self.opinion(mentee, mentor);
        opinion.keep || opinion.is_wanted() && self.shared_topics(mentee, mentor).count > 0
    }

    /// Whether their hours, their languages, the programme's limits, a pause or a lack of places exclude the
    /// pair.
    fn circumstance(&self, mentee: u32, mentor: u32) -> Option<Exclusion> {
        let (one, other) = (self.mentees.traits[mentee as usize], self.mentors.traits[mentor as usize]);
        let languages = (self.mentees.languages[mentee as usize], self.mentors.languages[mentor as usize]);
        let is_short = self.overlap_half_hours(mentee, mentor) < self.min_half_hours();
        is_short
            .then_some(Exclusion::Overlap)
            .or_else(|| (languages.0 & languages.1 == 0).then_some(Exclusion::Language))
            .or_else(|| {
                let is_outside = self.points.seniority(one.seniority(), other.seniority()) == EXCLUDED;
                is_outside.then_some(Exclusion::SeniorityGap)
            })
            .or_else(|| {
                let outs = [self.mentees.out[mentee as usize], self.mentors.out[mentor as usize]];
                let full = (self.places[mentor as usize] == 0).then_some(Exclusion::Full);
                outs.into_iter().chain([full]).flatten().min_by_key(|reason| *reason as u8)
            })
    }

    /// Why a rule that everybody knows excludes this pair, as if nobody had blocked, declined or dismissed
    /// anybody, and as if they had not been a pair before. So a count of these reasons tells nothing private.
    #[must_use]
    pub fn public_exclusion(&self, mentee: u32, mentor: u32) -> Option<Exclusion> {
        self.closeness(mentee, mentor).or_else(|| self.circumstance(mentee, mentor))
    }

    /// The parts of the pair's score, whether or not it is excluded.
    #[must_use]
    pub fn parts(&self, mentee: u32, mentor: u32) -> ScoreParts {
        let (one, other) = (self.mentees.traits[mentee as usize], self.mentors.traits[mentor as usize]);
        let languages = (self.mentees.languages[mentee as usize], self.mentors.languages[mentor as usize]);
        let asked = self.asked.get(mentee).len() as u8;
        let opinion = self.opinion(mentee, mentor);
        ScoreParts {
            topics: self.points.topics(asked, self.shared_topics(mentee, mentor).sum),
            answers: self.points.answers(one.given(), one.given() - different_answers(one, other)),
            mentee_wish: self.points.mentee_wish(opinion.rank),
            mentor_wish: self.points.mentor_wish(opinion.would_like, opinion.rather_not),
            hours: self.points.hours(self.overlap_half_hours(mentee, mentor)),
            seniority: at_least_0(self.points.seniority(one.seniority(), other.seniority())),
            language: at_least_0(self.points.language(languages.0, languages.1)),
            variety: self.variety(mentee, mentor),
        }
    }

    fn variety(&self, mentee: u32, mentor: u32) -> u16 {
        let (mentee, mentor) = (mentee as usize, mentor as usize);
        let teams = [self.mentees.teams[mentee], self.mentors.teams[mentor]];
        self.variety_of(teams, [self.mentees.disciplines[mentee], self.mentors.disciplines[mentor]])
    }

    /// Points for the teams and the disciplines of two people.
    pub(super) fn variety_of(&self, teams: [Option<u32>; 2], [one, other]: [u128; 2]) -> u16 {
        let is_other_team = matches!(teams, [Some(one), Some(other)] if one != other);
        self.points.variety(is_other_team, one != 0 && other != 0 && one & other == 0)
    }
}

/// A number that decides between pairs with equal scores. It depends on the two people only, so that the
/// order of the input changes nothing, and it differs from pair to pair, so that not everybody gets the same
/// mentors.
pub(super) fn tie_break(mentee: u128, mentor: u128) -> u64 {
    let fold = |member: u128| (member >> 64) as u64 ^ mix(member as u64);
    mix(fold(mentee) ^ mix(fold(mentor)))
}

/// The finaliser of SplitMix64 (Steele, Lea and Flood 2014).
fn mix(mut z: u64) -> u64 {
    z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The number of questions that the mentee answered, and the mentor answered differently or not at all.
pub(super) fn different_answers(mentee: Traits, mentor: Traits) -> u8 {
    const LOW_BITS: u32 = 0x1111_1111;
    // The lowest bit of each four says whether any of them is set.
    let any = |bits: u32| (bits | bits >> 1 | bits >> 2 | bits >> 3) & LOW_BITS;
    let different = any(mentee.answers() ^ mentor.answers()) & any(mentee.answers());
    (different.wrapping_mul(LOW_BITS) >> 28) as u8
}

fn at_least_0(points: i32) -> u16 {
    u16::try_from(points).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn traits(answers: [u8; 8]) -> Traits {
        Traits(answers.iter().fold(0, |all, answer| all << 4 | u64::from(*answer)) << Traits::ANSWERS)
    }

    proptest::proptest! {

        #![proptest_config(crate::testing::cases())]

        #[test]
        fn answers_are_compared_one_by_one(
            one in proptest::array::uniform8(0..16_u8), other in proptest::array::uniform8(0..16_u8), same: u8
        ) {
            let mut other = other;
            for at in 0..8 {
                if same >> at & 1 == 1 {
                    other[at] = one[at];
                }
            }
            let expected = (0..8).filter(|&at| one[at] != 0 && one[at] != other[at]).count();
            proptest::prop_assert_eq!(usize::from(different_answers(traits(one), traits(other))), expected);
        }
    }
}
