//! Groups: reading and changing them, their members, and who can see them.

mod audience;
mod change;
mod cover;
mod invite;
mod join;
mod list;
mod membership;
mod outsiders;
mod read;
mod roles;
mod rows;
mod visibility;

pub use audience::audience;
pub use change::{archive, create, edit, reopen};
pub use cover::{cover, may_save_cover, remove_cover, save_cover};
pub use invite::{decline_invitation, invite, revoke_invitation};
pub use join::{decide_request, join, leave, request_to_join, withdraw_request};
pub use list::{Filter, GroupCard, find, for_new_event, names};
pub use read::{GroupInbox, GroupPage, GroupPerson, Invitation, Request, Vacancy, inbox, page, people};
pub use roles::{add, remove, set_role};
pub use rows::GroupName;

pub(crate) use invite::{PRUNE_INVITATIONS, behind_link, is_invited, prune_invitations};
pub(crate) use join::join_in;
pub(crate) use membership::organisers_of;
pub(crate) use outsiders::refuse_outsiders;
pub(crate) use rows::{facts, id_of, is_private, private_ids, refuse_closed};
pub(crate) use visibility::{
    cohosted_by, of_member, private, private_scope, read_role, role_in, seen, seen_by,
};
