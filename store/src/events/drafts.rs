//! Deleting drafts. Nobody else has seen a draft, so nobody is notified.

use domain::{
    Actor, Refusal, Slug,
    events::EventStatus,
    policy::{events::DeleteDraft, permit},
};
use sea_orm::sea_query::{Alias, Expr, ExprTrait as _};

use super::rows::{lock, relation};
use crate::{
    Store, StoreError,
    audit::{self, Changes},
    cascade::remove,
    catalogue::foreign_keys,
    search,
    write::verb,
};

/// Deletes a draft with its agenda.
///
/// # Errors
/// `Refused(NotDraft)` when the event was published before, `NotFound` for hidden and absent events.
pub async fn delete_draft(store: &Store, actor: &Actor, slug: &Slug) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug| {
        let (event, row) = lock(tx, actor, slug).await?;
        let permit = permit(actor, DeleteDraft, relation(tx.db(), actor, &event).await?)?;
        if event.status != EventStatus::Draft {
            return Err(Refusal::NotDraft.into());
        }
        search::without_event(tx, row.id).await?;
        let keys = foreign_keys(tx.db()).await?;
        remove(tx, &keys, "events", Expr::col(Alias::new("parent_id")).eq(row.id), 0).await?;
        remove(tx, &keys, "events", Expr::col(Alias::new("id")).eq(row.id), 0).await?;
        let title = Changes::default().and("title", &row.title, "");
        audit::record_changes(tx, &permit, "event.delete", row.id, title).await
    })
}
