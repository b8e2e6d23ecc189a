//! Exports all data of a member as a ZIP file (F1). The file is created on request and never stored.

use std::io::{Cursor, Write as _};

use app::{context::Visit, data::copy::document, error::AppError};
use axum::{
    Extension, Router,
    body::Body,
    extract::State as Shared,
    response::{IntoResponse, Response},
    routing::post,
};
use http::{HeaderValue, header};
use store::data::{self, Copy};
use zip::{ZipWriter, result::ZipError, write::SimpleFileOptions};

use crate::{errors::Fail, state::State};

/// The route of the export.
pub(crate) fn routes() -> Router<State> {
    Router::new().route("/profile/data/copy", post(copy))
}

async fn copy(Shared(state): Shared<State>, Extension(visit): Extension<Visit>) -> Result<Response, Fail> {
    let copy = data::copy_of(&state.store, &visit.actor).await?;
    let packed = tokio::task::spawn_blocking(move || pack(&visit, &copy)).await;
    let packed = packed.map_err(|error| AppError::internal(&error.to_string()))?;
    let packed = packed.map_err(|error| AppError::internal(&error.to_string()))?;
    let mut response = Body::from(packed).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    let name = HeaderValue::from_static("attachment; filename=\"everything-about-me.zip\"");
    headers.insert(header::CONTENT_DISPOSITION, name);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// Packs the ZIP file: a page to read, a JSON file for each table, pictures and emails.
///
/// # Errors
/// `ZipError` if the ZIP file can't be written. In memory, this doesn't happen.
pub fn pack(visit: &Visit, copy: &Copy) -> Result<Vec<u8>, ZipError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // Files have no modification time, so that the same data gives the same ZIP file.
    let options = SimpleFileOptions::default();
    zip.start_file("index.html", options)?;
    zip.write_all(document(visit, copy).as_bytes())?;
    for table in &copy.tables {
        zip.start_file(format!("tables/{}.json", table.name), options)?;
        zip.write_all(serde_json::to_string_pretty(&table.rows).unwrap_or_default().as_bytes())?;
    }
    for (path, bytes) in &copy.files {
        zip.start_file(path.as_str(), options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
