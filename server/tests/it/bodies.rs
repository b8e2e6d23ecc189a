//! The memory that request bodies cost: nothing for signed-out people, a limited amount for members.
//!
//! `cargo test -p server --test it bodies -- --nocapture` prints the measurements.

use std::{collections::BTreeMap, io::Cursor, time::Duration};

use futures::future::join_all;
use image::{DynamicImage, GrayImage, ImageFormat, RgbImage};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

use crate::{portal::Portal, process::Process};

const MB: usize = 1024 * 1024;

/// A hundred signed-out clients send five megabytes each, without the last byte.
#[tokio::test]
async fn slow_bodies_of_signed_out_clients_cost_no_memory() {
    let server = Process::start(&[]);
    server.send(b"GET /sign-in HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
    let before = server.memory();
    let upload = server.upload(5 * MB, "");
    let form = format!(
        "POST /sign-in HTTP/1.1\r\nhost: {0}\r\norigin: http://{0}\r\ntransfer-encoding: chunked\r\n\
         content-type: application/x-www-form-urlencoded\r\n\r\nf0000\r\n",
        server.addr
    );
    let body = vec![b'x'; 5 * MB - 1];
    let heads = [&upload, &form].into_iter().cycle().take(100);
    let statuses = join_all(heads.map(async |head| {
        let mut stream = TcpStream::connect(server.addr).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        let (mut read, mut write) = stream.split();
        let mut answer = [0; 12];
        // The server closes slow connections, so errors are fine here.
        let sent = timeout(Duration::from_secs(3), write.write_all(&body));
        let (_, got) = tokio::join!(sent, timeout(Duration::from_secs(15), read.read_exact(&mut answer)));
        got.is_ok_and(|got| got.is_ok()).then(|| String::from_utf8_lossy(&answer[9..]).into_owned())
    }))
    .await;
    let cost = server.peak().saturating_sub(before);
    println!("100 slow bodies of strangers cost {} KiB", cost / 1024);
    assert!(cost < 20 * MB, "{cost}");
    // The responses are redirects to sign in, "too large" or "too many requests".
    let expected = ["303", "413", "429"];
    assert!(statuses.iter().flatten().all(|status| expected.contains(&status.as_str())), "{statuses:?}");
    assert!(statuses.iter().flatten().count() > 25, "{statuses:?}");
}

pub(crate) fn png(picture: impl Into<DynamicImage>) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.into().write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

pub(crate) fn form_with(picture: &[u8]) -> Vec<u8> {
    let head = b"--part\r\ncontent-disposition: form-data; name=\"picture\"; filename=\"x\"\r\n\r\n";
    [&head[..], picture, b"\r\n--part--\r\n"].concat()
}

/// Two hundred pictures at once. They are small files that need much memory when decoded or scaled, or large
/// files that aren't pictures. The long run, `GUILDHALL_TEST_LONG=1`, uses pictures of 40 megapixels.
#[tokio::test]
async fn hostile_pictures_take_bounded_memory() {
    let is_long = std::env::var_os("GUILDHALL_TEST_LONG").is_some();
    let (side, bound) = if is_long { (6_300, 700 * MB) } else { (600, 150 * MB) };
    let server = Process::start(&[]);
    let cookie = server.administrator().await;
    let forms = [
        png(RgbImage::new(40_000, 1)),
        png(GrayImage::new(1, 40_000)),
        png(image::ImageBuffer::<image::Rgba<u16>, Vec<u16>>::new(side, side)),
        vec![0xff; 5 * MB],
    ]
    .map(|picture| form_with(&picture));
    let before = server.memory();
    let answers = join_all((0..200).map(async |i: usize| {
        let form = &forms[i % forms.len()];
        server.send_all(&[server.upload(form.len(), &cookie).as_bytes(), form]).await
    }))
    .await;
    let cost = server.peak().saturating_sub(before);
    let mut statuses: BTreeMap<String, usize> = BTreeMap::new();
    for answer in &answers {
        *statuses.entry(answer.get(9..12).unwrap_or("none").to_owned()).or_default() += 1;
    }
    println!("{} hostile pictures cost {} MB; answers: {statuses:?}", answers.len(), cost / MB);
    assert!(cost < bound, "{cost}");
    // Uploads that waited too long, or that were too many, get "try again later".
    let expected = ["303", "408", "429", "503"];
    assert!(statuses.keys().all(|status| expected.contains(&status.as_str())), "{statuses:?}");
    assert!(statuses.contains_key("303"), "{statuses:?}");
    let alive = server.send(b"GET /livez HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
    assert!(alive.ends_with("alive\n"), "{alive}");
}

/// The redirect to sign in only depends on the headers, so the server doesn't read the body.
#[tokio::test]
async fn a_signed_out_client_gets_a_response_before_it_sends_the_body() {
    let head = "content-type: multipart/form-data; boundary=part";
    for (lines, status) in
        [(&["content-length: 9"][..], 303), (&["expect: 100-continue", "content-length: 9"], 303)]
    {
        let portal = Portal::start(&[]).await;
        let origin = format!("origin: {}", portal.origin());
        let all = [&[head, "accept: text/html", origin.as_str()], lines].concat();
        let answer = portal.send("POST /profile/picture", &all, "").await;
        assert_eq!(answer.status, status, "{answer:?}");
    }
}
