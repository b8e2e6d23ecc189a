//! Instances in which every pair is a candidate and each mentor has one place. They use a
//! [matrix](crate::matrix) instead of a graph.

use crate::{
    figures::with_figures,
    graph::{Graph, kind},
    instance::{Instance, Mode},
    limits::MAX_SCORE,
    market::Market,
    matrix::{Cell, Matrix},
    result::{Certificate, Matching},
    scale::Scale,
    ties::Levels,
};

/// Whether an instance may have this shape, in which everybody is matched.
fn is_full(instance: &Instance) -> bool {
    let (mentees, mentors) = (instance.mentees(), instance.mentors());
    instance.options.mode == Mode::Participation
        && mentees > 0
        && mentees <= mentors
        && instance.pairs.len() == mentees * mentors
        && instance.places.iter().all(|&places| places == 1)
}

/// The best matching of such an instance; `None` for others, and if the numbers need 128 bits.
pub(crate) fn solve(instance: &Instance) -> Option<Matching> {
    if !is_full(instance) {
        return None;
    }
    let (mut is_open, mut kept) = (true, 0_u32);
    for pair in &instance.pairs {
        is_open &= pair.open;
        kept += u32::from(pair.kept);
    }
    let scale = Scale::with(instance, &vec![instance.mentees() as u32; instance.mentors()], kept.into());
    if !is_open || !scale.is_narrow() {
        return None;
    }
    let costs: Vec<i64> = (0..2 * (MAX_SCORE + 1)).map(|kind| scale.kind(kind) as i64).collect();
    let (prices, tight) = assign::<i32>(instance, &costs).or_else(|| assign::<i64>(instance, &costs))?;
    let unmatched = scale.unmatched.map(|unmatched| unmatched as i64);
    let load = scale.load as i64;
    let graph = Graph::with(instance, || tight.iter().map(|&at| &instance.pairs[at as usize]));
    let levels = Levels { costs: &costs, load, unmatched, prices: &prices };
    let weights = levels.break_ties(&graph);
    let mut market = Market::new(graph, weights, costs, unmatched, load);
    market.settle();
    let pairs = (0..).zip(market.assignment.mentor.iter().copied()).collect();
    let certificate = Certificate {
        weights: [scale.cost, scale.kept],
        prices: market.prices.iter().map(|price| price.hi.into()).collect(),
        multipliers: scale.unmatched,
        deficient: Vec::new(),
        deficient_class0: Vec::new(),
    };
    Some(with_figures(instance, pairs, Some(certificate)))
}

/// Exact prices, and the indices of the pairs that are cheapest at these prices.
fn assign<C: Cell + TryFrom<i64> + Into<i64>>(
    instance: &Instance,
    costs: &[i64],
) -> Option<(Vec<i64>, Vec<u32>)> {
    let least = costs.iter().min()?;
    let cost = |cost: &i64| C::try_from(cost - least).ok().filter(|cost| *cost < C::LIMIT);
    let costs: Vec<C> = costs.iter().map(cost).collect::<Option<_>>()?;
    let columns = instance.mentors();
    let matrix =
        Matrix::new(columns, instance.pairs.iter().map(|pair| costs[usize::from(kind(pair))]).collect());
    let assigned = matrix.assign()?;
    let mut tight = Vec::new();
    for (row, &due) in assigned.dues.iter().enumerate() {
        let totals = matrix.row(row as u32).iter().zip(&assigned.prices).map(|(&cell, &price)| cell + price);
        let cheapest = totals.enumerate().filter(|(_, total)| *total == due);
        tight.extend(cheapest.map(|(column, _)| (row * columns + column) as u32));
    }
    Some((assigned.prices.into_iter().map(Into::into).collect(), tight))
}
