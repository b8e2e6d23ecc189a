//! Protects against impersonating admins. A member with a name that looks like an admin's is shown with their
//! handle.

use domain::{Role, text::lookalike_key};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, JoinType, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, RelationTrait as _,
};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    entities::{member, profile},
    search,
    write::{Tx, verb},
};

/// The most members with the same key that are handled. More are left as they are.
const MAX_LOOKALIKES: u64 = 1_000;
/// Number of members in one transaction.
const BATCH_SIZE: u64 = 500;

/// Updates `distinct_name` for all members with this key. While an admin has a name with the key, everyone else
/// with it is shown with their handle.
pub(crate) async fn update_distinct_names(tx: &Tx, key: &str) -> Result<(), StoreError> {
    if key.is_empty() {
        return Ok(());
    }
    let rows: Vec<(Uuid, String, String, Option<String>, String)> = profile::Entity::find()
        .select_only()
        .columns([
            member::Column::Id,
            member::Column::Role,
            member::Column::Name,
            member::Column::DistinctName,
        ])
        .column(profile::Column::Slug)
        .join(JoinType::InnerJoin, profile::Relation::Member.def())
        .filter(member::Column::LookalikeKey.eq(key))
        .order_by_asc(member::Column::Id)
        .limit(MAX_LOOKALIKES)
        .into_tuple()
        .all(tx.db())
        .await?;
    let administers = |role: &str| role == Role::Administrator.name();
    let administered = rows.iter().any(|(_, role, ..)| administers(role));
    let mut changed = Vec::new();
    for (id, role, name, was, slug) in rows {
        let wanted = (administered && !administers(&role)).then(|| format!("{name} (@{slug})"));
        if wanted != was {
            let change =
                member::ActiveModel { id: Set(id), distinct_name: Set(wanted), ..Default::default() };
            change.update(tx.db()).await?;
            changed.push(id);
        }
    }
    if changed.is_empty() { Ok(()) } else { search::members(tx, &changed).await }
}

/// Fills in the keys of names that have none. Needed once, after the migration that added the column.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn fill_in_lookalike_keys(store: &Store) -> Result<(), StoreError> {
    let mut from = Uuid::nil();
    loop {
        let last = verb!(store, |tx, &from| {
            // Fills in one batch, and returns the id of its last member.
            let rows = member::Entity::find()
                .filter(member::Column::LookalikeKey.eq(""))
                .filter(member::Column::Name.ne(""))
                .filter(member::Column::Id.gt(from))
                .order_by_asc(member::Column::Id)
                .limit(BATCH_SIZE)
                .all(tx.db())
                .await?;
            let mut keys: Vec<String> = Vec::with_capacity(rows.len());
            for row in &rows {
                let key = lookalike_key(&row.name);
                let change = member::ActiveModel {
                    id: Set(row.id),
                    lookalike_key: Set(key.clone()),
                    ..Default::default()
                };
                change.update(tx.db()).await?;
                keys.push(key);
            }
            keys.sort_unstable();
            keys.dedup();
            for key in &keys {
                update_distinct_names(tx, key).await?;
            }
            Ok(rows.last().map(|row| row.id))
        })?;
        match last {
            Some(last) => from = last,
            None => return Ok(()),
        }
    }
}
