//! Lots among what the levels leave equal.
//!
//! Right prices of the upper levels leave few choices: whoever is in takes one of its cheapest, a seat that costs
//! less than its price is taken, one that costs more stays free, and one that costs just as much may be either. Every
//! matching like this is as good as any other on the upper levels, and no other is. So the lots
//! are a matching problem of their own, over the cheapest choices alone: an auction gives prices for it, which
//! count only among equal prices of the upper levels.

use crate::{
    auction::{Auction, Lists, NEVER},
    graph::{Edge, Graph, LOT_BITS},
    slots::Mentor,
    weight::{Level, Weight},
};

/// The bits that a lot has in the auction. More of them, and so more rounds with smaller steps, cost more than the
/// searches that they save.
const BITS: u32 = 17;
/// What the auction is told that lots differ by. Half more than they do makes just two rounds.
const RANGE: i64 = 3 << (BITS - 1);
/// The bits of a price that leave room for sums.
const PRICE_BITS: u32 = 61 - (LOT_BITS - BITS);

/// What the upper levels say.
pub(crate) struct Levels<'l, L> {
    /// What a pair costs, by its kind.
    pub(crate) costs: &'l [L],
    /// What each further mentee of one mentor adds.
    pub(crate) load: L,
    /// What staying out costs, by class.
    pub(crate) out: [L; 2],
    /// What a place costs, by mentor: right, as far as these levels go.
    pub(crate) prices: &'l [L],
}

impl<L: Level> Levels<'_, L> {
    /// The prices, with near right ones for the lots.
    pub(crate) fn part(&self, graph: &Graph) -> Vec<Weight<L>> {
        let (room, given) = self.seats(graph);
        let mut of = Lists::default();
        let mut degrees = vec![0_u32; graph.mentors()];
        let mut out = Vec::with_capacity(graph.mentees());
        of.starts.push(0);
        for mentee in 0..graph.mentees() as u32 {
            let outside = self.out[usize::from(graph.classes[mentee as usize])];
            let total = |edge: &Edge| self.costs[usize::from(edge.kind)] + self.prices[edge.to as usize];
            let due = graph.of(mentee).iter().map(total).fold(outside, L::min);
            out.push(if due < outside { NEVER } else { 1 << BITS });
            for edge in graph.of(mentee).iter().filter(|edge| total(edge) == due) {
                if room[edge.to as usize] > 0 {
                    let lot = (graph.lot(mentee, edge.to) >> (LOT_BITS - BITS)) + (1 << BITS);
                    of.edges.push((edge.to, lot as i32));
                    degrees[edge.to as usize] += 1;
                }
            }
            of.starts.push(of.edges.len() as u32);
        }
        let to = of.turned(&degrees);
        let mentors = room.into_iter().zip(given).zip(&degrees).map(|((room, given), &degree)| Mentor {
            room: room.min(degree),
            given,
            ..Mentor::default()
        });
        let prices = vec![0; graph.mentors()];
        let mut auction = Auction::new([of, to], mentors.collect(), [prices, out], 0);
        auction.run(RANGE, 0);
        (self.prices.iter().zip(&auction.prices))
            .map(|(&hi, &price)| {
                let price = price.clamp(-1 << PRICE_BITS, 1 << PRICE_BITS);
                Weight { hi, lo: price << (LOT_BITS - BITS) }
            })
            .collect()
    }

    /// How many seats of each mentor may be taken, and how many must be.
    fn seats(&self, graph: &Graph) -> (Vec<u32>, Vec<u32>) {
        let both = graph.room.iter().zip(&graph.pinned).zip(self.prices);
        both.map(|((&room, &pinned), &price)| {
            let seats = |is_in: &dyn Fn(L) -> bool| {
                // Seats get dearer one after the other.
                let (mut less, mut more) = (0, room);
                while less < more {
                    let middle = less + (more - less) / 2;
                    if is_in(self.load.times(pinned + middle)) { less = middle + 1 } else { more = middle }
                }
                less
            };
            (seats(&|seat| seat <= price), seats(&|seat| seat < price))
        })
        .unzip()
    }
}
