//! The audit log. Each entry says which member did what to which record, in ids only, and is written in the
//! same transaction. The values that an edit changed are kept in a table of their own, so erasure can empty it
//! and leave the log alone.

use std::collections::BTreeMap;

use domain::{MemberId, changes::Change, policy::Permit};
use sea_orm::{ActiveValue::Set, EntityTrait as _};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    StoreError,
    entities::{audit, audit_change},
    secrets::new_id,
    write::Tx,
};

/// The values that an audited action changed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Changes {
    facts: Vec<Change>,
    about: Option<Uuid>,
}

impl Changes {
    /// The fields that differ between two versions of a form, each serialised as JSON. The `version` field is
    /// left out.
    pub(crate) fn between(before: Value, after: Value) -> Self {
        let (before, after) = (texts(before), texts(after));
        let changed = after.iter().filter(|(field, _)| *field != "version").filter_map(|(field, after)| {
            Change::between(field, before.get(field).map_or("", String::as_str), after)
        });
        Self { facts: changed.collect(), about: None }
    }

    /// Adds a field if its value changed.
    pub(crate) fn and(mut self, field: &str, before: &str, after: &str) -> Self {
        self.facts.extend(Change::between(field, before, after));
        self
    }

    /// Names the other record that the entry concerns: the member whose role in a group changed, or the group
    /// that was asked to co-host. If no value changed, `field` says what the record is.
    pub(crate) fn about(mut self, field: &str, id: Uuid) -> Self {
        self.about = Some(id);
        if self.facts.is_empty() {
            self.facts.push(Change { field: field.to_owned(), before: None, after: None });
        }
        self
    }
}

fn texts(form: Value) -> BTreeMap<String, String> {
    let text = |value: Value| match value {
        Value::String(text) => text,
        Value::Null => String::new(),
        other => other.to_string(),
    };
    let Value::Object(fields) = form else { return BTreeMap::new() };
    fields.into_iter().map(|(field, value)| (field, text(value))).collect()
}

/// Records an action that a permit allowed.
pub(crate) async fn record<A>(
    tx: &Tx,
    permit: &Permit<A>,
    action: &'static str,
    subject: Uuid,
) -> Result<(), StoreError> {
    record_by(tx, permit.by(), action, Some(subject)).await
}

/// Records an action that a permit allowed, with the values that it changed.
pub(crate) async fn record_changes<A>(
    tx: &Tx,
    permit: &Permit<A>,
    action: &'static str,
    subject: Uuid,
    changes: Changes,
) -> Result<(), StoreError> {
    let entry = insert(tx, permit.by(), action, Some(subject)).await?;
    insert_changes(tx, entry, permit.by(), changes).await
}

/// Records an action that needs no permit, such as a sign-in or the operator's work.
pub(crate) async fn record_by(
    tx: &Tx,
    member: Option<MemberId>,
    action: &'static str,
    subject: Option<Uuid>,
) -> Result<(), StoreError> {
    insert(tx, member, action, subject).await.map(drop)
}

/// Records a change that the operator made at the command line.
pub(crate) async fn record_operator(
    tx: &Tx,
    action: &'static str,
    subject: Uuid,
    changes: Changes,
) -> Result<(), StoreError> {
    let entry = insert(tx, None, action, Some(subject)).await?;
    insert_changes(tx, entry, None, changes).await
}

async fn insert(
    tx: &Tx,
    member: Option<MemberId>,
    action: &'static str,
    subject: Option<Uuid>,
) -> Result<Uuid, StoreError> {
    let id = new_id();
    let row = audit::ActiveModel {
        id: Set(id),
        at: Set(tx.now()),
        member_id: Set(member.map(|member| member.0)),
        action: Set(action.to_owned()),
        subject_id: Set(subject),
    };
    audit::Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(id)
}

async fn insert_changes(
    tx: &Tx,
    entry: Uuid,
    by: Option<MemberId>,
    changes: Changes,
) -> Result<(), StoreError> {
    if changes.facts.is_empty() {
        return Ok(());
    }
    let rows = changes.facts.into_iter().map(|fact| audit_change::ActiveModel {
        audit_id: Set(entry),
        field: Set(fact.field),
        old_value: Set(fact.before),
        new_value: Set(fact.after),
        member_id: Set(by.map(|by| by.0)),
        about_id: Set(changes.about),
    });
    audit_change::Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
    Ok(())
}
