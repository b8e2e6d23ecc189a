//! Tests of stopping the process (R10), and of its log.

use std::{sync::mpsc, thread, time::Duration};

use image::RgbImage;
use server::cli::block_on;
use tokio::{io::AsyncWriteExt as _, net::TcpStream, task::spawn_blocking};

use crate::{
    bodies::{form_with, png},
    process::Process,
};

/// Longer than any test.
const FOREVER: Duration = Duration::from_secs(3600);
/// The time after which service managers kill a process.
const CAP: Duration = Duration::from_secs(30);

/// A runtime that is dropped waits for its blocking tasks, for example for a picture that is being decoded.
#[test]
fn r10_blocking_work_does_not_keep_the_process_alive() {
    let (ended, end) = mpsc::channel();
    thread::spawn(move || {
        let done = block_on(async {
            spawn_blocking(|| thread::sleep(FOREVER));
            Ok(())
        });
        ended.send(done.is_ok()).unwrap();
    });
    assert_eq!(end.recv_timeout(CAP), Ok(true));
}

/// The process stops while it decodes a picture. In the long run, `GUILDHALL_TEST_LONG=1`, the picture is
/// large, and another upload never ends.
#[tokio::test]
async fn r10_the_process_ends_in_time() {
    let is_long = std::env::var_os("GUILDHALL_TEST_LONG").is_some();
    let mut server = Process::start(&[]);
    let cookie = server.administrator().await;
    let side = if is_long { 6_300 } else { 1_500 };
    let form = form_with(&png(RgbImage::new(side, side)));
    let mut working = TcpStream::connect(server.addr).await.unwrap();
    working.write_all(server.upload(form.len(), &cookie).as_bytes()).await.unwrap();
    working.write_all(&form).await.unwrap();
    let mut holding = TcpStream::connect(server.addr).await.unwrap();
    if is_long {
        holding.write_all(server.upload(1_000, &cookie).as_bytes()).await.unwrap();
        holding.write_all(b"--part").await.unwrap();
    }
    server.terminate();
    let status = server.ended(CAP).await;
    assert!(status.is_some_and(|status| status.success()), "{status:?} {}", server.log());
}

#[tokio::test]
async fn a_wrong_number_of_proxies_is_logged_once() {
    let get = |line: &str| format!("GET /robots.txt HTTP/1.1\r\nhost: a\r\nconnection: close\r\n{line}\r\n");
    let (forwarded, plain) = (get("x-forwarded-for: 192.0.2.1\r\n"), get(""));
    for (proxies, wrong, right) in [("1", &plain, &forwarded), ("0", &forwarded, &plain)] {
        let server = Process::start(&[("TRUSTED_PROXIES", proxies)]);
        let warnings = || server.log().lines().filter(|line| line.contains("trusted_proxies")).count();
        server.send(right.replace("host: a", &format!("host: {}", server.addr)).as_bytes()).await;
        // Health checks don't come through the proxies.
        server.send(b"GET /livez HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
        assert_eq!(warnings(), 0, "{}", server.log());
        for _ in 0..3 {
            server.send(wrong.replace("host: a", &format!("host: {}", server.addr)).as_bytes()).await;
        }
        assert_eq!(warnings(), 1, "{}", server.log());
    }
}
