//! Emails about busy conversations (C18). The first comment is emailed at once. Further ones within the hour wait in
//! `comment_news`, and a job sends them together.

use domain::{
    Actor, CommentId, MemberId, Role,
    comments::{EMAIL_INTERVAL, MAX_IN_EMAIL, Place, Reason, Target, TargetKind},
    emails::{CommentPosted, Delivery, Email, Recipient},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};

use super::notify::{merged, of_comment};
use crate::{
    Store, StoreError,
    entities::{comment_news, email},
    jobs::{self, Due, Job, Next},
    members, outbox, preferences, secrets,
    write::Tx,
};

/// The kind of job that sends one member's emails about busy conversations.
pub(crate) const COMMENT_NEWS: &str = "comment_news";

/// Posts the email about one comment, or lets it wait for the next one about the same conversation.
pub(super) async fn post(
    tx: &Tx,
    target: Target,
    to: (MemberId, &Recipient),
    because: Reason,
    email: CommentPosted,
) -> Result<(), StoreError> {
    let (member, recipient) = to;
    let comment = email.comments.first().map(|one| one.comment);
    let place = email.place.clone();
    let email = Email::from(email);
    let is_now = preferences::delivery(tx, Some(member), &email).await? == Delivery::Now;
    let due_at = if is_now { next_email(tx, member, target, &place).await? } else { None };
    let (Some(due_at), Some(CommentId(comment))) = (due_at, comment) else {
        return outbox::post(tx, Some(member), recipient, &email).await;
    };
    outbox::post_notification(tx, member, &email).await?;
    let row = comment_news::ActiveModel {
        id: Set(secrets::new_id()),
        member_id: Set(member.0),
        kind: Set(target.kind.name().to_owned()),
        target_id: Set(target.id),
        comment_id: Set(comment),
        reason: Set(because.name().to_owned()),
        due_at: Set(due_at),
    };
    row.insert(tx.db()).await?;
    Ok(())
}

/// When the next email about a conversation may go out: `None` for now.
async fn next_email(
    tx: &Tx,
    member: MemberId,
    target: Target,
    place: &Place,
) -> Result<Option<domain::Instant>, StoreError> {
    let waiting = comment_news::Entity::find()
        .filter(comment_news::Column::MemberId.eq(member.0))
        .filter(comment_news::Column::Kind.eq(target.kind.name()))
        .filter(comment_news::Column::TargetId.eq(target.id))
        .one(tx.db())
        .await?;
    if let Some(row) = waiting {
        return Ok(Some(row.due_at));
    }
    let recent = email::Entity::find()
        .filter(email::Column::MemberId.eq(member.0))
        .filter(email::Column::Kind.eq("comment_posted"))
        .filter(email::Column::PostedAt.gt(tx.now() - EMAIL_INTERVAL))
        .order_by_desc(email::Column::PostedAt)
        .all(tx.db())
        .await?;
    let is_about = |row: &email::Model| match serde_json::from_str(&row.payload) {
        Ok(Email::CommentPosted(email)) => email.place == *place,
        Ok(_) | Err(_) => false,
    };
    Ok(recent.iter().find(|row| is_about(row)).map(|row| row.posted_at + EMAIL_INTERVAL))
}

/// The members for whom an email about a conversation is due.
pub(crate) async fn due_news(store: Store) -> Result<Due, StoreError> {
    let now = store.now();
    let subjects = comment_news::Entity::find()
        .select_only()
        .column(comment_news::Column::MemberId)
        .filter(comment_news::Column::DueAt.lte(now))
        .filter(comment_news::Column::MemberId.not_in_subquery(jobs::taken(COMMENT_NEWS)))
        .distinct()
        .limit(jobs::BATCH)
        .into_tuple()
        .all(store.db())
        .await?;
    let next = comment_news::Entity::find()
        .filter(comment_news::Column::DueAt.gt(now))
        .order_by_asc(comment_news::Column::DueAt)
        .one(store.db())
        .await?;
    Ok(Due { subjects, next: next.map(|row| row.due_at) })
}

/// Sends one member's emails about busy conversations.
pub(crate) async fn run_news(store: Store, job: Job) -> Result<Next, StoreError> {
    let member = MemberId(job.subject()?);
    store.write(member, |tx, member| Box::pin(send(tx, *member))).await?;
    Ok(Next::Done)
}

/// One email for each conversation, with what its reader may see now. The rows are deleted in the same transaction, so
/// each comment is sent once.
async fn send(tx: &Tx, member: MemberId) -> Result<(), StoreError> {
    let row = members::lock(tx, member).await?;
    let due = comment_news::Entity::find()
        .filter(comment_news::Column::MemberId.eq(member.0))
        .filter(comment_news::Column::DueAt.lte(tx.now()))
        .order_by_asc(comment_news::Column::Id)
        .all(tx.db())
        .await?;
    let ids = due.iter().map(|row| row.id);
    comment_news::Entity::delete_many().filter(comment_news::Column::Id.is_in(ids)).exec(tx.db()).await?;
    let is_suspended = row.role == Role::Suspended.name();
    let Some(recipient) = members::recipient(&row).filter(|_| !is_suspended) else { return Ok(()) };
    let reader = members::as_actor(row)?;
    let mut targets: Vec<(String, uuid::Uuid)> = Vec::new();
    for row in &due {
        let target = (row.kind.clone(), row.target_id);
        if !targets.contains(&target) {
            targets.push(target);
        }
    }
    for (kind, id) in targets {
        let rows = due.iter().filter(|row| row.kind == kind && row.target_id == id);
        let Ok(kind) = kind.parse::<TargetKind>() else { continue };
        let emails = emails(tx, &reader, member, Target { kind, id }, rows).await?;
        if let Some(email) = merged(emails, MAX_IN_EMAIL) {
            outbox::post_email(tx, Some(member), &recipient, &Email::from(email)).await?;
        }
    }
    Ok(())
}

/// An email for each of the comments that the reader may still see.
async fn emails(
    tx: &Tx,
    reader: &Actor,
    member: MemberId,
    target: Target,
    rows: impl Iterator<Item = &comment_news::Model>,
) -> Result<Vec<CommentPosted>, StoreError> {
    let mut emails = Vec::new();
    for row in rows {
        let because = row.reason.parse().unwrap_or(Reason::Watch);
        emails.extend(of_comment(tx, reader, member, target, CommentId(row.comment_id), because).await?);
    }
    Ok(emails)
}
