//! Tests with a fake provider that behaves correctly except for one change. Sign-in only works with the correct
//! one.

use std::sync::{Arc, Mutex};

use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use openidconnect::{
    JsonWebKeyId, PrivateSigningKey,
    core::{CoreEdDsaPrivateSigningKey, CoreHmacKey, CoreJwsSigningAlgorithm as Alg},
};
use serde_json::{Value, json};

use super::*;

const CALLBACK: &str = "http://127.0.0.1:3000/sign-in/with/oidc/callback";
const NOW: i64 = 1_800_000_000;
const SECRET: &str = "between the two of us";

/// Makes a private key from 32 bytes, so that the repository doesn't contain a key file.
fn key(bytes: [u8; 32], id: &str) -> CoreEdDsaPrivateSigningKey {
    let mut der = vec![0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];
    der.extend(bytes);
    let body = base64::engine::general_purpose::STANDARD.encode(der);
    let (begin, end) = ("-----BEGIN ", "-----END ");
    let pem = format!("{begin}PRIVATE KEY-----\n{body}\n{end}PRIVATE KEY-----\n");
    CoreEdDsaPrivateSigningKey::from_ed25519_pem(&pem, Some(JsonWebKeyId::new(id.to_owned()))).unwrap()
}

/// How the ID token is signed.
#[derive(Clone, Copy, PartialEq)]
enum Signer {
    Itself,
    AnotherKey,
    OurSecret,
    Nobody,
    Forger,
}

/// A change to the behaviour of a correct provider.
type Change = fn(&mut Script);

/// All responses of the provider.
struct Script {
    discovery: Value,
    discovery_status: StatusCode,
    keys: Value,
    header: Value,
    claims: Value,
    signer: Signer,
    tokens: Value,
    token_status: StatusCode,
    userinfo: Value,
    userinfo_status: StatusCode,
    padding: usize,
    answer_issuer: Option<String>,
    nonce: &'static str,
    /// Whether the client's secret is only accepted in the form, and not as HTTP Basic.
    post_only: bool,
    /// The portal's setting: trust addresses if the provider doesn't say whether they are verified.
    trusts_addresses: bool,
}

impl Script {
    fn honest(issuer: &str) -> Self {
        Self {
            discovery: json!({
                "issuer": issuer,
                "authorization_endpoint": format!("{issuer}/authorize"),
                "token_endpoint": format!("{issuer}/token"),
                "userinfo_endpoint": format!("{issuer}/userinfo"),
                "jwks_uri": format!("{issuer}/jwks"),
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["EdDSA", "HS256", "none"],
            }),
            discovery_status: StatusCode::OK,
            keys: json!({ "keys": [key([7; 32], "one").as_verification_key()] }),
            header: json!({ "alg": "EdDSA", "kid": "one" }),
            claims: json!({
                "iss": issuer, "sub": "subject", "aud": "us", "exp": NOW + 300, "iat": NOW, "nonce": "nonce",
                "email": "vera@example.org", "email_verified": true, "name": "Vera",
            }),
            signer: Signer::Itself,
            tokens: json!({ "access_token": "access", "token_type": "Bearer" }),
            token_status: StatusCode::OK,
            userinfo: json!({ "sub": "subject" }),
            userinfo_status: StatusCode::OK,
            padding: 0,
            answer_issuer: Some(issuer.to_owned()),
            nonce: "nonce",
            post_only: false,
            trusts_addresses: false,
        }
    }

    fn without(&mut self, claim: &str) {
        self.claims.as_object_mut().unwrap().remove(claim);
    }

