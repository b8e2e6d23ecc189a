//! Limits how many emails with a code an address gets. The limits keep strangers from flooding an address, and
//! from using up the emails that its owner needs.

use domain::{
    MemberId,
    sign_in::{MAX_EMAILS_PER_DAY, SentEmails, check_budget},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait as _, DbBackend,
    EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Statement,
};

use crate::{StoreError, entities::code_email, secrets, write::Tx};

/// Whoever asks for an email, as far as limits need to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asker {
    /// A keyed hash of the client's network, or of a browser that signed in with this address before.
    pub hash: Vec<u8>,
    /// Whether it is a browser that signed in with this address before.
    pub known: bool,
}

impl Asker {
    /// A signed-in member, who asks for an email to an address that may belong to anybody.
    pub(crate) fn member(id: MemberId) -> Self {
        Self { hash: secrets::hash(&format!("member {id}")), known: false }
    }
}

/// The most rows to count. No address can have more in a day, whatever the browsers.
const MAX_ROWS: u64 = 500;

/// Takes one email out of an address's budget. The inner error says how long to wait.
pub(crate) async fn take(
    tx: &Tx,
    address_key: &str,
    asker: &Asker,
) -> Result<Result<(), chrono::Duration>, StoreError> {
    one_at_a_time(tx, address_key).await?;
    let now = tx.now();
    code_email::Entity::delete_many()
        .filter(code_email::Column::SentAt.lte(now - MAX_EMAILS_PER_DAY.window))
        .exec(tx.db())
        .await?;
    let sent = code_email::Entity::find()
        .filter(code_email::Column::AddressKey.eq(address_key))
        .order_by_desc(code_email::Column::SentAt)
        .limit(MAX_ROWS)
        .all(tx.db())
        .await?;
    let mut emails = SentEmails::default();
    for row in sent {
        emails.count(row.asker_hash == asker.hash, row.known, now - row.sent_at);
    }
    if let Err(wait) = check_budget(emails, asker.known) {
        return Ok(Err(wait));
    }
    let row = code_email::ActiveModel {
        id: Set(secrets::new_id()),
        address_key: Set(address_key.to_owned()),
        asker_hash: Set(asker.hash.clone()),
        known: Set(asker.known),
        sent_at: Set(now),
    };
    row.insert(tx.db()).await?;
    Ok(Ok(()))
}

/// Handles requests for one address one after another. Otherwise many requests at once would each see an unused
/// budget. SQLite has only one writer, so it needs no lock.
async fn one_at_a_time(tx: &Tx, address_key: &str) -> Result<(), StoreError> {
    if tx.db().get_database_backend() == DbBackend::Postgres {
        let lock = Statement::from_sql_and_values(
            DbBackend::Postgres,
            "SELECT pg_advisory_xact_lock(hashtextextended($1, 15))",
            [address_key.into()],
        );
        tx.db().query_one_raw(lock).await?;
        tx.read_clock();
    }
    Ok(())
}
