//! From an instance to an answer.

use crate::{answer::Answer, found::Found, full, instance::Instance};

/// The best matching by the objective of the crate's page, with its proof.
///
/// The same instance gives the same answer on every machine.
pub fn solve(instance: &Instance) -> Answer {
    full::solve(instance).unwrap_or_else(|| Found::new(instance).answer(instance))
}
