//! Personal access tokens, and kudos that programs give with them (K1).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use chrono::Duration;
use domain::{
    Actor, Locale, Refusal,
    tokens::{MAX_TOKENS, NewToken, TOKEN_PREFIX, TokenForm, TokenScope},
};
use serde_json::{Value, json};
use store::{StoreError, blocks, data, tokens};
use tests::{Guild, guild_test, portal::Portal};

const TEXT: &str = "You fixed the release at night and wrote down how, so the next one was easy.";

fn new(days: &str) -> NewToken {
    let form = TokenForm { name: "Release bot".into(), scope: "give_kudos".into(), days: days.into() };
    form.check().unwrap()
}

async fn token(g: &Guild, actor: &Actor) -> String {
    tokens::create(&g.store, actor, new("30"), "").await.unwrap()
}

/// What the interface answers to a request: the status, and its JSON.
async fn post(portal: &Portal, headers: &[(&str, &str)], body: &str) -> (u16, Value) {
    let url = format!("{}/api/kudos", portal.address());
    let mut request = reqwest::Client::new().post(url).body(body.to_owned());
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

async fn give(portal: &Portal, token: &str, body: &Value) -> (u16, Value) {
    let bearer = format!("Bearer {token}");
    post(portal, &[("authorization", &bearer), ("content-type", "application/json")], &body.to_string()).await
}

async fn kudos(g: &Guild) -> i64 {
    g.number("SELECT CAST(COUNT(*) AS BIGINT) FROM kudos").await
}

async fn body(g: &Guild, to: &str, text: &str) -> Value {
    let value = store::kudos::values(&g.store).await.unwrap()[0].slug.to_string();
    json!({ "to": [to], "text": text, "values": [value], "visibility": "members" })
}

/// K1: a program gives kudos with a token of its member. Without one, or with another one, nothing happens.
#[guild_test]
async fn k1_a_program_gives_kudos_with_a_scoped_token(g: Guild) {
    g.demo().await;
    let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
    let secret = token(&g, &mei).await;
    let portal = g.portal(&[]).await;
    let before = kudos(&g).await;
    let wanted = body(&g, "kofi-mensah", TEXT).await;
    let wrong = format!("{TOKEN_PREFIX}{}", "0".repeat(64));
    for headers in [vec![], vec![("authorization", wrong.as_str())], vec![("authorization", "Bearer ")]] {
        let headers = [headers, vec![("content-type", "application/json")]].concat();
        let (status, answer) = post(&portal, &headers, &wanted.to_string()).await;
        assert_eq!(status, 401, "{answer}");
        assert!(answer["error"].as_str().unwrap().contains("token"));
    }
    assert_eq!(give(&portal, &wrong, &wanted).await.0, 401);
    assert_eq!(kudos(&g).await, before, "control");
    let (status, answer) = give(&portal, &secret, &wanted).await;
    assert_eq!(status, 201, "{answer}");
    assert_eq!(kudos(&g).await, before + 1);
    let id = answer["id"].as_str().unwrap();
    assert!(answer["url"].as_str().unwrap().ends_with(&format!("/kudos/{id}")));
    let card = store::kudos::get(&g.store, &kofi, domain::KudosId(id.parse().unwrap())).await.unwrap();
    assert_eq!(card.from.unwrap().name, "Mei Tanaka");
    g.expect_emails("kudos_received=1").await;
    // It is the same verb: the same limits, and sentences that say what is wrong.
    let (status, answer) = give(&portal, &secret, &wanted).await;
    assert_eq!((status, answer["error"].is_string()), (422, true), "the same text twice");
    for number in 0..2 {
        let again = body(&g, "kofi-mensah", &format!("{TEXT} {number}")).await;
        assert_eq!(give(&portal, &secret, &again).await.0, 201);
    }
    let fourth = body(&g, "kofi-mensah", &format!("{TEXT} Once more.")).await;
    assert_eq!(give(&portal, &secret, &fourth).await.0, 429, "three to a person in a week");
    g.take_emails().await;
    let entries = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = 'token.give_kudos'";
    assert_eq!(g.number(entries).await, 3);
    portal.stop().await;
}

/// K1: wrong requests get a status and one sentence, and change nothing.
#[guild_test]
async fn k1_wrong_requests_are_explained(g: Guild) {
    g.demo().await;
    let (mei, ines) = (g.actor("mei").await, g.actor("ines").await);
    let secret = token(&g, &mei).await;
    let portal = g.portal(&[]).await;
    let before = kudos(&g).await;
    blocks::block(&g.store, &ines, mei.member().unwrap()).await.unwrap();
    let change = |field: &str, value: Value| {
        let mut body = json!({ "to": ["kofi-mensah"], "text": TEXT, "values": ["mentorship-and-support"] });
        body[field] = value;
        body
    };
    let ines_page = store::members::myself(&g.store, &ines).await.unwrap().slug.to_string();
    for (body, field) in [
        (change("to", json!(["nobody-here"])), "to"),
        (change("to", json!([ines_page])), "to"),
        (change("to", json!(["mei-tanaka"])), ""),
        (change("to", json!([])), "to"),
        (change("to", json!(["kofi-mensah ada-okonkwo"])), ""),
        (change("text", json!("Too short")), "text"),
        (change("text", json!("x".repeat(501))), "text"),
        (change("text", json!("With a NUL \0 in the middle of it")), ""),
        (change("values", json!(["speed"])), "values"),
        (change("visibility", json!("everyone")), "visibility"),
        (change("team", json!("no-such-team")), "team"),
        (change("points", json!(100)), ""),
        (json!(["kofi-mensah"]), ""),
    ] {
        let (status, answer) = give(&portal, &secret, &body).await;
        assert_eq!(status, 422, "{body} {answer}");
        assert!(answer["error"].as_str().is_some_and(|error| !error.is_empty()), "{body} {answer}");
        if !field.is_empty() {
            assert_eq!(answer["field"], field, "{body} {answer}");
        }
    }
    let bearer = format!("Bearer {secret}");
    let with = |kind: &'static str| [("authorization", bearer.clone()), ("content-type", kind.to_owned())];
    for (kind, body, expected) in [
        ("application/x-www-form-urlencoded", "to=kofi-mensah".to_owned(), 415),
        ("application/json", "{".to_owned(), 422),
        ("application/json", format!("\"{}\"", "x".repeat(20_000)), 413),
    ] {
        let headers = with(kind);
        let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let (status, answer) = post(&portal, &headers, &body).await;
        assert_eq!((status, answer["error"].is_string()), (expected, true), "{answer}");
    }
    assert_eq!(kudos(&g).await, before);
    // Control: the request is right apart from what was changed.
    let right = change("to", json!(["kofi-mensah"]));
    assert_eq!(give(&portal, &secret, &right).await.0, 201);
    g.take_emails().await;
    portal.stop().await;
}

/// K1: a repeated request with the same `Idempotency-Key` gives kudos once.
#[guild_test]
async fn k1_a_repeated_request_gives_kudos_once(g: Guild) {
    g.demo().await;
    let mei = g.actor("mei").await;
    let secret = token(&g, &mei).await;
    let portal = g.portal(&[]).await;
    let before = kudos(&g).await;
    let bearer = format!("Bearer {secret}");
    let headers = |key: &'static str| {
        vec![
            ("authorization", bearer.as_str()),
            ("content-type", "application/json"),
            ("idempotency-key", key),
        ]
    };
    let wanted = body(&g, "kofi-mensah", TEXT).await.to_string();
    let same = headers("run-7");
    let (one, other) = futures::join!(post(&portal, &same, &wanted), post(&portal, &same, &wanted));
    assert_eq!((one.0, &one.1["id"]), (201, &other.1["id"]));
    assert_eq!(kudos(&g).await, before + 1);
    let entries = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = 'token.give_kudos'";
    assert_eq!(g.number(entries).await, 1, "one entry for one card");
    // The same key with another text is a mistake of the program, and not a success.
    let other = body(&g, "kofi-mensah", "You also wrote down how to do it again.").await.to_string();
    let (status, answer) = post(&portal, &same, &other).await;
    assert!(status == 422 && answer["error"].as_str().unwrap().contains("new key"), "{answer}");
    // Control: another key is another request, and the same text is refused.
    assert_eq!(post(&portal, &headers("run-8"), &wanted).await.0, 422);
    let long: &'static str = "0123456789012345678901234567890123456789012345678";
    assert_eq!(post(&portal, &headers(long), &wanted).await.0, 422);
    g.take_emails().await;
    portal.stop().await;
}

