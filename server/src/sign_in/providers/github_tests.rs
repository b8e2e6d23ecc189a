//! Tests with a fake GitHub, which checks our requests and responds as in GitHub's documentation.

use axum::{
    Form, Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde_json::{Value, json};
use std::collections::HashMap;

use super::*;

const CALLBACK: &str = "http://127.0.0.1:3000/sign-in/with/github/callback";

#[derive(Clone)]
struct Script {
    token: Value,
    user: Value,
    emails: Value,
    api: StatusCode,
}

fn honest() -> Script {
    Script {
        token: json!({ "access_token": "gho_token", "token_type": "bearer", "scope": "read:user,user:email" }),
        user: json!({ "id": 583231, "login": "octocat", "name": "The Octocat", "email": "eve@example.org" }),
        emails: json!([
            { "email": "old@example.org", "primary": false, "verified": true, "visibility": null },
            { "email": "octocat@example.org", "primary": true, "verified": true, "visibility": "private" },
        ]),
        api: StatusCode::OK,
    }
}

async fn token(
    State(script): State<Script>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    let right = headers["accept"] == "application/json"
        && form["client_id"] == "us"
        && form["client_secret"] == "secret"
        && form["code"] == "code"
        && form["redirect_uri"] == CALLBACK
        && form["code_verifier"] == "v".repeat(43);
    if right { Json(script.token).into_response() } else { StatusCode::BAD_REQUEST.into_response() }
}

fn api(script: &Script, headers: &HeaderMap, body: &Value) -> Response {
    // GitHub refuses requests without a user agent.
    let right = headers["authorization"] == "Bearer gho_token" && headers.contains_key("user-agent");
    let status = if right { script.api } else { StatusCode::UNAUTHORIZED };
    (status, Json(body.clone())).into_response()
}

async fn prove(change: impl FnOnce(&mut Script)) -> Result<Proof, ProviderError> {
    let mut script = honest();
    change(&mut script);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new()
        .route("/login/oauth/access_token", post(token))
        .route("/user", get(async |State(s): State<Script>, h: HeaderMap| api(&s, &h, &s.user)))
        .route("/user/emails", get(async |State(s): State<Script>, h: HeaderMap| api(&s, &h, &s.emails)))
        .with_state(script);
    let server = tokio::spawn(async move { axum::serve(listener, router).await });
    let github = GitHub::new(&config::GitHub {
        client_id: "us".to_owned(),
        client_secret: "secret".to_owned().into(),
        api_url: base_url.clone(),
        base_url: base_url.clone(),
    })
    .unwrap();
    let verifier = "v".repeat(43);
    let request = AuthRequest { callback: CALLBACK, state: "state", nonce: "", verifier: &verifier };
    let page = github.sign_in_url(&request).unwrap();
    assert!(page.starts_with(&format!("{base_url}/login/oauth/authorize?")), "{page}");
    for part in
        ["state=state", "code_challenge=", "code_challenge_method=S256", "scope=read%3Auser+user%3Aemail"]
    {
        assert!(page.contains(part), "{page}");
    }
    let done = github.prove(&request, &AuthResponse { code: "code", issuer: None }).await;
    server.abort();
    done.inspect(|proof| assert_eq!(proof.issuer, base_url))
}

#[tokio::test]
async fn the_account_number_is_the_subject_and_the_verified_primary_address_counts() {
    let proof = prove(|_| {}).await.unwrap();
    assert_eq!(
        (proof.subject.as_str(), proof.label.as_str(), proof.name.as_str()),
        ("583231", "octocat", "The Octocat")
    );
    // Not the public address in the profile, which isn't verified.
    assert_eq!(proof.verified_address, Address::parse("octocat@example.org"));
}

#[tokio::test]
async fn an_unverified_primary_address_is_ignored() {
    let proof = prove(|s| s.emails[1]["verified"] = false.into()).await.unwrap();
    assert_eq!(proof.verified_address, None);
    let proof = prove(|s| s.user["name"] = Value::Null).await.unwrap();
    assert_eq!(proof.name, "");
}

#[tokio::test]
async fn errors_sign_nobody_in() {
    // GitHub sends this error with status 200.
    let error = prove(|s| s.token = json!({ "error": "bad_verification_code" })).await.unwrap_err();
    assert!(matches!(error, ProviderError::Refused(_)), "{error:?}");
    let error = prove(|s| s.api = StatusCode::FORBIDDEN).await.unwrap_err();
    assert!(matches!(error, ProviderError::Refused(_)), "{error:?}");
    let error = prove(|s| s.api = StatusCode::BAD_GATEWAY).await.unwrap_err();
    assert!(matches!(error, ProviderError::Unavailable(_)), "{error:?}");
    let error = prove(|s| s.user = json!({ "login": "octocat" })).await.unwrap_err();
    assert!(matches!(error, ProviderError::Refused(_)), "{error:?}");
}
