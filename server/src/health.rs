//! For machines: whether the process is alive, whether it is ready, and what crawlers may read.

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

/// How long a finding is told again without another look, so that checks cost next to nothing.
const BUDGET: Duration = Duration::from_secs(10);
/// The same for a finding that something is wrong: recovery should be seen soon.
const BUDGET_OF_TROUBLE: Duration = Duration::from_secs(2);
/// How long the database may take.
const TIMEOUT: Duration = Duration::from_secs(5);
/// What has to fit on the disk. SQLite writes small changes into pages that it has already, so a small
/// change alone would not notice a full disk.
static ROOM: [u8; 64 * 1024] = [0; 64 * 1024];

/// Whether this process should be sent requests.
#[derive(Debug, Default)]
pub struct Readiness {
    is_stopping: AtomicBool,
    /// The last finding and its time. The lock makes checks that come together share one look.
    found: Mutex<Option<(Instant, bool)>>,
}

impl Readiness {
    /// From now on `/readyz` says that the server is stopping.
    pub(crate) fn stop(&self) {
        self.is_stopping.store(true, Ordering::Relaxed);
    }

    async fn can_write(&self, state: &State) -> bool {
        let mut found = self.found.lock().await;
        if let Some((at, answer)) = *found
            && at.elapsed() < if answer { BUDGET } else { BUDGET_OF_TROUBLE }
        {
            return answer;
        }
        let answer = match timeout(TIMEOUT, probe(state)).await {
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
        *found = Some((Instant::now(), answer));
        answer
    }
}

/// Writes to the database, and beside the database file.
async fn probe(state: &State) -> Result<(), String> {
    store::readiness::probe(&state.store).await.map_err(|fault| fault.to_string())?;
    let Some(folder) = state.config.sqlite_folder() else { return Ok(()) };
    let written = spawn_blocking(move || has_room(&folder)).await.map_err(|error| error.to_string())?;
    written.map_err(|error| format!("the disk of the database: {error}"))
}

fn has_room(folder: &Path) -> std::io::Result<()> {
    let mut file = tempfile::tempfile_in(folder)?;
    file.write_all(&ROOM)?;
    file.sync_data()
}

/// `GET /livez`: the process answers.
pub(crate) async fn livez() -> &'static str {
    "alive\n"
}

/// `GET /readyz`: requests can be answered and changes can be kept. The schema was brought up to date before
/// the port was opened.
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

/// `GET /robots.txt`: crawlers may read pages, but not the routes of sign-in.
pub(crate) async fn robots() -> Response {
    let text = "User-agent: *\nDisallow: /sign-in\nDisallow: /setup\nDisallow: /api/\n";
    ([(header::CACHE_CONTROL, "public, max-age=86400")], text).into_response()
}
