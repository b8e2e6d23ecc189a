//! Learning requests (B10): what members want to learn, who wants the same, and who can teach it.
//!
//! A request's row is the lock of everything about it. Its author is its first supporter. An event that was made for it
//! is linked from the request, and a job invites everybody who wanted it once that event is published.

mod ask;
mod cards;
mod change;
mod claim;
mod edit;
mod event;
mod forget;
mod invite;
mod list;
mod page;
mod reported;
mod rows;
mod similar;
mod support;
mod visibility;

pub use ask::ask;
pub use cards::{DemandCard, DemandEventLink};
pub use change::change;
pub use claim::{ask_host, claim, decline_host, release};
pub use edit::edit;
pub use event::{DraftEvent, make_event};
pub use invite::DEMAND_INVITATIONS;
pub use list::{DemandFilter, DemandOrder, DemandView, Demands, Position, demands};
pub use page::{DemandPage, page};
pub use similar::similar;
pub use support::support;

pub(crate) use forget::{forget, release_between};
pub(crate) use invite::{due_invitations, run_invitations};
pub(crate) use reported::{find_reported, readable, set_hidden};
pub(crate) use visibility::seen_by;
