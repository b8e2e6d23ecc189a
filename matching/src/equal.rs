//! Prices by counting, for instances in which all pairs cost the same and only the load matters.
//!
//! Matching one more mentee then costs as much as its seat. So seats open level by level: the first of each
//! mentor, then the second, and so on. At each level as many mentees as possible are matched, and matched
//! mentees stay matched. A place that is still wanted when a level is full costs more than that level, the
//! other places do not.

use crate::{
    assignment::Assignment,
    cardinality::{Search, Shortage, reachable},
    graph::Graph,
    instance::Mode,
    scale::Scale,
    start::{Part, parts},
    weight::Level,
};

/// The method takes too long with more levels.
const LEVELS: u32 = 64;

/// The cost of all pairs as an index; `None` if they differ.
fn kind(graph: &Graph) -> Option<u16> {
    let mut edges = (0..graph.mentees() as u32).flat_map(|mentee| graph.mentee_edges(mentee));
    let first = edges.next()?.kind;
    edges.all(|edge| edge.kind == first).then_some(first)
}

/// Exact prices without tie-breaking, for a graph in which all pairs cost the same; `None` for other
/// graphs.
pub(crate) fn prices<L: Level>(
    graph: &mut Graph,
    scale: &Scale,
    mode: Mode,
    short: Option<&[Shortage; 2]>,
) -> Option<Vec<L>> {
    let kind = kind(graph).filter(|_| mode == Mode::Participation)?;
    let [mentee_parts, mentor_parts] = parts(graph, short);
    let room = graph.room.clone();
    let mut unmatched: Vec<u32> = (0..graph.mentees() as u32)
        .filter(|&mentee| {
            let mentee = mentee as usize;
            mentee_parts[mentee] == Part::Ample && !graph.excluded[mentee]
        })
        .collect();
    let mut assignment = Assignment::new(graph);
    let mut search = Search::new(graph);
    // In how many levels each place was still wanted after it was full.
    let mut wanted = vec![0_u32; graph.mentors()];
    let mut level = 0;
    while !unmatched.is_empty() && level < LEVELS {
        level += 1;
        for (mentor, open) in graph.room.iter_mut().enumerate() {
            *open = match mentor_parts[mentor] {
                Part::Ample if scale.load == 0 => room[mentor],
                Part::Ample => room[mentor].min(level.saturating_sub(graph.pinned[mentor])),
                _ => 0,
            };
        }
        search.match_more(graph, &mut assignment, &mut unmatched);
        for (wanted, is_reached) in wanted.iter_mut().zip(reachable(graph, &assignment, &unmatched).mentors) {
            *wanted += u32::from(is_reached);
        }
    }
    graph.room = room;
    let price = |mentor: usize| match mentor_parts[mentor] {
        _ if graph.room[mentor] == 0 => scale.unmatched[0] + scale.bound,
        Part::Ample => scale.load * i128::from(wanted[mentor]),
        Part::Scarce => scale.unmatched[1] - scale.kind(kind),
        Part::ScarceFirst => scale.unmatched[0] - scale.kind(kind),
    };
    unmatched.is_empty().then(|| (0..graph.mentors()).map(|mentor| L::narrow(price(mentor))).collect())
}
