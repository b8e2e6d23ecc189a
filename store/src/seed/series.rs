//! The demo's series: a supper each month, and members who always want a seat.

use domain::series::SeriesForm;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::{People, actor_of};
use crate::{Store, StoreError, entities::event, events::event_from_row, series};

/// Repeats the supper for a year.
pub(super) async fn add_series(store: &Store, people: &People) -> Result<(), StoreError> {
    let find = event::Entity::find().filter(event::Column::Title.eq("Guild supper"));
    let row = find.one(store.db()).await?.ok_or(StoreError::NotFound)?;
    let supper = event_from_row(row, None)?;
    let rule = SeriesForm::start().check(supper.details.starts.date())?;
    let slug = series::repeat(store, &actor_of(people, "grace")?, &supper.slug, rule).await?;
    for key in ["mei", "kofi", "sofia", "noor"] {
        series::always(store, &actor_of(people, key)?, &slug).await?;
    }
    Ok(())
}
