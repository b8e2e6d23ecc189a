//! The headers of every answer. A handler that has set one of them knows better.

use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::state::State;

/// What a page without inline scripts may load: our own origin, and our wasm.
const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
                      object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

const FIXED: &[(HeaderName, HeaderValue)] = &[
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    // Not `no-referrer`: forms without scripts are led back to their referer, and browsers would send
    // `Origin: null`.
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ),
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
];

/// The policy of a page whose inline scripts carry a nonce.
#[must_use]
pub fn policy_with_nonce(nonce: &str) -> Option<HeaderValue> {
    let fits = !nonce.is_empty() && nonce.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/-_=".contains(&b));
    let policy = POLICY.replacen("script-src 'self'", &format!("script-src 'self' 'nonce-{nonce}'"), 1);
    fits.then(|| HeaderValue::try_from(policy).ok()).flatten()
}

/// Adds what is missing.
pub fn complete(state: &State, headers: &mut HeaderMap) {
    for (name, value) in FIXED {
        headers.entry(name).or_insert_with(|| value.clone());
    }
    if state.secure() {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_is_the_agreed_one() {
        assert_eq!(
            policy_with_nonce("abc").unwrap(),
            "default-src 'self'; script-src 'self' 'nonce-abc' 'wasm-unsafe-eval'; style-src 'self'; \
             object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
        );
        assert_eq!(policy_with_nonce("a'; script-src *"), None);
    }
}
