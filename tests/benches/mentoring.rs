//! A run of the solver for 1,000, 10,000 and so on up to this many people: first each stage alone, in memory,
//! and then all of it, from the rows of the sign-ups to a verified draft.
//!
//! The baseline is the solver alone. The table shows how long everything else takes beside it. What happens in
//! memory does not depend on the engine, so both columns measure the same there.

mod round;
mod rows;

use std::hint::black_box;

use domain::{
    RunId,
    mentoring::{Candidate, DEFAULT_LIMIT, Pool, Prices, Pricing, RoundChange, candidates, price},
};
use matching::{Instance, Matching};
use store::{
    mentoring::{self, run},
    runner,
};
use tests::Guild;
use uuid::Uuid;

use crate::measure::Bench;

pub(crate) const SIZE: usize = 100_000;

pub(crate) async fn run(bench: &mut Bench, g: &Guild) {
    g.demo().await;
    let mut people = 1000;
    while people <= bench.size {
        stages(bench, people).await;
        whole(bench, g, people).await;
        people *= 10;
    }
    // The rows were written past the store, and the harness fails if the search doesn't know them.
    store::search::rebuild(&g.store).await.unwrap();
    let search: Vec<_> = runner::standard().into_iter().filter(|kind| kind.name == "search_index").collect();
    runner::run_kinds(&g.store, &search).await.unwrap();
}

/// From the rows of a database to a verified draft in it.
async fn whole(bench: &mut Bench, g: &Guild, people: usize) {
    let grace = g.actor("grace").await;
    let round = g.round(&grace).await;
    rows::write(g, &round, &round::input(people, 1)).await;
    mentoring::change_round(&g.store, &grace, &round, RoundChange::Close).await.unwrap();
    let label = |stage: &str| format!("{people} people: {stage}");
    let runs = (10_000 / people).clamp(1, 3);
    bench
        .measure(&label("read the rows, and make the candidates"), runs, async |_| {
            black_box(run::export(&g.store, &round).await.unwrap());
        })
        .await;
    reset_peak_memory();
    bench
        .measure(&label("all of it, with saving the draft"), runs, async |_| {
            let number = run::start(&g.store, &grace, &round).await.unwrap();
            let sql = format!(
                "SELECT r.id FROM mentoring_runs r JOIN mentoring_rounds o ON o.id = r.round_id \
                 WHERE o.slug = '{round}' AND r.number = {number}"
            );
            let id: Uuid = g.rows(&sql).await[0].try_get_by_index(0).unwrap();
            run::execute(&g.store, RunId(id), || false).await.unwrap();
        })
        .await;
    let peak = peak_memory();
    let (_, all) = run::runs(&g.store, &grace, &round).await.unwrap();
    let figures = all[0].figures.clone().unwrap();
    println!(
        "{people} people from rows: {} of {} mentees matched. Peak memory: {peak} MB.",
        figures.matched, figures.mentees
    );
}

async fn stages(bench: &mut Bench, people: usize) {
    let input = round::input(people, 1);
    let pool = Pool::new(&input).unwrap();
    let runs = (100_000 / people).clamp(1, 9);
    let label = |stage: &str| format!("{people} people: {stage}");
    reset_peak_memory();
    let found = candidates(&pool, DEFAULT_LIMIT, |_, _| true).unwrap();
    let with_candidates = peak_memory();
    let instance = instance(&pool, &found);
    reset_peak_memory();
    let matching = matching::solve(&instance);
    let with_solver = peak_memory();
    bench.new_baseline();
    bench
        .measure(&label("solve (baseline)"), runs, async |_| {
            black_box(matching::solve(&instance));
        })
        .await;
    bench
        .measure(&label("make the pool"), runs, async |_| {
            black_box(Pool::new(&input).unwrap());
        })
        .await;
    bench
        .measure(&label("candidates"), runs, async |_| {
            black_box(candidates(&pool, DEFAULT_LIMIT, |_, _| true));
        })
        .await;
    bench.measure(&label("verify"), runs, async |_| matching::verify(&instance, &matching).unwrap()).await;
    bench
        .measure(&label("price the pairs left out"), 1, async |_| {
            black_box(missing(&pool, &found, &matching));
        })
        .await;
    println!(
        "{people} people: {} candidates, {} of {} mentees matched, {} pairs missing. Peak memory: {with_candidates} MB \
         for candidates, {with_solver} MB for the solver.",
        found.len(),
        matching.matched,
        pool.mentee_count(),
        missing(&pool, &found, &matching),
    );
}

fn instance(pool: &Pool, found: &[Candidate]) -> Instance {
    let candidate = |it: &Candidate| matching::Candidate {
        mentee: it.mentee,
        mentor: it.mentor,
        score: it.score,
        ranks: None,
    };
    let draft = matching::Draft {
        classes: vec![1; pool.mentee_count()],
        places: pool.free_places(),
        candidates: found.iter().map(candidate).collect(),
        ..matching::Draft::default()
    };
    draft.check().unwrap()
}

/// The number of pairs that the limit on candidates left out wrongly.
fn missing(pool: &Pool, found: &[Candidate], matching: &Matching) -> usize {
    let proof = matching.certificate.as_ref().unwrap();
    let mut mentees = vec![Some(proof.multipliers[1]); pool.mentee_count()];
    for &(mentee, mentor) in &matching.pairs {
        let miss = 1000 - i128::from(pool.parts(mentee, mentor).total());
        mentees[mentee as usize] = Some(miss * miss * proof.weights[0] + proof.prices[mentor as usize]);
    }
    let prices = Prices {
        weight: proof.weights[0],
        mentors: &proof.prices,
        mentees: &mentees,
        deficient: [&proof.deficient, &proof.deficient_class0],
        bans: &[],
    };
    match price(pool, found, &prices, |_, _| true) {
        Pricing::Missing(missing) => missing.len(),
        Pricing::Complete | Pricing::Stopped => 0,
    }
}

/// The highest memory of this process since [`reset_peak_memory`], in MB.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}

/// Linux forgets the highest memory of a process when it is asked to.
fn reset_peak_memory() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}
