//! Finds the best matching: the shortages, starting prices, exact prices.

use crate::{
    assignment::Assignment,
    cardinality::{reachable, shortages},
    equal,
    figures::with_figures,
    graph::Graph,
    instance::{Instance, Mode},
    limits::{MAX_PEOPLE, MAX_SCORE},
    market::Market,
    result::{Certificate, Matching},
    scale::Scale,
    stable, start,
    ties::Levels,
    weight::{Level, Weight},
};

/// The best matching of an instance, without the instance itself.
pub(crate) struct Solution {
    pub(crate) scale: Scale,
    pub(crate) market: Width,
    /// The deficient sets; `None` when a change has made them outdated.
    pub(crate) deficient: Option<[Vec<u32>; 2]>,
    /// How much the cost of a matching can still grow before the weights are too small.
    pub(crate) slack: i128,
}

/// A stable matching without prices, or a market with 64-bit or 128-bit numbers.
pub(crate) enum Width {
    Stable(Assignment),
    Narrow(Box<Market<i64>>),
    Wide(Box<Market<i128>>),
}

impl Solution {
    pub(crate) fn new(instance: &Instance) -> Self {
        let graph = Graph::new(instance);
        let scale = Scale::of(instance);
        let slack = scale.slack;
        let (market, deficient) = match instance.options.mode {
            Mode::Stable => (Width::Stable(stable::propose(instance, &graph)), None),
            _ if scale.is_narrow() => {
                let (market, deficient) = open_market(instance, &scale, graph);
                (Width::Narrow(Box::new(market)), deficient)
            }
            _ => {
                let (market, deficient) = open_market(instance, &scale, graph);
                (Width::Wide(Box::new(market)), deficient)
            }
        };
        Self { scale, market, deficient, slack }
    }

    pub(crate) fn matching(&self, instance: &Instance) -> Matching {
        let mode = instance.options.mode;
        let certificate = match &self.market {
            Width::Stable(_) => None,
            Width::Narrow(market) => Some(self.certificate(mode, market)),
            Width::Wide(market) => Some(self.certificate(mode, market)),
        };
        with_figures(instance, pairs(instance, self.assignment()), certificate)
    }

    pub(crate) fn assignment(&self) -> &Assignment {
        match &self.market {
            Width::Stable(assignment) => assignment,
            Width::Narrow(market) => &market.assignment,
            Width::Wide(market) => &market.assignment,
        }
    }

    fn certificate<L: Level>(&self, mode: Mode, market: &Market<L>) -> Certificate {
        let deficient = match (&self.deficient, mode) {
            (Some(deficient), _) => deficient.clone(),
            (None, Mode::Participation) => [1, 0].map(|max_class| {
                let unmatched: Vec<u32> = (0..market.graph.mentees() as u32)
                    .filter(|&mentee| {
                        market.is_unmatched(mentee) && market.graph.classes[mentee as usize] <= max_class
                    })
                    .collect();
                reachable(&market.graph, &market.assignment, &unmatched).mentee_indices()
            }),
            (None, _) => Default::default(),
        };
        let [deficient, deficient_class0] = deficient;
        Certificate {
            weights: [self.scale.cost, self.scale.kept],
            prices: market.prices.iter().map(|price| price.hi.wide()).collect(),
            multipliers: self.scale.unmatched,
            deficient,
            deficient_class0,
        }
    }
}

/// Prices from a certificate, which contains no tie-breaking.
pub(crate) fn without_tie_break<L: Level>(prices: &[i128]) -> Vec<Weight<L>> {
    prices.iter().map(|&price| Weight::level(L::narrow(price))).collect()
}

/// A market at the best matching, and the deficient sets.
fn open_market<L: Level>(
    instance: &Instance,
    scale: &Scale,
    mut graph: Graph,
) -> (Market<L>, Option<[Vec<u32>; 2]>) {
    let mode = instance.options.mode;
    let deficient = (mode == Mode::Participation).then(|| shortages(&graph));
    let prices = match equal::prices(&mut graph, scale, mode, deficient.as_ref()) {
        Some(prices) => {
            let (load, unmatched) = (L::narrow(scale.load), scale.unmatched.map(L::narrow));
            Levels { costs: &costs(scale), load, unmatched, prices: &prices }.break_ties(&graph)
        }
        None => start::prices(&graph, scale, mode, deficient.as_ref()),
    };
    let mentee_indices = deficient.map(|deficient| deficient.map(|deficient| deficient.mentee_indices()));
    (settled_market(scale, graph, prices), mentee_indices)
}

/// The cost of a pair, by its kind.
fn costs<L: Level>(scale: &Scale) -> Vec<L> {
    (0..2 * (MAX_SCORE + 1)).map(|kind| L::narrow(scale.kind(kind))).collect()
}

/// A market at the best matching, from any starting prices.
pub(crate) fn settled_market<L: Level>(scale: &Scale, graph: Graph, prices: Vec<Weight<L>>) -> Market<L> {
    let mut market =
        Market::new(graph, prices, costs(scale), scale.unmatched.map(L::narrow), L::narrow(scale.load));
    market.settle();
    market
}

/// The matched pairs including pins, sorted.
fn pairs(instance: &Instance, assignment: &Assignment) -> Vec<(u32, u32)> {
    let mut pairs = Vec::with_capacity(instance.mentees());
    for (mentee, (&mentor, &pin)) in (0..).zip(assignment.mentor.iter().zip(&instance.pins)) {
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

    /// Forty mentees and twenty mentors, with frequent equal scores and a third of the pairs kept.
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
                let mut solution = Solution::new(&instance);
                assert!(matches!(solution.market, Width::Narrow(_)));
                let matching = solution.matching(&instance);
                let scale = Scale::of(&instance);
                let (market, _) = open_market(&instance, &scale, Graph::new(&instance));
                solution.market = Width::Wide(Box::new(market));
                assert_eq!(matching, solution.matching(&instance));
                assert_eq!(verify(&instance, &matching), Ok(()));
            }
        }
    }
}
