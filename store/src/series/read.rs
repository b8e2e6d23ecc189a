//! The page of a series, and what an event's page says about it. A reader sees those dates that they see as events,
//! by the same condition. A series without any of them does not exist for this reader.

use domain::{
    Actor, SeriesId, Slug,
    events::EventStatus,
    policy::{permit, series::ManageSeries},
    series::SeriesRule,
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};

use super::{
    always::standing,
    rows::{rule_of, slug_of},
};
use crate::{
    Store, StoreError,
    entities::{event, series, series_edit},
    events::{EventCard, EventRow, cards, find, relation, seen_by},
};

/// The most dates that a page shows.
const MAX_ROWS: u64 = domain::series::MAX_DATES as u64;

/// Everything that the page of a series shows.
#[derive(Clone, Debug)]
pub struct SeriesPage {
    /// Name of the series in URLs.
    pub slug: Slug,
    /// The rule that gives its dates.
    pub rule: SeriesRule,
    /// The dates that the reader may see, the earliest first.
    pub dates: Vec<EventCard>,
    /// How many dates are still to be created.
    pub to_create: usize,
    /// Whether the reader may end it.
    pub may_manage: bool,
    /// Whether the reader always wants a seat. `None` for visitors.
    pub always: Option<bool>,
    /// Whether a host ended it.
    pub is_ended: bool,
    /// How many dates of a change are saved, and how many there are in all. `None` when nothing is being saved, and for
    /// readers who may not end the series.
    pub saving: Option<(u32, u32)>,
}

/// The page of a series.
///
/// # Errors
/// `NotFound` when the reader may see none of its dates.
pub async fn page(store: &Store, actor: &Actor, slug: &Slug) -> Result<SeriesPage, StoreError> {
    let found = series::Entity::find().filter(series::Column::Slug.eq(slug.as_str()));
    let row = found.one(store.db()).await?.ok_or(StoreError::NotFound)?;
    let rows = find(actor)
        .filter(event::Column::SeriesId.eq(row.id))
        .filter(seen_by(actor))
        .order_by_asc(event::Column::StartsAt)
        .order_by_asc(event::Column::Id)
        .limit(MAX_ROWS)
        .into_model::<EventRow>()
        .all(store.db())
        .await?;
    let last = rows.last().ok_or(StoreError::NotFound)?;
    let last = crate::events::event_with_group(store.db(), last.row.clone()).await?;
    let relation = relation(store.db(), actor, &last).await?;
    let rule = rule_of(&row)?;
    let created = usize::try_from(row.created_dates).unwrap_or(0);
    let is_ended = row.ended_at.is_some();
    let may_manage = permit(actor, ManageSeries, relation).is_ok();
    Ok(SeriesPage {
        slug: slug_of(&row)?,
        dates: cards(store, actor, rows).await?,
        to_create: if is_ended { 0 } else { rule.dates().len().saturating_sub(created) },
        rule,
        saving: if may_manage { saving(store, SeriesId(row.id)).await? } else { None },
        may_manage,
        always: reader_always(store, actor, SeriesId(row.id)).await?,
        is_ended,
    })
}

/// How far the change that is being saved has come.
async fn saving(store: &Store, series: SeriesId) -> Result<Option<(u32, u32)>, StoreError> {
    let running = series_edit::Entity::find()
        .filter(series_edit::Column::SeriesId.eq(series.0))
        .filter(series_edit::Column::FinishedAt.is_null());
    let count = |n: i32| u32::try_from(n).unwrap_or(0);
    let row = running.one(store.db()).await?;
    Ok(row.map(|row| (count(row.done_dates), count(row.total_dates))))
}

/// Where an event is in its series.
#[derive(Clone, Debug)]
pub struct SeriesPlace {
    /// Name of the series in URLs.
    pub slug: Slug,
    /// The rule that gives its dates.
    pub rule: SeriesRule,
    /// The date before this one.
    pub previous: Option<EventCard>,
    /// The dates after this one, at most three.
    pub next: Vec<EventCard>,
    /// Whether the reader always wants a seat. `None` for visitors.
    pub always: Option<bool>,
}

/// Where an event is in its series. Cancelled dates are passed over.
///
/// # Errors
/// `NotFound` when the series does not exist.
pub async fn place_of(
    store: &Store,
    actor: &Actor,
    (id, number): (SeriesId, u32),
) -> Result<SeriesPlace, StoreError> {
    let row = series::Entity::find_by_id(id.0).one(store.db()).await?.ok_or(StoreError::NotFound)?;
    let number = i32::try_from(number).unwrap_or(i32::MAX);
    let seen = || {
        find(actor)
            .filter(event::Column::SeriesId.eq(id.0))
            .filter(event::Column::Status.ne(EventStatus::Cancelled.name()))
            .filter(seen_by(actor))
    };
    let previous = seen()
        .filter(event::Column::SeriesNumber.lt(number))
        .order_by_desc(event::Column::SeriesNumber)
        .limit(1)
        .into_model::<EventRow>()
        .all(store.db())
        .await?;
    let next = seen()
        .filter(event::Column::SeriesNumber.gt(number))
        .order_by_asc(event::Column::SeriesNumber)
        .limit(3)
        .into_model::<EventRow>()
        .all(store.db())
        .await?;
    let has_previous = !previous.is_empty();
    let mut found = cards(store, actor, previous.into_iter().chain(next).collect()).await?.into_iter();
    Ok(SeriesPlace {
        slug: slug_of(&row)?,
        rule: rule_of(&row)?,
        previous: if has_previous { found.next() } else { None },
        next: found.collect(),
        always: reader_always(store, actor, id).await?,
    })
}

async fn reader_always(store: &Store, actor: &Actor, series: SeriesId) -> Result<Option<bool>, StoreError> {
    match actor.member() {
        Some(me) => Ok(Some(standing(store.db(), series, me).await?)),
        None => Ok(None),
    }
}
