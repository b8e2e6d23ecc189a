//! Matches mentees with mentors. The matching is the best possible, exact, the same on every machine, and
//! comes with a proof.
//!
//! # The problem
//!
//! Each mentee wants one mentor. Each mentor has some places. Between some of them there is a *candidate
//! pair* with a score from 0 to 1000. Which pairs should be matched? Taking the best pair again and again
//! leaves people out: the only mentor for a mentee's topic may be taken by somebody with five other
//! choices.
//!
//! # The objective
//!
//! The objective has levels. Each level only decides between matchings that are equal on all levels before
//! it:
//!
//! 1. The most mentees matched. Among those matchings, the most mentees of class 0, which are the people
//!    who were unmatched in the last round.
//! 2. The lowest cost. Each pair costs `(1000 − score)²`, so that one bad match weighs more than two
//!    average ones. A mentor's k-th mentee costs `(k − 1) · load` in addition, so that the work is shared.
//! 3. The most pairs of an earlier proposal kept. [`Order::Kept`] puts this before level 2.
//! 4. A tie-break. The seed gives every pair a tie-break value, and the lowest sum wins. So the matching
//!    depends on the instance and the seed only, not on the order of the input or on the method. Two
//!    matchings with the same sum would be the one exception. With a million pairs its probability is one
//!    in a million.
//!
//! [`Mode::BestScore`] drops level 1: staying unmatched costs as much as a pair with the score `floor`.
//! [`Mode::Stable`] is another problem: mentees propose in the order of their ranks, mentors keep the best
//! proposals they get, and in the end no mentee and mentor would rather have each other. It matches fewer
//! people. Pins are in every matching, and bans and pairs under the minimum score are in none. A pinned
//! mentee takes no part in the rest.
//!
//! # The certificate
//!
//! You need not trust the solver. [`verify`] shares no code with it, looks at each pair once, and relies on
//! two proofs:
//!
//! - *No more mentees can be matched.* It is a set of mentees whose mentors together have d places fewer
//!   than the set has members. In every matching d of them stay unmatched (Hall). If exactly d are
//!   unmatched, that is the best. A second set, of class 0 only, proves the same for class 0. For an
//!   organiser the set is advice: these people compete for these places, so find d more.
//! - *No matching is cheaper.* It is a price for a place at each mentor, and for each class the cost of
//!   staying unmatched. Suppose every mentee has its cheapest choice (cost of the pair plus price of the
//!   place), and every mentor fills exactly the seats that cost at most its price. Then every other
//!   matching with as many mentees of each class costs at least as much, because in the sum over all
//!   payments the prices cancel out. Levels 2 and 3 are one number here, with 128 bits.
//!
//! # The algorithm
//!
//! 1. *Shortages.* The search of Hopcroft and Karp (1973), with capacities, finds the largest number of
//!    matches and divides the people as Dulmage and Mendelsohn did (1958). Where places are short, all of
//!    them are taken, and elsewhere everybody is matched. No best matching has a pair across the two.
//! 2. *Starting prices.* An auction (Bertsekas 1979) in each part, in which both sides bid with decreasing
//!    steps. Its prices need only be approximate: it uses 31 bits and may be stopped early.
//! 3. *Exact prices.* With these prices, mentees enter one by one, each along the shortest path to a free
//!    seat (Dijkstra's search over costs reduced by prices, the Hungarian method). Seats that are left
//!    below their price are sold in the same way. Most searches end where they begin. This step uses all
//!    levels including the tie-break, as a comparison of two integers. The levels use 64 bits if they fit,
//!    else 128.
//!
//! Two shapes have a faster way to prices that are exact except for the tie-break: full matrices with one
//! place for each mentor (the algorithm of Jonker and Volgenant, 1987), and equal scores (counting seats
//! level by level). Only the cheapest choices at these prices remain, and the auction handles the tie-break
//! alone. The result is the same.
//!
//! The same searches follow a change. [`Solver`] keeps the matching and the prices. When a pair is
//! declined, somebody leaves or a place is added, [`Solver::resolve`] makes one search for each seat or
//! person concerned. Because there is only one best matching, it finds the same one as solving from
//! scratch. [`explain`] reads from the certificate what other choices would have cost, and which people an
//! unmatched mentee competes with.
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
//! let result = matching::solve(&instance);
//! assert_eq!(result.pairs, [(0, 1), (1, 0)]);
//! matching::verify(&instance, &result)?;
//! # Ok(())
//! # }
//! ```
//!
//! # Limits
//!
//! Memory is linear in the number of pairs. The README has times compared with other solvers, and methods
//! that were tried. Costs are exact for up to 10 million people and a load of up to 2³².

mod assignment;
mod auction;
mod cardinality;
mod change;
mod draft_error;
mod equal;
mod explain;
mod figures;
mod full;
mod graph;
mod instance;
mod limits;
mod market;
mod matrix;
mod read;
mod report;
mod result;
mod scale;
mod slots;
mod solution;
mod solve;
mod solver;
mod stable;
mod start;
mod ties;
mod verify;
mod verify_error;
mod weight;

pub use change::{Change, ChangeError, Move};
pub use draft_error::{DraftError, DraftErrorKind, Location};
pub use explain::{Alternative, Competition, Explanation, explain};
pub use instance::{Candidate, Draft, Instance, Mode, Options, Order, Pair};
pub use limits::{MAX_PAIRS, MAX_PEOPLE, MAX_SCORE};
pub use read::{ReadError, read};
pub use report::report;
pub use result::{Certificate, Matching};
pub use solve::solve;
pub use solver::Solver;
pub use verify::verify;
pub use verify_error::VerifyError;
