//! Tests of the guards. Each request is sent twice: with the guard, and without it as a negative control.

use std::time::Duration;

use server::{guard::Guards, start};
use tokio::{io::AsyncWriteExt as _, net::TcpStream, time::sleep};

use crate::portal::{Portal, start_with};

const FORM: &str = "content-type: application/x-www-form-urlencoded";
const BODY: &str = "slug=absent&guests=0";
const RSVP: &str = "POST /api/events/rsvp";

/// A portal with all guards and one without a guard. A member is signed in at each.
struct Pair([(Portal, String); 2]);

impl Pair {
    async fn without(take: fn(&mut Guards)) -> Self {
        let guarded = Portal::start(&[("DEMO", "true")]).await;
        let bare = Portal::without(&[("DEMO", "true")], take).await;
        let cookies = (guarded.sign_in("ada").await, bare.sign_in("ada").await);
        Self([(guarded, cookies.0), (bare, cookies.1)])
    }

    /// Sends the same request to both. Returns the statuses with and without the guard. `{own}` is replaced by
    /// the portal's origin.
    async fn send(&self, first: &str, lines: &[&str], body: &str) -> (u16, u16) {
        let mut statuses = [0; 2];
        for ((portal, cookie), status) in self.0.iter().zip(&mut statuses) {
            let own = portal.origin();
            let mut all: Vec<String> = lines.iter().map(|line| line.replace("{own}", &own)).collect();
            all.push(cookie.clone());
            let all: Vec<&str> = all.iter().map(String::as_str).collect();
            *status = portal.send(first, &all, body).await.status;
        }
        statuses.into()
    }
}

#[tokio::test]
async fn posts_from_other_sites_are_refused() {
    let pair = Pair::without(|guards| guards.origin = false).await;
    for lines in [
        &[FORM][..],
        &[FORM, "sec-fetch-site: cross-site"],
        &[FORM, "sec-fetch-site: same-site"],
        &[FORM, "sec-fetch-site: none"],
        &[FORM, "origin: https://evil.example"],
        &[FORM, "origin: null"],
        &[FORM, "sec-fetch-site: same-origin", "origin: https://evil.example"],
        &[FORM, "sec-fetch-site: cross-site", "origin: {own}"],
        // A header that appears twice is refused, in either order.
        &[FORM, "origin: {own}", "origin: https://evil.example"],
        &[FORM, "origin: {own}", "origin: {own}"],
        &[FORM, "sec-fetch-site: same-origin", "sec-fetch-site: cross-site"],
        &[FORM, "sec-fetch-site: same-origin", "sec-fetch-site: cross-site", "origin: {own}"],
    ] {
        assert_eq!(pair.send(RSVP, lines, BODY).await, (403, 404), "{lines:?}");
    }
}

#[tokio::test]
async fn posts_from_our_own_pages_pass() {
    let portal = Portal::start(&[("DEMO", "true")]).await;
    let cookie = portal.sign_in("ada").await;
    let origin = format!("origin: {}", portal.origin());
    for lines in [&[FORM, "sec-fetch-site: same-origin"][..], &[FORM, origin.as_str()]] {
        let all = [lines, &[cookie.as_str()]].concat();
        assert_eq!(portal.send(RSVP, &all, BODY).await.status, 404, "{lines:?}");
    }
}

#[tokio::test]
async fn only_small_forms_are_read() {
    let pair = Pair::without(|guards| guards.form = false).await;
    let own = "origin: {own}";
    for kind in
        ["text/plain", "application/json", "multipart/form-data", "application/x-www-form-urlencodedx"]
    {
        let kind = format!("content-type: {kind}");
        let (with, without) = pair.send(RSVP, &[own, &kind], BODY).await;
        assert_eq!(with, 415, "{kind}");
        assert_ne!(without, 415, "{kind}");
    }
    let bomb = format!("slug=absent&guests=0&x={}", "x".repeat(70_000));
    let (with, without) = pair.send(RSVP, &[own, FORM], &bomb).await;
    assert_eq!((with, without), (413, 404));
    // The same without a Content-Length.
    let chunked = format!("{:x}\r\n{bomb}\r\n0\r\n\r\n", bomb.len());
    let lines = [own, FORM, "transfer-encoding: chunked"];
    assert_eq!(pair.send(RSVP, &lines, &chunked).await, (413, 404));
}

#[tokio::test]
async fn only_our_own_host_names_are_accepted() {
    let pair = Pair::without(|guards| guards.host = false).await;
    for host in ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:3000", "[::1]"] {
        assert_eq!(pair.send("GET /", &[&format!("host: {host}")], "").await, (421, 200), "{host}");
    }
    let portal = Portal::start(&[]).await;
    let port = portal.running.addr.port();
    for host in ["localhost", "LOCALHOST", "127.0.0.1", "[::1]"] {
        let host = format!("host: {host}:{port}");
        assert_eq!(portal.send("GET /robots.txt", &[&host], "").await.status, 200, "{host}");
    }
    let doubled = [format!("host: localhost:{port}"), format!("host: localhost:{port}")];
    assert_ne!(portal.send("GET /robots.txt", &[&doubled[0], &doubled[1]], "").await.status, 200);
    // Health checks may use any host name.
    assert_eq!(portal.send("GET /livez", &["host: 10.1.2.3"], "").await.status, 200);
}

