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
//! 4. What is equal so far is parted by the seed: it renames people, and every tie goes by the new name. The
//!    order in which pairs were given is forgotten before anything is computed.
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
//! Hopcroft and Karp's search, with places, finds the most that can be matched, and splits the people: where
//! places are short, all of them will be taken, so mentors choose among mentees at prices that fall; everywhere
//! else mentees come in one by one at prices that rise. Each step is one search for a shortest path (Dijkstra's,
//! over costs reduced by prices) that ends as soon as nothing nearer can follow, and leaves everybody who is in
//! with their cheapest choice. The prices at the end are the certificate.
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
//! # What it costs, and what is not there yet
//!
//! The crate's README has the figures and their command. Many equal scores are slow: the searches then walk over
//! wide plains. There is no `explain` and no warm start yet.

mod answer;
mod auction;
mod cardinality;
mod explain;
mod figures;
mod graph;
mod instance;
mod market;
mod read;
mod report;
mod scale;
mod seats;
mod slots;
mod solve;
mod stable;
mod standing;
mod start;
mod verify;
mod weight;

pub use answer::{Answer, Certificate};
pub use explain::{Alternative, Competition, Explanation, explain};
pub use instance::{
    BEST, Candidate, Draft, Fault, Instance, MOST_PAIRS, MOST_PEOPLE, Mistake, Mode, Options, Order, Pair,
    Place,
};
pub use read::{BadLine, read};
pub use report::report;
pub use solve::solve;
pub use standing::{Change, Move, Refused, Standing};
pub use verify::{Flaw, verify};
