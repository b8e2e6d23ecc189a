//! Server functions of series: read the actor, call the store, respond.

use domain::{events::EventForm, series::SeriesForm};
use leptos::prelude::*;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    super::pages::{
        fields_of, path_of,
        series::{
            dates::read_scope,
            paths::{form_query, series_path},
            questions::questions_dates_path,
        },
    },
    crate::{
        call::{Call, read_slug},
        flash::Flash,
    },
    domain::{Refusal, Slug, events::check_reason, forms::Fields, series::EditScope},
    store::{
        events,
        series::{self, DatesChange},
    },
};

/// The path of the series that a form names, or of the list of events.
#[cfg(feature = "ssr")]
fn path(slug: &str) -> String {
    Slug::parse(slug).map_or_else(|| "/events".to_owned(), |slug| series_path(&slug))
}

/// Makes an event the first date of a series.
///
/// # Errors
/// `Invalid` when a field is wrong, `NotFound`, `Forbidden`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "series/repeat")]
pub async fn repeat(
    #[server(default)] slug: String,
    #[server(default)] first: String,
    #[server(flatten)] form: SeriesForm,
) -> Result<(), AppError> {
    let call = Call::from(format!("{}/repeat?{}", path_of(&slug), form_query(&form)));
    let result = async {
        let slug = read_slug(&slug)?;
        let event = events::page(&call.store, call.actor(), &slug).await?.event;
        // The preview showed other dates.
        if !first.is_empty() && first != event.details.starts.date().to_string() {
            return Err(Refusal::ChangedMeanwhile { version: i64::from(event.version) }.into());
        }
        let rule = form.check(event.details.starts)?;
        Ok(series::repeat(&call.store, call.actor(), &slug, rule).await?)
    }
    .await;
    let next = |slug: &Slug| (series_path(slug), Some(Flash::success("flash-series-created")));
    call.respond(result, next).await.map(drop)
}

/// Changes several dates of a series like the edited one (B5).
///
/// # Errors
/// `Invalid` when a field is wrong, `NotFound`, `Forbidden`, or `Refused` with the reason: with `ChangedMeanwhile` when
/// somebody else saved first or the preview showed other dates.
#[server(prefix = "/api", endpoint = "series/edit")]
pub async fn edit(
    #[server(default)] slug: String,
    #[server(default)] scope: String,
    #[server(default)] dates: String,
    #[server(flatten)] form: EventForm,
) -> Result<(), AppError> {
    let mut fields = fields_of(&form);
    fields.insert("scope".to_owned(), scope.clone());
    let page = format!("{}/edit", path_of(&slug));
    let call = Call::from(page).with_draft(format!("events/edit/{slug}"), fields);
    let result = async {
        let (slug, scope, details) = (read_slug(&slug)?, read_scope(&scope), form.check()?);
        let version = form.version.parse().unwrap_or(0);
        let change = DatesChange::Edit(Box::new(details.clone()));
        let changes = same_preview(&call, &slug, scope, change, &dates).await?;
        let series = series::edit_dates(&call.store, call.actor(), &slug, scope, details, version).await?;
        Ok((series, changes))
    }
    .await;
    call.respond(result, |(series, count)| saving(series, "flash-series-saving", *count)).await.map(drop)
}

/// Cancels several dates of a series (B5).
///
/// # Errors
/// `Invalid` when the reason is too long, `NotFound`, `Forbidden`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "series/cancel")]
pub async fn cancel(
    #[server(default)] slug: String,
    #[server(default)] scope: String,
    #[server(default)] dates: String,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    let typed = Fields::from([("reason".to_owned(), reason.clone()), ("scope".to_owned(), scope.clone())]);
    let page = format!("{}/cancel", path_of(&slug));
    let call = Call::from(page).with_draft(format!("events/cancel/{slug}"), typed);
    let result = async {
        let (slug, scope, reason) = (read_slug(&slug)?, read_scope(&scope), check_reason(&reason)?);
        let changes = same_preview(&call, &slug, scope, DatesChange::Cancel, &dates).await?;
        let series = series::cancel_dates(&call.store, call.actor(), &slug, scope, &reason).await?;
        Ok((series, changes))
    }
    .await;
    call.respond(result, |(series, count)| saving(series, "flash-series-cancelling", *count)).await.map(drop)
}

