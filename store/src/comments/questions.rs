//! Questions without an answer, for the hosts of events (C20).

use std::collections::HashMap;

use chrono::Duration;
use domain::{Actor, CommentId, Instant, Slug, comments::TargetKind};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::{Alias, Expr, ExprTrait as _, Query, SelectStatement},
};
use uuid::Uuid;

use super::visibility::visible;
use crate::{
    Store, StoreError,
    entities::{comment, event},
    events,
    members::shown_briefly,
};

/// The most questions that are listed.
const MAX_LISTED: u64 = 5;
/// Older questions are not listed any more, in days.
const MAX_AGE_DAYS: i64 = 30;

/// A question in the conversation of an event that the reader hosts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostQuestion {
    /// The comment to reply to.
    pub comment: CommentId,
    /// Slug of the event.
    pub event: Slug,
    /// Title of the event.
    pub title: String,
    /// Page and name of the member who asks, if the reader may see them.
    pub by: Option<(Slug, String)>,
    /// The comment as plain text.
    pub text: String,
    /// When it was written.
    pub written_at: Instant,
}

/// Comments with a question mark below upcoming events that the actor hosts, the oldest first, at most five. A reply of
/// somebody else is an answer, and so is a later comment of the actor.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database fails.
pub async fn questions_to_host(store: &Store, actor: &Actor) -> Result<Vec<HostQuestion>, StoreError> {
    let hosted = actor.member().zip(events::hosted_upcoming(actor, store.now()));
    let Some((me, hosted)) = hosted else { return Ok(Vec::new()) };
    let comments = comment::Entity::find()
        .filter(comment::Column::Kind.eq(TargetKind::Event.name()))
        .filter(comment::Column::TargetId.in_subquery(hosted))
        .filter(comment::Column::ParentId.is_null())
        .filter(comment::Column::DeletedAt.is_null())
        .filter(comment::Column::RemovedAt.is_null())
        .filter(comment::Column::WrittenAt.gt(store.now() - Duration::days(MAX_AGE_DAYS)))
        .filter(comment::Column::AuthorId.ne(me.0))
        .filter(comment::Column::Text.contains("?"))
        .filter(visible(actor))
        .filter(Expr::exists(replies()).not())
        .filter(Expr::exists(later_comments(me.0)).not())
        .order_by_asc(comment::Column::WrittenAt)
        .order_by_asc(comment::Column::Id)
        .limit(MAX_LISTED)
        .all(store.db())
        .await?;
    if comments.is_empty() {
        return Ok(Vec::new());
    }
    let records: Vec<(Uuid, String, String)> = event::Entity::find()
        .select_only()
        .columns([event::Column::Id, event::Column::Slug, event::Column::Title])
        .filter(event::Column::Id.is_in(comments.iter().map(|row| row.target_id)))
        .filter(events::seen_by(actor))
        .into_tuple()
        .all(store.db())
        .await?;
    let records: HashMap<Uuid, (String, String)> =
        records.into_iter().map(|(id, slug, title)| (id, (slug, title))).collect();
    let authors: Vec<Uuid> = comments.iter().filter_map(|row| row.author_id).collect();
    let people = shown_briefly(store.db(), actor, &authors).await?.into_iter();
    let people: HashMap<Uuid, (Slug, String)> =
        people.map(|person| (person.member.0, (person.slug, person.name))).collect();
    let question = |row: comment::Model| {
        let (slug, title) = records.get(&row.target_id)?.clone();
        Some(HostQuestion {
            comment: CommentId(row.id),
            event: Slug::parse(&slug)?,
            title,
            by: row.author_id.and_then(|author| people.get(&author).cloned()),
            text: markup::markdown::text(&row.text),
            written_at: row.written_at,
        })
    };
    Ok(comments.into_iter().filter_map(question).collect())
}

/// A column of another comment, which is compared with the outer one.
fn other(column: comment::Column) -> Expr {
    Expr::col((Alias::new("other"), column))
}

fn outer(column: comment::Column) -> Expr {
    Expr::col((comment::Entity, column))
}

fn others() -> SelectStatement {
    Query::select()
        .expr(Expr::value(1))
        .from_as(comment::Entity, Alias::new("other"))
        .and_where(other(comment::Column::DeletedAt).is_null())
        .and_where(other(comment::Column::HiddenAt).is_null())
        .and_where(other(comment::Column::RemovedAt).is_null())
        .to_owned()
}

/// Replies to the comment by somebody else than its author.
fn replies() -> SelectStatement {
    others()
        .and_where(other(comment::Column::ParentId).eq(outer(comment::Column::Id)))
        .and_where(other(comment::Column::AuthorId).ne(outer(comment::Column::AuthorId)))
        .to_owned()
}

/// What the member wrote later in the same conversation.
fn later_comments(member: Uuid) -> SelectStatement {
    others()
        .and_where(other(comment::Column::Kind).eq(outer(comment::Column::Kind)))
        .and_where(other(comment::Column::TargetId).eq(outer(comment::Column::TargetId)))
        .and_where(other(comment::Column::AuthorId).eq(member))
        .and_where(other(comment::Column::WrittenAt).gt(outer(comment::Column::WrittenAt)))
        .to_owned()
}
