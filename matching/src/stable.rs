//! Deferred acceptance: mentees propose, and mentors keep the best proposals so far.

use std::collections::BinaryHeap;

use crate::{
    assignment::{Assignment, UNMATCHED},
    graph::Graph,
    instance::Instance,
};

/// The stable matching that is best for every mentee. The seed decides between equal ranks.
pub(crate) fn propose(instance: &Instance, graph: &Graph) -> Assignment {
    // Each mentee's open pairs, the most preferred last: (mentee's rank, tie-break value, mentor, mentor's
    // rank).
    let mut wishes: Vec<Vec<(u32, i64, u32, u32)>> = Vec::with_capacity(graph.mentees());
    for mentee in 0..graph.mentees() {
        let (from, to) = (instance.starts[mentee] as usize, instance.starts[mentee + 1] as usize);
        let open = (from..to).filter(|&at| instance.pairs[at].open);
        let mut list: Vec<_> = open
            .map(|at| {
                let (mentee_rank, mentor_rank) = instance.ranks[at];
                let mentor = instance.pairs[at].mentor;
                (mentee_rank, graph.tie_break(mentee as u32, mentor), mentor, mentor_rank)
            })
            .collect();
        list.sort_unstable_by(|a, b| b.cmp(a));
        wishes.push(list);
    }
    // The mentees that each mentor holds, the least preferred on top.
    let mut held: Vec<BinaryHeap<(u32, i64, u32)>> = vec![BinaryHeap::new(); graph.mentors()];
    let mut free: Vec<u32> = (0..graph.mentees() as u32).rev().collect();
    while let Some(mentee) = free.pop() {
        if let Some((_, tie_break, mentor, rank)) = wishes[mentee as usize].pop() {
            let held = &mut held[mentor as usize];
            held.push((rank, tie_break, mentee));
            let sent = if held.len() > graph.room[mentor as usize] as usize { held.pop() } else { None };
            free.extend(sent.map(|(_, _, sent)| sent));
        }
    }
    let mut assignment = Assignment::new(graph);
    assignment.mentor.fill(UNMATCHED);
    for (mentor, held) in held.into_iter().enumerate() {
        for (_, _, mentee) in held {
            assignment.assign(mentee, mentor as u32);
        }
    }
    assignment
}
