//! Erases a member: treats every column as the inventory says, deletes dependent rows in all tables, and
//! deletes everything with the member's address.

use domain::{
    MemberId,
    emails::{self, Email},
};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait as _, Condition, ConnectionTrait as _, DbBackend, EntityTrait as _, QueryFilter as _,
    sea_query::{Alias, Expr, ExprTrait as _, Func, Query},
};

use crate::{
    StoreError, audit,
    cascade::remove,
    catalogue::foreign_keys,
    comments, demands,
    entities::{email, member},
    events::{events_with_rsvp, recount, release},
    inventory::{ADDRESS_COLUMNS, Fate, MEMBER_COLUMNS, SUBJECT_COLUMNS},
    kudos,
    members::{recipient, update_distinct_names},
    mentoring, mentorships, outbox, proposals, questions, search, sessions, speed_rounds,
    write::Tx,
};

/// The fields of email payloads that contain a person's name, each with the JSON that has to follow it. A group
/// in a payload has a `name` too, so a person's `name` is told apart by the next field of
/// `Email::JoinRequested`. Older versions wrote `who` instead.
const NAME_FIELDS: [(&str, &str); 5] =
    [("name", ",\"words\""), ("who", ""), ("from", ""), ("by", ""), ("partner", "")];

/// The kind of email that lists the names of people who requested a seat.
const NEW_REQUESTS: &str = "new_requests";

/// Erases a member and queues one last email, whose content is deleted once it is sent.
pub(super) async fn erase(tx: &Tx, row: member::Model) -> Result<(), StoreError> {
    let id = MemberId(row.id);
    release(tx, id, false).await?;
    // Before the comments go, because cards count them.
    let kudos_news = kudos::forget(tx, id).await?;
    comments::forget(tx, id).await?;
    mentoring::proposals::forget(tx, id).await?;
    mentorships::forget(tx, id).await?;
    questions::forget(tx, id).await?;
    proposals::forget(tx, id).await?;
    demands::forget(tx, id).await?;
    speed_rounds::forget(tx, id).await?;
    sessions::forget(tx, id).await?;
    let events = events_with_rsvp(tx, id).await?;
    let foreign_keys = foreign_keys(tx.db()).await?;
    for (table, column, fate, _) in MEMBER_COLUMNS {
        let of_member = Expr::col(Alias::new(*column)).eq(row.id);
        match fate {
            Fate::Erase => remove(tx, &foreign_keys, table, of_member, 0).await?,
            Fate::Anonymise => {
                let mut update = Query::update();
                update.table(Alias::new(*table)).value(Alias::new(*column), Expr::value(None::<uuid::Uuid>));
                tx.db().execute(&update.and_where(of_member).take()).await?;
            }
            Fate::Retain => {}
        }
    }
    search::forget_words_of(tx, row.id).await?;
    for (table, column) in SUBJECT_COLUMNS {
        remove(tx, &foreign_keys, table, Expr::col(Alias::new(*column)).eq(row.id), 0).await?;
    }
    if let Some(key) = &row.address_key {
        for (table, column, _) in ADDRESS_COLUMNS.iter().filter(|(table, ..)| *table != "members") {
            let has_address = Expr::expr(Func::lower(Expr::col(Alias::new(*column)))).eq(key.as_str());
            remove(tx, &foreign_keys, table, has_address, 0).await?;
        }
    }
    recount(tx, events).await?;
    for name in [Some(&row.name), row.distinct_name.as_ref()].into_iter().flatten() {
        delete_emails_naming(tx, name).await?;
        forget_in_requests(tx, name).await?;
    }
    member::Entity::delete_by_id(row.id).exec(tx.db()).await?;
    update_distinct_names(tx, &row.lookalike_key).await?;
    if let Some(to) = recipient(&row) {
        outbox::post(tx, None, &to, &Email::from(emails::DeletionDone)).await?;
    }
    audit::record_by(tx, None, "member.erase", Some(row.id)).await?;
    kudos::push_all(tx, kudos_news).await
}

/// Deletes finished emails to other people that contain the erased member's name.
async fn delete_emails_naming(tx: &Tx, name: &str) -> Result<(), StoreError> {
    if name.is_empty() {
        return Ok(());
    }
    // Compares the exact bytes that the outbox wrote. Quotation marks inside a JSON string are escaped, so only a
    // whole field can match, never a part of somebody's text.
    let name = serde_json::to_string(name)?;
    let mut named = Condition::any();
    for (field, next) in NAME_FIELDS {
        let written = format!("\"{field}\":{name}{next}");
        let at = Func::cust(position(tx)).arg(Expr::col(email::Column::Payload)).arg(written);
        named = named.add(Expr::expr(at).gt(0));
    }
    email::Entity::delete_many()
        .filter(email::Column::SettledAt.is_not_null())
        .filter(named)
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Takes the erased member's name out of emails about new requests, whether they were sent or not. The member is
/// then only counted.
async fn forget_in_requests(tx: &Tx, name: &str) -> Result<(), StoreError> {
    if name.is_empty() {
        return Ok(());
    }
    let written = serde_json::to_string(name)?;
    let at = Func::cust(position(tx)).arg(Expr::col(email::Column::Payload)).arg(written);
    let rows = email::Entity::find()
        .filter(email::Column::Kind.eq(NEW_REQUESTS))
        .filter(Expr::expr(at).gt(0))
        .all(tx.db())
        .await?;
    for row in rows {
        let Ok(Email::NewRequests(mut email)) = serde_json::from_str(&row.payload) else { continue };
        email.names.retain(|known| known != name);
        let payload = Set(serde_json::to_string(&Email::from(email))?);
        email::ActiveModel { id: Set(row.id), payload, ..Default::default() }.update(tx.db()).await?;
    }
    Ok(())
}

/// The function that finds a text in another one, byte for byte. A name may contain wildcards of `LIKE`.
fn position(tx: &Tx) -> &'static str {
    match tx.db().get_database_backend() {
        DbBackend::Sqlite => "instr",
        _ => "strpos",
    }
}
