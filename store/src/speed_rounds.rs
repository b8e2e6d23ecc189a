//! Speed rounds (M31): an hour in which each mentee meets several mentors, one after another. A round's row is the lock
//! of its sign-ups and of its plan. A job makes the plan wave by wave, and coordinators publish it.

mod create;
mod edit;
mod input;
mod leave;
mod plan;
mod plan_page;
mod publish;
mod read;
mod rows;
mod sign_up;
mod solve;

pub use create::{create, programmes_to_choose};
pub use edit::{EditPage, edit, edit_page};
pub use leave::withdraw;
pub use plan::SPEED_PLAN;
pub use plan_page::{PlanPage, PlannedPair, PlannedPerson, PlannedWave, plan_page};
pub use publish::change;
pub use read::{
    Meeting, OwnSignUp, Place, Slot, SpeedRoundCard, SpeedRoundPage, SpeedRounds, round, rounds,
    rounds_in_group,
};
pub use sign_up::sign_up;

pub(crate) use leave::{forget, leave_between, leave_group, withdraw_all};
pub(crate) use plan::run_plan;
