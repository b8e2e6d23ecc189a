//! Verifies an ID token: its signature, and the claims about issuer, audience and time.
//!
//! `openidconnect` checks the signature over the original bytes. Its own verifier isn't used, because it parses
//! every standard claim strictly, and so refuses valid tokens for claims that nobody uses.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::Duration;
use domain::Instant;
use oauth2::AccessToken;
use openidconnect::{
    AccessTokenHash, JsonWebKey as _, JsonWebKeyAlgorithm, JsonWebKeyUse as _, JwsSigningAlgorithm as _,
    core::{CoreJsonWebKey, CoreJsonWebKeySet, CoreJwsSigningAlgorithm as Alg},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value};

/// How far the provider's clock may be ahead of ours.
const SKEW: Duration = Duration::minutes(5);
/// The longest subject that the standard allows, in bytes.
const MAX_SUBJECT: usize = 255;

/// The accepted algorithms: signatures that only the provider can make. HS256 isn't one, because its key is our
/// own client secret.
const ALGORITHMS: [Alg; 9] = [
    Alg::RsaSsaPkcs1V15Sha256,
    Alg::RsaSsaPkcs1V15Sha384,
    Alg::RsaSsaPkcs1V15Sha512,
    Alg::RsaSsaPssSha256,
    Alg::RsaSsaPssSha384,
    Alg::RsaSsaPssSha512,
    Alg::EcdsaP256Sha256,
    Alg::EcdsaP384Sha384,
    Alg::EdDsa,
];

/// The values that a valid token has to contain.
pub(super) struct Expected<'a> {
    pub(super) issuer: &'a str,
    pub(super) client_id: &'a str,
    pub(super) nonce: &'a str,
    pub(super) access_token: &'a AccessToken,
    pub(super) now: Instant,
}

