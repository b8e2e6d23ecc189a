//! Conversion of rows, and the locked series.

use chrono::{NaiveDate, NaiveTime};
use domain::{
    Slug,
    events::EventStatus,
    series::{SeriesEnd, SeriesRule},
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use crate::{
    StoreError,
    entities::{event, series},
    write::Tx,
};

/// How a time of a rotating series is written.
const TIME: &str = "%H:%M";

/// The times of a rotating series as they are saved, with spaces between them.
pub(super) fn times_column(times: &[NaiveTime]) -> String {
    let times: Vec<String> = times.iter().map(|time| time.format(TIME).to_string()).collect();
    times.join(" ")
}

/// The rule in a row.
pub(super) fn rule_of(row: &series::Model) -> Result<SeriesRule, StoreError> {
    let corrupt = |what: &str| StoreError::Corrupt(format!("series {}: unreadable {what}", row.id));
    let end = match (row.until, row.max_dates) {
        (Some(until), None) => SeriesEnd::On(until),
        (None, Some(count)) => SeriesEnd::After(usize::try_from(count).unwrap_or(0)),
        _ => return Err(corrupt("end")),
    };
    let times = row.times.split_whitespace().map(|time| NaiveTime::parse_from_str(time, TIME));
    Ok(SeriesRule {
        cadence: row.cadence.parse().map_err(|()| corrupt("cadence"))?,
        first: row.first_on,
        short_month: row.short_month.parse().map_err(|()| corrupt("short month"))?,
        end,
        times: times.collect::<Result<_, _>>().map_err(|_| corrupt("times"))?,
    })
}

/// The slug in a row.
pub(super) fn slug_of(row: &series::Model) -> Result<Slug, StoreError> {
    Slug::parse(&row.slug).ok_or_else(|| StoreError::Corrupt(format!("series {}: unreadable slug", row.id)))
}

/// The columns of an end: the last possible date, and the number of dates.
pub(super) fn end_columns(end: SeriesEnd) -> (Option<NaiveDate>, Option<i32>) {
    match end {
        SeriesEnd::On(until) => (Some(until), None),
        SeriesEnd::After(count) => (None, i32::try_from(count).ok()),
    }
}

/// A series, locked until the transaction ends.
pub(super) async fn locked(tx: &Tx, id: Uuid) -> Result<Option<series::Model>, StoreError> {
    let row = series::Entity::find_by_id(id).lock_exclusive().one(tx.db()).await?;
    tx.read_clock();
    Ok(row)
}

/// The event that new dates copy: the last one that is like its series. Cancelled events are never copied. `None` when
/// nothing is left to copy.
pub(super) async fn template(
    db: &impl ConnectionTrait,
    series: Uuid,
) -> Result<Option<event::Model>, StoreError> {
    Ok(event::Entity::find()
        .filter(event::Column::SeriesId.eq(series))
        .filter(event::Column::Status.ne(EventStatus::Cancelled.name()))
        .order_by_asc(event::Column::SeriesChanged)
        .order_by_desc(event::Column::SeriesNumber)
        .limit(1)
        .one(db)
        .await?)
}
