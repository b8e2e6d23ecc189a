//! The audit log: who did what to which record, in ids only, in the transaction that did it. What an edit
//! changed is kept beside it in a table of its own, which erasure empties without touching the log.

use std::collections::BTreeMap;

use domain::{MemberId, changes::Change, policy::Permit};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, EntityTrait as _};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    StoreError,
    entities::{audit, audit_change},
    secrets::new_id,
    write::Tx,
};

/// What an entry of the log changed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Changes {
    facts: Vec<Change>,
    about: Option<Uuid>,
}

impl Changes {
    /// The fields that differ between two forms, each as JSON; their version is no fact.
    pub(crate) fn between(before: Value, after: Value) -> Self {
        let (before, after) = (texts(before), texts(after));
        let changed = after.iter().filter(|(field, _)| *field != "version").filter_map(|(field, after)| {
            Change::between(field, before.get(field).map_or("", String::as_str), after)
        });
        Self { facts: changed.collect(), about: None }
    }

    /// Adds a field, if its values differ.
    pub(crate) fn and(mut self, field: &str, before: &str, after: &str) -> Self {
        self.facts.extend(Change::between(field, before, after));
        self
    }

    /// Names the other record that the entry concerns: the member whose role in a group changed, the group that
    /// was asked to co-host. `field` says what it is where no value changed.
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

/// Notes what a permit was used for.
pub(crate) async fn note(
    tx: &Tx,
    permit: &Permit,
    action: &'static str,
    subject: Uuid,
) -> Result<(), StoreError> {
    note_by(tx, permit.by(), action, Some(subject)).await
}

/// Notes what a permit was used for, and what it changed.
pub(crate) async fn note_changes(
    tx: &Tx,
    permit: &Permit,
    action: &'static str,
    subject: Uuid,
    changes: Changes,
) -> Result<(), StoreError> {
    let entry = insert(tx, permit.by(), action, Some(subject)).await?;
    keep(tx, entry, permit.by(), changes).await
}

/// Notes what happened without a permit: sign-ins, the operator's work.
pub(crate) async fn note_by(
    tx: &Tx,
    member: Option<MemberId>,
    action: &'static str,
    subject: Option<Uuid>,
) -> Result<(), StoreError> {
    insert(tx, member, action, subject).await.map(drop)
}

/// Notes what the operator changed at the command line.
pub(crate) async fn note_operator(
    tx: &Tx,
    action: &'static str,
    subject: Uuid,
    changes: Changes,
) -> Result<(), StoreError> {
    let entry = insert(tx, None, action, Some(subject)).await?;
    keep(tx, entry, None, changes).await
}

async fn insert(
    tx: &Tx,
    member: Option<MemberId>,
    action: &'static str,
    subject: Option<Uuid>,
) -> Result<Uuid, StoreError> {
    let row = audit::ActiveModel {
        id: Set(new_id()),
        at: Set(tx.now()),
        member_id: Set(member.map(|member| member.0)),
        action: Set(action.to_owned()),
        subject_id: Set(subject),
    };
    Ok(row.insert(tx.db()).await?.id)
}

async fn keep(tx: &Tx, entry: Uuid, by: Option<MemberId>, changes: Changes) -> Result<(), StoreError> {
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
