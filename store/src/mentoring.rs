//! Mentoring: rounds are matched in runs, runs are published as proposals, and accepted proposals are
//! mentorships.

mod people;
pub mod proposals;
pub mod run;