/// K1: a token stops working when it ends, when it is revoked, and while its member is suspended.
#[guild_test]
async fn k1_a_token_ends_with_its_time_its_member_or_its_revocation(g: Guild) {
    g.demo().await;
    let (mei, kofi) = (g.actor("mei").await, g.actor("kofi").await);
    let key = store::sign_in::new_token();
    let create = async || tokens::create(&g.store, &mei, new("30"), &key).await;
    let secret = create().await.unwrap();
    assert_eq!(create().await.unwrap(), secret, "control: the same form makes one token");
    let portal = g.portal(&[]).await;
    let wanted = body(&g, "kofi-mensah", TEXT).await;
    let role = async |role: &str| {
        let sql = format!("UPDATE members SET role = '{role}' WHERE demo_key = 'mei'");
        sea_orm::ConnectionTrait::execute_unprepared(g.raw(), &sql).await.unwrap();
    };
    role("suspended").await;
    let (status, answer) = give(&portal, &secret, &wanted).await;
    assert_eq!((status, answer["error"].is_string()), (403, true));
    role("member").await;
    assert_eq!(give(&portal, &secret, &wanted).await.0, 201, "control");
    let listed = tokens::list(&g.store, &mei).await.unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].last_used_at, Some(g.now()));
    // Nobody else revokes it.
    tokens::revoke(&g.store, &kofi, listed[0].id).await.unwrap();
    assert!(tokens::bearer(&g.store, &secret, TokenScope::GiveKudos).await.is_ok());
    for _ in 0..2 {
        tokens::revoke(&g.store, &mei, listed[0].id).await.unwrap();
    }
    assert_eq!(give(&portal, &secret, &wanted).await.0, 401);
    assert!(
        matches!(create().await, Err(StoreError::Refused(Refusal::TokenRevoked))),
        "it doesn't come back"
    );
    assert!(tokens::list(&g.store, &mei).await.unwrap().is_empty());
    let entries = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit WHERE action = 'token.revoke'";
    assert_eq!(g.number(entries).await, 1);
    // One that lasts for 30 days.
    let other = token(&g, &mei).await;
    assert!(tokens::bearer(&g.store, &other, TokenScope::GiveKudos).await.is_ok());
    g.advance(Duration::days(30));
    let ended = tokens::bearer(&g.store, &other, TokenScope::GiveKudos).await;
    assert!(matches!(ended, Err(StoreError::NotFound)));
    g.take_emails().await;
    portal.stop().await;
}

