//! Solves an instance.

use crate::{full, instance::Instance, result::Matching, solution::Solution};

/// The best matching of an instance, with its certificate. The crate documentation defines what is best.
///
/// The same instance gives the same matching on every machine.
pub fn solve(instance: &Instance) -> Matching {
    full::solve(instance).unwrap_or_else(|| Solution::new(instance).matching(instance))
}