#[tokio::test]
async fn other_methods_are_refused() {
    let portal = Portal::start(&[]).await;
    for method in ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"] {
        assert_eq!(portal.send(&format!("{method} /events"), &[], "").await.status, 405, "{method}");
    }
    assert_eq!(portal.send("HEAD /events", &[], "").await.status, 200);
    assert_eq!(portal.post("/events", &[], "a=b").await.status, 405);
    assert_eq!(portal.get("/api/events/rsvp").await.status, 405);
}

#[tokio::test]
async fn member_routes_are_for_members() {
    let guarded = Portal::start(&[]).await;
    let answer = guarded.get("/events/new?a=b").await;
    assert_eq!((answer.status, answer.header("location")), (303, Some("/sign-in?next=/events/new%3Fa%3Db")));
    // Other spellings that the router of pages would accept don't get around the guard.
    for path in ["//profile", "/%70rofile", "/profile/."] {
        assert_eq!(guarded.get(path).await.status, 404, "{path}");
    }
    assert_eq!(guarded.get("/profile/").await.header("location"), Some("/profile"));
    let referer = format!("referer: {}/events/some-talk", guarded.origin());
    let answer = guarded.post("/api/events/rsvp", &[&referer], BODY).await;
    assert_eq!((answer.status, answer.header("location")), (303, Some("/sign-in?next=/events/some-talk")));
    let answer = guarded.post("/api/events/rsvp", &["referer: https://evil.example/x"], BODY).await;
    assert_eq!((answer.status, answer.header("location")), (303, Some("/sign-in")));
    let own = format!("origin: {}", guarded.origin());
    let answer = guarded.send(RSVP, &[FORM, &own, "accept: application/json"], BODY).await;
    assert_eq!((answer.status, answer.body.as_str()), (401, "\"SignIn\""));

    let bare = Portal::without(&[], |guards| guards.policy = false).await;
    assert_ne!(bare.get("/profile").await.status, 303);
    // Without the guard, the verbs still refuse.
    assert_eq!(bare.send(RSVP, &[FORM, &format!("origin: {}", bare.origin())], BODY).await.status, 401);
}

#[tokio::test]
async fn the_mailbox_is_only_open_on_this_machine_and_in_the_demo() {
    let demo = Portal::start(&[("DEMO", "true")]).await;
    assert_eq!(demo.get("/dev/mailbox").await.status, 200);
    for line in ["x-forwarded-for: 203.0.113.9", "forwarded: for=203.0.113.9", "via: 1.1 proxy"] {
        assert_eq!(demo.send("GET /dev/mailbox", &[line], "").await.status, 404, "{line}");
        let answer = demo.post("/sign-in/demo", &[line], "key=ada").await;
        assert_eq!(answer.status, 404, "{line}");
    }
    let public = Portal::start(&[("DEMO", "true"), ("PUBLIC_URL", "https://guild.example.org")]).await;
    assert_eq!(public.send("GET /dev/mailbox", &["host: guild.example.org"], "").await.status, 404);
    // With a mail server, the mailbox is closed even in debug builds.
    let plain = Portal::start(&[]).await;
    assert_eq!(plain.get("/dev/mailbox").await.status, 200);
    assert_eq!(plain.post("/sign-in/demo", &[], "key=ada").await.status, 404);
    let mailing = [("SMTP_URL", "smtp://127.0.0.1:1"), ("MAIL_FROM", "guild@example.org")];
    assert_eq!(Portal::start(&mailing).await.get("/dev/mailbox").await.status, 404);
    let bare = Portal::without(&mailing, |guards| guards.policy = false).await;
    assert_eq!(bare.get("/dev/mailbox").await.status, 200);
}

