//! Deferred acceptance: mentees propose, mentors keep the best they have seen.

use std::collections::BinaryHeap;

use crate::{
    graph::Graph,
    instance::Instance,
    seats::{OUT, Seats},
};

/// The stable matching that is best for every mentee; equal ranks are parted by the seed.
pub(crate) fn propose(instance: &Instance, graph: &Graph) -> Seats {
    // Each mentee's open pairs, the dearest last: (mentee's rank, lot, mentor, mentor's rank).
    let mut wishes: Vec<Vec<(u32, i64, u32, u32)>> = Vec::with_capacity(graph.mentees());
    for mentee in 0..graph.mentees() {
        let (from, to) = (instance.starts[mentee] as usize, instance.starts[mentee + 1] as usize);
        let open = (from..to).filter(|&at| instance.pairs[at].open);
        let mut list: Vec<_> = open
            .map(|at| {
                let (mine, theirs) = instance.ranks[at];
                let mentor = instance.pairs[at].mentor;
                (mine, graph.lot(mentee as u32, mentor), mentor, theirs)
            })
            .collect();
        list.sort_unstable_by(|a, b| b.cmp(a));
        wishes.push(list);
    }
    // Whom each mentor holds, the least dear on top.
    let mut held: Vec<BinaryHeap<(u32, i64, u32)>> = vec![BinaryHeap::new(); graph.mentors()];
    let mut free: Vec<u32> = (0..graph.mentees() as u32).rev().collect();
    while let Some(mentee) = free.pop() {
        if let Some((_, lot, mentor, rank)) = wishes[mentee as usize].pop() {
            let held = &mut held[mentor as usize];
            held.push((rank, lot, mentee));
            let sent = if held.len() > graph.room[mentor as usize] as usize { held.pop() } else { None };
            free.extend(sent.map(|(_, _, sent)| sent));
        }
    }
    let mut seats = Seats::new(graph);
    seats.mentor.fill(OUT);
    for (mentor, held) in held.into_iter().enumerate() {
        for (_, _, mentee) in held {
            seats.sit(mentee, mentor as u32);
        }
    }
    seats
}
