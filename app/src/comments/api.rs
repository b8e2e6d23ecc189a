//! Server functions of comments: read the actor, call the store, respond.

use leptos::prelude::*;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    super::section::{draft_key, form_path, page_path},
    crate::{call::Call, flash::Flash, members::sections::fields},
    domain::{
        CommentId,
        comments::{Place, Target, check_reason, check_text},
    },
    store::comments,
};

/// The record that a form names, as the reader sees it.
#[cfg(feature = "ssr")]
async fn target(call: &Call, place: Option<&Place>) -> Result<Target, AppError> {
    Ok(comments::target(&call.store, call.actor(), place.ok_or(AppError::NotFound)?).await?)
}

#[cfg(feature = "ssr")]
fn read_id(id: &str) -> Result<CommentId, AppError> {
    id.parse().map(CommentId).map_err(|_| AppError::NotFound)
}

/// Writes a comment, or with `parent` a reply.
///
/// # Errors
/// `Invalid` when the text is wrong; `NotFound` when the reader doesn't see the record; `Refused` beyond a limit.
#[server(prefix = "/api", endpoint = "comments/post")]
pub async fn post(
    #[server(default)] kind: String,
    #[server(default)] target: String,
    #[server(default)] parent: String,
    #[server(default)] text: String,
    #[server(default)] key: String,
) -> Result<(), AppError> {
    let place = Place::parse(&kind, &target);
    let call = Call::from(form_path(place.as_ref(), "reply", &parent));
    let call = call.with_draft(draft_key(&target, &parent), fields([("text", &text)]));
    let result = async {
        let parent = if parent.is_empty() { None } else { Some(read_id(&parent)?) };
        let text = check_text(&text)?;
        let target = self::target(&call, place.as_ref()).await?;
        Ok(comments::post(&call.store, call.actor(), target, parent, &text, &key).await?)
    }
    .await;
    let page = page_path(place.as_ref());
    let flash = Some(Flash::success("flash-comment-written"));
    call.respond(result, |id| (format!("{page}#comment-{id}"), flash)).await.map(|_| ())
}

/// Changes the text of the reader's own comment.
///
/// # Errors
/// `Invalid` when the text is wrong; `Refused` when it is too late; `NotFound` when the reader did not write it.
#[server(prefix = "/api", endpoint = "comments/edit")]
pub async fn edit(
    #[server(default)] kind: String,
    #[server(default)] target: String,
    #[server(default)] id: String,
    #[server(default)] text: String,
) -> Result<(), AppError> {
    let place = Place::parse(&kind, &target);
    let call = Call::from(form_path(place.as_ref(), "edit", &id));
    let call = call.with_draft(draft_key(&target, &id), fields([("text", &text)]));
    let result = async {
        let text = check_text(&text)?;
        Ok(comments::edit(&call.store, call.actor(), read_id(&id)?, &text).await?)
    }
    .await;
    let flash = Some(Flash::success("flash-comment-saved"));
    call.respond(result, |()| (format!("{}#comment-{id}", page_path(place.as_ref())), flash)).await
}

/// Deletes the reader's own comment.
///
/// # Errors
/// `NotFound` when the reader did not write it.
#[server(prefix = "/api", endpoint = "comments/delete")]
pub async fn delete(
    #[server(default)] kind: String,
    #[server(default)] target: String,
    #[server(default)] id: String,
) -> Result<(), AppError> {
    let page = format!("{}#comments", page_path(Place::parse(&kind, &target).as_ref()));
    let call = Call::from(page.clone());
    let result = async { Ok(comments::delete(&call.store, call.actor(), read_id(&id)?).await?) }.await;
    call.respond(result, |()| (page, Some(Flash::success("flash-comment-deleted")))).await
}

