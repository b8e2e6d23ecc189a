//! What all parts of the admin area need: the permit of an admin, and the length of a page.

use domain::{
    Actor, Refusal,
    policy::{Action, NoRelation, Permit, permit},
};

/// Number of rows on one page of the admin area.
pub const PAGE: u64 = 50;

/// The permit for an action that depends on the role alone.
pub(crate) fn may<A>(actor: &Actor, action: A) -> Result<Permit<A>, Refusal>
where
    A: Action<Relation = NoRelation>,
{
    permit(actor, action, NoRelation)
}
