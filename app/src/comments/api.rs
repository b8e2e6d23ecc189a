//! Server functions of comments: read the actor, call the store, respond.

use leptos::prelude::*;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    super::section::{draft_key, form_path, page_path},
    crate::{call::Call, flash::Flash, members::sections::fields},
    domain::{
        CommentId,
        comments::{Target, check_text},
    },
};

#[cfg(feature = "ssr")]
fn read_target(kind: &str, target: &str) -> Result<Target, AppError> {
    let kind = kind.parse().map_err(|()| AppError::NotFound)?;
    Ok(Target { kind, id: target.parse().map_err(|_| AppError::NotFound)? })
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
    let found = read_target(&kind, &target);
    let call = Call::from(form_path(found.as_ref().ok().copied(), "reply", &parent));
    let call = call.with_draft(draft_key(&target, &parent), fields([("text", &text)]));
    let result = async {
        let parent = if parent.is_empty() { None } else { Some(read_id(&parent)?) };
        let text = check_text(&text)?;
        Ok(store::comments::post(&call.store, call.actor(), found.clone()?, parent, &text, &key).await?)
    }
    .await;
    let page = page_path(found.ok());
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
    let found = read_target(&kind, &target).ok();
    let call = Call::from(form_path(found, "edit", &id));
    let call = call.with_draft(draft_key(&target, &id), fields([("text", &text)]));
    let result = async {
        let text = check_text(&text)?;
        Ok(store::comments::edit(&call.store, call.actor(), read_id(&id)?, &text).await?)
    }
    .await;
    let flash = Some(Flash::success("flash-comment-saved"));
    call.respond(result, |()| (format!("{}#comment-{id}", page_path(found)), flash)).await
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
    let page = format!("{}#comments", page_path(read_target(&kind, &target).ok()));
    let call = Call::from(page.clone());
    let result = async { Ok(store::comments::delete(&call.store, call.actor(), read_id(&id)?).await?) }.await;
    call.respond(result, |()| (page, Some(Flash::success("flash-comment-deleted")))).await
}

/// Turns comments off below the reader's own record, or on again.
///
/// # Errors
/// `NotFound` when it is not the reader's own record.
#[server(prefix = "/api", endpoint = "comments/close")]
pub async fn close(
    #[server(default)] kind: String,
    #[server(default)] target: String,
    #[server(default)] off: String,
) -> Result<(), AppError> {
    let (found, off) = (read_target(&kind, &target), off == "yes");
    let page = format!("{}#comments", page_path(found.as_ref().ok().copied()));
    let call = Call::from(page.clone());
    let result = async { Ok(store::comments::close(&call.store, call.actor(), found?, off).await?) }.await;
    let flash = if off { "flash-comments-off" } else { "flash-comments-on" };
    call.respond(result, |()| (page, Some(Flash::success(flash)))).await
}
