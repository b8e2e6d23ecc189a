//! `cargo bench -p matching`: compares this crate with other exact solvers, on generated instances.
//!
//! All results are checked against each other. Times are medians of a few runs, in milliseconds of this
//! thread's CPU time, so that other work on the machine affects them less.
#![expect(clippy::unwrap_used, reason = "a failed measurement stops with its location")]

mod families;

use cpu_time::ThreadTime;
use families::{Dice, FAMILIES, draft};
use matching::{Change, Draft, Instance, Solver, solve, verify};
use mcmf::{Capacity, Cost, GraphBuilder, Vertex};
use pathfinding::{kuhn_munkres::kuhn_munkres_min, matrix::Matrix};

/// Number of matched mentees, and the cost.
type Value = (u32, i128);

fn main() {
    // Cargo passes `--bench`. Other arguments choose families, and `decline` the second table.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    println!("| family | people | pairs | solve | verify | mcmf | ratio | pathfinding | ratio |");
    println!("|---|---|---|---|---|---|---|---|---|");
    let picked =
        |name: &str| arguments.is_empty() || arguments.iter().any(|word| name.contains(word.as_str()));
    for (family, sizes) in FAMILIES.iter().filter(|(name, _)| picked(name)) {
        for &people in *sizes {
            let draft = draft(family, people, 1);
            let instance = draft.clone().check().unwrap();
            let runs = if people > 10_000 { 3 } else { 9 };
            let (result, solving) = median(runs, || solve(&instance));
            let (verdict, verifying) = median(runs, || verify(&instance, &result));
            verdict.unwrap();
            let ours = (result.matched, result.cost);
            let our_time = solving + verifying;
            // Neither must run longer than some seconds.
            let flow = (people <= 10_000).then(|| median(1, || network_simplex(&draft)));
            let hungarian = (people <= 1_000).then(|| median(1, || hungarian(&draft)));
            let [flow, hungarian] = [flow, hungarian].map(|other| {
                other.map_or("– | –".into(), |(value, time)| row(value, ours, time, our_time))
            });
            let pairs = instance.pairs().len();
            println!(
                "| {family} | {people} | {pairs} | {solving:.2} | {verifying:.2} | {flow} | {hungarian} |"
            );
        }
    }
    println!("\n| one decline | people | warm, median | warm, 95 % under | from scratch | ratio |");
    println!("|---|---|---|---|---|---|");
    for family in ["sparse", "scarce", "equal"].into_iter().filter(|_| picked("decline")) {
        for people in [10_000, 100_000] {
            let instance = draft(family, people, 1).check().unwrap();
            let (_, scratch) = median(3, || solve(&instance));
            let (median_time, percentile) = declines(instance);
            println!(
                "| {family} | {people} | {median_time:.4} | {percentile:.4} | {scratch:.1} | {:.0} |",
                scratch / median_time
            );
        }
    }
}

/// The time of another solver and its ratio to ours. Our result has a proof, so a different one can only be
/// worse.
fn row(other: Value, ours: Value, time: f64, our_time: f64) -> String {
    if other == ours {
        return format!("{time:.1} | {:.1}", time / our_time);
    }
    assert!(other.0 < ours.0 || other.0 == ours.0 && other.1 > ours.1, "{other:?} beats {ours:?}");
    format!("{time:.0}, wrong: {} matched | –", other.0)
}

/// The result of `work`, and the median of its times in milliseconds.
fn median<T>(runs: usize, mut work: impl FnMut() -> T) -> (T, f64) {
    let mut timed = || {
        let start = ThreadTime::now();
        let output = work();
        (output, start.elapsed().as_secs_f64() * 1e3)
    };
    let (output, first) = timed();
    let mut times: Vec<f64> = std::iter::once(first).chain((1..runs).map(|_| timed().1)).collect();
    times.sort_by(f64::total_cmp);
    (output, times[runs / 2])
}

/// Declines two hundred matched pairs, one after the other. Returns the median time and the 95th
/// percentile.
fn declines(instance: Instance) -> (f64, f64) {
    let mut solver = Solver::new(instance);
    let pairs = solver.matching().pairs;
    let mut dice = Dice(7);
    let mut times: Vec<f64> = (0..200)
        .map(|_| {
            let (mentee, mentor) = pairs[dice.roll(pairs.len() as u64) as usize];
            let start = ThreadTime::now();
            solver.resolve(Change::Decline { mentee, mentor }).unwrap();
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    let (warm, scratch) = (solver.matching(), solve(solver.instance()));
    assert_eq!((warm.pairs, warm.cost), (scratch.pairs, scratch.cost));
    times.sort_by(f64::total_cmp);
    (times[100], times[190])
}

fn regret(score: u16) -> i32 {
    let regret = 1000 - i32::from(score);
    regret * regret
}

/// LEMON's network simplex, in C++, through the crate `mcmf`: the fastest flow solver among Rust crates.
fn network_simplex(draft: &Draft) -> Value {
    let mentees = draft.classes.len();
    let mut builder = GraphBuilder::<usize>::new();
    for mentee in 0..mentees {
        builder.add_edge(Vertex::Source, mentee, Capacity(1), Cost(0));
    }
    for pair in &draft.candidates {
        let cost = Cost(regret(pair.score));
        builder.add_edge(pair.mentee as usize, mentees + pair.mentor as usize, Capacity(1), cost);
    }
    for (mentor, &places) in draft.places.iter().enumerate() {
        for taken in 0..places {
            let cost = Cost((draft.options.load * taken) as i32);
            builder.add_edge(mentees + mentor, Vertex::Sink, Capacity(1), cost);
        }
    }
    // Its own total is cut to 32 bits.
    let (_, paths) = builder.mcmf();
    let cost = paths.iter().map(|path| i128::from(path.cost()) * i128::from(path.amount())).sum();
    (paths.iter().map(|path| path.amount()).sum(), cost)
}

/// The Hungarian method of the crate `pathfinding`, on a full matrix of mentees and seats. Cells that are
/// not a candidate pair cost more than everything else.
fn hungarian(draft: &Draft) -> Value {
    const NO_PAIR: i64 = 1 << 40;
    let mut seats = Vec::new();
    for (mentor, &places) in draft.places.iter().enumerate() {
        seats.extend((0..places).map(|taken| (mentor, i64::from(draft.options.load * taken))));
    }
    let mut starts = vec![seats.len(); draft.places.len()];
    for (at, &(mentor, _)) in seats.iter().enumerate().rev() {
        starts[mentor] = at;
    }
    let mentees = draft.classes.len();
    let mut costs = Matrix::new(mentees, seats.len().max(mentees), NO_PAIR);
    for pair in &draft.candidates {
        let mentor = pair.mentor as usize;
        for seat in (starts[mentor]..seats.len()).take_while(|&seat| seats[seat].0 == mentor) {
            costs[(pair.mentee as usize, seat)] = i64::from(regret(pair.score)) + seats[seat].1;
        }
    }
    let (cost, chosen) = kuhn_munkres_min(&costs);
    let matched =
        chosen.iter().enumerate().filter(|&(mentee, &seat)| costs[(mentee, seat)] < NO_PAIR).count();
    (matched as u32, i128::from(cost) - i128::from(NO_PAIR) * (mentees - matched) as i128)
}
