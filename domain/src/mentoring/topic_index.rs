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
    pool::{Lists, Pool},
    score::PRIORITY_WEIGHTS,
};

/// The index of a pool. Memory is linear in the people, times the sets of topics of each.
pub(super) struct TopicIndex {
    /// The lists of each mentee and mentor, with the code of their group.
    by_mentee: Lists<(u32, u8)>,
    by_mentor: Lists<(u32, u8)>,
    /// The number of topics of each list.
    topics: Vec<u8>,
    mentees: Groups,
    mentors: Groups,
}

/// People who share the same number of topics with the one who searches, for the same points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Group {
    /// Points for topics.
    pub(super) points: u16,
    /// The number of topics in the list.
    pub(super) topics: u8,
    from: u32,
    to: u32,
}

/// The people of one side in all lists.
struct Groups {
    /// For each list, the codes of its groups and where each begins in `people`.
    starts: Lists<(u8, u32)>,
    people: Vec<u32>,
}

impl TopicIndex {
    /// The index of everybody who can be matched. `mentors` is the order of mentors within a group.
    pub(super) fn new(pool: &Pool, mentors: &[u32]) -> Self {
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
        let everybody: Vec<u32> = (0..pool.mentees.len() as u32).collect();
        let mentees = Groups::new(&by_mentee, &everybody, topics.len());
        let mentors = Groups::new(&by_mentor, mentors, topics.len());
        Self { by_mentee, by_mentor, topics, mentees, mentors }
    }

    /// The groups of mentors for a mentee, those with the most points first.
    pub(super) fn mentors_for(&self, pool: &Pool, mentee: u32, groups: &mut Vec<Group>) {
        let asked = pool.asked.get(mentee).len() as u8;
        groups.clear();
        for &(list, own) in self.by_mentee.get(mentee) {
            let topics = self.topics[list as usize];
            groups.extend(self.mentors.of(list).map(|(code, people)| Group {
                points: pool.points.topics(asked, sum(own, code, topics)),
                topics,
                from: people.start,
                to: people.end,
            }));
        }
        groups.sort_unstable_by_key(|group| (u16::MAX - group.points, group.from));
    }

    /// The groups of mentees for a mentor, those with the most points first.
    pub(super) fn mentees_for(&self, pool: &Pool, mentor: u32, groups: &mut Vec<Group>) {
        groups.clear();
        for &(list, own) in self.by_mentor.get(mentor) {
            let topics = self.topics[list as usize];
            groups.extend(self.mentees.of(list).map(|(code, people)| Group {
                points: pool.points.topics((code & 3) + 1, sum(code, own, topics)),
                topics,
                from: people.start,
                to: people.end,
            }));
        }
        groups.sort_unstable_by_key(|group| (u16::MAX - group.points, group.from));
    }

    pub(super) fn mentors_in(&self, group: Group) -> &[u32] {
        &self.mentors.people[group.from as usize..group.to as usize]
    }

    pub(super) fn mentees_in(&self, group: Group) -> &[u32] {
        &self.mentees.people[group.from as usize..group.to as usize]
    }
}

impl Groups {
    /// Sorts people into their lists, and in a list by code. People keep the given order within a group.
    fn new(lists: &Lists<(u32, u8)>, order: &[u32], count: usize) -> Self {
        let entries: Vec<Entry> = order
            .iter()
            .flat_map(|&person| {
                lists.get(person).iter().map(move |&(list, code)| Entry { list, code, person })
            })
            .collect();
        let entries = sorted(&entries, 256, |entry| usize::from(entry.code));
        let entries = sorted(&entries, count, |entry| entry.list as usize);
        let mut starts = Lists::default();
        let mut at = 0;
        let mut groups = Vec::new();
        for list in 0..count as u32 {
            groups.clear();
            while let Some(entry) = entries.get(at).filter(|entry| entry.list == list) {
                if groups.last().is_none_or(|(code, _)| *code != entry.code) {
                    groups.push((entry.code, at as u32));
                }
                at += 1;
            }
            starts.push(groups.iter().copied());
        }
        Self { starts, people: entries.into_iter().map(|entry| entry.person).collect() }
    }

    /// The groups of a list: the code of each, and where its people are.
    fn of(&self, list: u32) -> impl Iterator<Item = (u8, Range<u32>)> {
        let range = self.starts.range(list);
        let all = self.starts.all();
        range.map(move |at| {
            let end = all.get(at + 1).map_or(self.people.len() as u32, |(_, next)| *next);
            (all[at].0, all[at].1..end)
        })
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
