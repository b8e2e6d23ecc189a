//! Scores of random pairs.

use proptest::prelude::*;

use super::super::{Fact, MatchingRules, PairFact, Pool, PoolError, PoolInput, Weights};
use super::world;

proptest! {

    #![proptest_config(crate::testing::cases())]

    #[test]
    fn the_parts_are_within_their_weights_and_add_up(seed: u64, cuts in proptest::collection::vec(0..=1000_u16, 6)) {
        let mut cuts = cuts;
        cuts.extend([0, 1000]);
        cuts.sort_unstable();
        let part = |at: usize| cuts[at + 1] - cuts[at];
        let weights = Weights {
            topics: part(0), answers: part(1), wishes: part(2), hours: part(3),
            seniority: part(4), language: part(5), variety: part(6),
        };
        let mut input = world::input(seed, 12, 12);
        input.rules = MatchingRules { weights, ..input.rules };
        let pool = Pool::new(&input).unwrap();
        for mentee in 0..12 {
            for mentor in 0..12 {
                let parts = pool.parts(mentee, mentor);
                prop_assert!(parts.topics <= weights.topics && parts.answers <= weights.answers);
                prop_assert!(parts.mentee_wish + parts.mentor_wish <= weights.wishes);
                prop_assert!(parts.hours <= weights.hours && parts.seniority <= weights.seniority);
                prop_assert!(parts.language <= weights.language && parts.variety <= weights.variety);
                prop_assert!(parts.total() <= 1000);
                let (all, own) = (parts.shown(), parts.for_mentee());
                prop_assert_eq!(all.total() + parts.mentee_wish + parts.mentor_wish, parts.total());
                prop_assert_eq!(own.total() + parts.mentor_wish, parts.total());
                prop_assert!(all.total() <= weights.max_shown() && own.total() <= weights.max_for_mentee());
            }
        }
    }
}

/// Two people who are mentee and mentor of each other.
#[test]
fn the_score_is_about_who_asks_and_who_teaches() {
    let mut input = world::input(3, 2, 2);
    for at in 0..2 {
        let mentee = &mut input.mentees[at];
        mentee.person.member = at as u128;
        mentee.topics = vec![at as u16];
        input.mentors[at].person = mentee.person.clone();
        // Each teaches what the other asks for. The first one knows more.
        input.mentors[at].topics = vec![(1 - at as u16, 3 - at as u8)];
    }
    input.facts = vec![PairFact { mentee: 0, mentor: 1, fact: Fact::Wish(1) }];
    let pool = Pool::new(&input).unwrap();
    assert_eq!((pool.parts(0, 1).topics, pool.parts(1, 0).topics), (267, 400));
    assert_eq!((pool.parts(0, 1).mentee_wish, pool.parts(1, 0).mentee_wish), (100, 0));
    // Hours and variety do not depend on the roles.
    assert_eq!(pool.parts(0, 1).hours, pool.parts(1, 0).hours);
    assert_eq!(pool.parts(0, 1).variety, pool.parts(1, 0).variety);
}

#[test]
fn more_of_the_same_is_worth_nothing() {
    let mut input = world::input(3, 1, 2);
    input.facts.clear();
    input.mentees[0].topics = vec![4, 1];
    input.mentors[1].person = input.mentors[0].person.clone();
    input.mentors[0].topics = vec![(4, 3), (1, 3)];
    input.mentors[1].topics = (0..20).map(|topic| (topic, 3)).collect();
    let pool = Pool::new(&input).unwrap();
    assert_eq!(pool.parts(0, 0), pool.parts(0, 1));
    assert_eq!(pool.parts(0, 0).topics, 400);
}

#[test]
fn an_invalid_pool_is_refused() {
    let valid = world::input(5, 3, 3);
    assert!(Pool::new(&valid).is_ok());
    let refused = |change: fn(&mut PoolInput)| {
        let mut input = valid.clone();
        change(&mut input);
        Pool::new(&input).unwrap_err()
    };
    assert_eq!(refused(|input| input.rules.weights.topics = 1), PoolError::Weights(601));
    assert_eq!(refused(|input| input.mentees[1].topics = vec![1, 1]), PoolError::MenteeTopics(1));
    assert_eq!(refused(|input| input.mentees[1].topics.clear()), PoolError::MenteeTopics(1));
    assert_eq!(refused(|input| input.mentors[2].topics = vec![(1, 4)]), PoolError::MentorTopics(2));
    assert_eq!(refused(|input| input.mentors[2].topics = vec![(1, 1), (1, 2)]), PoolError::MentorTopics(2));
    let tokyo: crate::Zone = "Asia/Tokyo".parse().unwrap();
    assert!(matches!(
        refused(|input| input.mentees[0].person.zone = "Asia/Tokyo".parse().unwrap()),
        PoolError::UnknownZone(zone) if zone == tokyo
    ));
    assert_eq!(
        refused(|input| input.facts = vec![PairFact { mentee: 0, mentor: 3, fact: Fact::Keep }]),
        PoolError::Fact(0)
    );
    assert_eq!(
        refused(|input| input.facts = vec![PairFact { mentee: 0, mentor: 0, fact: Fact::Wish(6) }]),
        PoolError::Fact(0)
    );
}
