//! Tests of the headers of responses.

use crate::portal::Portal;

const EVERYWHERE: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];
const CONTENT_POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; object-src 'none'; \
                      base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

#[tokio::test]
async fn every_response_has_the_security_headers() {
    let portal = Portal::start(&[("DEMO", "true")]).await;
    for (first, lines) in [
        ("GET /", &[][..]),
        ("GET /events", &["accept: text/html"]),
        ("GET /nowhere", &["accept: text/html"]),
        ("GET /nowhere", &[]),
        ("GET /events/absent", &["accept: text/html"]),
        ("GET /profile", &[]),
        ("POST /sign-in", &[]),
        ("PUT /", &[]),
        ("GET /a/none", &[]),
        ("GET /livez", &[]),
        ("GET /readyz", &[]),
        ("GET /robots.txt", &[]),
        ("GET /dev/mailbox", &[]),
        ("GET /dev/mailbox/absent", &[]),
        ("GET /", &["host: evil.example"]),
    ] {
        let answer = portal.send(first, lines, "").await;
        for (name, value) in EVERYWHERE {
            assert_eq!(answer.header(name), Some(*value), "{first} {lines:?}");
        }
        assert!(
            answer.header("content-security-policy").is_some_and(|csp| csp.contains("object-src 'none'"))
        );
        assert!(answer.header("cache-control").is_some(), "{first}");
        assert!(answer.header("permissions-policy").is_some(), "{first}");
        assert_eq!(answer.header("x-request-id").map(str::len), Some(36), "{first}");
        // Over plain http, there must be no Strict-Transport-Security.
        assert_eq!(answer.header("strict-transport-security"), None);
    }
}

#[tokio::test]
async fn pages_without_islands_have_no_inline_scripts() {
    let portal = Portal::start(&[("DEMO", "true")]).await;
    let events = portal.get("/events").await.body;
    let event = events
        .split("href=\"/events/")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .find(|slug| *slug != "new");
    let event = format!("/events/{}", event.unwrap());
    for path in ["/", "/events", &event, "/sign-in", "/events/absent", "/nowhere"] {
        let answer = portal.get(path).await;
        assert_eq!(answer.header("content-security-policy"), Some(CONTENT_POLICY), "{path}");
        let inline = answer
            .body
            .split("<script")
            .skip(1)
            .filter(|script| !script.trim_start().starts_with("src="))
            .count();
        assert_eq!((inline, answer.body.contains("nonce")), (0, false), "{path}");
    }
}

/// Chromium applies `form-action` to redirects too, so it has to contain the origin of the provider.
#[tokio::test]
async fn forms_may_lead_to_our_origin_and_to_the_identity_provider() {
    let oidc = [
        ("OIDC_ISSUER", "https://id.example.org/realms/guild"),
        ("OIDC_CLIENT_ID", "guildhall"),
        ("OIDC_CLIENT_SECRET", "a-long-enough-secret"),
    ];
    let portal = Portal::start(&oidc).await;
    for path in ["/", "/sign-in", "/nowhere"] {
        let answer = portal.get(path).await;
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.ends_with("; form-action 'self' https://id.example.org"), "{path}: {policy}");
    }
}

#[tokio::test]
async fn a_page_with_an_island_has_its_own_nonce() {
    let portal = Portal::start(&[("DEMO", "true")]).await;
    let cookie = portal.sign_in("ada").await;
    let mut nonces = Vec::new();
    for _ in 0..2 {
        let answer = portal.send("GET /demands/new", &["accept: text/html", &cookie], "").await;
        assert_eq!(answer.status, 200);
        assert!(answer.body.contains("<leptos-island"), "{}", answer.body);
        let csp = answer.header("content-security-policy").unwrap();
        let nonce = csp.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned();
        assert!(answer.body.contains(&format!("nonce=\"{nonce}\"")));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        nonces.push(nonce);
    }
    assert_ne!(nonces[0], nonces[1]);
}

#[tokio::test]
async fn over_https_cookies_and_transport_are_strict() {
    let portal = Portal::start(&[("PUBLIC_URL", "https://guild.example.org")]).await;
    let lines = [
        "host: guild.example.org",
        "origin: https://guild.example.org",
        "content-type: application/x-www-form-urlencoded",
    ];
    let answer = portal.send("POST /sign-in", &lines, "address=nobody").await;
    assert_eq!(answer.status, 303);
    assert_eq!(answer.header("strict-transport-security"), Some("max-age=31536000"));
    let cookie = answer.header("set-cookie").unwrap();
    assert!(cookie.starts_with("__Host-guildhall-browser="), "{cookie}");
    for part in ["; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Domain"));
}

#[tokio::test]
async fn pages_are_compressed_for_clients_that_accept_it() {
    let portal = Portal::start(&[("DEMO", "true")]).await;
    let answer = portal.send("GET /events", &["accept: text/html", "accept-encoding: gzip, br"], "").await;
    assert_eq!((answer.status, answer.header("content-encoding")), (200, Some("br")));
    let plain = portal.get("/events").await;
    assert_eq!(plain.header("content-encoding"), None);
    assert!(answer.bytes * 2 < plain.bytes, "{} of {}", answer.bytes, plain.bytes);
}
