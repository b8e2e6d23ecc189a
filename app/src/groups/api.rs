//! Server functions for group forms: read the actor, call the store, respond.

use domain::groups::GroupForm;
use leptos::prelude::*;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    crate::{
        call::{Call, read_slug},
        flash::Flash,
        groups::pages::{after_leave, check_message, fields_of, path_of, read_member},
    },
    domain::{forms::Fields, groups::GroupRole},
    store::{events, groups},
};

/// Creates a group with the caller as its organiser.
///
/// # Errors
/// `Invalid` when a field is wrong; `Forbidden` or `Refused` when the member may not create it.
#[server(prefix = "/api", endpoint = "groups/create")]
pub async fn create(
    #[server(flatten)] form: GroupForm,
    #[server(default)] wanted: Vec<String>,
    #[server(default)] key: String,
) -> Result<(), AppError> {
    let form = GroupForm { wants: wanted.join("\n"), ..form };
    let call = Call::from("/groups/new").with_draft("groups/new", fields_of(&form));
    let result = async { Ok(groups::create(&call.store, call.actor(), form.check()?, &key).await?) }.await;
    let after_create =
        |slug: &domain::Slug| (format!("/groups/{slug}"), Some(Flash::success("flash-group-created")));
    call.respond(result, after_create).await.map(drop)
}

/// Changes a group.
///
/// # Errors
/// `Invalid` when a field is wrong, `NotFound`, `Forbidden`, or `Refused`: with `ChangedMeanwhile` when
/// somebody else saved first.
#[server(prefix = "/api", endpoint = "groups/edit")]
pub async fn edit(
    #[server(default)] group: String,
    #[server(flatten)] form: GroupForm,
    #[server(default)] wanted: Vec<String>,
) -> Result<(), AppError> {
    let form = GroupForm { wants: wanted.join("\n"), ..form };
    let page = format!("{}/edit", path_of(&group));
    let call = Call::from(page).with_draft(format!("groups/edit/{group}"), fields_of(&form));
    let result = async {
        let version = form.version.parse().unwrap_or(0);
        Ok(groups::edit(&call.store, call.actor(), &read_slug(&group)?, form.check()?, version).await?)
    }
    .await;
    call.respond(result, |()| (path_of(&group), Some(Flash::success("flash-group-saved")))).await
}

/// Closes a group, or reopens it.
///
/// # Errors
/// `NotFound`, `Forbidden`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "groups/archive")]
pub async fn archive(
    #[server(default)] slug: String,
    #[server(default)] open: String,
) -> Result<(), AppError> {
    let call = Call::from(path_of(&slug));
    let open = open == "yes";
    let result = async {
        let slug = read_slug(&slug)?;
        match open {
            true => groups::reopen(&call.store, call.actor(), &slug).await?,
            false => groups::archive(&call.store, call.actor(), &slug).await?,
        }
        Ok(())
    }
    .await;
    let key = if open { "flash-group-opened" } else { "flash-group-closed" };
    call.respond(result, |()| (path_of(&slug), Some(Flash::success(key)))).await
}

/// Joins a group, or accepts an invitation to it.
///
/// # Errors
/// `NotFound`, or `Refused` when the group isn't open and there is no invitation.
#[server(prefix = "/api", endpoint = "groups/join")]
pub async fn join(#[server(default)] slug: String) -> Result<(), AppError> {
    let call = Call::from(path_of(&slug));
    let result = async { Ok(groups::join(&call.store, call.actor(), &read_slug(&slug)?).await?) }.await;
    call.respond(result, |()| (path_of(&slug), Some(Flash::success("flash-group-joined")))).await
}

/// Requests to join a group.
///
/// # Errors
/// `Invalid` when the message is too long; `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "groups/request_to_join")]
pub async fn request_to_join(
    #[server(default)] slug: String,
    #[server(default)] message: String,
) -> Result<(), AppError> {
    let typed = Fields::from([("message".to_owned(), message.clone())]);
    let call = Call::from(path_of(&slug)).with_draft(format!("groups/ask/{slug}"), typed);
    let result = async {
        Ok(groups::request_to_join(&call.store, call.actor(), &read_slug(&slug)?, &check_message(&message)?)
            .await?)
    }
    .await;
    call.respond(result, |()| (path_of(&slug), Some(Flash::success("flash-group-requested")))).await
}

