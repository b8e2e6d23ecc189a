//! Mentors for mentees.

mod answer;
mod cardinality;
mod graph;
mod instance;
mod market;
mod read;
mod report;
mod seats;
mod solve;
mod stable;
mod verify;
mod weight;

pub use answer::{Answer, Certificate};
pub use instance::{
    BEST, Candidate, Draft, Fault, Instance, MOST_PAIRS, MOST_PEOPLE, Mistake, Mode, Options, Order, Pair,
    Place,
};
pub use read::{BadLine, read};
pub use report::report;
pub use solve::solve;
pub use verify::{Flaw, verify};
