//! Tests of scoring and candidates on random pools, against a search that looks at every pair.

mod candidates;
mod pricing;
mod scores;
pub(super) mod world;
