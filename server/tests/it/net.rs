//! Tests of the accept loop: slow clients, too many clients, and stopping.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use axum::{Router, body::Bytes, extract::ConnectInfo, routing::get};
use server::{
    net::{Limits, serve},
    state::networks::Networks,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
    time::{sleep, timeout},
};
use tokio_util::sync::CancellationToken;

const GET: &[u8] = b"GET / HTTP/1.1\r\nhost: a\r\n\r\n";

static LARGE: [u8; 32 << 20] = [0; 32 << 20];

struct Loop {
    addr: SocketAddr,
    stop: CancellationToken,
    done: JoinHandle<usize>,
}

async fn start(limits: Limits) -> Loop {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    let router = Router::new()
        .route("/", get(|ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.ip().to_string() }))
        .route("/slow", get(|| async { sleep(Duration::from_millis(600)).await }))
        .route("/stuck", get(std::future::pending::<()>))
        // More than the buffers of a connection can hold.
        .route("/large", get(|| async { Bytes::from_static(&LARGE) }));
    let stop = CancellationToken::new();
    let networks = Some(Networks::new(limits.per_network));
    let done = tokio::spawn(serve(listener, router, limits, networks, stop.clone()));
    Loop { addr, stop, done }
}

fn limits() -> Limits {
    Limits {
        connections: 100,
        per_network: 100,
        header: Duration::from_millis(300),
        write: Duration::from_secs(60),
        announce: Duration::ZERO,
        drain: Duration::from_secs(5),
    }
}

async fn open(addr: SocketAddr, bytes: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(addr).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    stream
}

/// Reads until the server closes the connection or the time is over. Returns the text and whether it closed.
async fn read(stream: &mut TcpStream, for_: Duration) -> (String, bool) {
    let mut bytes = Vec::new();
    let closed = timeout(for_, stream.read_to_end(&mut bytes)).await.is_ok();
    (String::from_utf8_lossy(&bytes).into_owned(), closed)
}

#[tokio::test]
async fn the_handler_gets_the_address_of_the_peer() {
    let server = start(limits()).await;
    let mut stream = open(server.addr, GET).await;
    let (text, _) = read(&mut stream, Duration::from_secs(2)).await;
    assert!(text.starts_with("HTTP/1.1 200") && text.ends_with("127.0.0.1"), "{text}");
}

#[tokio::test]
async fn a_client_that_does_not_finish_its_headers_is_disconnected() {
    let server = start(limits()).await;
    for half in [&b""[..], b"GET / HTTP/1.1\r\nhost"] {
        let begun = Instant::now();
        let mut stream = open(server.addr, half).await;
        let (text, closed) = read(&mut stream, Duration::from_secs(3)).await;
        assert!(closed && !text.starts_with("HTTP/1.1 200"), "{text}");
        assert!(begun.elapsed() >= Duration::from_millis(250));
    }
    // Negative control: with a longer timeout, the connection stays open.
    let patient = start(Limits { header: Duration::from_secs(60), ..limits() }).await;
    let mut stream = open(patient.addr, b"GET / HTTP/1.1\r\nhost").await;
    assert!(!read(&mut stream, Duration::from_millis(900)).await.1);
}

#[tokio::test]
async fn a_client_that_does_not_read_is_disconnected() {
    let large = b"GET /large HTTP/1.1\r\nhost: a\r\n\r\n";
    let with = |write| Limits { connections: 1, write, ..limits() };
    let server = start(with(Duration::from_millis(300))).await;
    let _never_reads = open(server.addr, large).await;
    let mut next = open(server.addr, GET).await;
    let mut byte = [0];
    timeout(Duration::from_secs(20), next.read_exact(&mut byte)).await.unwrap().unwrap();
    // Negative control: with a longer timeout, the connection keeps its slot.
    let patient = start(with(Duration::from_secs(60))).await;
    let _never_reads = open(patient.addr, large).await;
    let mut next = open(patient.addr, GET).await;
    assert!(timeout(Duration::from_millis(900), next.read_exact(&mut byte)).await.is_err());
}

#[tokio::test]
async fn a_slow_client_that_keeps_reading_gets_the_whole_response() {
    let server = start(Limits { write: Duration::from_millis(400), ..limits() }).await;
    let mut stream = open(server.addr, b"GET /large HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
    let (mut piece, mut total) = (vec![0; 2 << 20], 0);
    loop {
        match stream.read(&mut piece).await.unwrap() {
            0 => break,
            read => total += read,
        }
        if total < LARGE.len() / 2 {
            sleep(Duration::from_millis(20)).await;
        }
    }
    assert!(total > LARGE.len(), "{total}");
}

#[tokio::test]
async fn connections_of_a_network_are_limited() {
    let server = start(Limits { per_network: 2, header: Duration::from_secs(60), ..limits() }).await;
    let first = open(server.addr, b"").await;
    let _second = open(server.addr, b"").await;
    sleep(Duration::from_millis(50)).await;
    // The connection is closed at once, although there are free slots for other networks.
    let mut third = open(server.addr, b"").await;
    assert!(read(&mut third, Duration::from_secs(10)).await.1);
    drop(first);
    let mut byte = [0];
    for _ in 0..100 {
        let mut fourth = open(server.addr, b"").await;
        if fourth.write_all(GET).await.is_ok() && fourth.read_exact(&mut byte).await.is_ok() {
            return;
        }
        sleep(Duration::from_millis(20)).await;
    }
    panic!("the place of a closed connection stayed taken");
}

#[tokio::test]
async fn a_connection_over_the_limit_waits_for_a_free_slot() {
    let server = start(Limits { connections: 2, header: Duration::from_secs(60), ..limits() }).await;
    let first = open(server.addr, b"").await;
    let _second = open(server.addr, b"").await;
    sleep(Duration::from_millis(50)).await;
    let mut third = open(server.addr, GET).await;
    let mut byte = [0];
    assert!(timeout(Duration::from_millis(300), third.read(&mut byte)).await.is_err());
    drop(first);
    timeout(Duration::from_secs(2), third.read_exact(&mut byte)).await.unwrap().unwrap();
}

#[tokio::test]
async fn stopping_waits_for_running_responses() {
    let server = start(limits()).await;
    let mut busy = open(server.addr, b"GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").await;
    let idle = open(server.addr, b"").await;
    sleep(Duration::from_millis(100)).await;
    server.stop.cancel();
    let (text, closed) = read(&mut busy, Duration::from_secs(3)).await;
    assert!(text.starts_with("HTTP/1.1 200") && closed, "{text}");
    assert_eq!(timeout(Duration::from_secs(2), server.done).await.unwrap().unwrap(), 0);
    assert!(TcpStream::connect(server.addr).await.is_err());
    drop(idle);
}

#[tokio::test]
async fn stopping_aborts_a_response_that_does_not_end() {
    let server = start(Limits { drain: Duration::from_millis(300), ..limits() }).await;
    let mut stuck = open(server.addr, b"GET /stuck HTTP/1.1\r\nhost: a\r\n\r\n").await;
    sleep(Duration::from_millis(100)).await;
    let begun = Instant::now();
    server.stop.cancel();
    assert_eq!(timeout(Duration::from_secs(2), server.done).await.unwrap().unwrap(), 1);
    assert!(begun.elapsed() >= Duration::from_millis(250));
    assert!(read(&mut stuck, Duration::from_secs(1)).await.1);
}