/// Withdraws the caller's request to join.
///
/// # Errors
/// `NotFound`, or `Refused` when there is no request.
#[server(prefix = "/api", endpoint = "groups/withdraw_request")]
pub async fn withdraw_request(#[server(default)] slug: String) -> Result<(), AppError> {
    let call = Call::from(path_of(&slug));
    let result =
        async { Ok(groups::withdraw_request(&call.store, call.actor(), &read_slug(&slug)?).await?) }.await;
    call.respond(result, |()| (path_of(&slug), Some(Flash::success("flash-group-request-withdrawn")))).await
}

/// Leaves a group.
///
/// # Errors
/// `NotFound`, or `Refused` when the group would lose its last organiser.
#[server(prefix = "/api", endpoint = "groups/leave")]
pub async fn leave(#[server(default)] slug: String) -> Result<(), AppError> {
    let call = Call::from(path_of(&slug));
    let result = async {
        let read = read_slug(&slug)?;
        let released = groups::leave(&call.store, call.actor(), &read).await?;
        Ok(after_leave(&call, &read, released).await)
    }
    .await;
    call.respond(result, Clone::clone).await.map(drop)
}

/// Declines an invitation.
///
/// # Errors
/// `NotFound`, or `Refused` when there is no invitation.
#[server(prefix = "/api", endpoint = "groups/decline_invitation")]
pub async fn decline_invitation(#[server(default)] slug: String) -> Result<(), AppError> {
    let call = Call::from("/groups");
    let result =
        async { Ok(groups::decline_invitation(&call.store, call.actor(), &read_slug(&slug)?).await?) }.await;
    call.respond(result, |()| ("/groups".to_owned(), Some(Flash::success("flash-invitation-declined")))).await
}

/// Approves or declines a request to join.
///
/// # Errors
/// `Invalid` when the message is too long; `NotFound`, `Forbidden`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "groups/decide_request")]
pub async fn decide_request(
    #[server(default)] slug: String,
    #[server(default)] member: String,
    #[server(default)] answer: String,
    #[server(default)] message: String,
) -> Result<(), AppError> {
    let page = format!("{}/members", path_of(&slug));
    let call = Call::from(page.clone());
    let yes = answer == "yes";
    let result = async {
        let (slug, member, message) = (read_slug(&slug)?, read_member(&member)?, check_message(&message)?);
        Ok(groups::decide_request(&call.store, call.actor(), &slug, member, yes, &message).await?)
    }
    .await;
    let key = if yes { "flash-group-accepted" } else { "flash-group-declined" };
    call.respond(result, |()| (page, Some(Flash::success(key)))).await
}

/// Invites a member by name, or anybody by email address.
///
/// # Errors
/// `Invalid` when the name or address matches nobody; `NotFound`, `Forbidden`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "groups/invite")]
pub async fn invite(
    #[server(default)] slug: String,
    #[server(default)] invitee: String,
) -> Result<(), AppError> {
    let page = format!("{}/members", path_of(&slug));
    let typed = Fields::from([("invitee".to_owned(), invitee.clone())]);
    let call = Call::from(page.clone()).with_draft(format!("groups/invite/{slug}"), typed);
    let result =
        async { Ok(groups::invite(&call.store, call.actor(), &read_slug(&slug)?, &invitee).await?) }.await;
    call.respond(result, |()| (page, Some(Flash::success("flash-group-invited")))).await
}

