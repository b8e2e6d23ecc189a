//! The pages of groups.

pub mod card;
pub mod form;
pub mod group;
pub mod leave;
pub mod list;
pub mod members;

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
    card::{kind_words, panels},
    form::{EditGroupPage, NewGroupPage},
    group::{GroupPage, InvitationPage},
    leave::LeaveGroupPage,
    list::GroupsPage,
    members::GroupMembersPage,
};
use crate::{
    answer::{Call, read_slug},
    context::tr,
    error::AppError,
    flash::{Flash, Undo},
};

/// The page of a group.
#[must_use]
pub fn group_path(slug: &Slug) -> String {
    format!("/groups/{slug}")
}

/// The page of the group that a form names; of what is no slug, the list.
#[must_use]
pub fn path_of(slug: &str) -> String {
    Slug::parse(slug).map_or_else(|| "/groups".to_owned(), |slug| group_path(&slug))
}

/// The slug in the address of this page.
fn slug_here() -> Result<Slug, AppError> {
    read_slug(&use_params_map().with_untracked(|params| params.get("slug").unwrap_or_default()))
}

/// The pages above those of a group.
fn above(slug: &Slug, name: &str) -> Vec<(String, String)> {
    vec![("/groups".to_owned(), tr("groups-title")), (group_path(slug), name.to_owned())]
}

/// A form's texts by name, to be kept as a draft.
#[must_use]
pub fn fields_of(form: &GroupForm) -> Fields {
    serde_json::to_value(form).and_then(serde_json::from_value).unwrap_or_default()
}

/// The member that a form names.
///
/// # Errors
/// `NotFound`: what is no id names nobody.
pub fn read_member(text: &str) -> Result<MemberId, AppError> {
    text.trim().parse().map(MemberId).map_err(|_| AppError::NotFound)
}

/// A few words of one member to another; may be empty.
///
/// # Errors
/// What is wrong with `words`.
pub fn read_words(text: &str) -> Result<String, AppError> {
    let mut checks = Checks::default();
    let words = checks.text("words", text, 0, 500);
    Ok(checks.finish(Some(words))?)
}

/// Where somebody who left goes on, and what is said: what can be taken back by a click is.
pub async fn after_leave(call: &Call, slug: &Slug, released: u32) -> (String, Option<Flash>) {
    let still = groups::page(&call.store, call.actor(), slug).await.ok();
    let key = "said-group-left".to_owned();
    match still {
        // The list: what is private is not there any more.
        None => (
            "/groups".to_owned(),
            Some(Flash::Told { key: "said-group-left-seats".to_owned(), count: released }),
        ),
        Some(page) if page.details.joining == Joining::Open => {
            let undo = Undo::LeaveGroup(slug.to_string());
            (group_path(slug), Some(Flash::Undoable { key, count: 0, undo }))
        }
        Some(_) => (group_path(slug), Some(Flash::Said(key))),
    }
}

/// The words of a role.
fn role_words(role: GroupRole) -> String {
    tr(match role {
        GroupRole::Organiser => "group-role-organiser",
        GroupRole::CoOrganiser => "group-role-co-organiser",
        GroupRole::Member => "group-role-member",
    })
}
