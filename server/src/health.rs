//! Routes for programs: liveness, readiness and `robots.txt`.

use std::{
    io::Write as _,
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use axum::{
    extract::State as Shared,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};
use tokio::{sync::Mutex, task::spawn_blocking, time::timeout};

use crate::state::State;

/// How long the result of a successful check is reused, so that frequent checks cost nothing.
const REUSE_READY: Duration = Duration::from_secs(10);
/// How long the result of a failed check is reused. It is shorter, so that recovery shows soon.
const REUSE_NOT_READY: Duration = Duration::from_secs(2);
/// How long the check may take.
const TIMEOUT: Duration = Duration::from_secs(5);
/// Bytes that have to fit on the disk. SQLite writes small changes into existing pages, so a small change alone
/// would not notice a full disk.
static TEST_BYTES: [u8; 64 * 1024] = [0; 64 * 1024];

/// Whether this process should be sent requests.
#[derive(Debug, Default)]
pub struct Readiness {
    is_stopping: AtomicBool,
    /// The last result and its time. The lock makes concurrent requests share one check.
    last: Mutex<Option<(Instant, bool)>>,
}

impl Readiness {
    /// From now on, `/readyz` reports that the server is stopping.
    pub(crate) fn stop(&self) {
        self.is_stopping.store(true, Ordering::Relaxed);
    }

    async fn can_write(&self, state: &State) -> bool {
        let mut last = self.last.lock().await;
        if let Some((at, is_ready)) = *last
            && at.elapsed() < if is_ready { REUSE_READY } else { REUSE_NOT_READY }
        {
            return is_ready;
        }
        let is_ready = match timeout(TIMEOUT, probe(state)).await {
            Ok(Ok(())) => true,
            Ok(Err(cause)) => {
                tracing::warn!(cause, "not ready");
                false
            }
            Err(_) => {
                tracing::warn!("not ready: the database takes too long");
                false
            }
        };
        *last = Some((Instant::now(), is_ready));
        is_ready
    }
}

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

/// `GET /readyz`: the server can is_ready requests and save changes. The schema was migrated before the server
/// started to accept connections.
pub(crate) async fn readyz(Shared(state): Shared<State>) -> Response {
    if state.readiness.is_stopping.load(Ordering::Relaxed) {
        return not_ready("The server is stopping.\n");
    }
    if state.readiness.can_write(&state).await {
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
