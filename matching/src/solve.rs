//! From an instance to an answer.

use crate::{
    answer::{Answer, Certificate},
    cardinality::{Shortage, shortages},
    graph::Graph,
    instance::{BEST, Instance, Mode, Order, Pair},
    market::Market,
    seats::Seats,
    stable,
    weight::Weight,
};

/// The best matching by the objective of the crate's page, with its proof.
///
/// The same instance gives the same answer on every machine.
pub fn solve(instance: &Instance) -> Answer {
    if instance.options.mode == Mode::Stable {
        let graph = Graph::new(instance, |_| ());
        let seats = stable::propose(instance, &graph);
        return finish(instance, pairs(instance, &graph, &seats), None);
    }
    let scale = Scale::of(instance);
    // Distances and prices stay under a small multiple of these.
    if scale.out[0].max(scale.bound).max(scale.first_seat) < 1 << 56 {
        priced::<i64>(instance, &scale)
    } else {
        priced::<i128>(instance, &scale)
    }
}

/// How the levels fold into one number.
struct Scale {
    cost: i128,
    kept: i128,
    /// No matching is worth more or less than this.
    bound: i128,
    /// No mentor's first seat after its pins costs more.
    first_seat: i128,
    out: [i128; 2],
}

/// The cost of a score.
fn regret(score: u16) -> i128 {
    let regret = i128::from(BEST - score);
    regret * regret
}

impl Scale {
    fn of(instance: &Instance) -> Self {
        let load = i128::from(instance.options.load);
        let people = instance.classes.len() as i128;
        let mut degrees = vec![0_u32; instance.places.len()];
        let mut open_kept = 0_i128;
        for pair in instance.pairs.iter().filter(|pair| pair.open) {
            degrees[pair.mentor as usize] += 1;
            open_kept += i128::from(pair.kept);
        }
        let mut most = people * regret(0);
        for ((&places, &pinned), &degree) in instance.places.iter().zip(&instance.pinned).zip(&degrees) {
            let (before, room) = (i128::from(pinned), i128::from((places - pinned).min(degree)));
            most += load * (room * before + room * (room - 1) / 2);
        }
        let (cost, kept) = match instance.options.order {
            Order::Cost => (open_kept + 1, 1),
            Order::Kept if open_kept == 0 => (1, 0),
            Order::Kept => (1, most + 1),
        };
        let bound = most * cost + open_kept.min(people) * kept;
        let out = match instance.options.mode {
            Mode::BestScore => [regret(instance.options.floor) * cost; 2],
            // Matching one more, or one of class 0 instead of another, outweighs everything else. Both are most
            // at once (see `cardinality`), so twice as much for class 0 does not go before the number.
            _ => [4 * bound + 4, 2 * bound + 2],
        };
        let most_pins = instance.pinned.iter().copied().max().unwrap_or(0);
        let first_seat = load * cost * i128::from(most_pins);
        Self { cost, kept, bound, first_seat, out }
    }

    fn pair(&self, pair: &Pair) -> i128 {
        regret(pair.score) * self.cost - if pair.kept { self.kept } else { 0 }
    }
}

fn priced<W: Weight>(instance: &Instance, scale: &Scale) -> Answer {
    // By score, without and with the bonus of a kept pair.
    let costs: Vec<[W; 2]> = (0..=BEST)
        .map(|score| {
            [false, true]
                .map(|kept| W::narrow(scale.pair(&Pair { mentee: 0, mentor: 0, score, kept, open: true })))
        })
        .collect();
    let graph = Graph::new(instance, |pair| costs[usize::from(pair.score)][usize::from(pair.kept)]);
    let load = W::narrow(i128::from(instance.options.load) * scale.cost);
    let mut market = Market::new(&graph, scale.out.map(W::narrow), load);
    let mut short = [Vec::new(), Vec::new()];
    if instance.options.mode == Mode::Participation {
        let (all, first) = shortages(&graph);
        short = [&all, &first].map(|short| names(&graph, short));
        scarce(&mut market, &graph, &all, &first, W::narrow(scale.kept));
    }
    for mentee in 0..graph.mentees.len() as u32 {
        if !graph.settled[mentee as usize] && market.seats.mentor[mentee as usize] == crate::seats::ABSENT {
            market.enter(mentee);
        }
    }
    let mut prices = vec![0; instance.mentors()];
    for (mentor, price) in market.prices.iter().enumerate() {
        prices[graph.mentors[mentor] as usize] =
            if graph.room[mentor] == 0 && !graph.to(mentor as u32).is_empty() {
                // Pins took every place; this price is too high for everybody else.
                scale.out[0] + scale.bound
            } else {
                price.wide()
            };
    }
    let [deficient, deficient_class0] = short;
    let certificate = Certificate { prices, multipliers: scale.out, deficient, deficient_class0 };
    finish(instance, pairs(instance, &graph, &market.seats), Some(certificate))
}