    fn id_token(&self) -> String {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let message = format!("{}.{}", part(&self.header), part(&self.claims));
        let bytes = message.as_bytes();
        let mut signature = match self.signer {
            Signer::Itself | Signer::Forger => key([7; 32], "one").sign(&Alg::EdDsa, bytes).unwrap(),
            Signer::AnotherKey => key([8; 32], "one").sign(&Alg::EdDsa, bytes).unwrap(),
            Signer::OurSecret => CoreHmacKey::new(SECRET).sign(&Alg::HmacSha256, bytes).unwrap(),
            Signer::Nobody => Vec::new(),
        };
        if self.signer == Signer::Forger {
            signature[10] ^= 1;
        }
        format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
}

type Shared = Arc<Mutex<Script>>;

async fn discovery(State(script): State<Shared>) -> Response {
    let script = script.lock().unwrap();
    let mut body = script.discovery.clone();
    body["padding"] = "x".repeat(script.padding).into();
    (script.discovery_status, [(header::LOCATION, "/elsewhere")], Json(body)).into_response()
}

async fn keys(State(script): State<Shared>) -> Json<Value> {
    Json(script.lock().unwrap().keys.clone())
}

async fn token(State(script): State<Shared>, headers: HeaderMap, form: String) -> Response {
    let script = script.lock().unwrap();
    if script.post_only && (headers.contains_key(header::AUTHORIZATION) || !form.contains("client_secret=")) {
        return (StatusCode::UNAUTHORIZED, Json(json!({ "error": "invalid_client" }))).into_response();
    }
    let mut body = script.tokens.clone();
    if body.get("id_token").is_none() && body.get("error").is_none() {
        body["id_token"] = script.id_token().into();
    }
    (script.token_status, [(header::LOCATION, "/elsewhere")], Json(body)).into_response()
}

async fn userinfo(State(script): State<Shared>) -> Response {
    let script = script.lock().unwrap();
    (script.userinfo_status, Json(script.userinfo.clone())).into_response()
}

/// Signs in with a provider that has one change.
async fn sign_in(change: impl FnOnce(&mut Script)) -> Result<Proof, ProviderError> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let issuer = format!("http://{}", listener.local_addr().unwrap());
    let mut script = Script::honest(&issuer);
    change(&mut script);
    let (answer_issuer, nonce) = (script.answer_issuer.clone(), script.nonce);
    let trusts_addresses = script.trusts_addresses;
    let router = Router::new()
        .route("/.well-known/openid-configuration", get(discovery))
        .route("/elsewhere", get(discovery).post(token))
        .route("/jwks", get(keys))
        .route("/token", post(token))
        .route("/userinfo", get(userinfo))
        .with_state(Arc::new(Mutex::new(script)));
    let server = tokio::spawn(async move { axum::serve(listener, router).await });
    let config = config::Oidc {
        issuer,
        client_id: "us".to_owned(),
        client_secret: SECRET.to_owned().into(),
        label: "Test".to_owned(),
        trusts_addresses,
    };
    let oidc = Oidc::new(&config).unwrap();
    let verifier = "v".repeat(43);
    let request = AuthRequest { callback: CALLBACK, state: "state", nonce, verifier: &verifier };
    let response = AuthResponse { code: "code", issuer: answer_issuer.as_deref() };
    let done = match oidc.sign_in_url(&request).await {
        Ok(page) => {
            assert!(page.contains("code_challenge_method=S256") && page.contains("nonce=nonce"), "{page}");
            let now = Instant::from_timestamp(NOW, 0).unwrap();
            oidc.prove(&request, &response, now).await
        }
        Err(error) => Err(error),
    };
    server.abort();
    done
}

#[tokio::test]
async fn an_honest_provider_signs_in() {
    let proof = sign_in(|_| {}).await.unwrap();
    assert_eq!(proof.subject, "subject");
    assert_eq!(proof.name, "Vera");
    assert_eq!(proof.verified_address, Address::parse("vera@example.org"));
    assert!(proof.issuer.starts_with("http://127.0.0.1:"));
}

#[tokio::test]
async fn user_info_adds_the_claims_that_the_token_lacks() {
    let proof = sign_in(|s| {
        for claim in ["email", "email_verified", "name"] {
            s.claims.as_object_mut().unwrap().remove(claim);
        }
        s.userinfo = json!({
            "sub": "subject", "email": "vera@example.org", "email_verified": "true",
            "name": "Vera Rubin", "preferred_username": "vera",
        });
    })
    .await
    .unwrap();
    assert_eq!((proof.label.as_str(), proof.name.as_str()), ("vera", "Vera Rubin"));
    assert!(proof.verified_address.is_some());
}

#[tokio::test]
async fn only_a_verified_address_counts() {
    let cases: [(&str, Change); 4] = [
        ("not verified", |s| s.claims["email_verified"] = false.into()),
        ("nothing said", |s| _ = s.claims.as_object_mut().unwrap().remove("email_verified")),
        ("no address", |s| s.claims["email"] = "vera@example.org\r\nBcc: eve@example.org".into()),
        // The user info only verifies its own address, not the token's.
        ("verified elsewhere", |s| {
            let claims = s.claims.as_object_mut().unwrap();
            claims.remove("email_verified");
            claims.remove("name");
            s.userinfo = json!({ "sub": "subject", "email": "eve@example.org", "email_verified": true });
        }),
    ];
    for (case, change) in cases {
        assert_eq!(sign_in(change).await.unwrap().verified_address, None, "{case}");
    }
}

#[tokio::test]
async fn an_unavailable_provider_is_not_a_refusal() {
    let cases: [(&str, Change); 3] = [
        ("discovery", |s| s.discovery_status = StatusCode::BAD_GATEWAY),
        ("token", |s| s.token_status = StatusCode::SERVICE_UNAVAILABLE),
        ("elsewhere", |s| s.discovery["token_endpoint"] = "http://127.0.0.1:1/token".into()),
    ];
    for (case, change) in cases {
        let error = sign_in(change).await.unwrap_err();
        assert!(matches!(error, ProviderError::Unavailable(_)), "{case}: {error:?}");
    }
}

