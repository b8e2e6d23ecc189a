//! The lists that admins edit, all through the same verbs. An entry is never deleted. It is retired: forms no
//! longer offer it, and records that use it keep it.

use domain::{
    Actor, Refusal, Slug,
    lists::{Entry, List},
    members::Mark,
    policy::admin::ManageSettings,
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, FromQueryResult, QueryFilter as _, QuerySelect as _,
    StatementBuilder,
    sea_query::{Alias, Expr, ExprTrait as _, Order, Query, SelectStatement},
};
use uuid::Uuid;

use super::rights::may;
use crate::{
    Store, StoreError,
    audit::{self, Changes},
    entities::{member_discipline, member_topic},
    search, secrets,
    write::{Tx, verb},
};

/// The lists that exist.
pub const LISTS: &[List] = &[List::Disciplines, List::Stages, List::Topics, List::Values];

/// Number of members whose search documents are updated in one write.
const BATCH_SIZE: usize = 200;

/// The table of a list. All have `id`, `slug`, `name`, `position` and `retired_at`.
fn table(list: List) -> Alias {
    Alias::new(match list {
        List::Disciplines => "disciplines",
        List::Stages => "stages",
        List::Topics => "topics",
        List::Values => "kudos_values",
    })
}

/// An entry of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The key in forms and URLs. It stays the same when the entry is renamed.
    pub slug: Slug,
    /// The name on pages.
    pub name: String,
    /// The shape shown with the name, in lists that have one.
    pub mark: Option<Mark>,
    /// Whether it is no longer offered.
    pub retired: bool,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    slug: String,
    name: String,
    mark: Option<String>,
    retired: bool,
}

impl Row {
    fn item(self) -> Result<Item, StoreError> {
        let corrupt = || StoreError::Corrupt(format!("entry {}: unreadable slug", self.id));
        Ok(Item {
            slug: Slug::parse(&self.slug).ok_or_else(corrupt)?,
            mark: self.mark.and_then(|mark| mark.parse().ok()),
            name: self.name,
            retired: self.retired,
        })
    }
}

fn select(list: List) -> SelectStatement {
    let mark = if list.has_marks() { Expr::col("mark") } else { Expr::value(None::<String>).cast_as("text") };
    Query::select()
        .columns(["id", "slug", "name"])
        .expr_as(mark, "mark")
        .expr_as(Expr::col("retired_at").is_not_null(), "retired")
        .from(table(list))
        // Retired entries come last.
        .order_by_expr(Expr::col("retired_at").is_not_null(), Order::Asc)
        .order_by("position", Order::Asc)
        .order_by("slug", Order::Asc)
        .take()
}

async fn rows(db: &impl ConnectionTrait, list: List) -> Result<Vec<Row>, StoreError> {
    let rows = db.query_all(&select(list)).await?;
    Ok(rows.iter().map(|row| Row::from_query_result(row, "")).collect::<Result<_, _>>()?)
}

async fn run(tx: &Tx, statement: &impl StatementBuilder) -> Result<(), StoreError> {
    tx.db().execute(statement).await?;
    Ok(())
}

/// The entries of a list in its order, with the retired ones last.
///
/// # Errors
/// `Refused` when the actor is not an admin.
pub async fn items(store: &Store, actor: &Actor, list: List) -> Result<Vec<Item>, StoreError> {
    let _permit = may(actor, ManageSettings)?;
    rows(store.db(), list).await?.into_iter().map(Row::item).collect()
}

/// The number of offered entries in each list.
///
/// # Errors
/// `Refused` when the actor is not an admin.
pub async fn counts(store: &Store, actor: &Actor) -> Result<Vec<(List, usize)>, StoreError> {
    let mut counts = Vec::new();
    for list in LISTS {
        let items = items(store, actor, *list).await?;
        counts.push((*list, items.iter().filter(|item| !item.retired).count()));
    }
    Ok(counts)
}

/// Locks a list and loads its entries.
async fn locked(tx: &Tx, list: List) -> Result<Vec<Row>, StoreError> {
    if tx.db().get_database_backend() == sea_orm::DbBackend::Postgres {
        run(tx, &Query::select().column("id").from(table(list)).lock_exclusive().take()).await?;
    }
    rows(tx.db(), list).await
}

fn index_of(rows: &[Row], slug: &Slug) -> Result<usize, StoreError> {
    rows.iter().position(|row| row.slug == slug.as_str()).ok_or(StoreError::NotFound)
}

/// Adds an entry at the end of a list. Its slug is made from its name. If an entry of this name exists, nothing
/// is added and its slug is returned.
///
/// # Errors
/// `Refused` when the actor is not an admin.
pub async fn add(store: &Store, actor: &Actor, list: List, entry: Entry) -> Result<Slug, StoreError> {
    verb!(store, |tx, actor, list, entry| {
        let permit = may(actor, ManageSettings)?;
        let rows = locked(tx, *list).await?;
        if let Some(known) = rows.iter().find(|row| row.name == entry.name) {
            // The form was probably sent twice. A retired entry is offered again with a button of its
            // own.
            return Slug::parse(&known.slug).ok_or_else(|| StoreError::Corrupt("unreadable slug".into()));
        }
        let mut slug = Slug::of_title(&entry.name, list.name());
        while rows.iter().any(|row| row.slug == slug.as_str()) {
            slug = slug.with_suffix(&secrets::suffix());
        }
        let id = secrets::new_id();
        let mut columns = vec!["id", "slug", "name", "position"];
        let position = i32::try_from(rows.len()).unwrap_or(i32::MAX) + 1;
        let mut values: Vec<Expr> =
            vec![id.into(), slug.as_str().into(), entry.name.as_str().into(), position.into()];
        if list.has_marks() {
            columns.push("mark");
            values.push(entry.mark.unwrap_or(Mark::Circle).name().into());
        }
        let mut insert = Query::insert();
        insert.into_table(table(*list)).columns(columns);
        insert.values(values).map_err(|error| StoreError::Corrupt(error.to_string()))?;
        run(tx, &insert).await?;
        audit::record(tx, &permit, "list.add", id).await?;
        Ok(slug)
    })
}

