//! The fingerprint of the installation's secret. The secret signs links in emails. When a database is used with
//! another secret, for example after a restore, the server must notice.

use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, EntityTrait as _};

use crate::{
    Store, StoreError, audit,
    entities::installation,
    write::{Tx, verb},
};

/// The id of the only row.
const ROW: i32 = 1;

/// The fingerprint of the secret that this database was used with. `None` before its first start.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn fingerprint(store: &Store) -> Result<Option<String>, StoreError> {
    let row = installation::Entity::find_by_id(ROW).one(store.db()).await?;
    Ok(row.map(|row| row.secret_fingerprint))
}

/// Stores the fingerprint of the first secret, and returns whether the stored fingerprint is this one. When two
/// processes with different secrets start at once, one of them gets `false`.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn claim_secret(store: &Store, fingerprint: &str) -> Result<bool, StoreError> {
    verb!(store, |tx, fingerprint| {
        match installation::Entity::find_by_id(ROW).one(tx.db()).await? {
            Some(row) => Ok(row.secret_fingerprint == *fingerprint),
            None => row(tx, fingerprint).insert(tx.db()).await.map(|_| true).map_err(StoreError::from),
        }
    })
}

/// Stores the fingerprint of a new secret, because the operator has confirmed the change.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn accept_secret(store: &Store, fingerprint: &str) -> Result<(), StoreError> {
    verb!(store, |tx, fingerprint| {
        installation::Entity::delete_by_id(ROW).exec(tx.db()).await?;
        row(tx, fingerprint).insert(tx.db()).await?;
        audit::record_by(tx, None, "secret.accept", None).await
    })
}

fn row(tx: &Tx, fingerprint: &str) -> installation::ActiveModel {
    installation::ActiveModel {
        id: Set(ROW),
        secret_fingerprint: Set(fingerprint.to_owned()),
        accepted_at: Set(tx.now()),
    }
}
