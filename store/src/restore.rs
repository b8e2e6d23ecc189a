//! Cleans a restored database: ends the sessions and pending sign-ins in it, and holds emails that may have
//! been sent since the backup was made.

use domain::Instant;
use sea_orm::{
    ConnectionTrait as _, DatabaseConnection, DbBackend, EntityTrait as _, Statement, sea_query::Expr,
};

use crate::{
    Store, StoreError, audit,
    entities::{
        access_token, address_proof, group_invitation, invitation, provider_sign_in, sign_in, sign_in_session,
    },
    outbox, runner,
    write::verb,
};

/// The result of [`clean_up`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CleanedUp {
    /// Number of devices that were signed out.
    pub sessions: u64,
    /// Number of emails on hold until an admin releases or cancels them.
    pub held: u64,
}

/// What [`clean_up`] does with a secret in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterRestore {
    /// It stops working, and its holder has to ask for a new one.
    Ended,
    /// It works as it did when the backup was made.
    Kept,
}

/// Every column with a secret or the hash of one: table, column, and what a restore does with it. The tests
/// fail when a new column has no entry.
pub const SECRET_COLUMNS: &[(&str, &str, AfterRestore)] = &[
    ("sign_in_sessions", "token_hash", AfterRestore::Ended),
    // A token that was revoked since the backup would work again.
    ("access_tokens", "token_hash", AfterRestore::Ended),
    ("sign_ins", "browser_hash", AfterRestore::Ended),
    ("sign_ins", "link_hash", AfterRestore::Ended),
    ("sign_ins", "code_hash", AfterRestore::Ended),
    ("provider_sign_ins", "browser_hash", AfterRestore::Ended),
    ("provider_sign_ins", "state_hash", AfterRestore::Ended),
    ("provider_sign_ins", "nonce", AfterRestore::Ended),
    ("provider_sign_ins", "verifier", AfterRestore::Ended),
    ("address_proofs", "code_hash", AfterRestore::Ended),
    // The invitations themselves stay. People who are invited can sign in with their address.
    ("invitations", "link_hash", AfterRestore::Ended),
    ("group_invitations", "link_hash", AfterRestore::Ended),
    // Only counts emails, and gives access to nothing.
    ("code_emails", "asker_hash", AfterRestore::Kept),
    // Only counts held seats, and is deleted with them.
    ("registrations", "network_hash", AfterRestore::Kept),
    // Calendar apps store these. They are read-only, and ending them would empty every member's calendar.
    ("feeds", "token_hash", AfterRestore::Kept),
    // Works only while there are no members, and the next start makes a new one.
    ("settings", "setup_hash", AfterRestore::Kept),
    ("installation", "secret_fingerprint", AfterRestore::Kept),
];

/// The most times that due jobs are run. Work that remains is left to the next start.
const ROUNDS: usize = 1000;

/// Ends old sessions and links, and holds every email that may have been sent already. No other process may use
/// the database at the same time.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer or a job fails.
pub async fn clean_up(store: &Store) -> Result<CleanedUp, StoreError> {
    // The installation that kept running has already emailed the reminders, digests and offers that were due
    // since the backup. They are queued now, while no worker sends, and put on hold with the rest.
    for _ in 0..ROUNDS {
        if runner::run_due(store).await?.is_none_or(|next: Instant| next > store.now()) {
            break;
        }
    }
    let done = verb!(store, |tx| {
        let sessions = sign_in_session::Entity::delete_many().exec(tx.db()).await?.rows_affected;
        access_token::Entity::delete_many().exec(tx.db()).await?;
        sign_in::Entity::delete_many().exec(tx.db()).await?;
        address_proof::Entity::delete_many().exec(tx.db()).await?;
        provider_sign_in::Entity::delete_many().exec(tx.db()).await?;
        invitation::Entity::update_many()
            .col_expr(invitation::Column::LinkHash, Expr::value(None::<String>))
            .exec(tx.db())
            .await?;
        group_invitation::Entity::update_many()
            .col_expr(group_invitation::Column::LinkHash, Expr::value(None::<String>))
            .exec(tx.db())
            .await?;
        let held = outbox::hold_all(tx, "restored from a backup").await?;
        audit::record_by(tx, None, "database.restore", None).await?;
        Ok(CleanedUp { sessions, held })
    })?;
    store.scrub().await?;
    Ok(done)
}

/// The number of other clients connected to this PostgreSQL database. Always 0 for SQLite, where the lock on
/// the file shows whether it is in use.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn other_connections(db: &DatabaseConnection) -> Result<i64, StoreError> {
    if db.get_database_backend() == DbBackend::Sqlite {
        return Ok(0);
    }
    let sql = "SELECT COUNT(*) AS n FROM pg_stat_activity \
               WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()";
    let row = db.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
    Ok(row.ok_or(StoreError::NotFound)?.try_get("", "n")?)
}
