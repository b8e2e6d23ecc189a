//! Large request bodies. They are written to temporary files, and only a few at a time, so that slow and
//! hostile senders cost disk space but no memory. Check permissions before you receive one.

use std::{io, path::Path, time::Duration};

use app::error::AppError;
use axum::{
    body::Body,
    extract::{FromRequest as _, Multipart, Request},
};
use futures::StreamExt as _;
use tokio::{
    fs::File,
    io::{AsyncSeekExt as _, AsyncWriteExt as _},
    sync::SemaphorePermit,
    time::timeout,
};
use tokio_util::io::ReaderStream;

use crate::{errors::Fail, guard::body, state::State};

/// How long an upload may take to arrive, including the wait for its turn. It is shorter than the deadline of
/// responses.
const RECEIVE_TIMEOUT: Duration = Duration::from_secs(18);

/// A form with files that was received and written to disk. Dropping it frees the slot for another upload.
pub(crate) struct Spooled<'a> {
    /// The fields of the form, read from the temporary file.
    pub(crate) form: Multipart,
    _slot: SemaphorePermit<'a>,
}

/// Receives a form with files of at most `max` bytes in all.
///
/// # Errors
/// `TooLarge` for more bytes, `Unavailable` if it can't be written to disk, or `Plain` if it is too slow,
/// breaks off or is not a form with files.
pub(crate) async fn receive(state: &State, request: Request, max: usize) -> Result<Spooled<'_>, Fail> {
    let received = async {
        // The semaphore is never closed.
        let slot = state.uploads.0.acquire().await.map_err(|_| AppError::Unavailable)?;
        let (parts, body) = request.into_parts();
        let file = spool(body, &state.config.data, max).await?;
        let request = Request::from_parts(parts, Body::from_stream(ReaderStream::new(file)));
        let form = Multipart::from_request(request, &()).await;
        let form =
            form.map_err(|refused| Fail::Plain(refused.status(), format!("{}.\n", refused.body_text())))?;
        Ok(Spooled { form, _slot: slot })
    };
    timeout(RECEIVE_TIMEOUT, received).await.unwrap_or_else(|_| Err(body::too_slow()))
}

/// Writes a body to a temporary file without a name, which disappears when it is closed. Returns the file,
/// rewound to its start.
async fn spool(body: Body, folder: &Path, max: usize) -> Result<File, Fail> {
    let mut file = File::from_std(unnamed_file(folder).map_err(|error| not_written(&error))?);
    let (mut chunks, mut length) = (body.into_data_stream(), 0_usize);
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| body::broken_off())?;
        length += chunk.len();
        if length > max {
            return Err(body::too_large(max).into());
        }
        file.write_all(&chunk).await.map_err(|error| not_written(&error))?;
    }
    file.rewind().await.map_err(|error| not_written(&error))?;
    Ok(file)
}

/// Prefers the data folder, because the system's temporary folder may be in memory. With PostgreSQL, there may
/// be no data folder.
fn unnamed_file(folder: &Path) -> io::Result<std::fs::File> {
    tempfile::tempfile_in(folder).or_else(|_| tempfile::tempfile())
}

fn not_written(error: &io::Error) -> Fail {
    tracing::warn!(%error, "could not write an upload to disk");
    AppError::Unavailable.into()
}
