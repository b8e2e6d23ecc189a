//! Server functions of series: read the actor, call the store, respond.

use domain::series::SeriesForm;
use leptos::prelude::*;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    super::pages::{
        path_of,
        series::paths::{form_query, series_path},
    },
    crate::{
        call::{Call, read_slug},
        flash::Flash,
    },
    domain::{Refusal, Slug},
    store::{events, series},
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
        let rule = form.check(event.details.starts.date())?;
        Ok(series::repeat(&call.store, call.actor(), &slug, rule).await?)
    }
    .await;
    let next = |slug: &Slug| (series_path(slug), Some(Flash::success("flash-series-created")));
    call.respond(result, next).await.map(drop)
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