/// Withdraws an invitation.
///
/// # Errors
/// `NotFound`, `Forbidden`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "groups/revoke_invitation")]
pub async fn revoke_invitation(
    #[server(default)] slug: String,
    #[server(default)] invitation: String,
) -> Result<(), AppError> {
    let page = format!("{}/members", path_of(&slug));
    let call = Call::from(page.clone());
    let result = async {
        let id = invitation.parse().map_err(|_| AppError::NotFound)?;
        Ok(groups::revoke_invitation(&call.store, call.actor(), &read_slug(&slug)?, id).await?)
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-group-uninvited")))).await
}

/// Changes the role of a group member.
///
/// # Errors
/// `Invalid` for an unknown role; `NotFound`, `Forbidden`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "groups/role")]
pub async fn role(
    #[server(default)] slug: String,
    #[server(default)] member: String,
    #[server(default)] role: String,
) -> Result<(), AppError> {
    let page = format!("{}/members", path_of(&slug));
    let call = Call::from(page.clone());
    let result = async {
        let role: GroupRole =
            role.parse().map_err(|()| AppError::field("role", domain::Refusal::BadChoice))?;
        Ok(groups::set_role(&call.store, call.actor(), &read_slug(&slug)?, read_member(&member)?, role)
            .await?)
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-group-role")))).await
}

/// Removes a member from a group.
///
/// # Errors
/// `NotFound`, `Forbidden`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "groups/remove")]
pub async fn remove(
    #[server(default)] slug: String,
    #[server(default)] member: String,
) -> Result<(), AppError> {
    let page = format!("{}/members", path_of(&slug));
    let call = Call::from(page.clone());
    let result = async {
        Ok(groups::remove(&call.store, call.actor(), &read_slug(&slug)?, read_member(&member)?).await?)
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-group-removed")))).await
}

/// Invites another group to co-host an event.
///
/// # Errors
/// `NotFound`, `Forbidden`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "groups/invite_cohost")]
pub async fn invite_cohost(
    #[server(default)] slug: String,
    #[server(default)] group: String,
) -> Result<(), AppError> {
    let page = format!("{}/cohosts", crate::events::pages::path_of(&slug));
    let call = Call::from(page.clone());
    let result = async {
        Ok(events::invite_cohost(&call.store, call.actor(), &read_slug(&slug)?, &read_slug(&group)?).await?)
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-cohost-invited")))).await
}

/// Ends the co-hosting of a group, or withdraws its invitation.
///
/// # Errors
/// `NotFound`, `Forbidden`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "groups/end_cohosting")]
pub async fn end_cohosting(
    #[server(default)] slug: String,
    #[server(default)] group: String,
) -> Result<(), AppError> {
    let page = format!("{}/cohosts", crate::events::pages::path_of(&slug));
    let call = Call::from(page.clone());
    let result = async {
        Ok(events::end_cohosting(&call.store, call.actor(), &read_slug(&slug)?, &read_slug(&group)?).await?)
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-cohost-removed")))).await
}

/// Accepts or declines to co-host an event on behalf of a group, or stops co-hosting it.
///
/// # Errors
/// `NotFound`, `Forbidden`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "groups/answer_cohosting")]
pub async fn answer_cohosting(
    #[server(default)] group: String,
    #[server(default)] slug: String,
    #[server(default)] answer: String,
) -> Result<(), AppError> {
    let page = format!("{}/members", path_of(&group));
    let call = Call::from(page.clone());
    let yes = answer == "yes";
    let result = async {
        let (group, slug) = (read_slug(&group)?, read_slug(&slug)?);
        Ok(events::answer_cohosting(&call.store, call.actor(), &group, &slug, yes).await?)
    }
    .await;
    let key = if yes { "flash-cohost-accepted" } else { "flash-cohost-declined" };
    call.respond(result, |()| (page, Some(Flash::success(key)))).await
}

/// Removes the uploaded cover, so that the group has a generated one.
///
/// # Errors
/// `NotFound`, or `Forbidden` when the member may not edit the group.
#[server(prefix = "/api", endpoint = "groups/remove_cover")]
pub async fn remove_cover(#[server(default)] slug: String) -> Result<(), AppError> {
    let page = format!("/groups/{slug}/edit#cover");
    let call = Call::from(page.clone());
    let result =
        async { Ok(groups::remove_cover(&call.store, call.actor(), &read_slug(&slug)?).await?) }.await;
    call.respond(result, |()| (page, Some(Flash::success("flash-cover-removed")))).await
}
