//! Ending a series: no further dates are created. The dates that exist stay, or are cancelled.

use domain::{
    Actor, Instant, Slug,
    events::{Event, EventStatus},
    policy::{Permit, permit, series::ManageSeries},
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, Select,
};

use super::{
    edit::{EditKind, refuse_busy, start, stop_creating},
    rows::locked,
};
use crate::{
    Store, StoreError, audit,
    entities::{event, member, rsvp, series},
    events::{event_with_group, relation, seen_by, takes_part},
    write::verb,
};

/// What the page before the end of a series shows.
#[derive(Clone, Debug)]
pub struct Ending {
    /// The next date, or the last one.
    pub event: Event,
    /// How many published dates are ahead.
    pub dates: u32,
    /// How many members have a seat, a request or a position on a waitlist there.
    pub people: u32,
    /// How many emails they get when the dates are cancelled: one each.
    pub emails: u32,
}

/// What ending a series would do.
///
/// # Errors
/// `NotFound` for absent series and for readers who see none of its dates, `Refused` when the actor may not end it.
pub async fn ending(store: &Store, actor: &Actor, slug: &Slug) -> Result<Ending, StoreError> {
    let (row, event, _permit) = manageable(store.db(), actor, slug).await?;
    let dates = ahead(actor, row.id, store.now());
    let seats = || {
        rsvp::Entity::find()
            .inner_join(event::Entity)
            .filter(event::Column::SeriesId.eq(row.id))
            .filter(event::Column::Status.eq(EventStatus::Published.name()))
            .filter(event::Column::StartsAt.gt(store.now()))
            .filter(takes_part())
    };
    let people = || seats().select_only().column(rsvp::Column::MemberId).distinct();
    let reached = people().inner_join(member::Entity).filter(member::Column::Address.is_not_null());
    let count = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(Ending {
        event,
        dates: count(dates.count(store.db()).await?),
        people: count(people().count(store.db()).await?),
        emails: count(reached.count(store.db()).await?),
    })
}

/// The published dates of a series that have not begun, as far as the actor sees them.
fn ahead(actor: &Actor, series: uuid::Uuid, now: Instant) -> Select<event::Entity> {
    event::Entity::find()
        .filter(event::Column::SeriesId.eq(series))
        .filter(event::Column::Status.eq(EventStatus::Published.name()))
        .filter(event::Column::StartsAt.gt(now))
        .filter(seen_by(actor))
        .order_by_asc(event::Column::SeriesNumber)
}

/// A series that the actor sees, with its last date and the permit to manage it.
async fn manageable(
    db: &impl ConnectionTrait,
    actor: &Actor,
    slug: &Slug,
) -> Result<(series::Model, Event, Permit<ManageSeries>), StoreError> {
    let find = series::Entity::find().filter(series::Column::Slug.eq(slug.as_str()));
    let row = find.one(db).await?.ok_or(StoreError::NotFound)?;
    let last = event::Entity::find()
        .filter(event::Column::SeriesId.eq(row.id))
        .filter(seen_by(actor))
        .order_by_desc(event::Column::SeriesNumber)
        .one(db)
        .await?
        .ok_or(StoreError::NotFound)?;
    let event = event_with_group(db, last).await?;
    let permit = permit(actor, ManageSeries, relation(db, actor, &event).await?)?;
    Ok((row, event, permit))
}

/// Ends a series. With `cancels`, a job cancels the dates ahead, and each person gets one email. Ending again changes
/// nothing more. Returns how many dates are cancelled.
///
/// # Errors
/// The same as for [`ending`], and `Refused` while an earlier change of the dates is being saved.
pub async fn end(store: &Store, actor: &Actor, slug: &Slug, cancels: bool) -> Result<u32, StoreError> {
    verb!(store, |tx, actor, slug, &cancels| {
        let (row, _, permit) = manageable(tx.db(), actor, slug).await?;
        let row = locked(tx, row.id).await?.ok_or(StoreError::NotFound)?;
        if row.ended_at.is_none() {
            stop_creating(tx, &row).await?;
            audit::record(tx, &permit, "series.end", row.id).await?;
        }
        let dates = match cancels {
            true => ahead(actor, row.id, tx.now()).count(tx.db()).await?,
            false => 0,
        };
        if dates > 0 {
            refuse_busy(tx, row.id).await?;
            let texts = (String::new(), String::new(), "");
            start(tx, actor, &row, (EditKind::Cancel, 1, 1), texts).await?;
            audit::record(tx, &permit, "series.cancel", row.id).await?;
        }
        Ok(u32::try_from(dates).unwrap_or(u32::MAX))
    })
}
