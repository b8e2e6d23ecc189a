//! Sign-ups of a mentoring round as a CSV file, for its coordinators. It is a post, because the audit log records it.

use app::{call::read_slug, context::Visit};
use axum::{
    Extension, Router,
    extract::{Path, State as Shared},
    response::{IntoResponse, Response},
    routing::post,
};
use http::{HeaderValue, header};

use crate::{errors::Fail, state::State};

/// The route of the export.
pub(crate) fn routes() -> Router<State> {
    Router::new().route("/mentoring/rounds/{slug}/export", post(export))
}

async fn export(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path(slug): Path<String>,
) -> Result<Response, Fail> {
    let csv = store::mentoring::export(&state.store, &visit.actor, &read_slug(&slug)?).await?;
    let mut response = csv.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    let name = HeaderValue::from_static("attachment; filename=\"sign-ups.csv\"");
    headers.insert(header::CONTENT_DISPOSITION, name);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