/// Closes the conversation below a record, or opens it again.
///
/// # Errors
/// `NotFound` when the reader neither owns nor runs the record.
#[server(prefix = "/api", endpoint = "comments/close")]
pub async fn close(
    #[server(default)] kind: String,
    #[server(default)] target: String,
    #[server(default)] off: String,
) -> Result<(), AppError> {
    let (place, off) = (Place::parse(&kind, &target), off == "yes");
    let page = format!("{}#comments", page_path(place.as_ref()));
    let call = Call::from(page.clone());
    let result = async {
        let target = self::target(&call, place.as_ref()).await?;
        Ok(comments::close(&call.store, call.actor(), target, off).await?)
    }
    .await;
    let flash = if off { "flash-comments-off" } else { "flash-comments-on" };
    call.respond(result, |()| (page, Some(Flash::success(flash)))).await
}

/// Pins a comment at the top, or unpins it.
///
/// # Errors
/// `NotFound` when it is gone; `Forbidden` when the reader doesn't run the record.
#[server(prefix = "/api", endpoint = "comments/pin")]
pub async fn pin(
    #[server(default)] kind: String,
    #[server(default)] target: String,
    #[server(default)] id: String,
    #[server(default)] pinned: String,
) -> Result<(), AppError> {
    let page = format!("{}#comments", page_path(Place::parse(&kind, &target).as_ref()));
    let (call, pinned) = (Call::from(page.clone()), pinned == "yes");
    let result = async { Ok(comments::pin(&call.store, call.actor(), read_id(&id)?, pinned).await?) }.await;
    let flash = if pinned { "flash-comment-pinned" } else { "flash-comment-unpinned" };
    call.respond(result, |()| (page, Some(Flash::success(flash)))).await
}

/// Removes a comment with a reason.
///
/// # Errors
/// `Invalid` without a reason; `NotFound` when it is gone; `Forbidden` when the reader doesn't run the record.
#[server(prefix = "/api", endpoint = "comments/remove")]
pub async fn remove(
    #[server(default)] kind: String,
    #[server(default)] target: String,
    #[server(default)] id: String,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    let place = Place::parse(&kind, &target);
    let call = Call::from(form_path(place.as_ref(), "remove", &id));
    let call = call.with_draft(draft_key(&target, &format!("remove-{id}")), fields([("reason", &reason)]));
    let result = async {
        let reason = check_reason(&reason)?;
        Ok(comments::remove(&call.store, call.actor(), read_id(&id)?, &reason).await?)
    }
    .await;
    let page = format!("{}#comments", page_path(place.as_ref()));
    call.respond(result, |()| (page, Some(Flash::success("flash-comment-removed")))).await
}

/// Shows a removed comment again.
///
/// # Errors
/// `NotFound` when it is gone; `Forbidden` when the reader doesn't run the record.
#[server(prefix = "/api", endpoint = "comments/restore")]
pub async fn restore(
    #[server(default)] kind: String,
    #[server(default)] target: String,
    #[server(default)] id: String,
) -> Result<(), AppError> {
    let page = format!("{}#comments", page_path(Place::parse(&kind, &target).as_ref()));
    let call = Call::from(page.clone());
    let result = async { Ok(comments::restore(&call.store, call.actor(), read_id(&id)?).await?) }.await;
    call.respond(result, |()| (page, Some(Flash::success("flash-comment-restored")))).await
}

/// Watches or mutes a conversation. Any other value of `follow` goes back to what concerns the reader.
///
/// # Errors
/// `NotFound` when the reader doesn't see the record.
#[server(prefix = "/api", endpoint = "comments/follow")]
pub async fn follow(
    #[server(default)] kind: String,
    #[server(default)] target: String,
    #[server(default)] follow: String,
) -> Result<(), AppError> {
    let place = Place::parse(&kind, &target);
    let page = format!("{}#comments", page_path(place.as_ref()));
    let call = Call::from(page.clone());
    let result = async {
        let target = self::target(&call, place.as_ref()).await?;
        Ok(comments::follow(&call.store, call.actor(), target, follow.parse().ok()).await?)
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-comments-followed")))).await
}