/// Why a token is refused.
#[derive(Debug, thiserror::Error)]
pub(super) enum TokenError {
    /// No known key fits the token. The provider may have changed its keys.
    #[error("no known key has signed the token")]
    UnknownKey,
    /// The token itself is not valid.
    #[error("{0}")]
    Wrong(&'static str),
}

#[derive(Deserialize)]
struct Header {
    alg: Value,
    kid: Option<String>,
    typ: Option<String>,
    cty: Option<Value>,
    crit: Option<Value>,
}

/// Verifies a token and returns its claims.
pub(super) fn verify(
    token: &str,
    keys: &CoreJsonWebKeySet,
    expected: &Expected<'_>,
) -> Result<Map<String, Value>, TokenError> {
    let mut parts = token.split('.');
    let (Some(header), Some(payload), Some(signature), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(TokenError::Wrong("the token does not have three parts"));
    };
    let message = &token[..header.len() + 1 + payload.len()];
    let header = check_header(decoded(header)?)?;
    let algorithm = algorithm(&header)?;
    let signature =
        URL_SAFE_NO_PAD.decode(signature).map_err(|_| TokenError::Wrong("the signature is not base64url"))?;
    let fitting: Vec<_> = keys.keys().iter().filter(|key| fits(key, &header, &algorithm)).collect();
    if fitting.is_empty() {
        return Err(TokenError::UnknownKey);
    }
    let signer = fitting
        .into_iter()
        .find(|key| key.verify_signature(&algorithm, message.as_bytes(), &signature).is_ok())
        .ok_or(TokenError::Wrong("the signature is wrong"))?;
    let claims: Map<String, Value> = decoded(payload)?;
    check_claims(&claims, expected)?;
    check_access_token(&claims, expected.access_token, &algorithm, signer)?;
    Ok(claims)
}

fn decoded<T: DeserializeOwned>(part: &str) -> Result<T, TokenError> {
    URL_SAFE_NO_PAD
        .decode(part)
        .ok()
        .and_then(|json| serde_json::from_slice(&json).ok())
        .ok_or(TokenError::Wrong("the token cannot be read"))
}

/// Refuses other types of tokens, nested tokens, and critical extensions.
fn check_header(header: Header) -> Result<Header, TokenError> {
    let typ = header.typ.as_deref().map(str::to_ascii_lowercase);
    let is_jwt = typ
        .as_deref()
        .is_none_or(|typ| matches!(typ.strip_prefix("application/").unwrap_or(typ), "jwt" | "jose"));
    if is_jwt && header.cty.is_none() && header.crit.is_none() {
        Ok(header)
    } else {
        Err(TokenError::Wrong("the token is of another kind"))
    }
}

fn algorithm(header: &Header) -> Result<Alg, TokenError> {
    serde_json::from_value(header.alg.clone())
        .ok()
        .filter(|algorithm| ALGORITHMS.contains(algorithm))
        .ok_or(TokenError::Wrong("the signature is of a kind that is not accepted"))
}

/// Whether a key can have signed the token, by its ID (if the token names one), type, use and algorithm.
fn fits(key: &CoreJsonWebKey, header: &Header, algorithm: &Alg) -> bool {
    let named = header.kid.as_ref().is_none_or(|id| key.key_id().is_some_and(|known| **known == *id));
    let signs = key.key_use().is_none_or(|usage| usage.allows_signature());
    let of_its_kind = algorithm.key_type().as_ref() == Some(key.key_type());
    let allowed = match key.signing_alg() {
        JsonWebKeyAlgorithm::Algorithm(only) => only == algorithm,
        JsonWebKeyAlgorithm::Unspecified => true,
        JsonWebKeyAlgorithm::Unsupported => false,
    };
    named && signs && of_its_kind && allowed
}

fn check_claims(claims: &Map<String, Value>, expected: &Expected<'_>) -> Result<(), TokenError> {
    let text = |claim: &str| claims.get(claim).and_then(Value::as_str);
    let require = |right: bool, why: &'static str| if right { Ok(()) } else { Err(TokenError::Wrong(why)) };
    require(text("iss") == Some(expected.issuer), "the token was made by another issuer")?;
    require(is_for(claims, expected.client_id), "the token was made for another client")?;
    require(text("nonce") == Some(expected.nonce), "the token answers another request")?;
    let expires = time(claims, "exp").ok_or(TokenError::Wrong("the token does not say when it expires"))?;
    require(expected.now < expires, "the token has expired")?;
    let issued = time(claims, "iat").ok_or(TokenError::Wrong("the token does not say when it was made"))?;
    require(issued <= expected.now + SKEW, "the token was made in the future")?;
    let subject = text("sub").unwrap_or_default();
    require((1..=MAX_SUBJECT).contains(&subject.len()), "the subject is empty or too long")
}

/// Whether the token is for this client. If there are several audiences, it has to be the authorised party.
fn is_for(claims: &Map<String, Value>, client: &str) -> bool {
    let audiences: Vec<&Value> = match claims.get("aud") {
        Some(Value::Array(several)) => several.iter().collect(),
        Some(one) => vec![one],
        None => Vec::new(),
    };
    let authorised = match claims.get("azp") {
        None | Some(Value::Null) => audiences.len() == 1,
        Some(party) => party == client,
    };
    audiences.iter().any(|audience| *audience == client) && authorised
}

/// Reads a time claim: seconds since 1970, with or without a fraction.
fn time(claims: &Map<String, Value>, claim: &str) -> Option<Instant> {
    let number = claims.get(claim)?;
    #[expect(clippy::cast_possible_truncation, reason = "fractions of a second do not matter here")]
    let seconds = number.as_i64().or_else(|| number.as_f64().map(|seconds| seconds as i64))?;
    Instant::from_timestamp(seconds, 0)
}

/// Checks that the ID token belongs to the access token, if it contains a hash of one.
fn check_access_token(
    claims: &Map<String, Value>,
    token: &AccessToken,
    algorithm: &Alg,
    signer: &CoreJsonWebKey,
) -> Result<(), TokenError> {
    let named = match claims.get("at_hash") {
        None | Some(Value::Null) => return Ok(()),
        Some(named) => named.as_str(),
    };
    let right = AccessTokenHash::from_token(token, algorithm, signer).ok();
    if right.is_some_and(|right| Some(right.as_str()) == named) {
        Ok(())
    } else {
        Err(TokenError::Wrong("the token came with another access token"))
    }
}
