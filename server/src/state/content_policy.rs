//! The `Content-Security-Policy` of pages.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use http::HeaderValue;
use sha2::{Digest as _, Sha256};

use crate::sign_in::providers::Providers;

/// The policy of a page without inline scripts: it may load from our own origin and run our wasm. The
/// `form-action` comes last, so that the origins of identity providers can be appended.
const SOURCES: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
                       object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

/// The `Content-Security-Policy` of pages, built once at the start.
#[derive(Clone, Debug)]
pub struct ContentPolicy(String);

impl ContentPolicy {
    /// Allows forms to lead to our own origin and to the identity providers. Chromium applies `form-action` to
    /// redirects too, so a sign-in form that redirects to a provider needs the provider's origin.
    #[must_use]
    pub fn new(providers: &Providers) -> Self {
        let mut policy = SOURCES.to_owned();
        for origin in providers.iter().filter_map(|provider| origin(&provider.issuer)) {
            policy.push(' ');
            policy.push_str(&origin);
        }
        Self(policy)
    }

    /// The header for pages without inline scripts.
    pub(crate) fn plain(&self) -> Option<HeaderValue> {
        HeaderValue::try_from(&self.0).ok()
    }

    /// The header for a page whose inline scripts have this nonce. `None` if the nonce has other characters
    /// than those of base64.
    #[must_use]
    pub fn with_nonce(&self, nonce: &str) -> Option<HeaderValue> {
        let fits =
            !nonce.is_empty() && nonce.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/-_=".contains(&b));
        fits.then(|| self.with_sources(&format!("'nonce-{nonce}'"))).flatten()
    }

    /// The header for a page with these inline scripts and no other. The same page can be sent to many people,
    /// because nothing in it is a secret.
    pub(crate) fn with_scripts<'a>(&self, scripts: impl IntoIterator<Item = &'a str>) -> Option<HeaderValue> {
        let hash = |script: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(script)));
        let hashes: Vec<_> = scripts.into_iter().map(hash).collect();
        self.with_sources(&hashes.join(" "))
    }

    /// The policy with further sources of scripts.
    fn with_sources(&self, sources: &str) -> Option<HeaderValue> {
        let policy = self.0.replacen("script-src 'self'", &format!("script-src 'self' {sources}"), 1);
        HeaderValue::try_from(policy.replacen("  ", " ", 1)).ok()
    }
}

/// The origin of a URL, in the form that a policy needs. The configuration has validated the URL.
fn origin(address: &str) -> Option<String> {
    let uri = address.parse::<http::Uri>().ok()?;
    Some(format!("{}://{}", uri.scheme_str()?, uri.authority()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_is_the_agreed_one() {
        let policy = ContentPolicy::new(&Providers::default());
        assert_eq!(
            policy.with_nonce("abc").unwrap(),
            "default-src 'self'; script-src 'self' 'nonce-abc' 'wasm-unsafe-eval'; style-src 'self'; \
             object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
        );
        assert_eq!(policy.with_nonce("a'; script-src *"), None);
    }

    #[test]
    fn an_issuer_is_allowed_by_its_origin() {
        assert_eq!(origin("https://id.example.org:8443/realms/a").unwrap(), "https://id.example.org:8443");
        assert_eq!(origin("nonsense"), None);
    }
}
