//! Where the market begins: the prices of an auction in each part of the graph.

use crate::{
    auction::{Auction, Lists, NEVER},
    cardinality::Shortage,
    graph::{Graph, LOT_BITS},
    instance::{BEST, Mode},
    scale::Scale,
    slots::Mentor,
    weight::{Level, Weight},
};

/// Which shortage somebody belongs to. The best matchings have no pair across.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// Places are enough: everybody is matched, seats may stay free.
    Ample,
    /// All places are taken, by all of class 0 and some others.
    Scarce,
    /// All places are taken, by some of class 0.
    ScarceFirst,
}

/// The bits that a cost has in the auction, less than an `i32` has.
const BITS: i32 = 29;
/// Bits after the point, at most.
const MAX_SHIFT: i32 = 14;

/// Costs as the auction counts them: over the least one, in units of 2^−shift.
struct Rounding {
    least: i128,
    shift: i32,
}

impl Rounding {
    fn of(graph: &Graph, scale: &Scale) -> (Self, i128) {
        let mut is_used = vec![false; 2 * usize::from(BEST + 1)];
        for mentee in 0..graph.mentees() as u32 {
            for edge in graph.of(mentee) {
                is_used[usize::from(edge.kind)] = true;
            }
        }
        let used = || (0_u16..).zip(&is_used).filter(|(_, is)| **is).map(|(kind, _)| scale.kind(kind));
        let least = used().min().unwrap_or(0);
        let range = used().max().unwrap_or(0) - least;
        let shift = (range.leading_zeros() as i32 - (128 - BITS)).min(MAX_SHIFT);
        (Self { least, shift }, range)
    }

    fn near(&self, wide: i128) -> i64 {
        // Far over anything that matters, far under what sums could overflow by.
        let far = 1 << 50;
        let cut = wide.clamp(-(far << 1), far << 1);
        (if self.shift >= 0 { cut << self.shift } else { wide >> -self.shift }).clamp(-far, far) as i64
    }

    fn lot(&self, lot: i64) -> i32 {
        if self.shift > 0 { (lot >> (LOT_BITS as i32 - self.shift)) as i32 } else { 0 }
    }

    fn back<L: Level>(&self, price: i64) -> Weight<L> {
        if self.shift < 0 {
            return Weight::level(L::narrow(i128::from(price) << -self.shift));
        }
        let rest = price & ((1 << self.shift) - 1);
        let hi = L::narrow(i128::from(price >> self.shift));
        Weight { hi, lo: rest << (LOT_BITS as i32 - self.shift) }
    }
}

/// Prices that leave the market little to do.
pub(crate) fn prices<L: Level>(
    graph: &Graph,
    scale: &Scale,
    mode: Mode,
    short: Option<&[Shortage; 2]>,
) -> Vec<Weight<L>> {
    let [mentee_parts, mentor_parts] = parts(graph, short);
    let (rounding, range) = Rounding::of(graph, scale);
    let top = rounding.near(range) + (1 << rounding.shift.max(1));
    let costs: Vec<i32> = (0..2 * (BEST + 1))
        .map(|kind| rounding.near((scale.kind(kind) - rounding.least).clamp(0, range)) as i32)
        .collect();
    let lists = lists(graph, &mentee_parts, &mentor_parts, |mentee, mentor, kind| {
        costs[usize::from(kind)] + rounding.lot(graph.lot(mentee, mentor))
    });
    let load = rounding.near(scale.load);
    let mentors: Vec<Mentor> = (0..graph.mentors())
        .map(|mentor| Mentor {
            base: load.saturating_mul(graph.pinned[mentor].into()).min(NEVER),
            room: graph.room[mentor].min(lists[1].degree(mentor)),
            given: if mentor_parts[mentor] == Part::Ample { 0 } else { u32::MAX },
            ..Mentor::default()
        })
        .collect();
    // Where places are short, prices fall from where nobody wants one.
    let prices: Vec<i64> = mentor_parts
        .iter()
        .zip(&mentors)
        .map(|(&part, mentor)| if part == Part::Ample { mentor.base } else { 5 * top })
        .collect();
    let floor = if mode == Mode::BestScore { rounding.near(scale.out[0] - rounding.least) } else { NEVER };
    let out = mentee_parts.iter().zip(&graph.classes).map(|(&part, &class)| match part {
        Part::Ample => floor,
        Part::Scarce if class == 0 => 4 * top,
        _ => 0,
    });
    let ample = mentors.iter().filter(|mentor| mentor.given == 0 && mentor.room > 0);
    let last =
        ample.map(|mentor| mentor.base.saturating_add(load.saturating_mul(i64::from(mentor.room) - 1)));
    let seats = last.max().unwrap_or(0).min(1 << 54);
    let mut auction = Auction::new(lists, mentors, [prices, out.collect()], load);
    auction.run(top, seats);
    // What staying out costs there was 0 in the auction.
    let shifted = |class: usize, price| Weight::level(L::narrow(scale.out[class] - rounding.least)) + price;
    (mentor_parts.iter().zip(&graph.room).zip(&auction.prices))
        .map(|((&part, &room), &price)| match part {
            _ if room == 0 => Weight::level(L::narrow(scale.out[0] + scale.bound)),
            Part::Ample => rounding.back(price),
            Part::Scarce => shifted(1, rounding.back(price)),
            Part::ScarceFirst => shifted(0, rounding.back(price)),
        })
        .collect()
}

/// Part of each mentee and of each mentor.
pub(crate) fn parts(graph: &Graph, short: Option<&[Shortage; 2]>) -> [Vec<Part>; 2] {
    let mut parts = [vec![Part::Ample; graph.mentees()], vec![Part::Ample; graph.mentors()]];
    for (part, short) in [Part::Scarce, Part::ScarceFirst].into_iter().zip(short.into_iter().flatten()) {
        for (parts, is_short) in parts.iter_mut().zip([&short.mentees, &short.mentors]) {
            for (mine, _) in parts.iter_mut().zip(is_short).filter(|(_, is_short)| **is_short) {
                *mine = part;
            }
        }
    }
    parts
}

/// The edges within parts, from both sides.
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
        for edge in graph.of(mentee).iter().filter(|_| is_in) {
            if mentor_parts[edge.to as usize] == part && graph.room[edge.to as usize] > 0 {
                of.edges.push((edge.to, cost(mentee, edge.to, edge.kind)));
                degrees[edge.to as usize] += 1;
            }
        }
        of.starts.push(of.edges.len() as u32);
    }
    let to = of.turned(&degrees);
    [of, to]
}
