//! Instances where everybody could have every mentor and each mentor has one place: a [matrix](crate::matrix)
//! instead of a graph.

use crate::{
    answer::{Answer, Certificate},
    figures::finish,
    graph::{Graph, kind},
    instance::{BEST, Instance, Mode},
    market::Market,
    matrix::{Cell, Matrix},
    scale::Scale,
    ties::Levels,
};

/// Whether an instance may be one of these, so that everybody will be matched.
fn is_full(instance: &Instance) -> bool {
    let (mentees, mentors) = (instance.mentees(), instance.mentors());
    instance.options.mode == Mode::Participation
        && mentees > 0
        && mentees <= mentors
        && instance.pairs.len() == mentees * mentors
        && instance.places.iter().all(|&places| places == 1)
}

/// The best matching of a full instance; nothing for others, and if numbers need 128 bits.
pub(crate) fn solve(instance: &Instance) -> Option<Answer> {
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
    let costs: Vec<i64> = (0..2 * (BEST + 1)).map(|kind| scale.kind(kind) as i64).collect();
    let (prices, tight) = assign::<i32>(instance, &costs).or_else(|| assign::<i64>(instance, &costs))?;
    let out = scale.out.map(|out| out as i64);
    let load = scale.load as i64;
    let graph = Graph::with(instance, || tight.iter().map(|&at| &instance.pairs[at as usize]));
    let levels = Levels { costs: &costs, load, out, prices: &prices };
    let weights = levels.part(&graph);
    let mut market = Market::new(graph, weights, costs, out, load);
    market.clear_up();
    let pairs = (0..).zip(market.seats.mentor.iter().copied()).collect();
    let certificate = Certificate {
        weights: [scale.cost, scale.kept],
        prices: market.prices.iter().map(|price| price.hi.into()).collect(),
        multipliers: scale.out,
        deficient: Vec::new(),
        deficient_class0: Vec::new(),
    };
    Some(finish(instance, pairs, Some(certificate)))
}

/// Right prices, and the indices of the pairs that are cheapest at them.
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
