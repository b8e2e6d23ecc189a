//! `cargo bench -p matching`: this crate beside other exact solvers, on instances it makes itself.
//!
//! All answers are checked against each other. Times are medians of a few runs, in milliseconds of this thread's
//! own time, so that other work on the machine disturbs them less.
#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on says where")]

mod families;

use cpu_time::ThreadTime;
use families::{Dice, FAMILIES, draft};
use matching::{Change, Draft, Instance, Standing, solve, verify};
use mcmf::{Capacity, Cost, GraphBuilder, Vertex};
use pathfinding::{kuhn_munkres::kuhn_munkres_min, matrix::Matrix};

/// How many are matched, at what cost.
type Worth = (u32, i128);

fn main() {
    // Cargo hands `--bench` over; words pick families, or `decline` the second table.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    println!("| family | people | pairs | solve | verify | mcmf | ratio | pathfinding | ratio |");
    println!("|---|---|---|---|---|---|---|---|---|");
    let picked = |name: &str| words.is_empty() || words.iter().any(|word| name.contains(word.as_str()));
    for (family, sizes) in FAMILIES.iter().filter(|(name, _)| picked(name)) {
        for &people in *sizes {
            let draft = draft(family, people, 1);
            let instance = draft.clone().check().unwrap();
            let runs = if people > 10_000 { 3 } else { 9 };
            let (answer, solving) = median(runs, || solve(&instance));
            let (verdict, verifying) = median(runs, || verify(&instance, &answer));
            verdict.unwrap();
            let ours = (answer.matched, answer.cost);
            let our_time = solving + verifying;
            // Neither has to run for more than some seconds.
            let flow = (people <= 10_000).then(|| median(1, || network_simplex(&draft)));
            let hungarian = (people <= 1_000).then(|| median(1, || hungarian(&draft)));
            let [flow, hungarian] = [flow, hungarian].map(|theirs| {
                theirs.map_or("– | –".into(), |(worth, time)| told(worth, ours, time, our_time))
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
            let (middle, most) = declines(instance);
            println!(
                "| {family} | {people} | {middle:.4} | {most:.4} | {scratch:.1} | {:.0} |",
                scratch / middle
            );
        }
    }
}

/// Somebody's time and its ratio to ours. Our answer has a proof, so another one can only be worse.
fn told(theirs: Worth, ours: Worth, time: f64, our_time: f64) -> String {
    if theirs == ours {
        return format!("{time:.1} | {:.1}", time / our_time);
    }
    assert!(theirs.0 < ours.0 || theirs.0 == ours.0 && theirs.1 > ours.1, "{theirs:?} beats {ours:?}");
    format!("{time:.0}, wrong: {} matched | –", theirs.0)
}

/// What the work gives, and the median of its times in milliseconds.
fn median<T>(runs: usize, mut work: impl FnMut() -> T) -> (T, f64) {
    let mut timed = || {
        let start = ThreadTime::now();
        let made = work();
        (made, start.elapsed().as_secs_f64() * 1e3)
    };
    let (made, first) = timed();
    let mut times: Vec<f64> = std::iter::once(first).chain((1..runs).map(|_| timed().1)).collect();
    times.sort_by(f64::total_cmp);
    (made, times[runs / 2])
}

/// Two hundred declines of matched pairs, one after the other: the median time and the one that 95 % are under.
fn declines(instance: Instance) -> (f64, f64) {
    let mut standing = Standing::new(instance);
    let pairs = standing.answer().pairs;
    let mut dice = Dice(7);
    let mut times: Vec<f64> = (0..200)
        .map(|_| {
            let (mentee, mentor) = pairs[dice.roll(pairs.len() as u64) as usize];
            let start = ThreadTime::now();
            standing.resolve(Change::Decline { mentee, mentor }).unwrap();
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    let (warm, scratch) = (standing.answer(), solve(standing.instance()));
    assert_eq!((warm.pairs, warm.cost), (scratch.pairs, scratch.cost));
    times.sort_by(f64::total_cmp);
    (times[100], times[190])
}

fn regret(score: u16) -> i32 {
    let regret = 1000 - i32::from(score);
    regret * regret
}

/// LEMON's network simplex, in C++, by the crate `mcmf`: the fastest flow solver among Rust crates.
fn network_simplex(draft: &Draft) -> Worth {
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
    // Its own sum is cut to 32 bits.
    let (_, paths) = builder.mcmf();
    let cost = paths.iter().map(|path| i128::from(path.cost()) * i128::from(path.amount())).sum();
    (paths.iter().map(|path| path.amount()).sum(), cost)
}

/// The Hungarian method of the crate `pathfinding`, over a full matrix of mentees and seats; what is no pair
/// costs more than everything else.
fn hungarian(draft: &Draft) -> Worth {
    const NEVER: i64 = 1 << 40;
    let mut seats = Vec::new();
    for (mentor, &places) in draft.places.iter().enumerate() {
        seats.extend((0..places).map(|taken| (mentor, i64::from(draft.options.load * taken))));
    }
    let mut starts = vec![seats.len(); draft.places.len()];
    for (at, &(mentor, _)) in seats.iter().enumerate().rev() {
        starts[mentor] = at;
    }
    let mentees = draft.classes.len();
    let mut costs = Matrix::new(mentees, seats.len().max(mentees), NEVER);
    for pair in &draft.candidates {
        let mentor = pair.mentor as usize;
        for seat in (starts[mentor]..seats.len()).take_while(|&seat| seats[seat].0 == mentor) {
            costs[(pair.mentee as usize, seat)] = i64::from(regret(pair.score)) + seats[seat].1;
        }
    }
    let (cost, chosen) = kuhn_munkres_min(&costs);
    let matched = chosen.iter().enumerate().filter(|&(mentee, &seat)| costs[(mentee, seat)] < NEVER).count();
    (matched as u32, i128::from(cost) - i128::from(NEVER) * (mentees - matched) as i128)
}
