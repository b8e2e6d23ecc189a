//! Mentors for mentees: the best possible matching, exact, the same on every machine, with a proof.
//!
//! # The problem
//!
//! Each mentee wants one mentor. Each mentor has some places. Between some of them there is a *candidate pair*
//! with a score from 0 to 1000. Which pairs should become real? Taking the best pair first, again and again,
//! leaves people out: whoever comes late finds the only mentor who knew their topic taken by somebody who had
//! five others to choose from.
//!
//! # The objective
//!
//! Levels, each of which counts only among what is equal on all before it:
//!
//! 1. Most mentees matched; among those, most of class 0, the people who were left out last time.
//! 2. Least cost: `(1000 − score)²` for each pair, so that one bad match weighs more than two middling ones,
//!    and `(k − 1) · load` for a mentor's k-th mentee, so that the work is shared.
//! 3. Most pairs of an earlier proposal kept. [`Order::Kept`] puts this before 2.
//! 4. What is equal so far is parted by the seed: it gives every pair a lot, and the least sum of lots wins. So the
//!    answer depends on the instance and the seed alone, not on the order of lines or on how it was found: two
//!    matchings with the same sum, the one case where that could fail, have a chance of one in a million at
//!    a million pairs.
//!
//! [`Mode::BestScore`] drops level 1: staying unmatched costs what a pair with the score `floor` would.
//! [`Mode::Stable`] is another problem: mentees propose in the order of their ranks, mentors keep the best they
//! have seen, and in the end no two would leave for each other. It matches fewer people. Pins are in every
//! answer, bans and pairs under the minimum score in none. A pinned mentee is out of the market.
//!
//! # The certificate
//!
//! A reader need not believe the solver. [`verify`] shares no code with it, looks at each pair once, and is
//! convinced by two things:
//!
//! - *Nobody more can be matched.* A set of mentees whose mentors together have d places fewer than the set has
//!   members: whatever one does, d of them stay out (Hall). If just d are out, that is the most. A second set,
//!   over class 0 alone, proves the same for class 0. To an organiser the set is advice: these people compete for
//!   those places, so find d more.
//! - *Nobody can be matched more cheaply.* A price for a place at each mentor, and for each class what staying
//!   out costs. If every mentee has the cheapest of its choices (cost of the pair plus price of the place), and
//!   every mentor fills just the seats that cost at most its price, then every other matching of as many of each
//!   class costs at least as much: add up what all pay, and the prices cancel. Levels 2 and 3 are one number
//!   here, in 128 bits.
//!
//! # The algorithm
//!
//! 1. *Who is short of places.* Hopcroft and Karp's search (1973), with places, finds the most that can be matched
//!    and splits the people as Dulmage and Mendelsohn did (1958): where places are short all of them will be taken,
//!    elsewhere everybody will be matched, and no best matching has a pair across.
//! 2. *Good prices.* An auction (Bertsekas 1979) in each part, where both sides bid by steps that shrink. Its prices
//!    are near right, and need be no more: it counts in 31 bits and may be broken off.
//! 3. *Right prices.* At those prices mentees come in one by one, each by the shortest path to a free seat
//!    (Dijkstra's search over costs reduced by prices, the Hungarian method), and seats that are left for less than
//!    their price are sold likewise. Most searches end where they begin. Here all levels count, the lots among
//!    them: a comparison of two integers, the upper levels in 64 bits if they fit, else in 128.
//!
//! Two shapes have a shorter way to prices that are right but for the lots: full matrices with one place a mentor (the
//! algorithm of Jonker and Volgenant, 1987), and equal scores (seats are counted level by level). Only what is
//! cheapest at them is left to be chosen from, and the auction deals with the lots alone. The answer is the same.
//!
//! The same searches follow a change: [`Standing`] keeps matching and prices, and when a pair is declined, somebody
//! leaves or a place is added, [`Standing::resolve`] makes one search for each seat or person concerned. Since the
//! best matching is one and the same, it finds what solving from scratch would. [`explain`] reads from the
//! certificate what other choices would have cost, and who competes with the unmatched.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let instance = matching::read(
//!     b"p guildhall-match 2 2 3
//! c 0 1
//! c 1 1
//! a 0 0 900
//! a 1 0 950
//! a 0 1 400
//! ",
//! )?;
//! let answer = matching::solve(&instance);
//! assert_eq!(answer.pairs, [(0, 1), (1, 0)]);
//! matching::verify(&instance, &answer)?;
//! # Ok(())
//! # }
//! ```
//!
//! # What it costs
//!
//! Memory is linear in the pairs. The crate's README has times beside those of other solvers, and what was tried.
//! Costs count exactly up to 10 million people and 2³² of load.

mod answer;
mod auction;
mod cardinality;
mod equal;
mod explain;
mod figures;
mod flaw;
mod found;
mod full;
mod graph;
mod instance;
mod market;
mod matrix;
mod mistake;
mod read;
mod report;
mod scale;
mod seats;
mod slots;
mod solve;
mod stable;
mod standing;
mod start;
mod ties;
mod verify;
mod weight;

pub use answer::{Answer, Certificate};
pub use explain::{Alternative, Competition, Explanation, explain};
pub use flaw::Flaw;
pub use instance::{BEST, Candidate, Draft, Instance, MAX_PAIRS, MAX_PEOPLE, Mode, Options, Order, Pair};
pub use mistake::{Fault, Mistake, Place};
pub use read::{BadLine, read};
pub use report::report;
pub use solve::solve;
pub use standing::{Change, Move, Refused, Standing};
pub use verify::verify;
