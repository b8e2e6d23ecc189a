//! The group pages.

pub mod card;
pub mod form;
pub mod group;
pub mod leave;
pub mod list;
pub mod members;
pub mod path;

use domain::{
    MemberId, Slug,
    checks::Checks,
    forms::Fields,
    groups::{GroupForm, GroupRole, Joining},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use store::groups;

pub use self::{
    card::{kind_label, panels},
    form::{EditGroupPage, NewGroupPage},
    group::{GroupPage, InvitationPage},
    leave::LeaveGroupPage,
    list::GroupsPage,
    members::GroupMembersPage,
    path::group_path,
};
use crate::{
    call::{Call, read_slug},
    context::tr,
    error::AppError,
    flash::{Flash, Undo},
};

/// Path of the group that a form names, or of the list if that isn't a slug.
#[must_use]
pub fn path_of(slug: &str) -> String {
    Slug::parse(slug).map_or_else(|| "/groups".to_owned(), |slug| group_path(&slug))
}

/// The slug in this page's path.
fn slug_from_path() -> Result<Slug, AppError> {
    read_slug(&use_params_map().with_untracked(|params| params.get("slug").unwrap_or_default()))
}

/// Breadcrumbs to the pages of one group.
fn breadcrumbs(slug: &Slug, name: &str) -> Vec<(String, String)> {
    vec![("/groups".to_owned(), tr("groups-title")), (group_path(slug), name.to_owned())]
}

/// A form's fields by name, to be saved as a draft.
#[must_use]
pub fn fields_of(form: &GroupForm) -> Fields {
    serde_json::to_value(form).and_then(serde_json::from_value).unwrap_or_default()
}

/// The member that a form names.
///
/// # Errors
/// `NotFound` when it is not an id.
pub fn read_member(text: &str) -> Result<MemberId, AppError> {
    text.trim().parse().map(MemberId).map_err(|_| AppError::NotFound)
}

/// An optional message from one member to another, at most 500 characters.
///
/// # Errors
/// `Invalid` when it is too long.
pub fn check_message(text: &str) -> Result<String, AppError> {
    let mut checks = Checks::default();
    let message = checks.text("message", text, 0, 500);
    Ok(checks.finish(Some(message))?)
}

/// The page and message after leaving a group. Members of an open group can undo it with one click.
pub async fn after_leave(call: &Call, slug: &Slug, released: u32) -> (String, Option<Flash>) {
    let visible_page = groups::page(&call.store, call.actor(), slug).await.ok();
    let key = "flash-group-left".to_owned();
    match visible_page {
        // The group is private, so its page is no longer visible. Leads to the list.
        None => (
            "/groups".to_owned(),
            Some(Flash::Counted { key: "flash-group-left-seats".to_owned(), count: released }),
        ),
        Some(page) if page.details.joining == Joining::Open => {
            let undo = Undo::LeaveGroup(slug.to_string());
            (group_path(slug), Some(Flash::Undoable { key, count: 0, undo }))
        }
        Some(_) => (group_path(slug), Some(Flash::Success(key))),
    }
}

/// The label of a role in a group.
fn role_label(role: GroupRole) -> String {
    tr(match role {
        GroupRole::Organiser => "group-role-organiser",
        GroupRole::CoOrganiser => "group-role-co-organiser",
        GroupRole::Member => "group-role-member",
    })
}
