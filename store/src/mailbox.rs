//! The built-in mailbox: where letters go when there is no mail server, read at `/dev/mail`.

use domain::{Instant, LetterId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{Fault, Store, entities::mail, write::Tx};

/// How many letters it keeps.
const KEPT: u64 = 500;

/// A letter in the built-in mailbox.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Which.
    pub id: Uuid,
    /// Which letter of the outbox it was.
    pub letter: LetterId,
    /// The address it went to.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// When it arrived.
    pub at: Instant,
    /// The whole MIME message.
    pub raw: Vec<u8>,
}

/// Puts a letter in; the same letter again replaces it. The oldest beyond 500 go.
///
/// # Errors
/// `Unavailable` or `Broken` when the database does not answer.
pub async fn put(store: &Store, mail: Mail) -> Result<(), Fault> {
    store.write(mail, |tx, mail| Box::pin(put_in(tx, mail))).await
}

async fn put_in(tx: &Tx, new: &Mail) -> Result<(), Fault> {
    let model = mail::ActiveModel {
        id: Set(new.id),
        letter_id: Set(new.letter.0),
        address: Set(new.to.clone()),
        subject: Set(new.subject.clone()),
        at: Set(new.at),
        raw: Set(new.raw.clone()),
    };
    let replace = OnConflict::column(mail::Column::LetterId)
        .update_columns([mail::Column::Subject, mail::Column::At, mail::Column::Raw])
        .to_owned();
    mail::Entity::insert(model).on_conflict(replace).exec_without_returning(tx.db()).await?;
    let oldest_kept =
        mail::Entity::find().order_by_desc(mail::Column::At).offset(KEPT).limit(1).one(tx.db()).await?;
    if let Some(too_old) = oldest_kept {
        mail::Entity::delete_many().filter(mail::Column::At.lte(too_old.at)).exec(tx.db()).await?;
    }
    Ok(())
}

/// The newest letters, newest first.
///
/// # Errors
/// `Unavailable` or `Broken` when the database does not answer.
pub async fn newest(store: &Store, most: u64) -> Result<Vec<Mail>, Fault> {
    let rows = mail::Entity::find()
        .order_by_desc(mail::Column::At)
        .order_by_desc(mail::Column::Id)
        .limit(most)
        .all(store.db())
        .await?;
    Ok(rows.into_iter().map(from_row).collect())
}

/// One letter.
///
/// # Errors
/// `Unavailable` or `Broken` when the database does not answer.
pub async fn find(store: &Store, id: Uuid) -> Result<Option<Mail>, Fault> {
    Ok(mail::Entity::find_by_id(id).one(store.db()).await?.map(from_row))
}

fn from_row(row: mail::Model) -> Mail {
    Mail {
        id: row.id,
        letter: LetterId(row.letter_id),
        to: row.address,
        subject: row.subject,
        at: row.at,
        raw: row.raw,
    }
}