/// Changes that are made one at a time. Sign-in has to fail with each.
const HOSTILE_CHANGES: &[(&str, Change)] = &[
    ("discovery names another issuer", |s| s.discovery["issuer"] = "http://127.0.0.1:1".into()),
    ("discovery names the issuer with a slash", |s| {
        s.discovery["issuer"] = format!("{}/", s.discovery["issuer"].as_str().unwrap()).into();
    }),
    ("discovery fails", |s| s.discovery_status = StatusCode::INTERNAL_SERVER_ERROR),
    ("discovery leads elsewhere", |s| s.discovery_status = StatusCode::FOUND),
    ("discovery never ends", |s| s.padding = 2 * 1024 * 1024),
    ("discovery lacks its keys", |s| _ = s.discovery.as_object_mut().unwrap().remove("jwks_uri")),
    ("the sign-in page is a script", |s| {
        s.discovery["authorization_endpoint"] = "javascript:alert(1)".into()
    }),
    ("the sign-in page is data", |s| s.discovery["authorization_endpoint"] = "data:text/html,x".into()),
    ("no keys", |s| s.keys = json!({ "keys": [] })),
    ("the callback names another issuer", |s| s.answer_issuer = Some("https://evil.example".to_owned())),
    ("the code is refused", |s| {
        s.token_status = StatusCode::BAD_REQUEST;
        s.tokens = json!({ "error": "invalid_grant" });
    }),
    ("an error with status 200", |s| s.tokens = json!({ "error": "bad_verification_code" })),
    ("the token endpoint fails", |s| s.token_status = StatusCode::INTERNAL_SERVER_ERROR),
    ("the token endpoint leads elsewhere", |s| s.token_status = StatusCode::TEMPORARY_REDIRECT),
    ("no signed token", |s| s.tokens["id_token"] = Value::Null),
    ("rubbish for a token", |s| s.tokens["id_token"] = "a.b.c".into()),
    ("a flipped bit in the signature", |s| s.signer = Signer::Forger),
    ("another key", |s| s.signer = Signer::AnotherKey),
    ("an unknown key", |s| s.header["kid"] = "two".into()),
    ("no signature", |s| {
        s.signer = Signer::Nobody;
        s.header = json!({ "alg": "none" });
    }),
    ("our own secret as key", |s| {
        s.signer = Signer::OurSecret;
        s.header = json!({ "alg": "HS256" });
    }),
    ("a critical header", |s| s.header["crit"] = json!(["b64"])),
    ("a token in a token", |s| s.header["cty"] = "JWT".into()),
    ("another issuer", |s| s.claims["iss"] = "https://evil.example".into()),
    ("no issuer", |s| s.without("iss")),
    ("another audience", |s| s.claims["aud"] = "them".into()),
    ("an audience too many", |s| s.claims["aud"] = json!(["us", "them"])),
    ("several audiences, made for another", |s| {
        s.claims["aud"] = json!(["us", "them"]);
        s.claims["azp"] = "them".into();
    }),
    ("several audiences without us", |s| {
        s.claims["aud"] = json!(["them", "others"]);
        s.claims["azp"] = "us".into();
    }),
    ("no audience", |s| s.without("aud")),
    ("another authorised party", |s| s.claims["azp"] = "them".into()),
    ("never expires", |s| s.without("exp")),
    ("expires in words", |s| s.claims["exp"] = "tomorrow".into()),
    ("made at no time", |s| s.without("iat")),
    ("a token of another type", |s| s.header["typ"] = "at+jwt".into()),
    ("four parts", |s| s.tokens["id_token"] = format!("{}.x", s.id_token()).into()),
    ("a key that does not sign", |s| s.keys["keys"][0]["use"] = "enc".into()),
    ("expired", |s| s.claims["exp"] = NOW.into()),
    ("from the future", |s| s.claims["iat"] = (NOW + 3600).into()),
    ("no nonce", |s| s.without("nonce")),
    ("another nonce", |s| s.claims["nonce"] = "nonce2".into()),
    ("another access token's hash", |s| s.claims["at_hash"] = "AAAAAAAAAAAAAAAAAAAAAA".into()),
    ("no subject", |s| s.without("sub")),
    ("an empty subject", |s| s.claims["sub"] = "".into()),
    ("an endless subject", |s| s.claims["sub"] = "x".repeat(256).into()),
    ("user info of another subject", |s| {
        _ = s.claims.as_object_mut().unwrap().remove("name");
        s.userinfo = json!({ "sub": "another", "name": "Eve" });
    }),
    ("user info fails, and only it knows the address", |s| {
        s.without("email");
        s.userinfo_status = StatusCode::INTERNAL_SERVER_ERROR;
    }),
];

#[tokio::test]
async fn sign_in_fails_with_a_hostile_provider() {
    assert!(HOSTILE_CHANGES.len() >= 25);
    for (name, change) in HOSTILE_CHANGES {
        let done = sign_in(change).await;
        assert!(done.is_err(), "{name}: {done:?}");
    }
}

#[path = "oidc_honest_tests.rs"]
mod honest;
