//! Tests of the embedded site. If `cargo xtask site` hasn't built one, only the refusals are tested.

use server::assets;

use crate::portal::Portal;

#[tokio::test]
async fn only_files_of_the_site_are_served() {
    let portal = Portal::start(&[]).await;
    for path in [
        "/a/none/x.css",
        "/a/../hash.txt",
        "/a/%2e%2e/hash.txt",
        "/a/..%2fhash.txt",
        "/a/.hidden",
        "/a//etc/passwd",
    ] {
        assert_eq!(portal.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn files_are_compressed_typed_and_cached_forever() {
    let Some(hash) = assets::hash() else { return };
    let portal = Portal::start(&[]).await;
    for (name, kind) in [
        ("guildhall.css", "text/css; charset=utf-8"),
        ("guildhall.js", "text/javascript; charset=utf-8"),
        ("guildhall.wasm", "application/wasm"),
    ] {
        let first = format!("GET /a/{hash}/{name}");
        for (accepted, encoding) in [
            ("br, gzip", Some("br")),
            ("gzip;q=1.0, br;q=0", Some("gzip")),
            ("identity", None),
            ("zstd", None),
        ] {
            let answer = portal.send(&first, &[&format!("accept-encoding: {accepted}")], "").await;
            assert_eq!(answer.status, 200, "{name}");
            assert_eq!(answer.header("content-encoding"), encoding, "{name} {accepted}");
            assert_eq!(answer.header("content-type"), Some(kind));
            assert_eq!(answer.header("cache-control"), Some("public, max-age=31536000, immutable"));
            assert_eq!(answer.header("vary"), Some("accept-encoding"));
            let known = format!("if-none-match: {}", answer.header("etag").unwrap());
            let again = portal.send(&first, &[&format!("accept-encoding: {accepted}"), &known], "").await;
            assert_eq!((again.status, again.body.len()), (304, 0));
        }
        assert_eq!(portal.get(&format!("/a/{hash}/{name}.br")).await.status, 404);
    }
    assert!(portal.get("/").await.body.contains(&format!("/a/{hash}/guildhall.css")));
}
