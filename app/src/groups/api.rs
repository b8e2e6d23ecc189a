//! What forms about groups do: who, verb, done.

use domain::groups::GroupForm;
use leptos::prelude::*;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    crate::{
        answer::{Call, read_slug},
        flash::Flash,
        groups::pages::{after_leave, fields_of, path_of, read_member, read_words},
    },
    domain::{forms::Fields, groups::GroupRole},
    store::{events, groups},
};

/// Makes a group; who makes it is its organiser.
///
/// # Errors
/// What is wrong with the form, or why not.
#[server(prefix = "/api", endpoint = "groups/create")]
pub async fn create(
    #[server(flatten)] form: GroupForm,
    #[server(default)] wanted: Vec<String>,
    #[server(default)] key: String,
) -> Result<(), AppError> {
    let form = GroupForm { wants: wanted.join("\n"), ..form };
    let call = Call::from("/groups/new").keeping("groups/new", fields_of(&form));
    let done = async { Ok(groups::create(&call.store, call.actor(), form.check()?, &key).await?) }.await;
    let made = |slug: &domain::Slug| (format!("/groups/{slug}"), Some(Flash::said("said-group-created")));
    call.answer(done, made).await.map(drop)
}

/// Changes what is said of a group.
///
/// # Errors
/// What is wrong with the form, or why not: `ChangedMeanwhile` when somebody else was faster.
#[server(prefix = "/api", endpoint = "groups/edit")]
pub async fn edit(
    #[server(default)] group: String,
    #[server(flatten)] form: GroupForm,
    #[server(default)] wanted: Vec<String>,
) -> Result<(), AppError> {
    let form = GroupForm { wants: wanted.join("\n"), ..form };
    let page = format!("{}/edit", path_of(&group));
    let call = Call::from(page).keeping(format!("groups/edit/{group}"), fields_of(&form));
    let done = async {
        let version = form.version.parse().unwrap_or(0);
        Ok(groups::edit(&call.store, call.actor(), &read_slug(&group)?, form.check()?, version).await?)
    }
    .await;
    call.answer(done, |()| (path_of(&group), Some(Flash::said("said-group-saved")))).await
}

/// Closes a group, or opens it again.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "groups/archive")]
pub async fn archive(
    #[server(default)] slug: String,
    #[server(default)] open: String,
) -> Result<(), AppError> {
    let call = Call::from(path_of(&slug));
    let open = open == "yes";
    let done = async {
        let slug = read_slug(&slug)?;
        match open {
            true => groups::reopen(&call.store, call.actor(), &slug).await?,
            false => groups::archive(&call.store, call.actor(), &slug).await?,
        }
        Ok(())
    }
    .await;
    let key = if open { "said-group-opened" } else { "said-group-closed" };
    call.answer(done, |()| (path_of(&slug), Some(Flash::said(key)))).await
}

/// Comes into a group, by one's own click or an invitation.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "groups/join")]
pub async fn join(#[server(default)] slug: String) -> Result<(), AppError> {
    let call = Call::from(path_of(&slug));
    let done = async { Ok(groups::join(&call.store, call.actor(), &read_slug(&slug)?).await?) }.await;
    call.answer(done, |()| (path_of(&slug), Some(Flash::said("said-group-joined")))).await
}

/// Asks to come into a group.
///
/// # Errors
/// What is wrong with the words, or why not.
#[server(prefix = "/api", endpoint = "groups/request_to_join")]
pub async fn request_to_join(
    #[server(default)] slug: String,
    #[server(default)] words: String,
) -> Result<(), AppError> {
    let typed = Fields::from([("words".to_owned(), words.clone())]);
    let call = Call::from(path_of(&slug)).keeping(format!("groups/ask/{slug}"), typed);
    let done = async {
        Ok(groups::request_to_join(&call.store, call.actor(), &read_slug(&slug)?, &read_words(&words)?)
            .await?)
    }
    .await;
    call.answer(done, |()| (path_of(&slug), Some(Flash::said("said-group-requested")))).await
}

/// Takes one's question back.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "groups/withdraw_request")]
pub async fn withdraw_request(#[server(default)] slug: String) -> Result<(), AppError> {
    let call = Call::from(path_of(&slug));
    let done =
        async { Ok(groups::withdraw_request(&call.store, call.actor(), &read_slug(&slug)?).await?) }.await;
    call.answer(done, |()| (path_of(&slug), Some(Flash::said("said-group-request-withdrawn")))).await
}

/// Leaves a group.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "groups/leave")]
pub async fn leave(#[server(default)] slug: String) -> Result<(), AppError> {
    let call = Call::from(path_of(&slug));
    let done = async {
        let read = read_slug(&slug)?;
        let released = groups::leave(&call.store, call.actor(), &read).await?;
        Ok(after_leave(&call, &read, released).await)
    }
    .await;
    call.answer(done, Clone::clone).await.map(drop)
}

/// Says no to an invitation.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "groups/decline_invitation")]
pub async fn decline_invitation(#[server(default)] slug: String) -> Result<(), AppError> {
    let call = Call::from("/groups");
    let done =
        async { Ok(groups::decline_invitation(&call.store, call.actor(), &read_slug(&slug)?).await?) }.await;
    call.answer(done, |()| ("/groups".to_owned(), Some(Flash::said("said-invitation-declined")))).await
}

