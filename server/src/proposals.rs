//! The proposals of a call as a table for a spreadsheet, for its organisers.

use app::{call::read_slug, context::Visit, error::AppError};
use axum::{
    Extension, Router,
    body::Body,
    extract::{Path, State as Shared},
    response::{IntoResponse, Response},
    routing::get,
};
use domain::{mentoring::safe_cell, proposals::Decision};
use http::{HeaderValue, header};
use store::proposals::{self, ManagedSubmission};

use crate::{errors::Fail, state::State};

/// The route of the table.
pub(crate) fn routes() -> Router<State> {
    Router::new().route("/proposals/{call}/proposals.csv", get(export))
}

async fn export(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path(call): Path<String>,
) -> Result<Response, Fail> {
    let all = proposals::export(&state.store, &visit.actor, &read_slug(&call)?).await?;
    let bytes = write(&visit, &all).map_err(|error| AppError::internal(&error.to_string()))?;
    let mut response = Body::from(bytes).into_response();
    for (name, value) in [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"proposals.csv\""),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}

fn write(visit: &Visit, all: &[ManagedSubmission]) -> Result<Vec<u8>, csv::Error> {
    let mut table = csv::Writer::from_writer(Vec::new());
    let columns = [
        "title",
        "speakers",
        "kind",
        "minutes",
        "language",
        "state",
        "decision",
        "median",
        "reviews",
        "abstentions",
    ];
    table.write_record(columns.map(|column| visit.tr(&format!("manage-csv-{column}"))))?;
    for one in all {
        table.write_record(row(visit, one))?;
    }
    table.into_inner().map_err(|error| error.into_error().into())
}

fn row(visit: &Visit, one: &ManagedSubmission) -> [String; 10] {
    let decision = match one.decision {
        Some(Decision::Accept) => visit.tr("decision-badge-accept"),
        Some(Decision::Reject) => visit.tr("decision-badge-reject"),
        None => String::new(),
    };
    [
        one.title.clone(),
        one.speakers.join(", "),
        one.kind.clone(),
        one.minutes.to_string(),
        one.language.clone(),
        visit.tr(&format!("submission-state-{}", one.state.name().replace('_', "-"))),
        decision,
        one.median.map(|median| median.to_string()).unwrap_or_default(),
        one.scores.to_string(),
        one.abstentions.to_string(),
    ]
    .map(|text| safe_cell(&text))
}
