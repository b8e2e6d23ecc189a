//! The headers of every response. A header that the handler has set itself is kept.

use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::state::State;

fn fixed() -> [(HeaderName, HeaderValue); 6] {
    let ours = |name, value| (HeaderName::from_static(name), HeaderValue::from_static(value));
    [
        ours("x-content-type-options", "nosniff"),
        // Not `no-referrer`: forms sent without scripts redirect back to their referer, and browsers would
        // send `Origin: null`.
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

/// Adds the headers that the response doesn't have yet.
pub fn complete(state: &State, headers: &mut HeaderMap) {
    for (name, value) in fixed() {
        headers.entry(name).or_insert(value);
    }
    if let Some(policy) = state.content_policy.plain() {
        headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    }
    if state.secure() {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
}