/// Changes the name of an entry, and its mark in lists that have marks. Records that use it show the new name.
///
/// # Errors
/// `Refused` when the actor is not an admin. `NotFound` when there is no such entry.
pub async fn change(
    store: &Store,
    actor: &Actor,
    list: List,
    slug: &Slug,
    entry: Entry,
) -> Result<(), StoreError> {
    let id = verb!(store, |tx, actor, list, slug, entry| {
        let permit = may(actor, ManageSettings)?;
        let rows = locked(tx, *list).await?;
        let before = &rows[index_of(&rows, slug)?];
        let id = before.id;
        let mut facts = Changes::default().and("name", &before.name, &entry.name);
        let mut update = Query::update();
        update.table(table(*list)).value("name", entry.name.as_str());
        if let Some(mark) = entry.mark {
            update.value("mark", mark.name());
            facts = facts.and("mark", before.mark.as_deref().unwrap_or_default(), mark.name());
        }
        run(tx, &update.and_where(Expr::col("id").eq(id)).take()).await?;
        audit::record_changes(tx, &permit, "list.change", id, facts).await?;
        Ok(id)
    })?;
    // The search index contains names. Members are updated in batches, because an entry may be on every profile
    // and other writes must not wait for all of them.
    for batch in members_with(store, list, id).await?.chunks(BATCH_SIZE) {
        store.write(batch.to_vec(), |tx, batch| Box::pin(search::members(tx, batch))).await?;
    }
    Ok(())
}

/// The members with an entry on their profile. Search does not index the other lists.
async fn members_with(store: &Store, list: List, entry: Uuid) -> Result<Vec<Uuid>, StoreError> {
    let (disciplines, topics) = (member_discipline::Entity::find(), member_topic::Entity::find());
    let ids = match list {
        List::Disciplines => disciplines
            .select_only()
            .column(member_discipline::Column::MemberId)
            .filter(member_discipline::Column::DisciplineId.eq(entry))
            .into_tuple()
            .all(store.db()),
        List::Topics => topics
            .select_only()
            .column(member_topic::Column::MemberId)
            .filter(member_topic::Column::TopicId.eq(entry))
            .into_tuple()
            .all(store.db()),
        List::Stages | List::Values => return Ok(Vec::new()),
    };
    Ok(ids.await?)
}

/// Moves an offered entry up or down by one. The first and the last entry stay where they are.
///
/// # Errors
/// `Refused` when the actor is not an admin. `NotFound` when there is no such entry.
pub async fn move_by(
    store: &Store,
    actor: &Actor,
    list: List,
    slug: &Slug,
    up: bool,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, list, slug, up| {
        let permit = may(actor, ManageSettings)?;
        let mut rows = locked(tx, *list).await?;
        let from = index_of(&rows, slug)?;
        let offered = rows.iter().filter(|row| !row.retired).count();
        let to = if *up { from.checked_sub(1) } else { Some(from + 1) };
        let Some(to) = to.filter(|to| *to < offered && from < offered) else { return Ok(()) };
        let id = rows[from].id;
        rows.swap(from, to);
        save_positions(tx, *list, &rows).await?;
        let position = |index: usize| (index + 1).to_string();
        let facts = Changes::default().and("position", &position(from), &position(to));
        audit::record_changes(tx, &permit, "list.move", id, facts).await
    })
}

/// Saves the positions of the entries, counted from 1.
async fn save_positions(tx: &Tx, list: List, rows: &[Row]) -> Result<(), StoreError> {
    for (position, row) in (1_i32..).zip(rows) {
        let update = Query::update()
            .table(table(list))
            .value("position", position)
            .and_where(Expr::col("id").eq(row.id))
            .take();
        run(tx, &update).await?;
    }
    Ok(())
}

/// Retires an entry, or offers it again at the end of the list.
///
/// # Errors
/// `Refused` when the actor is not an admin or it is the last offered entry. `NotFound` when there is no such
/// entry.
pub async fn retire(
    store: &Store,
    actor: &Actor,
    list: List,
    slug: &Slug,
    retired: bool,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, list, slug, retired| {
        let permit = may(actor, ManageSettings)?;
        let rows = locked(tx, *list).await?;
        let row = &rows[index_of(&rows, slug)?];
        if row.retired == *retired {
            return Ok(());
        }
        if *retired && rows.iter().filter(|row| !row.retired).count() == 1 {
            return Err(Refusal::LastOfList.into());
        }
        let update = Query::update()
            .table(table(*list))
            .value("retired_at", retired.then_some(tx.now()))
            .value("position", i32::try_from(rows.len()).unwrap_or(i32::MAX))
            .and_where(Expr::col("id").eq(row.id))
            .take();
        run(tx, &update).await?;
        let action = if *retired { "list.retire" } else { "list.offer" };
        audit::record(tx, &permit, action, row.id).await
    })
}
