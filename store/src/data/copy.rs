//! A copy of everything about a member, made from the tables and columns that the inventory lists (F1).

use std::collections::BTreeMap;

use domain::{
    Actor, MemberId,
    members::{Address, Viewer},
    mentorships::Outcome,
    policy::data::ManageOwnData,
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbBackend, EntityTrait as _, QueryFilter as _,
    QuerySelect as _, QueryTrait as _,
    sea_query::{Alias, Expr, ExprTrait as _, Func, Query, SelectStatement},
};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::{
    Store, StoreError, audit,
    blocks::hidden_from,
    catalogue::columns,
    entities::{event, kudos, member, mentoring_sign_up, profile, proposal, submission},
    events::seen_by,
    inventory::{ADDRESS_COLUMNS, MEMBER_COLUMNS, NOT_EXPORTED},
    members::{as_actor, findable, own},
};

/// The rows of one table in a copy.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The table's name in the database.
    pub name: String,
    /// The rows, each as a JSON object.
    pub rows: Vec<Value>,
}

/// A copy of everything about a member.
#[derive(Clone, Debug, PartialEq)]
pub struct Copy {
    /// The member's name. May be empty.
    pub name: String,
    /// All tables in the inventory, including those without rows.
    pub tables: Vec<Table>,
    /// Pictures and emails, by path.
    pub files: Vec<(String, Vec<u8>)>,
}

/// A copy of everything about the actor. Only the fact that it was made is recorded.
///
/// # Errors
/// `Refused` when not signed in.
pub async fn of(store: &Store, actor: &Actor) -> Result<Copy, StoreError> {
    let (id, _) = own(actor, ManageOwnData)?;
    let recorded = store.write(*actor, |tx, actor| {
        Box::pin(async move {
            let (id, permit) = own(actor, ManageOwnData)?;
            audit::record(tx, &permit, "member.copy", id.0).await
        })
    });
    recorded.await?;
    gather(store, id).await
}

/// Makes the same copy for the operator at the command line.
///
/// # Errors
/// `NotFound` when no member has that address.
pub async fn operator_copy(store: &Store, address: &Address) -> Result<Copy, StoreError> {
    let id = store
        .write(address.key(), |tx, key| {
            Box::pin(async move {
                let query = member::Entity::find().filter(member::Column::AddressKey.eq(key));
                let id = query.one(tx.db()).await?.ok_or(StoreError::NotFound)?.id;
                audit::record_by(tx, None, "member.copy", Some(id)).await?;
                Ok(id)
            })
        })
        .await?;
    gather(store, MemberId(id)).await
}

async fn gather(store: &Store, id: MemberId) -> Result<Copy, StoreError> {
    let row = member::Entity::find_by_id(id.0).one(store.db()).await?.ok_or(StoreError::NotFound)?;
    let mut wanted: BTreeMap<&str, Condition> = BTreeMap::new();
    let mut add = |table, condition: Expr| {
        let any = wanted.remove(table).unwrap_or_else(Condition::any);
        wanted.insert(table, any.add(condition));
    };
    add("members", Expr::col("id").eq(id.0));
    for (table, column, ..) in MEMBER_COLUMNS {
        if !NOT_EXPORTED.iter().any(|(t, c, _)| (t, c) == (table, column)) {
            add(table, Expr::col(*column).eq(id.0));
        }
    }
    for (table, column, _) in ADDRESS_COLUMNS.iter().filter(|(table, ..)| *table != "members") {
        if let Some(key) = &row.address_key {
            add(table, Expr::expr(Func::lower(Expr::col(*column))).eq(key.as_str()));
        }
    }
    // The text of kudos that the member got is about them, although it is in a row of the giver.
    add("kudos", Expr::col("id").in_subquery(kudos_in_copy(&row)?));
    // Sign-ups have the member, and these rows have the sign-up.
    for table in SIGN_UP_TABLES {
        add(table, Expr::col("sign_up_id").in_subquery(sign_ups_of(id)));
    }
    // Proposals have the member, and what they sent to calls has the proposal.
    add("submissions", Expr::col("proposal_id").in_subquery(proposals_of(id)));
    add("submission_questions", Expr::col("submission_id").in_subquery(submissions_of(id)));
    let hidden = hidden_events(store.db(), row.clone()).await?;
    let actor = as_actor(row.clone())?;
    let mut copy = Copy { name: row.name, tables: Vec::new(), files: Vec::new() };
    for (table, condition) in wanted {
        let mut rows = rows(store.db(), table, condition).await?;
        if table == "mentoring_preferences" {
            name_people(store.db(), &actor, &mut rows).await?;
        }
        let mut rows: Vec<_> =
            rows.into_iter().map(|row| redact(id.0, table, row, &mut copy.files)).collect();
        if table == "events" {
            rows.iter_mut().for_each(|row| keep_only_ids(row, &hidden));
        }
        copy.tables.push(Table { name: table.to_owned(), rows });
    }
    Ok(copy)
}

