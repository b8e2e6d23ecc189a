//! Making a series of an event.

use domain::{
    Actor, Refusal, Slug,
    events::EventStatus,
    policy::{permit, series::ManageSeries},
    series::SeriesRule,
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _,
};

use super::{
    dates::{self, SERIES_DATES},
    rows::{end_columns, slug_of, times_column},
};
use crate::{
    Store, StoreError, audit,
    entities::{event, series},
    events::{lock, relation},
    groups,
    jobs::{self, NewJob},
    secrets::{self, new_id},
    write::{Tx, verb},
};

/// Makes an event the first date of a series and creates the next dates. A job creates the others when they are
/// half a year away. Repeating an event of a series again changes nothing. Returns the series.
///
/// # Errors
/// `Refused` when the actor may not, when the event is over or cancelled, when its group is closed, and with
/// `ChangedMeanwhile` when it has another date or time than the rule. `NotFound` for hidden and absent events.
pub async fn repeat(store: &Store, actor: &Actor, slug: &Slug, rule: SeriesRule) -> Result<Slug, StoreError> {
    verb!(store, |tx, actor, slug, rule| {
        let (event, row) = lock(tx, actor, slug).await?;
        let permit = permit(actor, ManageSeries, relation(tx.db(), actor, &event).await?)?;
        if let Some(id) = row.series_id {
            let existing = series::Entity::find_by_id(id).one(tx.db()).await?.ok_or(StoreError::NotFound)?;
            return slug_of(&existing);
        }
        if event.status == EventStatus::Cancelled {
            return Err(Refusal::EventCancelled.into());
        }
        if tx.now() >= event.ends_at {
            return Err(Refusal::EventOver.into());
        }
        groups::refuse_closed(tx, row.group_id).await?;
        let start = event.details.starts;
        if start.date() != rule.first || rule.times.first().is_some_and(|time| *time != start.time()) {
            return Err(Refusal::ChangedMeanwhile { version: i64::from(event.version) }.into());
        }
        let (until, max_dates) = end_columns(rule.end);
        let new = series::ActiveModel {
            id: Set(new_id()),
            slug: Set(free_slug(tx, &event.slug).await?.to_string()),
            cadence: Set(rule.cadence.name().to_owned()),
            short_month: Set(rule.short_month.name().to_owned()),
            first_on: Set(rule.first),
            until: Set(until),
            times: Set(times_column(&rule.times)),
            max_dates: Set(max_dates),
            created_dates: Set(1),
            creates_at: Set(None),
            ended_at: Set(None),
            created_at: Set(tx.now()),
        };
        let new = new.insert(tx.db()).await?;
        let first = event::ActiveModel {
            id: Set(row.id),
            series_id: Set(Some(new.id)),
            series_number: Set(Some(1)),
            ..Default::default()
        };
        first.update(tx.db()).await?;
        audit::record(tx, &permit, "series.create", new.id).await?;
        let slug = slug_of(&new)?;
        let id = new.id;
        if dates::create(tx, new, permit.by()).await? {
            jobs::enqueue(tx, NewJob::about(SERIES_DATES, id, tx.now())).await?;
        }
        Ok(slug)
    })
}

/// The slug of the first event. It has a random suffix already when its group is private.
async fn free_slug(tx: &Tx, wanted: &Slug) -> Result<Slug, StoreError> {
    let mut slug = wanted.clone();
    while series::Entity::find().filter(series::Column::Slug.eq(slug.as_str())).count(tx.db()).await? > 0 {
        slug = wanted.with_suffix(&secrets::suffix());
    }
    Ok(slug)
}
