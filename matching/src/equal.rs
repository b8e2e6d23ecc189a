//! Instances where all pairs cost the same, so that only the load counts: prices by counting.
//!
//! Every way to match one more then costs what its last seat does. So seats open level by level, the first of
//! each mentor, the second, and so on; at each level as many are matched as possible, and who is matched stays
//! so. Places that are still wanted when a level is full cost more than it, the others no more.

use crate::{
    cardinality::{Search, Shortage, reach},
    graph::Graph,
    instance::Mode,
    scale::Scale,
    seats::Seats,
    start::{Part, parts},
    weight::Level,
};

/// More levels than this take too long.
const LEVELS: u32 = 64;

/// What all pairs cost, if it is the same, as an index.
fn kind(graph: &Graph) -> Option<u16> {
    let mut edges = (0..graph.mentees() as u32).flat_map(|mentee| graph.of(mentee));
    let first = edges.next()?.kind;
    edges.all(|edge| edge.kind == first).then_some(first)
}

/// Right prices, lots aside, for a graph where all pairs cost the same; nothing for others.
pub(crate) fn prices<L: Level>(
    graph: &mut Graph,
    scale: &Scale,
    mode: Mode,
    short: Option<&[Shortage; 2]>,
) -> Option<Vec<L>> {
    let kind = kind(graph).filter(|_| mode == Mode::Participation)?;
    let [mentee_parts, mentor_parts] = parts(graph, short);
    let room = graph.room.clone();
    let mut lone: Vec<u32> = (0..graph.mentees() as u32)
        .filter(|&mentee| {
            let mentee = mentee as usize;
            mentee_parts[mentee] == Part::Ample && !graph.settled[mentee]
        })
        .collect();
    let mut seats = Seats::new(graph);
    let mut search = Search::new(graph);
    // In how many levels each place was still wanted when it was full.
    let mut wanted = vec![0_u32; graph.mentors()];
    let mut level = 0;
    while !lone.is_empty() && level < LEVELS {
        level += 1;
        for (mentor, open) in graph.room.iter_mut().enumerate() {
            *open = match mentor_parts[mentor] {
                Part::Ample if scale.load == 0 => room[mentor],
                Part::Ample => room[mentor].min(level.saturating_sub(graph.pinned[mentor])),
                _ => 0,
            };
        }
        search.fill(graph, &mut seats, &mut lone);
        for (wanted, is_reached) in wanted.iter_mut().zip(reach(graph, &seats, &lone).mentors) {
            *wanted += u32::from(is_reached);
        }
    }
    graph.room = room;
    let price = |mentor: usize| match mentor_parts[mentor] {
        _ if graph.room[mentor] == 0 => scale.out[0] + scale.bound,
        Part::Ample => scale.load * i128::from(wanted[mentor]),
        Part::Scarce => scale.out[1] - scale.kind(kind),
        Part::ScarceFirst => scale.out[0] - scale.kind(kind),
    };
    lone.is_empty().then(|| (0..graph.mentors()).map(|mentor| L::narrow(price(mentor))).collect())
}