/// What members say in their sign-ups for mentoring.
const SIGN_UP_TABLES: [&str; 4] =
    ["mentoring_answers", "mentoring_preferences", "mentoring_sign_up_languages", "mentoring_sign_up_topics"];

fn sign_ups_of(id: MemberId) -> SelectStatement {
    mentoring_sign_up::Entity::find()
        .select_only()
        .column(mentoring_sign_up::Column::Id)
        .filter(mentoring_sign_up::Column::MemberId.eq(id.0))
        .into_query()
}

fn proposals_of(id: MemberId) -> SelectStatement {
    proposal::Entity::find()
        .select_only()
        .column(proposal::Column::Id)
        .filter(proposal::Column::SpeakerId.eq(id.0))
        .into_query()
}

fn submissions_of(id: MemberId) -> SelectStatement {
    submission::Entity::find()
        .select_only()
        .column(submission::Column::Id)
        .filter(submission::Column::ProposalId.in_subquery(proposals_of(id)))
        .into_query()
}

/// Adds the page of each person that a member wishes for or avoids, if the member may still find them. The member
/// chose them by their pages, and the ids of others are left out.
async fn name_people(
    db: &impl ConnectionTrait,
    actor: &Actor,
    rows: &mut [Map<String, Value>],
) -> Result<(), StoreError> {
    let person = |row: &Map<String, Value>| {
        let value = row.get("member_id")?;
        let id = bytes(value).and_then(|bytes| Uuid::from_slice(&bytes).ok());
        id.or_else(|| value.as_str()?.parse().ok())
    };
    let pages: Vec<(Uuid, String)> = profile::Entity::find()
        .select_only()
        .columns([profile::Column::MemberId, profile::Column::Slug])
        .filter(profile::Column::MemberId.is_in(rows.iter().filter_map(person)))
        .filter(findable(profile::Column::MemberId, Viewer::of_others(actor)))
        .filter(hidden_from(actor, Expr::col((profile::Entity, profile::Column::MemberId))))
        .into_tuple()
        .all(db)
        .await?;
    for row in rows {
        let page = pages.iter().find(|(id, _)| Some(*id) == person(row));
        row.insert("person".to_owned(), page.map(|(_, slug)| slug.clone()).into());
    }
    Ok(())
}

/// The kudos that a member got and sees.
fn kudos_in_copy(row: &member::Model) -> Result<SelectStatement, StoreError> {
    let find = kudos::Entity::find().select_only().column(kudos::Column::Id);
    let find = find.filter(kudos::Column::Id.in_subquery(crate::kudos::received(MemberId(row.id))));
    Ok(find.filter(crate::kudos::seen_by(&as_actor(row.clone())?)).into_query())
}

/// The events that a member hosts but may no longer see. They have left the private group that holds them, and
/// others may have changed the events since.
async fn hidden_events(db: &impl ConnectionTrait, host: member::Model) -> Result<Vec<Uuid>, StoreError> {
    let hosted = event::Entity::find()
        .select_only()
        .column(event::Column::Id)
        .filter(event::Column::HostId.eq(host.id))
        .filter(seen_by(&as_actor(host)?).not());
    Ok(hosted.into_tuple().all(db).await?)
}

/// Reduces a hidden event to the fact that the member hosts it.
fn keep_only_ids(event: &mut Value, hidden: &[Uuid]) {
    let Some(event) = event.as_object_mut() else { return };
    let id = event.get("id").and_then(Value::as_str).and_then(|id| Uuid::parse_str(id).ok());
    if id.is_some_and(|id| hidden.contains(&id)) {
        event.retain(|column, _| matches!(column.as_str(), "id" | "host_id"));
    }
}

