//! The headers of every answer. A handler that has set one of them knows better.

use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::state::State;

/// What a page without inline scripts may load: our own origin, and our wasm.
const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
                      object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

fn fixed() -> [(HeaderName, HeaderValue); 7] {
    let ours = |name, value| (HeaderName::from_static(name), HeaderValue::from_static(value));
    [
        ours("content-security-policy", POLICY),
        ours("x-content-type-options", "nosniff"),
        // Not `no-referrer`: forms without scripts are led back to their referer, and browsers would send
        // `Origin: null`.
        ours("referrer-policy", "same-origin"),
        ours("cross-origin-opener-policy", "same-origin"),
        ours("cross-origin-resource-policy", "same-origin"),
        ours(
            "permissions-policy",
            "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
        ),
        ours("cache-control", "no-store"),
    ]
}

/// The policy of a page whose inline scripts carry a nonce.
#[must_use]
pub fn policy_with_nonce(nonce: &str) -> Option<HeaderValue> {
    let fits = !nonce.is_empty() && nonce.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/-_=".contains(&b));
    let policy = POLICY.replacen("script-src 'self'", &format!("script-src 'self' 'nonce-{nonce}'"), 1);
    fits.then(|| HeaderValue::try_from(policy).ok()).flatten()
}

/// Adds what is missing.
pub fn complete(state: &State, headers: &mut HeaderMap) {
    for (name, value) in fixed() {
        headers.entry(name).or_insert(value);
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