/// K1: a token opens nothing but its route, and a session does not open that route.
#[guild_test]
async fn k1_a_token_opens_nothing_else(g: Guild) {
    g.demo().await;
    let mei = g.actor("mei").await;
    let secret = token(&g, &mei).await;
    let portal = g.portal(&[("demo", "true")]).await;
    let bearer = format!("Bearer {secret}");
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    for route in app::routes::ROUTES.iter().filter(|route| route.access == app::routes::Access::Member) {
        if route.path.contains('{') {
            continue;
        }
        let method = match route.method {
            app::routes::Method::Get => reqwest::Method::GET,
            app::routes::Method::Post => reqwest::Method::POST,
        };
        let url = format!("{}{}", portal.address(), route.path);
        let request = client.request(method, url).header("authorization", &bearer);
        let request = request.header("origin", portal.address()).header("accept", "text/html");
        let status = request.send().await.unwrap().status().as_u16();
        assert_eq!(status, 303, "{} sends to sign-in", route.path);
    }
    // A browser that is signed in cannot use the route without a token.
    let browser = portal.browser();
    browser.post("/sign-in/demo", &[("key", "mei")]).await;
    assert_eq!(browser.get("/profile/tokens").await.status, 200, "control: it is signed in");
    let answer = browser.post("/api/kudos", &[("to", "kofi-mensah")]).await;
    assert_eq!(answer.status, 401);
    portal.stop().await;
}

