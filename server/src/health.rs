//! Routes for programs: liveness, readiness and `robots.txt`.

use std::{io::Write as _, path::Path};

use axum::{
    extract::State as Shared,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};
use tokio::task::spawn_blocking;

use crate::state::State;

/// Bytes that have to fit on the disk. SQLite writes small changes into existing pages, so a small change alone
/// would not notice a full disk.
static TEST_BYTES: [u8; 64 * 1024] = [0; 64 * 1024];

/// Writes to the database and, for SQLite, to the folder of the database file.
async fn probe(state: &State) -> Result<(), String> {
    store::readiness::probe(&state.store).await.map_err(|error| error.to_string())?;
    let Some(folder) = state.config.sqlite_folder() else { return Ok(()) };
    let written = spawn_blocking(move || has_room(&folder)).await.map_err(|error| error.to_string())?;
    written.map_err(|error| format!("the disk of the database: {error}"))
}

fn has_room(folder: &Path) -> std::io::Result<()> {
    let mut file = tempfile::tempfile_in(folder)?;
    file.write_all(&TEST_BYTES)?;
    file.sync_data()
}

/// `GET /livez`: the process responds.
pub(crate) async fn livez() -> &'static str {
    "alive\n"
}

/// `GET /readyz`: the server can handle requests and save changes. The schema was migrated before the server
/// started to accept connections.
pub(crate) async fn readyz(Shared(state): Shared<State>) -> Response {
    if state.readiness.is_stopping() {
        return not_ready("The server is stopping.\n");
    }
    if state.readiness.check(probe(&state)).await {
        "ready\n".into_response()
    } else {
        not_ready("The database cannot be written to.\n")
    }
}

fn not_ready(sentence: &'static str) -> Response {
    let retry = [(header::RETRY_AFTER, HeaderValue::from_static("5"))];
    (StatusCode::SERVICE_UNAVAILABLE, retry, sentence).into_response()
}

/// `GET /robots.txt`: crawlers may read pages, but not the sign-in routes.
pub(crate) async fn robots() -> Response {
    let text = "User-agent: *\nDisallow: /sign-in\nDisallow: /setup\nDisallow: /api/\n";
    ([(header::CACHE_CONTROL, "public, max-age=86400")], text).into_response()
}
