//! The accept loop. Unlike axum's, it has timeouts for slow request headers and slow readers, limits for
//! connections, and a bounded drain.

mod patient;

use std::{
    io::ErrorKind,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{Router, body::Body, extract::ConnectInfo};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{sleep, timeout},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower::ServiceExt;

use crate::state::networks::Networks;
use patient::Patient;

/// Limits and timeouts of connections.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The most open connections.
    pub connections: usize,
    /// The most connections of one client network. Behind proxies, the most requests in progress.
    pub per_network: usize,
    /// How long a client may take to send the headers of a request, or to send the next request.
    pub header: Duration,
    /// How long a client may take to read the next few kilobytes of a response.
    pub write: Duration,
    /// How long `/readyz` reports that the server is stopping before it stops accepting connections.
    pub announce: Duration,
    /// How long running responses may take after that.
    pub drain: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        let connections = connections_by_files();
        Self {
            connections,
            per_network: (connections / 4).max(32),
            header: Duration::from_secs(10),
            write: Duration::from_secs(15),
            announce: Duration::ZERO,
            // Longer than a handler may take. Together with everything else, it is shorter than the 30 seconds
            // after which orchestrators kill the process.
            drain: Duration::from_secs(22),
        }
    }
}

/// The most connections that the limit of open files allows. Some files are reserved for the database and logs.
fn connections_by_files() -> usize {
    let files = rlimit::increase_nofile_limit(16_384).unwrap_or(1_024);
    usize::try_from(files).unwrap_or(1_024).saturating_sub(256).clamp(64, 10_000)
}

/// The place of a connection among [`Limits::connections`], in the extensions of its requests.
#[derive(Clone)]
pub(crate) struct ConnectionSlot(Arc<Mutex<Option<OwnedSemaphorePermit>>>);

impl ConnectionSlot {
    /// Gives the place to another connection. A response that lasts for hours does so, and is counted elsewhere.
    pub(crate) fn release(&self) {
        drop(self.0.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}

/// Serves until `stop` is cancelled, then waits for running responses. Returns how many had to be aborted.
///
/// `networks` counts connections. It is `None` if all connections come from our proxies.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    networks: Option<Networks>,
    stop: CancellationToken,
) -> usize {
    let slots = Arc::new(Semaphore::new(limits.connections));
    let open = TaskTracker::new();
    // Aborts the connections that are still open when the drain is over.
    let abort = CancellationToken::new();
    loop {
        // Take a slot before accepting, so that clients wait in the system's queue and not in our memory.
        let (slot, stream, peer) = tokio::select! {
            biased;
            () = stop.cancelled() => break,
            accepted = accept(&listener, &slots) => match accepted {
                Some(accepted) => accepted,
                None => continue,
            },
        };
        let held = networks.as_ref().map(|networks| networks.enter(peer.ip()));
        if matches!(held, Some(None)) {
            // Close at once. If the connection waited, it would take a slot from other networks.
            continue;
        }
        let slot = ConnectionSlot(Arc::new(Mutex::new(Some(slot))));
        let connection = connection((stream, peer), slot.clone(), router.clone(), limits, stop.clone());
        let abort = abort.clone();
        open.spawn(async move {
            let _held = (slot, held);
            tokio::select! {
                () = abort.cancelled() => {}
                () = connection => {}
            }
        });
    }
    drop(listener);
    open.close();
    if timeout(limits.drain, open.wait()).await.is_ok() {
        return 0;
    }
    let left = open.len();
    abort.cancel();
    open.wait().await;
    left
}

async fn accept(
    listener: &TcpListener,
    slots: &Arc<Semaphore>,
) -> Option<(OwnedSemaphorePermit, TcpStream, SocketAddr)> {
    let slot = slots.clone().acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => {
            // Otherwise the second write of a response waits 40 ms for the acknowledgement of the first.
            stream.set_nodelay(true).ok()?;
            Some((slot, stream, peer))
        }
        Err(error) if matches!(error.kind(), ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset) => {
            None
        }
        Err(error) => {
            // Most likely there are too many open files. Wait a moment until some are closed.
            tracing::warn!(%error, "could not accept a connection");
            sleep(Duration::from_millis(50)).await;
            None
        }
    }
}

async fn connection(
    (stream, peer): (TcpStream, SocketAddr),
    slot: ConnectionSlot,
    router: Router,
    limits: Limits,
    stop: CancellationToken,
) {
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        request.extensions_mut().insert(slot.clone());
        router.clone().oneshot(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header)
        .max_buf_size(64 * 1024)
        .serve_connection(TokioIo::new(Patient::new(stream, limits.write)), service);
    let mut connection = std::pin::pin!(connection);
    // Resets and timeouts are the client's doing, so they aren't logged.
    tokio::select! {
        _ = connection.as_mut() => {}
        () = stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            _ = connection.await;
        }
    }
}
