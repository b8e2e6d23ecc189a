//! Inverted lists: for a set of topics, the mentees who ask for all of them and the mentors who teach all.
//!
//! There is a list for each set of one, two or three topics that some mentee asks for. People in a list are
//! grouped by what decides the points for topics: a mentee's priorities, or a mentor's confidence. So the groups
//! can be visited from the most points to the least, and a search can stop when no later group can matter.
//!
//! A pair that shares three topics is in lists of one and two topics too. It belongs to the longest one.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
    ops::Range,
};

use super::{
    availability::LocalWeek,
    pool::{Lists, Place, Pool, Side, Traits},
    score::PRIORITY_WEIGHTS,
};

/// The people that a run has on average, at least, if there are several in a group.
const MIN_RUN: usize = 4;

/// The index of a pool. Memory is linear in the people, times the sets of topics of each.
pub(super) struct TopicIndex {
    /// The lists of each mentee and mentor, with the code of their group.
    by_mentee: Lists<(u32, u8)>,
    by_mentor: Lists<(u32, u8)>,
    /// The number of topics of each list.
    topics: Vec<u8>,
    pub(super) mentees: Groups,
    pub(super) mentors: Groups,
}

/// People who share the same number of topics with the one who searches, for the same points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Group {
    /// Points for topics.
    pub(super) points: u16,
    /// The number of topics in the list.
    pub(super) topics: u8,
    /// Its runs: the first one, and the one after the last.
    pub(super) from: u32,
    pub(super) to: u32,
}

/// The people of one side in all lists. A person is there once for each list, with everything that a search reads.
/// So a search reads memory in its order, which is several times as fast as looking people up.
pub(super) struct Groups {
    /// For each list, the codes of its groups and the first run of each.
    starts: Lists<(u8, u32)>,
    /// The people of each group, in runs. The last one is the end.
    pub(super) runs: Vec<Run>,
    /// The people in all runs: what is read of everybody, of those who may be among the best, and of those who probably
    /// are.
    pub(super) traits: Vec<Traits>,
    pub(super) weeks: Vec<LocalWeek>,
    pub(super) partners: Vec<Partner>,
}

/// People of a group who are beside each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// The traits of the first, if all have the same answers.
    pub(super) answers: Option<Traits>,
    /// Where they begin in `traits` and `partners`.
    pub(super) from: u32,
}

/// What a search reads about people who are probably among the best.
#[derive(Clone, Copy)]
pub(super) struct Partner {
    /// The index of the person in the pool.
    pub(super) index: u32,
    pub(super) disciplines: u128,
    pub(super) place: Place,
    /// From [`asked_bits`] or [`taught_bits`].
    pub(super) topics: u64,
    /// Whether a fact excludes somebody for this mentee.
    pub(super) has_exclusions: bool,
}

/// A bit for each topic that a mentor teaches. Some topics have the same bit.
pub(super) fn taught_bits(topics: &[(u16, u8)]) -> u64 {
    topics.iter().fold(0, |bits, (topic, _)| bits | 1 << (topic % 64))
}

/// The same for a mentee, and no bits if two of the topics have the same one. So if there are common bits, the mentee has
/// at most as many topics in common with the mentor.
pub(super) fn asked_bits(topics: &[u16]) -> u64 {
    let bits: u64 = topics.iter().fold(0, |bits, topic| bits | 1 << (topic % 64));
    if bits.count_ones() as usize == topics.len() { bits } else { 0 }
}

impl TopicIndex {
    /// The index of everybody who can be matched.
    pub(super) fn new(pool: &Pool) -> Self {
        let mut sets = Sets::default();
        let mut topics = Vec::new();
        let mut by_mentee = Lists::default();
        let mut found = Vec::new();
        for mentee in 0..pool.mentees.len() as u32 {
            found.clear();
            if pool.mentees.out[mentee as usize].is_none() {
                let asked = pool.asked.get(mentee);
                for_each_set(asked, |set, code| {
                    let next = topics.len() as u32;
                    let list = *sets.entry(key(set)).or_insert(next);
                    if list == next {
                        topics.push(set.len() as u8);
                    }
                    found.push((list, code));
                });
            }
            by_mentee.push(found.iter().copied());
        }
        let mut by_mentor = Lists::default();
        for mentor in 0..pool.mentors.len() as u32 {
            found.clear();
            if pool.mentors.out[mentor as usize].is_none() && pool.places[mentor as usize] > 0 {
                teach_sets(pool.taught.get(mentor), &sets, &mut found);
            }
            by_mentor.push(found.iter().copied());
        }
        let asked = |mentee| (asked_bits(pool.asked.get(mentee)), pool.has_exclusions(mentee));
        let taught = |mentor| (taught_bits(pool.taught.get(mentor)), false);
        let mentees = Groups::new(&by_mentee, &pool.mentees, topics.len(), asked);
        let mentors = Groups::new(&by_mentor, &pool.mentors, topics.len(), taught);
        Self { by_mentee, by_mentor, topics, mentees, mentors }
    }