/// K1: the page shows a token once, and the list and the database never.
#[guild_test]
async fn k1_a_token_is_shown_once_and_stored_as_a_hash(g: Guild) {
    g.demo().await;
    let portal = g.portal(&[("demo", "true")]).await;
    let browser = portal.browser();
    browser.post("/sign-in/demo", &[("key", "mei")]).await;
    let key = store::sign_in::new_token();
    let fields = [("name", "Release bot"), ("scope", "give_kudos"), ("days", "90"), ("key", key.as_str())];
    let mut shown = Vec::new();
    // Sending the form twice makes one token.
    for _ in 0..2 {
        assert_eq!(browser.post("/api/tokens/create", &fields).await.status, 303);
        let page = browser.get("/profile/tokens").await.body;
        let at = page.find(TOKEN_PREFIX).unwrap();
        shown.push(page[at..at + TOKEN_PREFIX.len() + 64].to_owned());
    }
    assert_eq!(shown[0], shown[1]);
    let page = browser.get("/profile/tokens").await.body;
    assert!(!page.contains(TOKEN_PREFIX) && page.contains("Release bot") && page.contains("Never used"));
    let mei = g.actor("mei").await;
    assert_eq!(tokens::list(&g.store, &mei).await.unwrap().len(), 1);
    assert!(tokens::bearer(&g.store, &shown[0], TokenScope::GiveKudos).await.is_ok(), "control");
    let copy = data::copy_of(&g.store, &mei).await.unwrap();
    let table = copy.tables.iter().find(|table| table.name == "access_tokens").unwrap();
    let rows = serde_json::to_string(&table.rows).unwrap();
    assert!(rows.contains("Release bot") && !rows.contains("hash"), "{rows}");
    // A mistake keeps what was typed.
    let wrong = [("name", "Another bot"), ("scope", "give_kudos"), ("days", "9999"), ("key", "")];
    browser.post("/api/tokens/create", &wrong).await;
    let page = browser.get("/profile/tokens").await.body;
    assert!(page.contains("Another bot") && page.contains("aria-invalid"));
    let html = g.page(&g.visit(Some("kofi"), "/profile/tokens", Locale::En).await).await.html;
    assert!(!html.contains("Never used") && html.contains("No access tokens yet"), "others have none");
    portal.stop().await;
}

/// K1: ten tokens at most, also at once. Suspended members make none.
#[guild_test]
async fn k1_a_member_has_ten_tokens_at_most(g: Guild) {
    g.demo().await;
    let mei = g.actor("mei").await;
    for _ in 1..MAX_TOKENS {
        token(&g, &mei).await;
    }
    let make = || tokens::create(&g.store, &mei, new("365"), "");
    let (one, other) = futures::join!(make(), make());
    assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
    let full = one.and(other);
    assert!(matches!(full, Err(StoreError::Refused(Refusal::TooManyTokens { max: 10 }))));
    let first = tokens::list(&g.store, &mei).await.unwrap()[0].id;
    tokens::revoke(&g.store, &mei, first).await.unwrap();
    make().await.unwrap();
    let sql = "UPDATE members SET role = 'suspended' WHERE demo_key = 'kofi'";
    sea_orm::ConnectionTrait::execute_unprepared(g.raw(), sql).await.unwrap();
    let kofi = g.actor("kofi").await;
    let refused = tokens::create(&g.store, &kofi, new("30"), "").await;
    assert!(matches!(refused, Err(StoreError::Refused(Refusal::Suspended))), "{refused:?}");
}

/// K1: tokens go with the account of their member.
#[guild_test]
async fn k1_tokens_are_erased_with_their_member(g: Guild) {
    g.demo().await;
    let sofia = g.actor("sofia").await;
    let secret = token(&g, &sofia).await;
    data::request_deletion(&g.store, &sofia).await.unwrap();
    assert!(tokens::bearer(&g.store, &secret, TokenScope::GiveKudos).await.is_ok(), "control");
    g.advance(Duration::days(8));
    store::runner::run_due(&g.store).await.unwrap();
    let left = "SELECT CAST(COUNT(*) AS BIGINT) FROM access_tokens";
    assert_eq!(g.number(left).await, 0);
    g.take_emails().await;
}
