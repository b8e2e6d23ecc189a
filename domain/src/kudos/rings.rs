//! Finds kudos that look like an arrangement and not like recognition (K5). What is found is flagged for review,
//! and nothing happens by itself.
//!
//! Members are a graph: an edge leads from giver to recipient. Honest clusters, such as a team after a release or
//! the audience of a talk, have many different givers, give outside too, or say it once. An arrangement repeats
//! the same edges in a circle, or stacks kudos from few givers on one member in a short time.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Duration;

use crate::{Instant, MemberId};

/// An edge counts as repeated from this many kudos on.
const REPEATED: usize = 3;
/// The largest circle that is a ring. Larger ones are the community.
const MAX_RING: usize = 8;
/// The share of a ring's kudos that stay inside, in percent.
const INSIDE_PERCENT: usize = 80;
/// A burst has at least this many kudos to one member within [`BURST_WINDOW`].
const BURST: usize = 6;
/// The time of a burst.
const BURST_WINDOW: Duration = Duration::hours(24);

/// One member gave kudos to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    /// The giver.
    pub from: MemberId,
    /// A recipient.
    pub to: MemberId,
    /// When the kudos were given.
    pub at: Instant,
}

/// Something to review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Suspicion {
    /// Two to eight members who keep giving kudos to each other in a circle, and hardly to anybody else.
    Ring {
        /// The members, in the order of their ids.
        members: Vec<MemberId>,
        /// Number of kudos inside the ring.
        kudos: usize,
    },
    /// Many kudos to one member in a day, from half as many givers or fewer.
    Burst {
        /// The recipient.
        to: MemberId,
        /// The different givers, in the order of their ids.
        givers: Vec<MemberId>,
        /// Number of kudos.
        kudos: usize,
    },
}

/// Everything to review in the kudos of some period, such as the last 90 days. Rings first.
#[must_use]
pub fn suspicions(given: &[Given]) -> Vec<Suspicion> {
    let mut found = rings(given);
    found.extend(bursts(given));
    found
}

fn rings(given: &[Given]) -> Vec<Suspicion> {
    let mut weights: BTreeMap<(MemberId, MemberId), usize> = BTreeMap::new();
    for edge in given {
        *weights.entry((edge.from, edge.to)).or_default() += 1;
    }
    let mut next: BTreeMap<MemberId, Vec<MemberId>> = BTreeMap::new();
    for ((from, to), _) in weights.iter().filter(|(_, weight)| **weight >= REPEATED) {
        next.entry(*from).or_default().push(*to);
    }
    let rings = circles(&next).into_iter().filter(|ring| (2..=MAX_RING).contains(&ring.len()));
    let suspicious = rings.filter_map(|ring| {
        let touching = weights.iter().filter(|((from, to), _)| ring.contains(from) || ring.contains(to));
        let (mut inside, mut all) = (0, 0);
        for ((from, to), weight) in touching {
            all += weight;
            if ring.contains(from) && ring.contains(to) {
                inside += weight;
            }
        }
        (inside * 100 >= all * INSIDE_PERCENT)
            .then(|| Suspicion::Ring { members: ring.into_iter().collect(), kudos: inside })
    });
    suspicious.collect()
}

/// The sets of members who reach each other in both directions (strongly connected components).
fn circles(next: &BTreeMap<MemberId, Vec<MemberId>>) -> Vec<BTreeSet<MemberId>> {
    let mut back: BTreeMap<MemberId, Vec<MemberId>> = BTreeMap::new();
    for (from, all) in next {
        for to in all {
            back.entry(*to).or_default().push(*from);
        }
    }
    // Kosaraju: visit in one direction, then collect in the other, the last finished first.
    let mut finished = Vec::new();
    let mut seen = BTreeSet::new();
    for start in next.keys() {
        let mut stack = vec![(*start, false)];
        while let Some((member, is_left)) = stack.pop() {
            if is_left {
                finished.push(member);
            } else if seen.insert(member) {
                stack.push((member, true));
                stack.extend(next.get(&member).into_iter().flatten().map(|to| (*to, false)));
            }
        }
    }
    let mut circles = Vec::new();
    let mut taken = BTreeSet::new();
    for start in finished.into_iter().rev() {
        let mut circle = BTreeSet::new();
        let mut stack = vec![start];
        while let Some(member) = stack.pop() {
            if taken.insert(member) {
                circle.insert(member);
                stack.extend(back.get(&member).into_iter().flatten().copied());
            }
        }
        if !circle.is_empty() {
            circles.push(circle);
        }
    }
    circles
}

