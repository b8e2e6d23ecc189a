//! What admins do: members and their roles, invitations and requests for them, lists, and the audit log.

mod invitations;
mod lists;
mod log;
mod people;
mod requests;
mod subjects;

pub use invitations::{Invitation, Invited, invitations, invite, resend, revoke};
pub use lists::{Item, LISTS, add, change, counts as list_counts, items, move_by, retire};
pub use log::{LogActor, LogEntry, LogFilter, actions, log};
pub use people::{
    AccountStatus, PeopleFilter, PersonPage, PersonRow, Suspension, lift, people, person, set_role, suspend,
};
pub use requests::{InvitationRequest, approve, decline, request, requests, requests_waiting};
pub use subjects::Subject;

pub(crate) use invitations::{accept_path, behind_link, claim, has_open_invitation};
pub(crate) use people::{administrators, bounced, change_role, leaving, suspend_in};
pub(crate) use requests::chores;
pub(crate) use subjects::resolve;

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