/// The number of dates that change. Refuses a form whose preview showed another number.
#[cfg(feature = "ssr")]
async fn same_preview(
    call: &Call,
    slug: &Slug,
    scope: EditScope,
    change: DatesChange,
    dates: &str,
) -> Result<u32, AppError> {
    let preview = series::preview(&call.store, call.actor(), slug, scope, change).await?;
    if !dates.is_empty() && dates != preview.changes.to_string() {
        return Err(Refusal::ChangedMeanwhile { version: i64::from(preview.event.version) }.into());
    }
    Ok(preview.changes)
}

#[cfg(feature = "ssr")]
fn saving(series: &Slug, key: &str, count: u32) -> (String, Option<Flash>) {
    (series_path(series), Some(Flash::Counted { key: key.to_owned(), count }))
}

/// Lets the following dates of a series ask what this one asks (B5, B11).
///
/// # Errors
/// `NotFound`, `Forbidden`, or `Refused` with the reason: with `ChangedMeanwhile` when the preview showed other dates.
#[server(prefix = "/api", endpoint = "series/questions")]
pub async fn questions(
    #[server(default)] slug: String,
    #[server(default)] dates: String,
) -> Result<(), AppError> {
    let call = Call::from(questions_dates_path(&slug));
    let result = async {
        let slug = read_slug(&slug)?;
        let preview = series::questions_preview(&call.store, call.actor(), &slug).await?;
        if !dates.is_empty() && dates != preview.changes.to_string() {
            return Err(Refusal::ChangedMeanwhile { version: i64::from(preview.event.version) }.into());
        }
        let series = series::apply_questions(&call.store, call.actor(), &slug).await?;
        Ok((series, preview.changes))
    }
    .await;
    call.respond(result, |(series, count)| saving(series, "flash-series-saving", *count)).await.map(drop)
}

/// Ends a series. Its dates ahead stay, or are cancelled.
///
/// # Errors
/// `Invalid` when a field is wrong, `NotFound`, `Forbidden`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "series/end")]
pub async fn end(#[server(default)] slug: String, #[server(default)] dates: String) -> Result<(), AppError> {
    let call = Call::from(format!("{}/end", path(&slug)));
    let result = async {
        let cancels = match dates.as_str() {
            "keep" => false,
            "cancel" => true,
            _ => return Err(AppError::field("dates", Refusal::BadChoice)),
        };
        Ok(series::end(&call.store, call.actor(), &read_slug(&slug)?, cancels).await?)
    }
    .await;
    let next = |count: &u32| {
        (path(&slug), Some(Flash::Counted { key: "flash-series-ended".to_owned(), count: *count }))
    };
    call.respond(result, next).await.map(drop)
}

/// Always saves the caller a seat at the dates of a series.
///
/// # Errors
/// `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "series/always")]
pub async fn always(#[server(default)] slug: String) -> Result<(), AppError> {
    let call = Call::from(path(&slug));
    let result = async { Ok(series::always(&call.store, call.actor(), &read_slug(&slug)?).await?) }.await;
    let next = |count: &u32| {
        (path(&slug), Some(Flash::Counted { key: "flash-series-always".to_owned(), count: *count }))
    };
    call.respond(result, next).await.map(drop)
}

/// Stops saving the caller a seat at the dates of a series.
///
/// # Errors
/// `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "series/stop")]
pub async fn stop(#[server(default)] slug: String) -> Result<(), AppError> {
    let call = Call::from(path(&slug));
    let result = async { Ok(series::stop(&call.store, call.actor(), &read_slug(&slug)?).await?) }.await;
    call.respond(result, |()| (path(&slug), Some(Flash::success("flash-series-stopped")))).await
}
