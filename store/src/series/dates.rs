//! Creating the dates of a series ahead (B7).

use chrono::Duration;
use domain::{Instant, MemberId, Role, series::DAYS_AHEAD};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};

use super::rows::{locked, rule_of, template};
use crate::{
    Store, StoreError, audit,
    entities::{event, series},
    events::{event_with_group, insert_date},
    groups,
    jobs::{self, Due, Job, Next},
    members,
    write::{Tx, verb},
};

/// The kind of job that creates the dates of one series ahead.
pub(crate) const SERIES_DATES: &str = "series_dates";
/// The number of dates that are created in one transaction.
const BATCH: usize = 8;

/// The series whose next date is half a year away.
pub(crate) async fn due_dates(store: Store) -> Result<Due, StoreError> {
    let now = store.now();
    let subjects = series::Entity::find()
        .select_only()
        .column(series::Column::Id)
        .filter(series::Column::CreatesAt.lte(now))
        .filter(series::Column::Id.not_in_subquery(jobs::taken(SERIES_DATES)))
        .order_by_asc(series::Column::CreatesAt)
        .limit(jobs::BATCH)
        .into_tuple()
        .all(store.db())
        .await?;
    let next = series::Entity::find()
        .filter(series::Column::CreatesAt.gt(now))
        .order_by_asc(series::Column::CreatesAt)
        .one(store.db())
        .await?;
    Ok(Due { subjects, next: next.and_then(|row| row.creates_at) })
}

/// Creates the next batch of dates.
pub(crate) async fn run_dates(store: Store, job: Job) -> Result<Next, StoreError> {
    let id = job.subject()?;
    verb!(store, |tx, &id| {
        let Some(series) = locked(tx, id).await? else { return Ok(Next::Done) };
        let more = create(tx, series, None).await?;
        Ok(if more { Next::More } else { Next::Done })
    })
}

/// Whether a job may create more dates like this one: its group is not closed, and its host is an active member or its
/// group runs it.
async fn goes_on(tx: &Tx, like: &event::Model) -> Result<bool, StoreError> {
    match groups::refuse_closed(tx, like.group_id).await {
        Err(StoreError::Refused(_)) => return Ok(false),
        other => other?,
    }
    match like.host_id {
        Some(host) => Ok(members::load(tx.db(), MemberId(host)).await?.role != Role::Suspended.name()),
        None => Ok(like.group_id.is_some()),
    }
}

/// Creates up to [`BATCH`] dates of a locked series that are due, and says whether more are due now. Running it twice
/// changes nothing, because the row counts the dates that were created. `by` asked for it, if anybody did.
pub(super) async fn create(tx: &Tx, series: series::Model, by: Option<MemberId>) -> Result<bool, StoreError> {
    if series.ended_at.is_some() {
        return Ok(false);
    }
    let rule = rule_of(&series)?;
    let mut number = usize::try_from(series.created_dates).unwrap_or(0);
    let mut change = series::ActiveModel { id: Set(series.id), ..Default::default() };
    let Some(copied) = template(tx.db(), series.id).await? else {
        // Every date was cancelled or deleted.
        change.creates_at = Set(None);
        change.update(tx.db()).await?;
        return Ok(false);
    };
    if by.is_none() && !goes_on(tx, &copied).await? {
        change.creates_at = Set(None);
        change.ended_at = Set(Some(tx.now()));
        change.update(tx.db()).await?;
        audit::record_by(tx, None, "series.end", Some(series.id)).await?;
        return Ok(false);
    }
    let like = event_with_group(tx.db(), copied.clone()).await?;
    // Dates that were moved together are as far from those of the rule, and so are the next ones (B5).
    let own = usize::try_from(copied.series_number.unwrap_or(1) - 1).ok().and_then(|index| rule.place(index));
    let delay = match own {
        Some(own) if !copied.series_changed => own.delay_of(like.details.starts),
        _ => Duration::zero(),
    };
    let due_at = |starts_at: Instant| starts_at - Duration::days(DAYS_AHEAD);
    let mut left = BATCH;
    let mut creates_at = None;
    while let Some(place) = rule.place(number) {
        let details = place.of(&like.details, delay);
        let (starts_at, ends_at, _) = details.instants();
        if left == 0 || due_at(starts_at) > tx.now() {
            creates_at = Some(due_at(starts_at));
            break;
        }
        number += 1;
        left -= 1;
        // A series that was not looked at for long has no dates in the past.
        if ends_at > tx.now() {
            let number = i32::try_from(number).unwrap_or(i32::MAX);
            insert_date(tx, by, &copied, &details, (series.id, number)).await?;
        }
    }
    change.created_dates = Set(i32::try_from(number).unwrap_or(i32::MAX));
    change.creates_at = Set(creates_at);
    change.update(tx.db()).await?;
    Ok(creates_at.is_some_and(|at| at <= tx.now()))
}
