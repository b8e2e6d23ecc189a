//! How long each test took, from the output of the test runners.
//!
//! `cargo test` on stable Rust prints no times. It starts the tests of a program in the order of their names, a fixed
//! number at once, and prints a line when one ends. Then the next one starts. So the times of the lines say how long
//! each test ran.

use anyhow::{Context as _, Result};
use std::{cmp::Reverse, collections::VecDeque, fmt::Write as _, fs, path::Path, time::Duration};

/// How many tests the table has.
const SHOWN: usize = 10;

/// A test and how long it ran.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Timed {
    name: String,
    took: Duration,
}

/// The times of the tests in the output of `cargo test`. Each line comes with the time at which it was printed.
/// `at_once` is the number of tests that run at the same time.
pub(crate) fn cargo(lines: &[(Duration, String)], at_once: usize) -> Vec<Timed> {
    let (mut all, mut program, mut began) = (Vec::new(), String::new(), Duration::ZERO);
    let mut ended: Vec<(String, Duration)> = Vec::new();
    for (at, line) in lines {
        let line = line.trim();
        if let Some(path) = line.strip_prefix("Running ") {
            program = program_of(path);
        } else if line.starts_with("Doc-tests ") {
            line.clone_into(&mut program);
        } else if line.starts_with("running ") {
            began = *at;
        } else if line.starts_with("test result: ") {
            all.extend(program_times(&program, began, &ended, at_once));
            ended.clear();
        } else if let Some(name) = finished(line) {
            ended.push((name.to_owned(), *at));
        }
    }
    all
}

/// The name of the program in `unittests src/lib.rs (target/debug/deps/store-0123456789abcdef)`.
fn program_of(path: &str) -> String {
    let file = path.rsplit('/').next().unwrap_or_default();
    file.rsplit_once('-').map_or(file, |(name, _)| name).to_owned()
}

/// The test in the line `test NAME ... ok`. `None` for other lines.
fn finished(line: &str) -> Option<&str> {
    let (name, outcome) = line.strip_prefix("test ")?.split_once(" ... ")?;
    let done = ["ok", "FAILED", "ignored"].iter().any(|word| outcome.starts_with(word));
    done.then(|| name.trim_end_matches(" - should panic"))
}

/// `ended` are the tests of one program in the order in which they ended.
fn program_times(program: &str, began: Duration, ended: &[(String, Duration)], at_once: usize) -> Vec<Timed> {
    let mut names: Vec<&str> = ended.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    // The first tests start at once. Each of the others starts when a test ends.
    let starts = (0..at_once).map(|_| began).chain(ended.iter().map(|(_, at)| *at));
    let starts: Vec<(&str, Duration)> = names.into_iter().zip(starts).collect();
    let start_of = |name: &str| {
        let at = starts.binary_search_by(|(other, _)| (*other).cmp(name));
        at.ok().and_then(|at| starts.get(at)).map_or(began, |(_, at)| *at)
    };
    let timed = |(name, at): &(String, Duration)| Timed {
        name: format!("{program} {name}"),
        took: at.saturating_sub(start_of(name)),
    };
    ended.iter().map(timed).collect()
}

/// The times of the tests in the file that Playwright's JSON reporter has written.
pub(crate) fn playwright(file: &Path) -> Result<Vec<Timed>> {
    let text =
        fs::read_to_string(file).with_context(|| format!("Playwright did not write {}.", file.display()))?;
    let report: serde_json::Value = serde_json::from_str(&text)?;
    let list = |value: &serde_json::Value| value.as_array().cloned().unwrap_or_default();
    let mut suites: VecDeque<serde_json::Value> = list(&report["suites"]).into();
    let mut all = Vec::new();
    while let Some(suite) = suites.pop_front() {
        suites.extend(list(&suite["suites"]));
        for spec in list(&suite["specs"]) {
            let results = list(&spec["tests"]).into_iter().flat_map(|test| list(&test["results"]));
            let took = results.filter_map(|result| result["duration"].as_f64()).sum::<f64>();
            let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
            let name = format!("{} {}", text(&spec["file"]), text(&spec["title"]));
            all.push(Timed { name, took: Duration::from_secs_f64(took / 1000.0) });
        }
    }
    Ok(all)
}

/// The slowest tests as a table. Empty without tests.
pub(crate) fn table(mut tests: Vec<Timed>) -> String {
    tests.sort_by_key(|test| Reverse(test.took));
    tests.truncate(SHOWN);
    let mut table = String::new();
    for Timed { name, took } in &tests {
        if table.is_empty() {
            table.push_str("the slowest tests\n");
        }
        let _ = writeln!(table, "{:>7.1} s  {name}", took.as_secs_f64());
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(texts: &[(u64, &str)]) -> Vec<(Duration, String)> {
        texts.iter().map(|(at, text)| (Duration::from_secs(*at), (*text).to_owned())).collect()
    }

    fn timed(name: &str, seconds: u64) -> Timed {
        Timed { name: name.to_owned(), took: Duration::from_secs(seconds) }
    }

    #[test]
    fn a_test_starts_when_another_one_ends() {
        let output = lines(&[
            (1, "   Compiling store v0.1.0\n"),
            (9, "     Running unittests src/lib.rs (target/debug/deps/store-0123456789abcdef)\n"),
            (10, "running 4 tests\n"),
            (12, "test b ... ok\n"),
            (13, "test c - should panic ... ok\n"),
            (19, "test a ... FAILED\n"),
            (20, "test d has been running for over 60 seconds\n"),
            (23, "test d ... ok\n"),
            (23, "test result: FAILED. 3 passed; 1 failed\n"),
        ]);
        // With two at once: a and b start at 10, c when b ends, d when c ends.
        let expected = [timed("store b", 2), timed("store c", 1), timed("store a", 9), timed("store d", 10)];
        assert_eq!(cargo(&output, 2), expected);
        // With one at once, the lines would be read differently.
        assert_ne!(cargo(&output, 1), expected);
    }

    #[test]
    fn each_program_begins_with_its_own_first_tests() {
        let output = lines(&[
            (0, "Running tests/main.rs (target/debug/deps/guild-0123)\n"),
            (0, "running 1 test\n"),
            (5, "test a ... ok\n"),
            (5, "test result: ok. 1 passed\n"),
            (6, "Running tests/it/main.rs (target/debug/deps/it-0123)\n"),
            (7, "running 1 test\n"),
            (9, "test a ... ok\n"),
            (9, "test result: ok. 1 passed\n"),
        ]);
        assert_eq!(cargo(&output, 2), [timed("guild a", 5), timed("it a", 2)]);
    }

    #[test]
    fn the_report_of_playwright_is_read() {
        let report = r#"{"suites": [{"suites": [], "specs": [{"title": "it works", "file": "a.spec.mjs",
            "tests": [{"results": [{"duration": 1000}, {"duration": 500}]}]}]}]}"#;
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(&file, report).unwrap();
        let name = "a.spec.mjs it works".to_owned();
        assert_eq!(playwright(file.path()).unwrap(), [Timed { name, took: Duration::from_millis(1500) }]);
    }

    #[test]
    fn the_table_begins_with_the_slowest_test() {
        let tests = (0..12).map(|n| timed(&format!("t{n}"), n)).collect();
        let table = table(tests);
        assert_eq!(table.lines().nth(1), Some("   11.0 s  t11"));
        assert_eq!(table.lines().count(), 1 + SHOWN);
    }
}