    /// The groups of mentors for a mentee, those with the most points first. Leaves out those with fewer points
    /// than `min`.
    pub(super) fn mentors_for(&self, pool: &Pool, mentee: u32, min: i32, groups: &mut Vec<Group>) {
        let asked = pool.asked.get(mentee).len() as u8;
        let points = |own, code, topics| pool.points.topics(asked, sum(own, code, topics));
        self.collect(self.by_mentee.get(mentee), &self.mentors, points, min, groups);
    }

    /// The groups of mentees for a mentor, those with the most points first. Leaves out those with fewer points
    /// than `min`.
    pub(super) fn mentees_for(&self, pool: &Pool, mentor: u32, min: i32, groups: &mut Vec<Group>) {
        let points = |own, code, topics| pool.points.topics((code & 3) + 1, sum(code, own, topics));
        self.collect(self.by_mentor.get(mentor), &self.mentees, points, min, groups);
    }

    fn collect(
        &self,
        lists: &[(u32, u8)],
        others: &Groups,
        points: impl Fn(u8, u8, u8) -> u16,
        min: i32,
        groups: &mut Vec<Group>,
    ) {
        groups.clear();
        for &(list, own) in lists {
            let topics = self.topics[list as usize];
            for (code, runs) in others.of(list) {
                let points = points(own, code, topics);
                if i32::from(points) >= min {
                    groups.push(Group { points, topics, from: runs.start, to: runs.end });
                }
            }
        }
        groups.sort_unstable_by_key(|group| (u16::MAX - group.points, group.from));
    }
}

impl Groups {
    /// Sorts people into their lists, in a list by code, and in a group by traits. `known` gives the bits of a person's
    /// topics, and whether there are exclusions.
    fn new(lists: &Lists<(u32, u8)>, side: &Side, count: usize, known: impl Fn(u32) -> (u64, bool)) -> Self {
        let mut order: Vec<u32> = (0..side.len() as u32).collect();
        order.sort_unstable_by_key(|&person| (side.traits[person as usize], person));
        let entry =
            |person: u32| lists.get(person).iter().map(move |&(list, code)| Entry { list, code, person });
        let entries: Vec<Entry> = order.iter().flat_map(|&person| entry(person)).collect();
        let entries = sorted(&entries, 256, |entry| usize::from(entry.code));
        let entries = sorted(&entries, count, |entry| entry.list as usize);
        let traits: Vec<Traits> = entries.iter().map(|entry| side.traits[entry.person as usize]).collect();
        let (mut starts, mut runs) = (Lists::default(), Vec::new());
        let mut rest = entries.as_slice();
        for list in 0..count as u32 {
            let (of_list, later) = rest.split_at(rest.partition_point(|entry| entry.list == list));
            rest = later;
            let mut from = entries.len() - rest.len() - of_list.len();
            let mut groups = Vec::new();
            for group in of_list.chunk_by(|one, other| one.code == other.code) {
                groups.push((group[0].code, runs.len() as u32));
                add_runs(&traits[from..from + group.len()], from as u32, &mut runs);
                from += group.len();
            }
            starts.push(groups);
        }
        runs.push(Run { answers: None, from: entries.len() as u32 });
        let partner = |entry: &Entry| {
            let (index, at) = (entry.person, entry.person as usize);
            let (topics, has_exclusions) = known(index);
            Partner {
                index,
                disciplines: side.disciplines[at],
                place: side.place(index),
                topics,
                has_exclusions,
            }
        };
        Self {
            starts,
            runs,
            traits,
            weeks: entries.iter().map(|entry| side.weeks[entry.person as usize]).collect(),
            partners: entries.iter().map(partner).collect(),
        }
    }

    /// The number of people in the largest run.
    pub(super) fn largest_run(&self) -> usize {
        self.runs.windows(2).map(|two| two[1].from - two[0].from).max().unwrap_or(0) as usize
    }