/// Where places are short, all of them will be taken: mentors choose, at prices that fall from those at which
/// everybody stays out.
fn scarce<W: Weight>(
    market: &mut Market<'_, W>,
    graph: &Graph<W>,
    all: &Shortage,
    first: &Shortage,
    bonus: W,
) {
    for mentee in 0..graph.mentees.len() as u32 {
        let is_class0 = graph.classes[mentee as usize] == 0;
        let short = if is_class0 { first } else { all };
        if short.mentees[mentee as usize] {
            market.stay_out(mentee);
        }
    }
    let [first_out, out] = market.out;
    for mentor in 0..graph.mentors.len() {
        if first.mentors[mentor] {
            market.prices[mentor] = first_out + bonus;
        } else if all.mentors[mentor] {
            market.prices[mentor] = out + bonus;
        }
    }
    for mentor in (0..graph.mentors.len()).filter(|&mentor| all.mentors[mentor] || first.mentors[mentor]) {
        while market.sell(mentor as u32) {}
    }
}

/// Old names of the mentees of a shortage, sorted.
fn names<W>(graph: &Graph<W>, short: &Shortage) -> Vec<u32> {
    let mut names: Vec<u32> = (graph.mentees.iter().zip(&short.mentees))
        .filter_map(|(&old, &is_short)| is_short.then_some(old))
        .collect();
    names.sort_unstable();
    names
}

/// Old names of the pairs, the pins among them, sorted.
fn pairs<W>(instance: &Instance, graph: &Graph<W>, seats: &Seats) -> Vec<(u32, u32)> {
    let mut pairs = Vec::with_capacity(graph.mentees.len());
    for (&old, &mentor) in graph.mentees.iter().zip(&seats.mentor) {
        match instance.pins[old as usize] {
            Some(pin) => pairs.push((old, pin)),
            None => pairs.extend(graph.mentors.get(mentor as usize).map(|&mentor| (old, mentor))),
        }
    }
    pairs.sort_unstable();
    pairs
}

/// Counts what the pairs are worth.
fn finish(instance: &Instance, pairs: Vec<(u32, u32)>, certificate: Option<Certificate>) -> Answer {
    let mut answer = Answer {
        matched: pairs.len() as u32,
        matched_class0: 0,
        cost: 0,
        kept: 0,
        blocking: 0,
        pairs,
        certificate,
    };
    let mut scores = vec![None; instance.mentees()];
    let mut filled = vec![0_u32; instance.mentors()];
    // The least score that a mentor could give up for a better one.
    let mut least: Vec<Option<u16>> = vec![None; instance.mentors()];
    for &(mentee, mentor) in &answer.pairs {
        let Some(pair) = instance.find(mentee, mentor).map(|at| instance.pairs[at]) else { continue };
        let place = mentor as usize;
        answer.matched_class0 += u32::from(instance.classes[mentee as usize] == 0);
        answer.cost += regret(pair.score) + i128::from(instance.options.load) * i128::from(filled[place]);
        answer.kept += u32::from(pair.kept);
        filled[place] += 1;
        scores[mentee as usize] = Some(pair.score);
        if instance.pins[mentee as usize].is_none() {
            least[place] = Some(least[place].map_or(pair.score, |least| least.min(pair.score)));
        }
    }
    let gains = |pair: &Pair| {
        let place = pair.mentor as usize;
        scores[pair.mentee as usize].is_none_or(|score| pair.score > score)
            && (filled[place] < instance.places[place]
                || least[place].is_some_and(|least| pair.score > least))
    };
    answer.blocking = instance.pairs.iter().filter(|pair| pair.open && gains(pair)).count() as u64;
    answer
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Candidate, Draft, Options, graph::hash, verify};

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
                let scale = Scale::of(&instance);
                let answer = priced::<i128>(&instance, &scale);
                assert_eq!(answer, priced::<i64>(&instance, &scale));
                assert_eq!(verify(&instance, &answer), Ok(()));
            }
        }
    }
}
