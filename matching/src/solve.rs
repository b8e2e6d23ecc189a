//! From an instance to an answer.

use crate::{answer::Answer, instance::Instance, standing::Found};

/// The best matching by the objective of the crate's page, with its proof.
///
/// The same instance gives the same answer on every machine.
pub fn solve(instance: &Instance) -> Answer {
    Found::new(instance).answer(instance)
}
