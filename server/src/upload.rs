//! Large request bodies. They are spooled to a file, a few at a time, so that slow and hostile senders cost
//! disk space and no memory. Decide who may send one before reading it.

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
    sync::{Semaphore, SemaphorePermit},
    time::timeout,
};
use tokio_util::io::ReaderStream;

use crate::{errors::Fail, guard::body, state::State};

/// How many uploads are received at once. Each takes one file of the largest size at most.
const MAX_CONCURRENT: usize = 16;
/// How long an upload may take to arrive, waiting included. Less than an answer may take.
const ARRIVAL: Duration = Duration::from_secs(18);

/// The places for uploads that are being received.
pub struct Uploads(Semaphore);

impl Default for Uploads {
    fn default() -> Self {
        Self(Semaphore::new(MAX_CONCURRENT))
    }
}

/// A form with files, received and on disk. The next upload may begin when it is dropped.
pub(crate) struct Spooled<'a> {
    /// Its fields, read from the file.
    pub(crate) form: Multipart,
    _place: SemaphorePermit<'a>,
}

/// Receives a form with files of `max` bytes in all.
///
/// # Errors
/// `TooLarge`, `Unavailable` when it did not get its turn or cannot be written, or a sentence for programs
/// when it breaks off or is no such form.
pub(crate) async fn receive(state: &State, request: Request, max: usize) -> Result<Spooled<'_>, Fail> {
    let received = async {
        // The semaphore is never closed.
        let place = state.uploads.0.acquire().await.map_err(|_| AppError::Unavailable)?;
        let (parts, sent) = request.into_parts();
        let file = spool(sent, &state.config.data, max).await?;
        let request = Request::from_parts(parts, Body::from_stream(ReaderStream::new(file)));
        let form = Multipart::from_request(request, &()).await;
        let form =
            form.map_err(|refused| Fail::Plain(refused.status(), format!("{}.\n", refused.body_text())))?;
        Ok(Spooled { form, _place: place })
    };
    timeout(ARRIVAL, received).await.unwrap_or_else(|_| Err(body::too_slow()))
}

/// Writes a body to a file without a name, which is gone when it is closed, and goes back to its start.
async fn spool(sent: Body, folder: &Path, max: usize) -> Result<File, Fail> {
    let mut file = File::from_std(unnamed_file(folder).map_err(|error| not_written(&error))?);
    let (mut chunks, mut length) = (sent.into_data_stream(), 0_usize);
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

/// In the data folder, which is on a disk; with PostgreSQL there need not be one.
fn unnamed_file(folder: &Path) -> io::Result<std::fs::File> {
    tempfile::tempfile_in(folder).or_else(|_| tempfile::tempfile())
}

fn not_written(error: &io::Error) -> Fail {
    tracing::warn!(%error, "could not write an upload to disk");
    AppError::Unavailable.into()
}