/// Answers who asked to come in.
///
/// # Errors
/// What is wrong with the words, or why not.
#[server(prefix = "/api", endpoint = "groups/decide_request")]
pub async fn decide_request(
    #[server(default)] slug: String,
    #[server(default)] member: String,
    #[server(default)] answer: String,
    #[server(default)] words: String,
) -> Result<(), AppError> {
    let desk = format!("{}/members", path_of(&slug));
    let call = Call::from(desk.clone());
    let yes = answer == "yes";
    let done = async {
        let (slug, member, words) = (read_slug(&slug)?, read_member(&member)?, read_words(&words)?);
        Ok(groups::decide_request(&call.store, call.actor(), &slug, member, yes, &words).await?)
    }
    .await;
    let key = if yes { "said-group-accepted" } else { "said-group-declined" };
    call.answer(done, |()| (desk, Some(Flash::said(key)))).await
}

/// Invites a member by name, or anybody by a mail address.
///
/// # Errors
/// Who is meant, or why not.
#[server(prefix = "/api", endpoint = "groups/invite")]
pub async fn invite(
    #[server(default)] slug: String,
    #[server(default)] whom: String,
) -> Result<(), AppError> {
    let desk = format!("{}/members", path_of(&slug));
    let typed = Fields::from([("whom".to_owned(), whom.clone())]);
    let call = Call::from(desk.clone()).keeping(format!("groups/invite/{slug}"), typed);
    let done =
        async { Ok(groups::invite(&call.store, call.actor(), &read_slug(&slug)?, &whom).await?) }.await;
    call.answer(done, |()| (desk, Some(Flash::said("said-group-invited")))).await
}

/// Takes an invitation back.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "groups/revoke_invitation")]
pub async fn revoke_invitation(
    #[server(default)] slug: String,
    #[server(default)] invitation: String,
) -> Result<(), AppError> {
    let desk = format!("{}/members", path_of(&slug));
    let call = Call::from(desk.clone());
    let done = async {
        let id = invitation.parse().map_err(|_| AppError::NotFound)?;
        Ok(groups::revoke_invitation(&call.store, call.actor(), &read_slug(&slug)?, id).await?)
    }
    .await;
    call.answer(done, |()| (desk, Some(Flash::said("said-group-uninvited")))).await
}

/// Gives a member of a group another role there.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "groups/role")]
pub async fn role(
    #[server(default)] slug: String,
    #[server(default)] member: String,
    #[server(default)] role: String,
) -> Result<(), AppError> {
    let desk = format!("{}/members", path_of(&slug));
    let call = Call::from(desk.clone());
    let done = async {
        let role: GroupRole =
            role.parse().map_err(|()| AppError::field("role", domain::Refusal::BadChoice))?;
        Ok(groups::set_role(&call.store, call.actor(), &read_slug(&slug)?, read_member(&member)?, role)
            .await?)
    }
    .await;
    call.answer(done, |()| (desk, Some(Flash::said("said-group-role")))).await
}

/// Takes a member out of a group.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "groups/remove")]
pub async fn remove(
    #[server(default)] slug: String,
    #[server(default)] member: String,
) -> Result<(), AppError> {
    let desk = format!("{}/members", path_of(&slug));
    let call = Call::from(desk.clone());
    let done = async {
        Ok(groups::remove(&call.store, call.actor(), &read_slug(&slug)?, read_member(&member)?).await?)
    }
    .await;
    call.answer(done, |()| (desk, Some(Flash::said("said-group-removed")))).await
}

/// Asks another group to hold an event too.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "groups/invite_cohost")]
pub async fn invite_cohost(
    #[server(default)] slug: String,
    #[server(default)] group: String,
) -> Result<(), AppError> {
    let page = format!("{}/cohosts", crate::events::pages::path_of(&slug));
    let call = Call::from(page.clone());
    let done = async {
        Ok(events::invite_cohost(&call.store, call.actor(), &read_slug(&slug)?, &read_slug(&group)?).await?)
    }
    .await;
    call.answer(done, |()| (page, Some(Flash::said("said-cohost-invited")))).await
}

/// Holds an event without that group.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "groups/end_cohosting")]
pub async fn end_cohosting(
    #[server(default)] slug: String,
    #[server(default)] group: String,
) -> Result<(), AppError> {
    let page = format!("{}/cohosts", crate::events::pages::path_of(&slug));
    let call = Call::from(page.clone());
    let done =
        async { Ok(events::part(&call.store, call.actor(), &read_slug(&slug)?, &read_slug(&group)?).await?) }
            .await;
    call.answer(done, |()| (page, Some(Flash::said("said-cohost-removed")))).await
}

/// Says for a group whether it holds an event too.
///
/// # Errors
/// Why not.
#[server(prefix = "/api", endpoint = "groups/answer_cohosting")]
pub async fn answer_cohosting(
    #[server(default)] group: String,
    #[server(default)] slug: String,
    #[server(default)] answer: String,
) -> Result<(), AppError> {
    let desk = format!("{}/members", path_of(&group));
    let call = Call::from(desk.clone());
    let yes = answer == "yes";
    let done = async {
        let (group, slug) = (read_slug(&group)?, read_slug(&slug)?);
        Ok(events::answer_cohosting(&call.store, call.actor(), &group, &slug, yes).await?)
    }
    .await;
    let key = if yes { "said-cohost-accepted" } else { "said-cohost-declined" };
    call.answer(done, |()| (desk, Some(Flash::said(key)))).await
}
