//! The demo's series: a supper each month, and members who always want a seat.

use chrono::Duration;
use domain::{events::EventDetails, series::SeriesForm};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::{People, actor_of};
use crate::{
    Store, StoreError,
    entities::event,
    events::{self, event_from_row},
    series,
};

/// Repeats the supper for a year.
pub(super) async fn add_series(store: &Store, people: &People) -> Result<(), StoreError> {
    let find = event::Entity::find().filter(event::Column::Title.eq("Guild supper"));
    let row = find.one(store.db()).await?.ok_or(StoreError::NotFound)?;
    let supper = event_from_row(row, None)?;
    let first = supper.details.starts.date();
    let rule = SeriesForm::start(first).check(supper.details.starts)?;
    let slug = series::repeat(store, &actor_of(people, "grace")?, &supper.slug, rule).await?;
    // The third date is a day later, so it was changed on its own.
    let page = series::page(store, &actor_of(people, "grace")?, &slug).await?;
    if let Some(third) = page.dates.get(2) {
        let event = events::page(store, &actor_of(people, "grace")?, &third.slug).await?.event;
        let details = EventDetails { starts: event.details.starts + Duration::days(1), ..event.details };
        events::edit(store, &actor_of(people, "grace")?, &third.slug, details, event.version).await?;
    }
    for key in ["mei", "kofi", "sofia", "noor"] {
        series::always(store, &actor_of(people, key)?, &slug).await?;
    }
    Ok(())
}
