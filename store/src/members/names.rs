//! Names that look like an administrator's. Others read them with the handle of their member, so that nobody
//! speaks in an administrator's name.

use domain::{Role, text::look};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait as _, EntityTrait as _, JoinType, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    RelationTrait as _,
    sea_query::{Expr, Func},
};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    entities::{member, profile},
    search,
    write::Tx,
};

/// More members of one look are not told apart.
const MAX_SAME: u64 = 1_000;
/// Rows of one transaction.
const BATCH_SIZE: u64 = 500;

/// A member's name as others read it, as an expression over `members`.
pub(crate) fn shown_name() -> Expr {
    let (distinct, name) = (member::Column::DistinctName, member::Column::Name);
    Func::coalesce([Expr::col((member::Entity, distinct)), Expr::col((member::Entity, name))]).into()
}

impl member::Model {
    /// The member's name as others read it.
    pub(crate) fn shown_name(self) -> String {
        self.distinct_name.unwrap_or(self.name)
    }
}

/// Brings up to date who of those whose names have this look is shown with their handle: everybody but
/// administrators, as long as an administrator's name has it.
pub(crate) async fn update_distinct_names(tx: &Tx, look: &str) -> Result<(), StoreError> {
    if look.is_empty() {
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
        .filter(member::Column::Look.eq(look))
        .order_by_asc(member::Column::Id)
        .limit(MAX_SAME)
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

/// Fills in what names look like where that is not known yet: after the change of the schema that brought it.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn fill_in_lookalike_keys(store: &Store) -> Result<(), StoreError> {
    let mut from = Uuid::nil();
    loop {
        let last = store.write(from, |tx, from| Box::pin(fill_in(tx, *from))).await?;
        match last {
            Some(last) => from = last,
            None => return Ok(()),
        }
    }
}

/// The same for some members, and the id of the last one.
async fn fill_in(tx: &Tx, from: Uuid) -> Result<Option<Uuid>, StoreError> {
    let rows = member::Entity::find()
        .filter(member::Column::Look.eq(""))
        .filter(member::Column::Name.ne(""))
        .filter(member::Column::Id.gt(from))
        .order_by_asc(member::Column::Id)
        .limit(BATCH_SIZE)
        .all(tx.db())
        .await?;
    let mut looks: Vec<String> = Vec::with_capacity(rows.len());
    for row in &rows {
        let look = look(&row.name);
        let change = member::ActiveModel { id: Set(row.id), look: Set(look.clone()), ..Default::default() };
        change.update(tx.db()).await?;
        looks.push(look);
    }
    looks.sort_unstable();
    looks.dedup();
    for look in &looks {
        update_distinct_names(tx, look).await?;
    }
    Ok(rows.last().map(|row| row.id))
}
