//! Finding the best matching: who is short, good prices, right prices.

use crate::{
    answer::{Answer, Certificate},
    cardinality::{reach, shortages},
    equal,
    figures::finish,
    graph::Graph,
    instance::{BEST, Instance, MAX_PEOPLE, Mode},
    market::Market,
    scale::Scale,
    seats::Seats,
    stable, start,
    ties::Levels,
    weight::{Level, Weight},
};

/// The best matching of an instance, without it.
pub(crate) struct Found {
    pub(crate) scale: Scale,
    pub(crate) market: Width,
    /// The deficient sets, while they are known.
    pub(crate) short: Option<[Vec<u32>; 2]>,
    /// How much the cost of a matching can still grow before the weights are too small.
    pub(crate) slack: i128,
}

/// Stable matchings have no prices; the others have them in one of two widths.
pub(crate) enum Width {
    Stable(Seats),
    Narrow(Box<Market<i64>>),
    Wide(Box<Market<i128>>),
}

impl Found {
    pub(crate) fn new(instance: &Instance) -> Self {
        let graph = Graph::new(instance);
        let scale = Scale::of(instance);
        let slack = scale.slack;
        let (market, short) = match instance.options.mode {
            Mode::Stable => (Width::Stable(stable::propose(instance, &graph)), None),
            _ if scale.is_narrow() => {
                let (market, short) = open(instance, &scale, graph);
                (Width::Narrow(Box::new(market)), short)
            }
            _ => {
                let (market, short) = open(instance, &scale, graph);
                (Width::Wide(Box::new(market)), short)
            }
        };
        Self { scale, market, short, slack }
    }

    pub(crate) fn answer(&self, instance: &Instance) -> Answer {
        let mode = instance.options.mode;
        let certificate = match &self.market {
            Width::Stable(_) => None,
            Width::Narrow(market) => Some(self.certificate(mode, market)),
            Width::Wide(market) => Some(self.certificate(mode, market)),
        };
        finish(instance, pairs(instance, self.seats()), certificate)
    }

    pub(crate) fn seats(&self) -> &Seats {
        match &self.market {
            Width::Stable(seats) => seats,
            Width::Narrow(market) => &market.seats,
            Width::Wide(market) => &market.seats,
        }
    }

    fn certificate<L: Level>(&self, mode: Mode, market: &Market<L>) -> Certificate {
        let short = match (&self.short, mode) {
            (Some(short), _) => short.clone(),
            (None, Mode::Participation) => [1, 0].map(|most_class| {
                let lone: Vec<u32> = (0..market.graph.mentees() as u32)
                    .filter(|&mentee| {
                        market.is_out(mentee) && market.graph.classes[mentee as usize] <= most_class
                    })
                    .collect();
                reach(&market.graph, &market.seats, &lone).names()
            }),
            (None, _) => Default::default(),
        };
        let [deficient, deficient_class0] = short;
        Certificate {
            weights: [self.scale.cost, self.scale.kept],
            prices: market.prices.iter().map(|price| price.hi.wide()).collect(),
            multipliers: self.scale.out,
            deficient,
            deficient_class0,
        }
    }
}

/// Prices from a proof, which knows no lots.
pub(crate) fn levels<L: Level>(prices: &[i128]) -> Vec<Weight<L>> {
    prices.iter().map(|&price| Weight::level(L::narrow(price))).collect()
}

/// A market at the best matching, with the deficient sets.
fn open<L: Level>(
    instance: &Instance,
    scale: &Scale,
    mut graph: Graph,
) -> (Market<L>, Option<[Vec<u32>; 2]>) {
    let mode = instance.options.mode;
    let short = (mode == Mode::Participation).then(|| shortages(&graph));
    let prices = match equal::prices(&mut graph, scale, mode, short.as_ref()) {
        Some(prices) => {
            let (load, out) = (L::narrow(scale.load), scale.out.map(L::narrow));
            Levels { costs: &costs(scale), load, out, prices: &prices }.part(&graph)
        }
        None => start::prices(&graph, scale, mode, short.as_ref()),
    };
    let names = short.map(|short| short.map(|short| short.names()));
    (settle(scale, graph, prices), names)
}

/// What a pair costs, by its kind.
fn costs<L: Level>(scale: &Scale) -> Vec<L> {
    (0..2 * (BEST + 1)).map(|kind| L::narrow(scale.kind(kind))).collect()
}

/// A market at the best matching, from any prices.
pub(crate) fn settle<L: Level>(scale: &Scale, graph: Graph, prices: Vec<Weight<L>>) -> Market<L> {
    let mut market =
        Market::new(graph, prices, costs(scale), scale.out.map(L::narrow), L::narrow(scale.load));
    market.clear_up();
    market
}

/// The pairs, the pins among them, sorted.
fn pairs(instance: &Instance, seats: &Seats) -> Vec<(u32, u32)> {
    let mut pairs = Vec::with_capacity(instance.mentees());
    for (mentee, (&mentor, &pin)) in (0..).zip(seats.mentor.iter().zip(&instance.pins)) {
        let mentor = pin.or(Some(mentor).filter(|&mentor| mentor < MAX_PEOPLE));
        pairs.extend(mentor.map(|mentor| (mentee, mentor)));
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Candidate, Draft, Options, Order, graph::mix, verify};

    fn hash(seed: u64, side: u64, at: u32) -> u64 {
        mix(mix(seed + 1) ^ mix(side << 32 | u64::from(at)))
    }

    /// Forty mentees and twenty mentors, scores that collide, a third of the pairs kept.
    fn instance(seed: u64, options: Options) -> Instance {
        let all = (0..800_u32).filter(|&at| hash(seed, 3, at).is_multiple_of(4));
        let candidates = all.clone().map(|at| Candidate {
            mentee: at / 20,
            mentor: at % 20,
            score: (hash(seed, 4, at) % 11 * 100) as u16,
            ranks: None,
        });
        let draft = Draft {
            classes: (0..40).map(|at| (hash(seed, 5, at) % 2) as u8).collect(),
            places: (0..20).map(|at| (hash(seed, 6, at) % 4) as u32).collect(),
            candidates: candidates.collect(),
            kept: all
                .filter(|&at| hash(seed, 7, at).is_multiple_of(3))
                .map(|at| (at / 20, at % 20))
                .collect(),
            options,
            ..Draft::default()
        };
        draft.check().unwrap()
    }

    #[test]
    fn both_widths_say_the_same() {
        for seed in 0..60 {
            for (order, mode) in [
                (Order::Cost, Mode::Participation),
                (Order::Kept, Mode::Participation),
                (Order::Cost, Mode::BestScore),
                (Order::Kept, Mode::BestScore),
            ] {
                let instance =
                    instance(seed, Options { seed, order, mode, floor: 400, ..Options::default() });
                let mut found = Found::new(&instance);
                assert!(matches!(found.market, Width::Narrow(_)));
                let answer = found.answer(&instance);
                let scale = Scale::of(&instance);
                let (market, _) = open(&instance, &scale, Graph::new(&instance));
                found.market = Width::Wide(Box::new(market));
                assert_eq!(answer, found.answer(&instance));
                assert_eq!(verify(&instance, &answer), Ok(()));
            }
        }
    }
}
