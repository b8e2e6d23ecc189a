//! The starting prices of the market, from an auction in each part of the graph.

use crate::{
    auction::{Auction, INFINITE, Lists},
    cardinality::Shortage,
    graph::{Graph, TIE_BREAK_BITS},
    instance::Mode,
    limits::MAX_SCORE,
    scale::Scale,
    slots::MentorSlots,
    weight::{Level, Weight},
};

/// The part of the graph to which a person belongs. No best matching has a pair across parts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// There are enough places: every mentee is matched, and seats may stay free.
    Ample,
    /// All places are taken, by all mentees of class 0 and some others.
    Scarce,
    /// All places are taken, by some mentees of class 0.
    ScarceFirst,
}

/// Number of bits of a cost in the auction. It must fit into an `i32` with room to spare.
const BITS: i32 = 29;
/// The highest number of fractional bits.
const MAX_SHIFT: i32 = 14;

/// Converts costs into those of the auction: relative to the lowest, in units of 2^−shift.
struct Rounding {
    least: i128,
    shift: i32,
}

impl Rounding {
    fn of(graph: &Graph, scale: &Scale) -> (Self, i128) {
        let mut is_used = vec![false; 2 * usize::from(MAX_SCORE + 1)];
        for mentee in 0..graph.mentees() as u32 {
            for edge in graph.mentee_edges(mentee) {
                is_used[usize::from(edge.kind)] = true;
            }
        }
        let used = || (0_u16..).zip(&is_used).filter(|(_, is)| **is).map(|(kind, _)| scale.kind(kind));
        let least = used().min().unwrap_or(0);
        let range = used().max().unwrap_or(0) - least;
        let shift = (range.leading_zeros() as i32 - (128 - BITS)).min(MAX_SHIFT);
        (Self { least, shift }, range)
    }

    fn round(&self, wide: i128) -> i64 {
        // Far above every real value, and far below what sums could overflow with.
        let far = 1 << 50;
        let cut = wide.clamp(-(far << 1), far << 1);
        (if self.shift >= 0 { cut << self.shift } else { wide >> -self.shift }).clamp(-far, far) as i64
    }

    fn tie_break(&self, tie_break: i64) -> i32 {
        if self.shift > 0 { (tie_break >> (TIE_BREAK_BITS as i32 - self.shift)) as i32 } else { 0 }
    }

    fn unround<L: Level>(&self, price: i64) -> Weight<L> {
        if self.shift < 0 {
            return Weight::level(L::narrow(i128::from(price) << -self.shift));
        }
        let rest = price & ((1 << self.shift) - 1);
        let hi = L::narrow(i128::from(price >> self.shift));
        Weight { hi, lo: rest << (TIE_BREAK_BITS as i32 - self.shift) }
    }
}

/// Prices with which the market needs only few searches.
pub(crate) fn prices<L: Level>(
    graph: &Graph,
    scale: &Scale,
    mode: Mode,
    short: Option<&[Shortage; 2]>,
) -> Vec<Weight<L>> {
    let [mentee_parts, mentor_parts] = parts(graph, short);
    let (rounding, range) = Rounding::of(graph, scale);
    let top = rounding.round(range) + (1 << rounding.shift.max(1));
    let costs: Vec<i32> = (0..2 * (MAX_SCORE + 1))
        .map(|kind| rounding.round((scale.kind(kind) - rounding.least).clamp(0, range)) as i32)
        .collect();
    let lists = lists(graph, &mentee_parts, &mentor_parts, |mentee, mentor, kind| {
        costs[usize::from(kind)] + rounding.tie_break(graph.tie_break(mentee, mentor))
    });
    let load = rounding.round(scale.load);
    let mentors: Vec<MentorSlots> = (0..graph.mentors())
        .map(|mentor| MentorSlots {
            base: load.saturating_mul(graph.pinned[mentor].into()).min(INFINITE),
            room: graph.room[mentor].min(lists[1].degree(mentor)),
            given: if mentor_parts[mentor] == Part::Ample { 0 } else { u32::MAX },
            ..MentorSlots::default()
        })
        .collect();
    // Where there are too few places, prices fall from a height at which nobody wants one.
    let prices: Vec<i64> = mentor_parts
        .iter()
        .zip(&mentors)
        .map(|(&part, mentor)| if part == Part::Ample { mentor.base } else { 5 * top })
        .collect();
    let floor =
        if mode == Mode::BestScore { rounding.round(scale.unmatched[0] - rounding.least) } else { INFINITE };
    let unmatched = mentee_parts.iter().zip(&graph.classes).map(|(&part, &class)| match part {
        Part::Ample => floor,
        Part::Scarce if class == 0 => 4 * top,
        _ => 0,
    });
    let ample = mentors.iter().filter(|mentor| mentor.given == 0 && mentor.room > 0);
    let last =
        ample.map(|mentor| mentor.base.saturating_add(load.saturating_mul(i64::from(mentor.room) - 1)));
    let seats = last.max().unwrap_or(0).min(1 << 54);
    let mut auction = Auction::new(lists, mentors, [prices, unmatched.collect()], load);
    auction.run(top, seats);
    // In the auction, staying unmatched cost 0 in these parts.
    let shifted =
        |class: usize, price| Weight::level(L::narrow(scale.unmatched[class] - rounding.least)) + price;
    (mentor_parts.iter().zip(&graph.room).zip(&auction.prices))
        .map(|((&part, &room), &price)| match part {
            _ if room == 0 => Weight::level(L::narrow(scale.unmatched[0] + scale.bound)),
            Part::Ample => rounding.unround(price),
            Part::Scarce => shifted(1, rounding.unround(price)),
            Part::ScarceFirst => shifted(0, rounding.unround(price)),
        })
        .collect()
}

/// The part of each mentee and of each mentor.
pub(crate) fn parts(graph: &Graph, short: Option<&[Shortage; 2]>) -> [Vec<Part>; 2] {
    let mut parts = [vec![Part::Ample; graph.mentees()], vec![Part::Ample; graph.mentors()]];
    for (part, short) in [Part::Scarce, Part::ScarceFirst].into_iter().zip(short.into_iter().flatten()) {
        for (parts, is_short) in parts.iter_mut().zip([&short.mentees, &short.mentors]) {
            for (own, _) in parts.iter_mut().zip(is_short).filter(|(_, is_short)| **is_short) {
                *own = part;
            }
        }
    }
    parts
}

/// The edges inside the parts, in lists for both sides.
fn lists(
    graph: &Graph,
    mentee_parts: &[Part],
    mentor_parts: &[Part],
    cost: impl Fn(u32, u32, u16) -> i32,
) -> [Lists; 2] {
    let mut of = Lists { starts: vec![0], edges: Vec::new() };
    let mut degrees = vec![0_u32; graph.mentors()];
    for mentee in 0..graph.mentees() as u32 {
        let part = mentee_parts[mentee as usize];
        let is_in = part != Part::ScarceFirst || graph.classes[mentee as usize] == 0;
        for edge in graph.mentee_edges(mentee).iter().filter(|_| is_in) {
            if mentor_parts[edge.to as usize] == part && graph.room[edge.to as usize] > 0 {
                of.edges.push((edge.to, cost(mentee, edge.to, edge.kind)));
                degrees[edge.to as usize] += 1;
            }
        }
        of.starts.push(of.edges.len() as u32);
    }
    let to = of.reversed(&degrees);
    [of, to]
}