fn bursts(given: &[Given]) -> Vec<Suspicion> {
    let mut received: BTreeMap<MemberId, Vec<&Given>> = BTreeMap::new();
    for edge in given {
        received.entry(edge.to).or_default().push(edge);
    }
    let mut found = Vec::new();
    for (to, mut edges) in received {
        edges.sort_by_key(|edge| edge.at);
        let burst = edges.iter().enumerate().find_map(|(first, start)| {
            let within = edges.get(first..)?.iter().take_while(|edge| edge.at - start.at < BURST_WINDOW);
            let givers: Vec<MemberId> = within.map(|edge| edge.from).collect();
            let distinct: BTreeSet<MemberId> = givers.iter().copied().collect();
            (givers.len() >= BURST && distinct.len() * 2 <= givers.len()).then_some((givers.len(), distinct))
        });
        if let Some((kudos, givers)) = burst {
            found.push(Suspicion::Burst { to, givers: givers.into_iter().collect(), kudos });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn member(n: u128) -> MemberId {
        MemberId(Uuid::from_u128(n))
    }

    fn given(from: u128, to: u128, day: i64) -> Given {
        let start: Instant = "2026-09-01T09:00:00Z".parse().unwrap();
        Given { from: member(from), to: member(to), at: start + Duration::days(day) }
    }

    fn members(ids: &[u128]) -> Vec<MemberId> {
        ids.iter().copied().map(member).collect()
    }

    #[test]
    fn k5_a_pair_that_only_praises_each_other_is_a_ring() {
        let edges: Vec<Given> = (0..3).flat_map(|n| [given(1, 2, n * 9), given(2, 1, n * 9 + 1)]).collect();
        assert_eq!(suspicions(&edges), [Suspicion::Ring { members: members(&[1, 2]), kudos: 6 }]);
    }

    #[test]
    fn k5_a_circle_of_five_is_a_ring_although_no_two_reciprocate() {
        let mut edges = Vec::new();
        for round in 0..3 {
            edges.extend((0..5_u128).map(|i| given(i, (i + 1) % 5, round * 8)));
        }
        // A thank-you to an outsider now and then does not hide it.
        edges.push(given(2, 77, 30));
        assert_eq!(suspicions(&edges), [Suspicion::Ring { members: members(&[0, 1, 2, 3, 4]), kudos: 15 }]);
    }

    #[test]
    fn k5_two_rings_are_two_findings() {
        let mut edges = Vec::new();
        for n in 0..3 {
            edges.extend([given(1, 2, n), given(2, 1, n), given(3, 4, n), given(4, 3, n)]);
        }
        assert_eq!(suspicions(&edges).len(), 2);
    }

    #[test]
    fn k5_a_team_after_a_release_is_honest() {
        // Six people, each thanks every other one, and somebody outside.
        let mut edges = Vec::new();
        for from in 0..6 {
            edges.extend((0..6).filter(|to| *to != from).map(|to| given(from, to, 1)));
            edges.push(given(from, 50 + from, 2));
        }
        assert_eq!(suspicions(&edges), []);
    }

    #[test]
    fn k5_a_mentor_and_a_mentee_who_also_thank_others_are_honest() {
        let mut edges: Vec<Given> = (0..3).flat_map(|n| [given(1, 2, n * 20), given(2, 1, n * 20)]).collect();
        edges.extend((10..12).map(|other| given(1, other, 5)));
        edges.push(given(13, 2, 7));
        assert_eq!(suspicions(&edges), []);
    }

    #[test]
    fn k5_a_helper_whom_many_thank_often_is_honest() {
        // Everyone goes back to the same helper, who rarely gives kudos: a star, not a circle.
        let edges: Vec<Given> =
            (1..9).flat_map(|from| (0..4).map(move |n| given(from, 100, n * 10))).collect();
        assert_eq!(suspicions(&edges), []);
    }

    #[test]
    fn k5_a_speaker_whom_the_audience_thanks_is_honest() {
        let edges: Vec<Given> = (1..=20).map(|from| given(from, 100, 3)).collect();
        assert_eq!(suspicions(&edges), []);
    }

    #[test]
    fn k5_many_kudos_from_few_givers_in_a_day_are_a_burst() {
        let edges: Vec<Given> = [1, 2].into_iter().flat_map(|from| vec![given(from, 9, 4); 3]).collect();
        let burst = Suspicion::Burst { to: member(9), givers: members(&[1, 2]), kudos: 6 };
        assert_eq!(suspicions(&edges), [burst]);
        let spread: Vec<Given> = (0..6).map(|n| given(1 + n % 2, 9, i64::try_from(n).unwrap() * 3)).collect();
        assert_eq!(suspicions(&spread), [], "the same kudos over weeks");
    }

    proptest! {

        #![proptest_config(crate::testing::cases())]

        /// Nobody is flagged for kudos that they give once to each person, whatever the graph looks like.
        #[test]
        fn k5_kudos_that_do_not_repeat_are_never_a_ring(
            edges in proptest::collection::btree_set((0_u128..12, 0_u128..12), 0..80)
        ) {
            let edges: Vec<Given> = edges.into_iter().filter(|(from, to)| from != to).map(|(from, to)| given(from, to, 0)).collect();
            let found = suspicions(&edges);
            prop_assert!(found.is_empty(), "{found:?}");
        }
    }
}
