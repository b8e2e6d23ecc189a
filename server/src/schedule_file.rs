//! The schedule of an event as a file for other programs (D9).

use app::{call::read_slug, context::Visit, error::AppError};
use axum::{
    Extension, Router,
    extract::{Path, State as Shared},
    response::Response,
    routing::get,
};
use http::HeaderMap;

use crate::{
    errors::Fail,
    feeds::unless_known,
    schedule::{json, xml},
    state::State,
};

/// The routes of both forms.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/events/{slug}/schedule.xml", get(as_xml))
        .route("/events/{slug}/schedule.json", get(as_json))
}

async fn as_xml(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Fail> {
    let slug = read_slug(&slug)?;
    let schedule = store::schedule::whole(&state.store, &visit.actor, &slug).await?;
    let own = format!("{}/events/{slug}/schedule.xml", visit.origin);
    let internal = |error: &dyn ToString| AppError::internal(&error.to_string());
    let bytes = xml::write(&schedule, &own).map_err(|error| internal(&error))?;
    let text = String::from_utf8(bytes).map_err(|error| internal(&error))?;
    Ok(unless_known(text, "application/xml; charset=utf-8", &headers))
}

async fn as_json(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Fail> {
    let slug = read_slug(&slug)?;
    let schedule = store::schedule::whole(&state.store, &visit.actor, &slug).await?;
    let page = format!("{}/events/{slug}", visit.origin);
    Ok(unless_known(json::write(&schedule, &page).to_string(), "application/json; charset=utf-8", &headers))
}
