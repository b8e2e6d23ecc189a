//! What admins do: members and their roles, invitations and requests for them, lists, and the audit log.

mod bulk;
mod growth;
mod invitations;
mod lists;
mod log;
mod people;
mod requests;
mod rights;
mod subjects;

pub use bulk::{change_selected, selected};
pub use growth::{Growth, WEEKS, growth};
pub use invitations::{Invitation, Invited, invitations, invite, resend, revoke};
pub use lists::{Item, LISTS, add, change, counts as list_counts, items, move_by, retire};
pub use log::{LogActor, LogEntry, LogFilter, actions, log};
pub use people::{
    AccountStatus, NEWCOMER_DAYS, PeopleFilter, PersonPage, PersonRow, Suspension, lift, newcomers, people,
    person, set_role, suspend,
};
pub use requests::{InvitationRequest, approve, decline, request, requests, requests_waiting};
pub use rights::PAGE;
pub use subjects::Subject;

pub(crate) use invitations::{accept_path, behind_link, claim, has_open_invitation};
pub(crate) use people::{administrators, change_role, suspend_in};
pub(crate) use requests::{PRUNE_REQUESTS, prune_requests};
pub(crate) use rights::may;
pub(crate) use subjects::resolve;
