//! A connection that gives up on clients that don't read. Without it, a client could request large responses,
//! never read them, and keep its connection forever.

use std::{
    io::{self, ErrorKind, IoSlice},
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Instant, Sleep, sleep},
};

/// How many bytes a client has to read within each timeout. Fewer count as none, because a client could read
/// one byte at a time.
const MIN_PROGRESS: usize = 4 * 1024;

/// A stream that fails writes with `TimedOut` if they make no progress for too long.
#[derive(Debug)]
pub(super) struct Patient<S> {
    stream: S,
    patience: Duration,
    /// The timeout. It runs while written bytes wait for the client.
    waiting: Option<Pin<Box<Sleep>>>,
    /// The number of bytes that the client has read since the timeout started.
    taken: usize,
}

impl<S> Patient<S> {
    pub(super) fn new(stream: S, patience: Duration) -> Self {
        Self { stream, patience, waiting: None, taken: 0 }
    }

    /// Checks the progress of a write of `wanted` bytes.
    fn check_progress(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<usize>>,
        wanted: usize,
    ) -> Poll<io::Result<usize>> {
        match written {
            Poll::Ready(Ok(count)) => {
                self.taken += count;
                if count == wanted {
                    self.waiting = None;
                } else if self.taken >= MIN_PROGRESS {
                    self.restart_timeout();
                }
                written
            }
            Poll::Ready(Err(_)) => written,
            Poll::Pending => {
                if self.waiting.is_none() {
                    self.waiting = Some(Box::pin(sleep(self.patience)));
                    self.taken = 0;
                }
                let over = self.waiting.as_mut().is_some_and(|sleep| sleep.as_mut().poll(context).is_ready());
                if over { Poll::Ready(Err(ErrorKind::TimedOut.into())) } else { Poll::Pending }
            }
        }
    }

    /// Starts the timeout again, because the client has read enough.
    fn restart_timeout(&mut self) {
        self.taken = 0;
        if let Some(sleep) = &mut self.waiting {
            sleep.as_mut().reset(Instant::now() + self.patience);
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Patient<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Patient<S> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.stream).poll_write(context, bytes);
        this.check_progress(context, written, bytes.len())
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let written = Pin::new(&mut this.stream).poll_write_vectored(context, slices);
        this.check_progress(context, written, slices.iter().map(|slice| slice.len()).sum())
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}
