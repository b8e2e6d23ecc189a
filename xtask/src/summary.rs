//! Counts passed and failed tests in the output of the test runners.

use std::{fmt, ops::AddAssign};

/// The number of tests that ran.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tests {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl AddAssign for Tests {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Tests {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// Reads the output of `cargo test`: a line `test result: ok. 5 passed; 0 failed; …` for each program.
pub(crate) fn cargo(output: &str) -> Tests {
    let mut tests = Tests::default();
    for line in plain(output).lines().filter_map(|line| line.trim().strip_prefix("test result: ")) {
        for part in line.split(['.', ';']) {
            match count(part) {
                Some((count, "passed")) => tests.passed += count,
                Some((count, "failed")) => tests.failed += count,
                _ => {}
            }
        }
    }
    tests
}

/// Reads the output of Playwright: lines such as `  1 failed` and `  9 passed (2.1s)` at the end. A flaky test
/// passed in the end. A test that was interrupted or did not run counts as failed.
pub(crate) fn playwright(output: &str) -> Tests {
    let mut tests = Tests::default();
    for line in plain(output).lines() {
        let kind = line.trim().split_once(' ').map(|(_, rest)| rest);
        match (count(line), kind) {
            (Some((count, "passed" | "flaky")), _) => tests.passed += count,
            (Some((count, "failed" | "interrupted")), _) | (Some((count, _)), Some("did not run")) => {
                tests.failed += count;
            }
            _ => {}
        }
    }
    tests
}

/// The number and the word at the start of a text.
fn count(text: &str) -> Option<(u64, &str)> {
    let mut words = text.split_whitespace();
    Some((words.next()?.parse().ok()?, words.next()?))
}

/// The text without ANSI colour codes.
fn plain(text: &str) -> String {
    let mut parts = text.split("\x1b[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push_str(part.split_once(|c: char| c.is_ascii_alphabetic()).map_or("", |(_, rest)| rest));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_results_of_all_programs_are_added() {
        let output = "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n";
        assert_eq!(cargo(output), Tests { passed: 6, failed: 2 });
    }

    #[test]
    fn the_lines_of_playwright_are_added() {
        let output = "  ✓  1 a.spec.ts:3:5 › 2 failed tries lock (1s)\n\n  1 failed\n    a.spec.ts:9:5 › x\n  1 flaky\n    \
            a.spec.ts:12:5 › y\n  2 skipped\n  3 did not run\n  4 passed (2.1s)\n";
        assert_eq!(playwright(output), Tests { passed: 5, failed: 4 });
    }

    #[test]
    fn other_output_counts_no_tests() {
        assert_eq!(cargo("running"), Tests::default());
        assert_eq!(playwright("Error: no"), Tests::default());
    }
}