/// Behind a proxy, all connections come from the proxy, so requests are counted instead.
#[tokio::test]
async fn requests_of_a_network_behind_a_proxy_are_limited() {
    for share in [1, 100] {
        let data = tempfile::tempdir().unwrap();
        let mut with = start_with(&data, &[("TRUSTED_PROXIES", "1")]);
        with.limits.per_network = share;
        with.limits.announce = Duration::ZERO;
        let portal = Portal { running: start(with).await.unwrap(), _data: data };
        let of = |client: &str| format!("x-forwarded-for: {client}");
        let head = format!(
            "POST /sign-in HTTP/1.1\r\nhost: {0}\r\norigin: http://{0}\r\ncontent-length: 9\r\n{1}\r\n{FORM}\r\n\r\n",
            portal.running.addr,
            of("192.0.2.1")
        );
        let mut unfinished = TcpStream::connect(portal.running.addr).await.unwrap();
        unfinished.write_all(head.as_bytes()).await.unwrap();
        // The request counts as soon as its headers have arrived.
        let mut refused = false;
        for _ in 0..if share == 1 { 200 } else { 10 } {
            refused |= portal.send("GET /robots.txt", &[&of("192.0.2.77")], "").await.status == 429;
            if refused {
                break;
            }
            sleep(Duration::from_millis(20)).await;
        }
        assert_eq!(refused, share == 1);
        assert_eq!(portal.send("GET /robots.txt", &[&of("192.0.3.1")], "").await.status, 200);
        assert_eq!(portal.send("GET /livez", &[], "").await.status, 200);
    }
}

#[tokio::test]
async fn a_path_with_a_trailing_slash_redirects_to_the_page() {
    let portal = Portal::start(&[]).await;
    for (path, to) in
        [("/events/", "/events"), ("/events/?q=a%26b", "/events?q=a%26b"), ("/groups/x/", "/groups/x")]
    {
        let answer = portal.get(path).await;
        assert_eq!((answer.status, answer.header("location")), (308, Some(to)), "{path}");
    }
    // It never redirects to another site.
    for path in ["//evil.example/", "///", "/\\evil.example/", "/a//", "//"] {
        let answer = portal.get(path).await;
        assert_eq!(answer.header("location"), None, "{path}: {answer:?}");
    }
    assert_eq!(portal.post("/events/", &[], "a=b").await.status, 404);
}

/// Mail programs and other tools accept neither HTML nor JSON.
#[tokio::test]
async fn clients_that_accept_neither_html_nor_json_get_a_sentence() {
    let portal = Portal::start(&[]).await;
    let one_click = "List-Unsubscribe=One-Click";
    for lines in [&[FORM][..], &[FORM, "accept: */*"]] {
        let answer = portal.send("POST /unsubscribe/tampered", lines, one_click).await;
        assert_eq!((answer.status, answer.header("content-type")), (404, Some("text/plain; charset=utf-8")));
        assert!(answer.body.ends_with(".\n") && !answer.body.contains('"'), "{answer:?}");
    }
    let answer = portal.send("GET /nowhere", &["accept: application/json"], "").await;
    assert_eq!(answer.body, "\"NotFound\"");
}

/// The gallery only exists in debug builds.
#[tokio::test]
#[cfg(debug_assertions)]
async fn the_gallery_is_only_open_on_this_machine() {
    let portal = Portal::start(&[]).await;
    for path in ["", "/routes", "/errors/500", "/emails", "/emails/sign_in", "/emails/left-hostile.txt"] {
        let first = format!("GET /dev/gallery{path}");
        assert_eq!(portal.send(&first, &[], "").await.status, 200, "{path}");
        assert_eq!(portal.send(&first, &["via: 1.1 proxy"], "").await.status, 404, "{path}");
    }
    for path in ["nothing", "errors/418", "emails/nothing"] {
        assert_eq!(portal.get(&format!("/dev/gallery/{path}")).await.status, 404, "{path}");
    }
    let email = portal.get("/dev/gallery/emails/confirmed-hostile").await;
    assert!(email.header("content-security-policy").unwrap().contains("sandbox"), "{email:?}");
    let public = Portal::start(&[("PUBLIC_URL", "https://guild.example.org")]).await;
    let host = "host: guild.example.org";
    assert_eq!(public.send("GET /dev/gallery", &[host], "").await.status, 404);
    let bare = Portal::without(&[], |guards| guards.policy = false).await;
    assert_eq!(bare.send("GET /dev/gallery", &["via: 1.1 proxy"], "").await.status, 200);
}

#[tokio::test]
async fn requests_to_sign_in_are_limited() {
    let guarded = Portal::start(&[]).await;
    let bare = Portal::without(&[], |guards| guards.limit = false).await;
    for attempt in 0..12 {
        let body = "address=nobody&next=/";
        let answer = guarded.post("/sign-in", &[], body).await;
        assert_eq!(answer.status, if attempt < 10 { 303 } else { 429 }, "{attempt}");
        if attempt >= 10 {
            let seconds: u32 = answer.header("retry-after").unwrap().parse().unwrap();
            assert!((1..=13).contains(&seconds) && answer.body.contains("<!DOCTYPE html>"), "{answer:?}");
        }
        assert_eq!(bare.post("/sign-in", &[], body).await.status, 303);
    }
    // A client can't get around the limit with forged headers.
    assert_eq!(guarded.post("/sign-in", &["x-forwarded-for: 203.0.113.9"], "address=x").await.status, 429);
    assert_eq!(guarded.get("/sign-in").await.status, 200);
}