/// The rows of any table as JSON objects, built by the database.
async fn rows(
    db: &impl ConnectionTrait,
    table: &str,
    condition: Condition,
) -> Result<Vec<Map<String, Value>>, StoreError> {
    let json = if db.get_database_backend() == DbBackend::Sqlite {
        // JSON has no type for bytes, and SQLite stores ids as bytes.
        let field = |column: &String| {
            format!(
                "'{column}', CASE typeof(\"{column}\") WHEN 'blob' THEN '\\x' || lower(hex(\"{column}\")) ELSE \"{column}\" END"
            )
        };
        let fields: Vec<String> = columns(db, table).await?.iter().map(field).collect();
        format!("json_object({})", fields.join(", "))
    } else {
        format!("CAST(to_jsonb(\"{table}\") AS TEXT)")
    };
    let select =
        Query::select().expr_as(Expr::cust(json), "row").from(Alias::new(table)).cond_where(condition).take();
    let mut objects = Vec::new();
    for row in db.query_all(&select).await? {
        let text: String = row.try_get("", "row")?;
        objects.push(serde_json::from_str(&text)?);
    }
    Ok(objects)
}

/// Removes secrets and other members' data from a row, and moves bytes into files.
fn redact(me: Uuid, table: &str, row: Map<String, Value>, files: &mut Vec<(String, Vec<u8>)>) -> Value {
    // An email may contain a secret that signs its reader in. SQLite returns 1 for true.
    let is_true = |value: &Value| value == true || value == 1;
    let secret = table == "emails" && row.get("secret").is_some_and(is_true);
    let exported = row.into_iter().filter_map(|(column, value)| {
        // A form's key contains the id of the member who sent it, also on kudos from others.
        let is_internal = column.ends_with("_hash") || ["create_key", "text_key"].contains(&column.as_str());
        if is_internal || (secret && column == "payload") {
            return None;
        }
        let value = match bytes(&value) {
            None => value,
            Some(bytes) => match Uuid::from_slice(&bytes) {
                Ok(id) => Value::String(id.to_string()),
                Err(_) => {
                    let path = format!("files/{table}-{}.{}", files.len() + 1, extension(&bytes));
                    files.push((path.clone(), bytes));
                    Value::String(path)
                }
            },
        };
        let of_a_member = MEMBER_COLUMNS.iter().any(|(t, c, ..)| (*t, *c) == (table, column.as_str()));
        let is_other = of_a_member && value.as_str().is_some_and(|id| id != me.to_string());
        Some((column, if is_other { Value::String("somebody else".to_owned()) } else { value }))
    });
    let mut exported: Map<String, Value> = exported.collect();
    // The other side's appeal is only for the admins who decide.
    if table == "reports" && exported.get("appealed_by_id") != Some(&Value::String(me.to_string())) {
        exported.remove("appeal");
    }
    if table == "submissions" {
        // A decision that was not sent is a secret of the organisers (D1).
        for column in ["decision", "decided_by_id", "sent_at"] {
            exported.remove(column);
        }
    }
    if table == "mentorships" {
        // When reminders and alerts were sent tells one of the two what the other one answered or reported. An outcome
        // other than a graduation would tell who left.
        for column in ["missed_told_at", "due_at", "nudged_at", "term_told_at"] {
            exported.remove(column);
        }
        let outcome = exported.get("outcome").and_then(Value::as_str).and_then(|name| name.parse().ok());
        if !outcome.is_some_and(Outcome::is_graduation) {
            exported.remove("outcome");
        }
    }
    Value::Object(exported)
}

/// The bytes behind a text like `\x00ff`, which both engines produce.
fn bytes(value: &Value) -> Option<Vec<u8>> {
    let hex = value.as_str()?.strip_prefix("\\x")?;
    let pair = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
    (0..hex.len()).step_by(2).map(pair).collect()
}

/// The file name extension for some bytes, detected from how they begin.
fn extension(bytes: &[u8]) -> &'static str {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => "png",
        [0xff, 0xd8, ..] => "jpg",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "webp",
        [first, ..] if first.is_ascii_alphabetic() => "eml",
        _ => "bin",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_and_others_stay_out_and_bytes_become_files() {
        let (me, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let row = serde_json::json!({
            "by_id": me.to_string(), "blocked_id": other.to_string(), "token_hash": "\\x00ff",
            "bytes": "\\x89504e470d0a", "text": "Thanks", "create_key": format!("{other}:key"), "text_key": "ab",
        });
        let Value::Object(row) = row else { panic!() };
        let mut files = Vec::new();
        let redacted = redact(me, "blocks", row, &mut files);
        let expected = serde_json::json!({
            "by_id": me.to_string(), "blocked_id": "somebody else", "bytes": "files/blocks-1.png", "text": "Thanks",
        });
        assert_eq!(redacted, expected);
        assert_eq!(files[0].1, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]);
    }
}
