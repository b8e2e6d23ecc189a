//! The accept loop. axum's own has no timeout for slow heads or slow readers, no cap and no bounded drain.

mod patient;

use std::{io::ErrorKind, net::SocketAddr, sync::Arc, time::Duration};

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

use crate::guard::networks::Networks;
use patient::Patient;

/// How patient the server is.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How many connections may be open at once.
    pub connections: usize,
    /// How many of them, or of the requests that proxies pass on, may belong to one client network.
    pub per_network: usize,
    /// How long a client may take to send the head of a request, or to ask again.
    pub header: Duration,
    /// How long a client may take to read the next few kilobytes of an answer.
    pub write: Duration,
    /// How long `/readyz` says that the server is stopping before it accepts no more connections.
    pub announce: Duration,
    /// How long answers may take after that.
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
            // Longer than a handler may take. With everything else it stays below the 30 seconds after
            // which orchestrators kill.
            drain: Duration::from_secs(22),
        }
    }
}

/// As many as the system lets us open files, with some left for the database and the log.
fn connections_by_files() -> usize {
    let files = rlimit::increase_nofile_limit(16_384).unwrap_or(1_024);
    usize::try_from(files).unwrap_or(1_024).saturating_sub(256).clamp(64, 10_000)
}

/// Serves until `stop` is cancelled, then lets running answers end. Returns how many were cut off.
///
/// `networks` counts connections; it is `None` when they all come from our proxies.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    networks: Option<Networks>,
    stop: CancellationToken,
) -> usize {
    let seats = Arc::new(Semaphore::new(limits.connections));
    let open = TaskTracker::new();
    // Cut, not asked: for those who are still there when the drain is over.
    let cut = CancellationToken::new();
    loop {
        // The seat first: a client that finds none waits in the system's queue, not in our memory.
        let (seat, stream, peer) = tokio::select! {
            biased;
            () = stop.cancelled() => break,
            accepted = accept(&listener, &seats) => match accepted {
                Some(accepted) => accepted,
                None => continue,
            },
        };
        let held = networks.as_ref().map(|networks| networks.enter(peer.ip()));
        if matches!(held, Some(None)) {
            // Closed at once: a network that waits would hold the seats of others.
            continue;
        }
        let connection = connection(stream, peer, router.clone(), limits, stop.clone());
        let cut = cut.clone();
        open.spawn(async move {
            let _held = (seat, held);
            tokio::select! {
                () = cut.cancelled() => {}
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
    cut.cancel();
    open.wait().await;
    left
}

async fn accept(
    listener: &TcpListener,
    seats: &Arc<Semaphore>,
) -> Option<(OwnedSemaphorePermit, TcpStream, SocketAddr)> {
    let seat = seats.clone().acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => {
            // Without it the second write of an answer waits 40 ms for the first one's receipt.
            stream.set_nodelay(true).ok()?;
            Some((seat, stream, peer))
        }
        Err(error) if matches!(error.kind(), ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset) => {
            None
        }
        Err(error) => {
            // Out of files, most likely: a short rest lets others close theirs.
            tracing::warn!(%error, "could not accept a connection");
            sleep(Duration::from_millis(50)).await;
            None
        }
    }
}

async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    limits: Limits,
    stop: CancellationToken,
) {
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header)
        .max_buf_size(64 * 1024)
        .serve_connection(TokioIo::new(Patient::new(stream, limits.write)), service);
    let mut connection = std::pin::pin!(connection);
    // How a connection ends, a reset or a timeout, is the client's business: no log line.
    tokio::select! {
        _ = connection.as_mut() => {}
        () = stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            _ = connection.await;
        }
    }
}
