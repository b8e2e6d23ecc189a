//! Erases a member: treats every column as the inventory says, deletes dependent rows in all tables, and
//! deletes everything with the member's address.

use domain::{MemberId, emails::Email};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait as _, DbBackend, EntityTrait as _, QueryFilter as _,
    sea_query::{Alias, Expr, ExprTrait as _, Func, Query, SelectStatement},
};

use super::schema::{Pointer, columns, pointers};
use crate::{
    StoreError, audit,
    entities::{email, member},
    events::{answered, recount, release},
    inventory::{ADDRESS_COLUMNS, Fate, MEMBER_COLUMNS, SUBJECT_COLUMNS},
    members::{recipient, update_distinct_names},
    outbox,
    write::Tx,
};

/// Dependent rows are followed no deeper than this.
const DEPTH: usize = 8;
/// The fields of email payloads that contain a person's name.
const NAMES: [&str; 3] = ["who", "from", "by"];

/// Erases a member and queues one last email, whose content is deleted once it is sent.
pub(super) async fn erase(tx: &Tx, row: member::Model) -> Result<(), StoreError> {
    let id = MemberId(row.id);
    release(tx, id, false).await?;
    let events = answered(tx, id).await?;
    let pointers = pointers(tx.db()).await?;
    for (table, column, fate, _) in MEMBER_COLUMNS {
        let mine = Expr::col(Alias::new(*column)).eq(row.id);
        match fate {
            Fate::Erase => remove(tx, &pointers, table, mine, 0).await?,
            Fate::Anonymise => {
                let mut update = Query::update();
                update.table(Alias::new(*table)).value(Alias::new(*column), Expr::value(None::<uuid::Uuid>));
                tx.db().execute(&update.and_where(mine).take()).await?;
            }
            Fate::Retain => {}
        }
    }
    for (table, column) in SUBJECT_COLUMNS {
        remove(tx, &pointers, table, Expr::col(Alias::new(*column)).eq(row.id), 0).await?;
    }
    if let Some(key) = &row.address_key {
        for (table, column, _) in ADDRESS_COLUMNS.iter().filter(|(table, ..)| *table != "members") {
            let same = Expr::expr(Func::lower(Expr::col(Alias::new(*column)))).eq(key.as_str());
            remove(tx, &pointers, table, same, 0).await?;
        }
    }
    recount(tx, events).await?;
    for name in [Some(&row.name), row.distinct_name.as_ref()].into_iter().flatten() {
        named_elsewhere(tx, name).await?;
    }
    member::Entity::delete_by_id(row.id).exec(tx.db()).await?;
    update_distinct_names(tx, &row.look).await?;
    if let Some(to) = recipient(&row) {
        outbox::post(tx, None, &to, &Email::DeletionDone).await?;
    }
    audit::record_by(tx, None, "member.erase", Some(row.id)).await
}

/// Deletes finished emails to other people that contain the erased member's name.
async fn named_elsewhere(tx: &Tx, name: &str) -> Result<(), StoreError> {
    if name.is_empty() {
        return Ok(());
    }
    // Compares the exact bytes that the outbox wrote, because a name may contain wildcards of `LIKE`. Quotation
    // marks inside a JSON string are escaped, so only a whole field can match, never a part of somebody's text.
    let position = match tx.db().get_database_backend() {
        DbBackend::Sqlite => "instr",
        _ => "strpos",
    };
    let name = serde_json::to_string(name)?;
    let mut named = Condition::any();
    for field in NAMES {
        let written = format!("\"{field}\":{name}");
        let at = Func::cust(position).arg(Expr::col(email::Column::Payload)).arg(written);
        named = named.add(Expr::expr(at).gt(0));
    }
    email::Entity::delete_many()
        .filter(email::Column::SettledAt.is_not_null())
        .filter(named)
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Deletes rows of a table. Rows that refer to them are deleted first, or their reference is set to null where
/// that is allowed.
fn remove<'a>(
    tx: &'a Tx,
    pointers: &'a [Pointer],
    table: &'a str,
    which: Expr,
    depth: usize,
) -> std::pin::Pin<Box<dyn Future<Output = Result<(), StoreError>> + Send + 'a>> {
    Box::pin(async move {
        if depth > DEPTH {
            return Err(StoreError::Corrupt(format!("rows of {table} depend on each other in a circle")));
        }
        // A table that a later migration has dropped has nothing to erase.
        if depth == 0 && columns(tx.db(), table).await?.is_empty() {
            return Ok(());
        }
        for pointer in pointers.iter().filter(|pointer| pointer.parent == table) {
            let gone: SelectStatement = Query::select()
                .column(Alias::new(pointer.parent_col.as_str()))
                .from(Alias::new(table))
                .and_where(which.clone())
                .take();
            let hangs = Expr::col(Alias::new(pointer.col.as_str())).in_subquery(gone);
            if pointer.needed == 1 {
                remove(tx, pointers, &pointer.child, hangs, depth + 1).await?;
            } else {
                let update = Query::update()
                    .table(Alias::new(pointer.child.as_str()))
                    .value(Alias::new(pointer.col.as_str()), Expr::value(None::<uuid::Uuid>))
                    .and_where(hangs)
                    .take();
                tx.db().execute(&update).await?;
            }
        }
        let delete = Query::delete().from_table(Alias::new(table)).and_where(which).take();
        tx.db().execute(&delete).await?;
        Ok(())
    })
}
