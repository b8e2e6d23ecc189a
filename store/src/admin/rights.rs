//! What all parts of the admin area need: the permit of an admin, and the length of a page.

use domain::{
    Actor, Refusal,
    policy::{Action, Permit, Relation, permit},
};

/// Number of rows on one page of the admin area.
pub const PAGE: u64 = 50;

/// The permit for an action that only admins may do on other people's records.
pub(crate) fn may(actor: &Actor, action: Action) -> Result<Permit, Refusal> {
    permit(actor, action, Relation::Other)
}