    /// The groups of a list: the code of each, and its runs.
    fn of(&self, list: u32) -> impl Iterator<Item = (u8, Range<u32>)> {
        let range = self.starts.range(list);
        let all = self.starts.all();
        // The last entry of `runs` is the end.
        let end = self.runs.len() as u32 - 1;
        range.map(move |at| (all[at].0, all[at].1..all.get(at + 1).map_or(end, |(_, next)| *next)))
    }
}

/// Adds the runs of a group, which begins here. Its people are sorted. If only a few of them have the same answers, one
/// run is quicker to search than many.
fn add_runs(group: &[Traits], from: u32, runs: &mut Vec<Run>) {
    let same_answers = |one: &Traits, other: &Traits| one.answers_given() == other.answers_given();
    let count = group.chunk_by(same_answers).count();
    if group.len() < MIN_RUN * count {
        runs.push(Run { answers: None, from });
        return;
    }
    let mut from = from;
    for run in group.chunk_by(same_answers) {
        runs.push(Run { answers: Some(run[0]), from });
        from += run.len() as u32;
    }
}

#[derive(Clone, Copy, Default)]
struct Entry {
    list: u32,
    code: u8,
    person: u32,
}

/// Counting sort: keeps the order of entries with equal keys, and takes linear time.
fn sorted(entries: &[Entry], keys: usize, key: impl Fn(&Entry) -> usize) -> Vec<Entry> {
    let mut next = vec![0_u32; keys + 1];
    for entry in entries {
        next[key(entry) + 1] += 1;
    }
    for at in 0..keys {
        next[at + 1] += next[at];
    }
    let mut sorted = vec![Entry::default(); entries.len()];
    for entry in entries {
        let at = &mut next[key(entry)];
        sorted[*at as usize] = *entry;
        *at += 1;
    }
    sorted
}

/// The number of each set of topics.
type Sets = HashMap<u64, u32, BuildHasherDefault<KeyHasher>>;

/// One to three sorted topics as a number. Topic n is written as n + 1.
fn key(topics: &[u16]) -> u64 {
    topics.iter().fold(0, |key, &topic| key << 20 | (u64::from(topic) + 1))
}

/// Calls `each` with every set of the mentee's topics and the code of its group. The code has two bits for the
/// number of topics asked for, less one, and two bits for the priority of each topic of the set.
fn for_each_set(asked: &[u16], mut each: impl FnMut(&[u16], u8)) {
    let mut topics: Vec<(u16, u8)> = asked.iter().copied().zip(0..).collect();
    topics.sort_unstable();
    for chosen in 1..1_u8 << topics.len() {
        let (mut set, mut size, mut code) = ([0; 3], 0, asked.len() as u8 - 1);
        for (at, &(topic, priority)) in topics.iter().enumerate() {
            if chosen >> at & 1 == 1 {
                set[size] = topic;
                code |= priority << (2 + 2 * size);
                size += 1;
            }
        }
        each(&set[..size], code);
    }
}

/// The lists of a mentor with these sorted topics. The code has two bits for the confidence in each topic.
fn teach_sets(taught: &[(u16, u8)], sets: &Sets, found: &mut Vec<(u32, u8)>) {
    for (at, &(first, one)) in taught.iter().enumerate() {
        let Some(&list) = sets.get(&key(&[first])) else { continue };
        found.push((list, one));
        for (next, &(second, two)) in taught.iter().enumerate().skip(at + 1) {
            // Whoever asks for three topics asks for every two of them.
            let Some(&list) = sets.get(&key(&[first, second])) else { continue };
            let code = one | two << 2;
            found.push((list, code));
            for &(third, three) in &taught[next + 1..] {
                if let Some(&list) = sets.get(&key(&[first, second, third])) {
                    found.push((list, code | three << 4));
                }
            }
        }
    }
}

/// The sum of priority times confidence over the topics of a list.
fn sum(mentee_code: u8, mentor_code: u8, topics: u8) -> u32 {
    (0..topics)
        .map(|at| {
            let priority = usize::from(mentee_code >> (2 + 2 * at) & 3);
            PRIORITY_WEIGHTS[priority] * u32::from(mentor_code >> (2 * at) & 3)
        })
        .sum()
}

/// A quick hash for keys that are numbers.
#[derive(Default)]
struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, number: u64) {
        let mixed = (self.0 ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ mixed >> 32;
    }
}
