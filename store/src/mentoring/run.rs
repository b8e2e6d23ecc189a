//! Runs of the solver: from the rows of a round to a draft that coordinators look at and publish (M7 to M9).

mod board;
mod compare;
mod decide;
mod digest;
mod execute;
mod export;
mod facts;
mod input;
mod nightly;
mod packed;
mod price;
mod publish;
mod rounds;
mod solve;
mod start;
mod traits;

pub use board::{
    Board, BoardMentor, BoardPair, BoardUnmatched, OtherDecision, PAIRS_A_PAGE, RoundHead, RunRow, board,
    runs, signed_up_for,
};
pub use compare::{Move, compare};
pub use decide::{decide, swap};
pub use execute::execute;
pub use export::{ExportRound, export, export_rounds};
pub use nightly::set_nightly;
pub use publish::{Published, publish};
pub use start::{cancel, start};

pub(crate) use board::parts;
pub(crate) use execute::{MENTORING_RUN, run_mentoring};
pub(crate) use nightly::{MENTORING_REMATCH, due_rematches, run_rematch};
pub(crate) use price::{MENTORING_PRICING, run_pricing};
