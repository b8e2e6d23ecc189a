//! The fingerprint of the installation's secret. The secret signs links in emails, so a database that meets another
//! secret, after a restore for example, must say so.

use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, EntityTrait as _};

use crate::{Store, StoreError, audit, entities::installation, write::Tx};

/// The only row.
const ROW: i32 = 1;

/// The fingerprint of the secret that this database was used with; none before its first start.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn fingerprint(store: &Store) -> Result<Option<String>, StoreError> {
    let row = installation::Entity::find_by_id(ROW).one(store.db()).await?;
    Ok(row.map(|row| row.secret_fingerprint))
}

/// Keeps the fingerprint of the first secret. Answers whether it is the one that is kept: of two processes that
/// start at once with different secrets, one is told no.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn claim_secret(store: &Store, fingerprint: &str) -> Result<bool, StoreError> {
    store
        .write(fingerprint.to_owned(), |tx, fingerprint| {
            Box::pin(async move {
                match installation::Entity::find_by_id(ROW).one(tx.db()).await? {
                    Some(row) => Ok(row.secret_fingerprint == *fingerprint),
                    None => {
                        row(tx, fingerprint).insert(tx.db()).await.map(|_| true).map_err(StoreError::from)
                    }
                }
            })
        })
        .await
}

/// Keeps the fingerprint of another secret, because the operator says so.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn accept_secret(store: &Store, fingerprint: &str) -> Result<(), StoreError> {
    store
        .write(fingerprint.to_owned(), |tx, fingerprint| {
            Box::pin(async move {
                installation::Entity::delete_by_id(ROW).exec(tx.db()).await?;
                row(tx, fingerprint).insert(tx.db()).await?;
                audit::note_by(tx, None, "secret.accept", None).await
            })
        })
        .await
}

fn row(tx: &Tx, fingerprint: &str) -> installation::ActiveModel {
    installation::ActiveModel {
        id: Set(ROW),
        secret_fingerprint: Set(fingerprint.to_owned()),
        accepted_at: Set(tx.now()),
    }
}
