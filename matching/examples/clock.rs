//! `clock FILE RUNS`: reads a file, solves and verifies it several times, and prints the result as JSON,
//! with the median times in milliseconds of this thread's CPU time.
#![expect(clippy::expect_used, reason = "a failed measurement stops with its location")]

use cpu_time::ThreadTime;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let text =
        std::fs::read(arguments.next().expect("usage: clock FILE RUNS")).expect("FILE should be readable");
    let runs: usize =
        arguments.next().map_or(3, |argument| argument.parse().expect("RUNS should be a number"));
    let instance = matching::read(&text).expect("FILE should be a valid instance");
    drop(text);
    let (mut solving, mut verifying) = (Vec::new(), Vec::new());
    let mut figures = (0, 0);
    for _ in 0..runs {
        let start = ThreadTime::now();
        let result = matching::solve(&instance);
        solving.push(start.elapsed().as_secs_f64() * 1e3);
        let start = ThreadTime::now();
        matching::verify(&instance, &result).expect("the matching should be verified");
        verifying.push(start.elapsed().as_secs_f64() * 1e3);
        figures = (result.matched, result.cost);
    }
    solving.sort_by(f64::total_cmp);
    verifying.sort_by(f64::total_cmp);
    println!(
        "{{\"matched\":{},\"cost\":{},\"solve_ms\":{:.3},\"verify_ms\":{:.3}}}",
        figures.0,
        figures.1,
        solving[runs / 2],
        verifying[runs / 2]
    );
}
