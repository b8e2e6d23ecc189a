//! Ending a series: no further dates are created. The dates that exist stay, or are cancelled.

use domain::{
    Actor, Refusal, Slug,
    events::{Event, EventStatus},
    policy::{Permit, permit, series::ManageSeries},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
};

use super::rows::locked;
use crate::{
    Store, StoreError, audit,
    entities::{event, rsvp, series},
    events::{self, event_with_group, relation, seen_by, takes_part},
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
    /// How many emails they get when the dates are cancelled.
    pub emails: u32,
}

/// What ending a series would do.
///
/// # Errors
/// `NotFound` for absent series and for readers who see none of its dates, `Refused` when the actor may not end it.
pub async fn ending(store: &Store, actor: &Actor, slug: &Slug) -> Result<Ending, StoreError> {
    let (row, event, _permit) = manageable(store.db(), actor, slug).await?;
    let dates = ahead(store, actor, row.id);
    let seats = || {
        rsvp::Entity::find()
            .inner_join(event::Entity)
            .filter(event::Column::SeriesId.eq(row.id))
            .filter(event::Column::Status.eq(EventStatus::Published.name()))
            .filter(event::Column::EndsAt.gt(store.now()))
            .filter(takes_part())
    };
    let people = seats().select_only().column(rsvp::Column::MemberId).distinct();
    let count = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(Ending {
        event,
        dates: count(dates.count(store.db()).await?),
        people: count(people.count(store.db()).await?),
        emails: count(seats().count(store.db()).await?),
    })
}

/// The published dates of a series that are not over, as far as the actor sees them.
fn ahead(store: &Store, actor: &Actor, series: uuid::Uuid) -> Select<event::Entity> {
    event::Entity::find()
        .filter(event::Column::SeriesId.eq(series))
        .filter(event::Column::Status.eq(EventStatus::Published.name()))
        .filter(event::Column::EndsAt.gt(store.now()))
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

/// Ends a series. With `cancels`, the published dates ahead are cancelled, one after another, each as if a host had
/// cancelled it. Ending again changes nothing more. Returns how many dates were cancelled.
///
/// # Errors
/// The same as for [`ending`].
pub async fn end(store: &Store, actor: &Actor, slug: &Slug, cancels: bool) -> Result<u32, StoreError> {
    let id = verb!(store, |tx, actor, slug| {
        let (row, _, permit) = manageable(tx.db(), actor, slug).await?;
        let row = locked(tx, row.id).await?.ok_or(StoreError::NotFound)?;
        if row.ended_at.is_none() {
            let change = series::ActiveModel {
                id: Set(row.id),
                creates_at: Set(None),
                ended_at: Set(Some(tx.now())),
                ..Default::default()
            };
            change.update(tx.db()).await?;
            audit::record(tx, &permit, "series.end", row.id).await?;
        }
        Ok(row.id)
    })?;
    let mut cancelled = 0;
    if cancels {
        for date in ahead(store, actor, id).all(store.db()).await? {
            let slug = Slug::parse(&date.slug).ok_or(StoreError::NotFound)?;
            match events::cancel(store, actor, &slug, "").await {
                Ok(_) => cancelled += 1,
                // It has ended in between.
                Err(StoreError::Refused(Refusal::EventOver)) => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(cancelled)
}
