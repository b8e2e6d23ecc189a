//! Valid providers with unusual responses. Sign-in works with each of them.

use super::*;

/// A variant: its name, its changes to the script, and the resulting name and address of the person.
type Variant = (&'static str, Change, &'static str, Option<&'static str>);

const VERA: Option<&str> = Some("vera@example.org");

const VARIANTS: &[Variant] = &[
    (
        "a date in words in the token",
        |s| s.claims["updated_at"] = "2026-11-23T10:59:07.841Z".into(),
        "Vera",
        VERA,
    ),
    (
        "a further audience, made for us",
        |s| {
            s.claims["aud"] = json!(["us", "383168317235462148"]);
            s.claims["azp"] = "us".into();
        },
        "Vera",
        VERA,
    ),
    (
        "the secret in the form only",
        |s| {
            s.discovery["token_endpoint_auth_methods_supported"] = json!(["client_secret_post"]);
            s.post_only = true;
        },
        "Vera",
        VERA,
    ),
    (
        "no name, and user info says no",
        |s| {
            s.without("name");
            s.userinfo_status = StatusCode::FORBIDDEN;
        },
        "",
        VERA,
    ),
    (
        "no name, and user info is down",
        |s| {
            s.without("name");
            s.userinfo_status = StatusCode::BAD_GATEWAY;
        },
        "",
        VERA,
    ),
    (
        "no name, and user info is no object",
        |s| {
            s.without("name");
            s.userinfo = json!("a.signed.token");
        },
        "",
        VERA,
    ),
    (
        "a date in words in the user info",
        |s| {
            s.without("email");
            s.userinfo = json!({
                "sub": "subject", "email": "u3@example.org", "email_verified": true,
                "updated_at": "2026-11-23T10:59:07.841Z",
            });
        },
        "Vera",
        Some("u3@example.org"),
    ),
    (
        "claims that are there and empty",
        |s| {
            for claim in
                ["address", "gender", "birthdate", "locale", "picture", "website", "zoneinfo", "auth_time"]
            {
                s.claims[claim] = "".into();
            }
            s.claims["amr"] = "pwd".into();
        },
        "Vera",
        VERA,
    ),
    (
        "a discovery document with empty entries",
        |s| {
            for entry in
                ["end_session_endpoint", "op_policy_uri", "service_documentation", "registration_endpoint"]
            {
                s.discovery[entry] = "".into();
            }
            s.discovery["scopes_supported"] = Value::Null;
            s.discovery.as_object_mut().unwrap().remove("response_types_supported");
        },
        "Vera",
        VERA,
    ),
    (
        "an access token with its lifetime as text",
        |s| {
            s.tokens =
                json!({ "access_token": "access", "token_type": "bearer", "expires_in": "3600", "scope": [] })
        },
        "Vera",
        VERA,
    ),
    ("times with a fraction", |s| s.claims["iat"] = (NOW as f64 + 0.25).into(), "Vera", VERA),
    (
        "several keys, and no word on which signed",
        |s| {
            s.keys = json!({ "keys": [
                { "kty": "unheard of" },
                key([9; 32], "nine").as_verification_key(),
                key([7; 32], "one").as_verification_key(),
            ] });
            s.header = json!({ "alg": "EdDSA", "typ": "JWT" });
        },
        "Vera",
        VERA,
    ),
    (
        "an escaped name",
        |s| s.claims["name"] = "Vera O&#39;Neil &amp; Sons".into(),
        "Vera O'Neil & Sons",
        VERA,
    ),
    (
        "the address verified by user info alone",
        |s| {
            s.without("email_verified");
            s.userinfo = json!({ "sub": "subject", "email": "vera@example.org", "email_verified": "true" });
        },
        "Vera",
        VERA,
    ),
    ("nothing said of the address", |s| s.without("email_verified"), "Vera", None),
    (
        "nothing said of an address that is trusted",
        |s| {
            s.without("email_verified");
            s.trusts_addresses = true;
        },
        "Vera",
        VERA,
    ),
    (
        "said to be unverified, trusted or not",
        |s| {
            s.claims["email_verified"] = false.into();
            s.trusts_addresses = true;
        },
        "Vera",
        None,
    ),
];

#[tokio::test]
async fn sign_in_works_with_unusual_but_valid_providers() {
    for (variant, change, name, address) in VARIANTS {
        let proof = sign_in(change).await.unwrap_or_else(|error| panic!("{variant}: {error}"));
        assert_eq!((proof.subject.as_str(), proof.name.as_str()), ("subject", *name), "{variant}");
        assert_eq!(proof.verified_address, address.and_then(Address::parse), "{variant}");
    }
}
