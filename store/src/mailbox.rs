//! The built-in mailbox. It receives the emails of an installation without a mail server, and is read at
//! `/dev/mailbox`.

use domain::{EmailId, Instant};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{Store, StoreError, entities::mailbox_message, write::Tx};

/// How many emails the mailbox keeps.
const MAX_MESSAGES: u64 = 500;

/// An email in the built-in mailbox.
#[derive(Clone, Debug)]
pub struct StoredEmail {
    /// Its id in the mailbox.
    pub id: Uuid,
    /// The email in the outbox that it was sent from.
    pub email: EmailId,
    /// The address of the recipient.
    pub to: String,
    /// The subject, decoded from the message.
    pub subject: String,
    /// When the server put it into the mailbox.
    pub at: Instant,
    /// The complete MIME message.
    pub raw: Vec<u8>,
}

/// Adds an email, or replaces it if it was sent before. Deletes the oldest beyond 500.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn put(store: &Store, mail: StoredEmail) -> Result<(), StoreError> {
    store.write(mail, |tx, mail| Box::pin(put_in(tx, mail))).await
}

async fn put_in(tx: &Tx, new: &StoredEmail) -> Result<(), StoreError> {
    let model = mailbox_message::ActiveModel {
        id: Set(new.id),
        email_id: Set(new.email.0),
        address: Set(new.to.clone()),
        subject: Set(new.subject.clone()),
        at: Set(new.at),
        raw: Set(new.raw.clone()),
    };
    let replace = OnConflict::column(mailbox_message::Column::EmailId)
        .update_columns([
            mailbox_message::Column::Subject,
            mailbox_message::Column::At,
            mailbox_message::Column::Raw,
        ])
        .to_owned();
    mailbox_message::Entity::insert(model).on_conflict(replace).exec_without_returning(tx.db()).await?;
    let oldest_kept = mailbox_message::Entity::find()
        .order_by_desc(mailbox_message::Column::At)
        .offset(MAX_MESSAGES)
        .limit(1)
        .one(tx.db())
        .await?;
    if let Some(too_old) = oldest_kept {
        mailbox_message::Entity::delete_many()
            .filter(mailbox_message::Column::At.lte(too_old.at))
            .exec(tx.db())
            .await?;
    }
    Ok(())
}

/// The newest emails, newest first.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn newest(store: &Store, max: u64) -> Result<Vec<StoredEmail>, StoreError> {
    let rows = mailbox_message::Entity::find()
        .order_by_desc(mailbox_message::Column::At)
        .order_by_desc(mailbox_message::Column::Id)
        .limit(max)
        .all(store.db())
        .await?;
    Ok(rows.into_iter().map(from_row).collect())
}

/// The email with this id, if it is still kept.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn find(store: &Store, id: Uuid) -> Result<Option<StoredEmail>, StoreError> {
    Ok(mailbox_message::Entity::find_by_id(id).one(store.db()).await?.map(from_row))
}

fn from_row(row: mailbox_message::Model) -> StoredEmail {
    StoredEmail {
        id: row.id,
        email: EmailId(row.email_id),
        to: row.address,
        subject: row.subject,
        at: row.at,
        raw: row.raw,
    }
}
