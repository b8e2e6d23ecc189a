//! No-shows (E3): people who had a seat and did not come. Hosts mark them after the start. Only hosts see the mark, and it
//! has no consequence but a question to members with a standing RSVP (B9).

use chrono::Duration;
use domain::{
    Actor, Refusal, RsvpId, Slug,
    events::{EventStatus, NO_SHOW_UNDO, RsvpState},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, sea_query::Expr};

use super::rows::{edit_permit, lock_any};
use crate::{
    Store, StoreError, audit,
    entities::{rsvp, series_rsvp},
    write::verb,
};

/// Marks a person with a seat as a no-show, or takes the mark back. Doing it again changes nothing.
///
/// # Errors
/// `Refused(EventNotBegun)` before the start, `Refused` when the actor may not edit the event, `NotFound` for hidden and
/// absent events and for people without a seat.
pub async fn set_no_show(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    id: RsvpId,
    absent: bool,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, &id, &absent| {
        let (event, row) = lock_any(tx, actor, slug).await?;
        let permit = edit_permit(tx, actor, &event).await?;
        if event.status != EventStatus::Published || tx.now() < event.starts_at {
            return Err(Refusal::EventNotBegun.into());
        }
        let own = || {
            rsvp::Entity::find_by_id(id.0)
                .filter(rsvp::Column::EventId.eq(event.id.0))
                .filter(rsvp::Column::State.eq(RsvpState::Going.name()))
        };
        let found = own().one(tx.db()).await?.ok_or(StoreError::NotFound)?;
        if found.no_show_at.is_some() == absent {
            return Ok(());
        }
        rsvp::Entity::update_many()
            .col_expr(rsvp::Column::NoShowAt, Expr::value(absent.then(|| tx.now())))
            .filter(rsvp::Column::Id.eq(id.0))
            .exec(tx.db())
            .await?;
        // A host who clicked the wrong name has time to take it back.
        if let Some(series) = row.series_id {
            series_rsvp::Entity::update_many()
                .col_expr(
                    series_rsvp::Column::AskAt,
                    Expr::value(Some(tx.now() + Duration::minutes(NO_SHOW_UNDO))),
                )
                .filter(series_rsvp::Column::SeriesId.eq(series))
                .filter(series_rsvp::Column::MemberId.eq(found.member_id))
                .exec(tx.db())
                .await?;
        }
        let action = if absent { "rsvp.no-show" } else { "rsvp.was-there" };
        audit::record(tx, &permit, action, id.0).await
    })
}
