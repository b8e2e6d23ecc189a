//! `clock FILE RUNS`: reads a file, solves and verifies it a few times, and prints what came out with the medians
//! in milliseconds of this thread's own time, as JSON.
#![expect(clippy::expect_used, reason = "a measurement that cannot go on says where")]

use cpu_time::ThreadTime;

fn main() {
    let mut words = std::env::args().skip(1);
    let text = std::fs::read(words.next().expect("clock FILE RUNS")).expect("a file");
    let runs: usize = words.next().map_or(3, |word| word.parse().expect("a number of runs"));
    let instance = matching::read(&text).expect("a sound file");
    drop(text);
    let (mut solving, mut verifying) = (Vec::new(), Vec::new());
    let mut worth = (0, 0);
    for _ in 0..runs {
        let start = ThreadTime::now();
        let answer = matching::solve(&instance);
        solving.push(start.elapsed().as_secs_f64() * 1e3);
        let start = ThreadTime::now();
        matching::verify(&instance, &answer).expect("a proof");
        verifying.push(start.elapsed().as_secs_f64() * 1e3);
        worth = (answer.matched, answer.cost);
    }
    solving.sort_by(f64::total_cmp);
    verifying.sort_by(f64::total_cmp);
    println!(
        "{{\"matched\":{},\"cost\":{},\"solve_ms\":{:.3},\"verify_ms\":{:.3}}}",
        worth.0,
        worth.1,
        solving[runs / 2],
        verifying[runs / 2]
    );
}
