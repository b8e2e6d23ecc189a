//! Deferred acceptance: mentees propose, mentors keep the best they have seen.

use std::collections::BinaryHeap;

use crate::{
    graph::Graph,
    instance::Instance,
    seats::{OUT, Seats},
};

/// The stable matching that is best for every mentee; equal ranks are parted by the seed.
pub(crate) fn propose(instance: &Instance, graph: &Graph<()>) -> Seats {
    let mut new_mentor = vec![0_u32; graph.mentors.len()];
    for (new, &old) in graph.mentors.iter().enumerate() {
        new_mentor[old as usize] = new as u32;
    }
    // Each mentee's open pairs, the dearest last: (mentee's rank, mentor, mentor's rank).
    let mut wishes: Vec<Vec<(u32, u32, u32)>> = Vec::with_capacity(graph.mentees.len());
    for &old in &graph.mentees {
        let from = instance.starts[old as usize] as usize;
        let to = instance.starts[old as usize + 1] as usize;
        let open = (from..to).filter(|&at| instance.pairs[at].open);
        let mut list: Vec<_> = open
            .map(|at| {
                let (mine, theirs) = instance.ranks[at];
                (mine, new_mentor[instance.pairs[at].mentor as usize], theirs)
            })
            .collect();
        list.sort_unstable_by(|a, b| b.cmp(a));
        wishes.push(list);
    }
    // Whom each mentor holds, the least dear on top.
    let mut held: Vec<BinaryHeap<(u32, u32)>> = vec![BinaryHeap::new(); graph.mentors.len()];
    let mut free: Vec<u32> = (0..graph.mentees.len() as u32).rev().collect();
    while let Some(mentee) = free.pop() {
        if let Some((_, mentor, rank)) = wishes[mentee as usize].pop() {
            let held = &mut held[mentor as usize];
            held.push((rank, mentee));
            let sent = if held.len() > graph.room[mentor as usize] as usize { held.pop() } else { None };
            free.extend(sent.map(|(_, sent)| sent));
        }
    }
    let mut seats = Seats::new(graph.mentees.len(), &graph.room);
    seats.mentor.fill(OUT);
    for (mentor, held) in held.into_iter().enumerate() {
        for (_, mentee) in held {
            seats.sit(mentee, mentor as u32);
        }
    }
    seats
}
