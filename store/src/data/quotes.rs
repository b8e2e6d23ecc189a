//! Deleting emails with texts that were erased (F1). An email has a copy of what it says, so the copy goes with the text.
//! A job walks through all emails that may have one, a batch in each transaction.

use std::collections::HashSet;

use domain::{
    CommentId, KudosId, MemberId,
    emails::{Email, Quote},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::SCRUB;
use crate::{
    Store, StoreError,
    entities::{comment, digest_item, email, kudos, member},
    jobs::{self, Job, NewJob, Next},
    outbox,
    write::{Tx, verb},
};

/// The kind of job that deletes emails with erased texts.
pub(crate) const ERASED_QUOTES: &str = "erased_quotes";
/// How long an email may be in sending. Then its result is known, and it can be deleted.
const LOOK_AGAIN: chrono::Duration = chrono::Duration::minutes(5);

/// How far the job has come.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Position {
    /// A number of a kind in `Email::QUOTING_KINDS`. After the last one come the emails that wait for a digest.
    place: usize,
    after: Uuid,
    done: u64,
    /// Whether an email with an erased text is being sent now.
    is_sending: bool,
}

/// Deletes the next batch of emails with erased texts.
pub(crate) async fn run_erase_quotes(store: Store, job: Job) -> Result<Next, StoreError> {
    verb!(store, |tx, job| {
        let position = serde_json::from_value::<Option<Position>>(job.payload.clone())?.unwrap_or_default();
        let next = erase_batch(tx, position).await?;
        if next.place <= Email::QUOTING_KINDS.len() {
            jobs::checkpoint(tx, job, &serde_json::to_value(next)?, next.done, None).await?;
            return Ok(Next::More);
        }
        // The next run begins with the first email.
        jobs::checkpoint(tx, job, &Value::Null, next.done, None).await?;
        jobs::enqueue(tx, NewJob::single(SCRUB, tx.now())).await?;
        Ok(if next.is_sending { Next::At(tx.now() + LOOK_AGAIN) } else { Next::Done })
    })
}

/// Deletes all emails with erased texts now, for the command line. Emails that are being sent stay.
pub(super) async fn erase_quotes(store: &Store) -> Result<(), StoreError> {
    let mut position = Position::default();
    while position.place <= Email::QUOTING_KINDS.len() {
        position = verb!(store, |tx, &position| { erase_batch(tx, position).await })?;
    }
    Ok(())
}

async fn erase_batch(tx: &Tx, position: Position) -> Result<Position, StoreError> {
    let kind = Email::QUOTING_KINDS.get(position.place);
    let rows: Vec<(Uuid, String)> = match kind {
        Some(kind) => {
            email::Entity::find()
                .select_only()
                .columns([email::Column::Id, email::Column::Payload])
                .filter(email::Column::Kind.eq(*kind))
                .filter(email::Column::Id.gt(position.after))
                .order_by_asc(email::Column::Id)
                .limit(jobs::BATCH)
                .into_tuple()
                .all(tx.db())
                .await?
        }
        None => {
            digest_item::Entity::find()
                .select_only()
                .columns([digest_item::Column::Id, digest_item::Column::Payload])
                .filter(digest_item::Column::Id.gt(position.after))
                .order_by_asc(digest_item::Column::Id)
                .limit(jobs::BATCH)
                .into_tuple()
                .all(tx.db())
                .await?
        }
    };
    let erased = with_erased_texts(tx, &rows).await?;
    let count = erased.len() as u64;
    let deleted = match kind {
        Some(_) => {
            let delete = email::Entity::delete_many().filter(email::Column::Id.is_in(erased));
            delete.filter(outbox::not_being_sent()).exec(tx.db()).await?
        }
        None => {
            let delete = digest_item::Entity::delete_many().filter(digest_item::Column::Id.is_in(erased));
            delete.exec(tx.db()).await?
        }
    };
    // What waits for a digest may have been sent since it was read.
    let is_sending = position.is_sending || (kind.is_some() && deleted.rows_affected < count);
    let done = position.done + rows.len() as u64;
    Ok(match rows.last() {
        Some((last, _)) if rows.len() as u64 == jobs::BATCH => {
            Position { after: *last, done, is_sending, ..position }
        }
        _ => Position { place: position.place + 1, after: Uuid::nil(), done, is_sending },
    })
}

/// Those of some stored emails that contain a text which is not there any more.
async fn with_erased_texts(tx: &Tx, rows: &[(Uuid, String)]) -> Result<Vec<Uuid>, StoreError> {
    let quotes_of = |payload: &str| serde_json::from_str::<Email>(payload).ok().map(|email| email.quotes());
    let quoting: Vec<(Uuid, Vec<Quote>)> =
        rows.iter().filter_map(|(id, payload)| Some((*id, quotes_of(payload)?))).collect();
    let all: HashSet<Quote> = quoting.iter().flat_map(|(_, quotes)| quotes).copied().collect();
    let of_kudos = all.iter().filter_map(|quote| match quote {
        Quote::Kudos(KudosId(id)) => Some(*id),
        Quote::Comment(_) | Quote::Member(_) => None,
    });
    let of_comments = all.iter().filter_map(|quote| match quote {
        Quote::Comment(CommentId(id)) => Some(*id),
        Quote::Kudos(_) | Quote::Member(_) => None,
    });
    let authors = all.iter().filter_map(|quote| match quote {
        Quote::Member(MemberId(id)) => Some(*id),
        Quote::Kudos(_) | Quote::Comment(_) => None,
    });
    let authors: Vec<Uuid> = member::Entity::find()
        .select_only()
        .column(member::Column::Id)
        .filter(member::Column::Id.is_in(authors))
        .into_tuple()
        .all(tx.db())
        .await?;
    let kudos: Vec<Uuid> = kudos::Entity::find()
        .select_only()
        .column(kudos::Column::Id)
        .filter(kudos::Column::Id.is_in(of_kudos))
        .into_tuple()
        .all(tx.db())
        .await?;
    let comments: Vec<Uuid> = comment::Entity::find()
        .select_only()
        .column(comment::Column::Id)
        .filter(comment::Column::Id.is_in(of_comments))
        .filter(comment::Column::DeletedAt.is_null())
        .into_tuple()
        .all(tx.db())
        .await?;
    let kudos = kudos.into_iter().map(|id| Quote::Kudos(KudosId(id)));
    let comments = comments.into_iter().map(|id| Quote::Comment(CommentId(id)));
    let authors = authors.into_iter().map(|id| Quote::Member(MemberId(id)));
    let there: HashSet<Quote> = kudos.chain(comments).chain(authors).collect();
    let is_erased = |quotes: &[Quote]| quotes.iter().any(|quote| !there.contains(quote));
    Ok(quoting.into_iter().filter(|(_, quotes)| is_erased(quotes)).map(|(id, _)| id).collect())
}
