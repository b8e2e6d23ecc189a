//! What a restored database must not bring back: sessions, sign-ins that wait, and emails that may have been sent
//! since the backup was made.

use domain::Instant;
use sea_orm::{
    ConnectionTrait as _, DatabaseConnection, DbBackend, EntityTrait as _, Statement, sea_query::Expr,
};

use crate::{
    Store, StoreError, audit, chores,
    entities::{address_proof, group_invitation, invitation, provider_sign_in, sign_in, sign_in_session},
    outbox,
    write::Tx,
};

/// What [`clean_up`] did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CleanedUp {
    /// Sessions that it ended.
    pub sessions: u64,
    /// Emails that it holds until an administrator releases or cancels them.
    pub held: u64,
}

/// What [`clean_up`] does with a secret that a database keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterRestore {
    /// Whoever holds it has to ask for a new one.
    Ended,
    /// It works as it did when the backup was made.
    Kept,
}

/// Every column that holds a secret or a hash of one: its table, itself, and what a restore does with it. A new
/// one without its row here fails the tests.
pub const SECRET_COLUMNS: &[(&str, &str, AfterRestore)] = &[
    ("sign_in_sessions", "token_hash", AfterRestore::Ended),
    ("sign_ins", "browser_hash", AfterRestore::Ended),
    ("sign_ins", "link_hash", AfterRestore::Ended),
    ("sign_ins", "code_hash", AfterRestore::Ended),
    ("provider_sign_ins", "browser_hash", AfterRestore::Ended),
    ("provider_sign_ins", "state_hash", AfterRestore::Ended),
    ("provider_sign_ins", "nonce", AfterRestore::Ended),
    ("provider_sign_ins", "verifier", AfterRestore::Ended),
    ("address_proofs", "code_hash", AfterRestore::Ended),
    // The invitations themselves stay: whoever is invited signs in with their address.
    ("invitations", "link_hash", AfterRestore::Ended),
    ("group_invitations", "link_hash", AfterRestore::Ended),
    // Only counts emails, and opens nothing.
    ("code_emails", "asker_hash", AfterRestore::Kept),
    // Calendar programs hold these. They only read, and ending them would empty everybody's calendar.
    ("feeds", "token_hash", AfterRestore::Kept),
    // Works only while there is no member, and the next start makes another.
    ("settings", "setup_hash", AfterRestore::Kept),
    ("installation", "secret_fingerprint", AfterRestore::Kept),
];

/// How often chores may find more to do before they are left to the next start.
const ROUNDS: usize = 1000;

/// Ends what must not come back to life and holds every email that may have been sent already. Nobody else may use
/// the database meanwhile.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer or a chore fails.
pub async fn clean_up(store: &Store) -> Result<CleanedUp, StoreError> {
    // Reminders, digests and offers that were due since the backup have been emailed by the installation that
    // went on. They are posted now, while no worker sends, and held with the rest.
    for _ in 0..ROUNDS {
        if chores::run(store).await?.is_none_or(|next: Instant| next > store.now()) {
            break;
        }
    }
    let done = store.write((), |tx, ()| Box::pin(clean_up_in(tx))).await?;
    store.scrub().await?;
    Ok(done)
}

async fn clean_up_in(tx: &Tx) -> Result<CleanedUp, StoreError> {
    let sessions = sign_in_session::Entity::delete_many().exec(tx.db()).await?.rows_affected;
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
    audit::note_by(tx, None, "database.restore", None).await?;
    Ok(CleanedUp { sessions, held })
}

/// How many other programs are connected to this PostgreSQL database. SQLite answers 0: there the file's lock says so.
///
/// # Errors
/// When the database does not answer.
pub async fn others(db: &DatabaseConnection) -> Result<i64, StoreError> {
    if db.get_database_backend() == DbBackend::Sqlite {
        return Ok(0);
    }
    let sql = "SELECT COUNT(*) AS n FROM pg_stat_activity \
               WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()";
    let row = db.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
    Ok(row.ok_or(StoreError::NotFound)?.try_get("", "n")?)
}
