//! Breaks ties between matchings that the levels of the objective leave equal.
//!
//! Exact prices of the levels leave few choices. A matched mentee takes one of its cheapest choices. A seat
//! that costs less than its price is taken, one that costs more stays free, and one that costs exactly its
//! price may be either. All such matchings are equally good on the levels, and all others are worse. So the
//! tie-break values are a matching problem of their own, over the cheapest choices only. An auction finds
//! prices for it, which count only among equal prices of the levels.

use crate::{
    auction::{Auction, INFINITE, Lists},
    graph::{Edge, Graph, TIE_BREAK_BITS},
    slots::MentorSlots,
    weight::{Level, Weight},
};

/// Number of bits of a tie-break value in the auction. More bits mean more rounds with smaller steps, which
/// cost more than the searches that they save.
const BITS: u32 = 17;
/// The range of tie-break values that the auction is given. Half more than the real range makes exactly two
/// rounds.
const RANGE: i64 = 3 << (BITS - 1);
/// Number of bits of a price that leave room for sums.
const PRICE_BITS: u32 = 61 - (TIE_BREAK_BITS - BITS);

/// The numbers of the levels, without tie-breaking.
pub(crate) struct Levels<'l, L> {
    /// The cost of a pair, by its kind.
    pub(crate) costs: &'l [L],
    /// The additional cost of each further mentee of a mentor.
    pub(crate) load: L,
    /// The cost of staying unmatched, by class.
    pub(crate) unmatched: [L; 2],
    /// The exact price of a place at each mentor.
    pub(crate) prices: &'l [L],
}

impl<L: Level> Levels<'_, L> {
    /// The prices with approximate tie-break prices added.
    pub(crate) fn break_ties(&self, graph: &Graph) -> Vec<Weight<L>> {
        let (room, given) = self.seat_limits(graph);
        let mut mentee_edges = Lists::default();
        let mut degrees = vec![0_u32; graph.mentors()];
        let mut unmatched = Vec::with_capacity(graph.mentees());
        mentee_edges.starts.push(0);
        for mentee in 0..graph.mentees() as u32 {
            let outside = self.unmatched[usize::from(graph.classes[mentee as usize])];
            let total = |edge: &Edge| self.costs[usize::from(edge.kind)] + self.prices[edge.to as usize];
            let due = graph.mentee_edges(mentee).iter().map(total).fold(outside, L::min);
            unmatched.push(if due < outside { INFINITE } else { 1 << BITS });
            for edge in graph.mentee_edges(mentee).iter().filter(|edge| total(edge) == due) {
                if room[edge.to as usize] > 0 {
                    let tie_break =
                        (graph.tie_break(mentee, edge.to) >> (TIE_BREAK_BITS - BITS)) + (1 << BITS);
                    mentee_edges.edges.push((edge.to, tie_break as i32));
                    degrees[edge.to as usize] += 1;
                }
            }
            mentee_edges.starts.push(mentee_edges.edges.len() as u32);
        }
        let mentor_edges = mentee_edges.reversed(&degrees);
        let mentors = room.into_iter().zip(given).zip(&degrees).map(|((room, given), &degree)| MentorSlots {
            room: room.min(degree),
            given,
            ..MentorSlots::default()
        });
        let prices = vec![0; graph.mentors()];
        let mut auction =
            Auction::new([mentee_edges, mentor_edges], mentors.collect(), [prices, unmatched], 0);
        auction.run(RANGE, 0);
        (self.prices.iter().zip(&auction.prices))
            .map(|(&hi, &price)| {
                let price = price.clamp(-1 << PRICE_BITS, 1 << PRICE_BITS);
                Weight { hi, lo: price << (TIE_BREAK_BITS - BITS) }
            })
            .collect()
    }

    /// How many seats of each mentor may be taken, and how many must be.
    fn seat_limits(&self, graph: &Graph) -> (Vec<u32>, Vec<u32>) {
        let both = graph.room.iter().zip(&graph.pinned).zip(self.prices);
        both.map(|((&room, &pinned), &price)| {
            let seats = |is_in: &dyn Fn(L) -> bool| {
                // Each seat costs at least as much as the one before.
                let (mut low, mut high) = (0, room);
                while low < high {
                    let middle = low + (high - low) / 2;
                    if is_in(self.load.times(pinned + middle)) { low = middle + 1 } else { high = middle }
                }
                low
            };
            (seats(&|seat| seat <= price), seats(&|seat| seat < price))
        })
        .unzip()
    }
}
