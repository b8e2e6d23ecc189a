//! How many tests passed, read from what the test runners say.

use std::{fmt, ops::AddAssign};

/// Tests that ran.
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

/// `test result: ok. 5 passed; 0 failed; 0 ignored; …`, once for each program.
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

/// `  1 failed`, `  9 passed (2.1s)`: a line for each kind, at the end. A flaky test passed at last; one that was cut
/// short or never started did not pass.
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

/// The number and the word a text begins with.
fn count(text: &str) -> Option<(u64, &str)> {
    let mut words = text.split_whitespace();
    Some((words.next()?.parse().ok()?, words.next()?))
}

/// The text without the codes that colour it.
fn plain(text: &str) -> String {
    let mut parts = text.split("\x1b[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push_str(
            part.split_once(|email: char| email.is_ascii_alphabetic()).map_or("", |(_, rest)| rest),
        );
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_says_it_once_for_each_program() {
        let output = "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n";
        assert_eq!(cargo(output), Tests { passed: 6, failed: 2 });
    }

    #[test]
    fn playwright_says_it_in_lines() {
        let output = "  ✓  1 a.spec.ts:3:5 › 2 failed tries lock (1s)\n\n  1 failed\n    a.spec.ts:9:5 › x\n  1 flaky\n    \
            a.spec.ts:12:5 › y\n  2 skipped\n  3 did not run\n  4 passed (2.1s)\n";
        assert_eq!(playwright(output), Tests { passed: 5, failed: 4 });
    }

    #[test]
    fn silence_is_no_test() {
        assert_eq!(cargo("running"), Tests::default());
        assert_eq!(playwright("Error: no"), Tests::default());
    }
}
