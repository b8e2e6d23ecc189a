//! Reads and writes the three cookies: the token of a sign-in session, an ID for a browser that isn't signed
//! in, and a mark for browsers that signed in before.
//!
//! Over https they have the `__Host-` prefix and `Secure`. On plain-http loopback browsers refuse both, so
//! there the cookies have neither.

use cookie::{Cookie, SameSite, time::Duration};
use http::{HeaderMap, HeaderValue, header};

/// How long the ID of a signed-out browser lasts: long enough for a sign-in and a one-hour draft.
const BROWSER_SECONDS: i64 = 24 * 60 * 60;
/// How long a browser that signed in counts as known.
const KNOWN_SECONDS: i64 = 365 * 24 * 60 * 60;

/// The cookies of the portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CookieKind {
    /// The token of a sign-in session.
    Session,
    /// The random ID of a browser that isn't signed in.
    Browser,
    /// The mark of a browser that signed in before. It doesn't sign anybody in.
    Known,
}

impl CookieKind {
    /// The cookie's name. `secure` is whether the portal uses https.
    #[must_use]
    pub fn name(self, secure: bool) -> &'static str {
        match (self, secure) {
            (Self::Session, true) => "__Host-guildhall",
            (Self::Session, false) => "guildhall",
            (Self::Browser, true) => "__Host-guildhall-browser",
            (Self::Browser, false) => "guildhall-browser",
            (Self::Known, true) => "__Host-guildhall-known",
            (Self::Known, false) => "guildhall-known",
        }
    }

    fn seconds(self) -> i64 {
        match self {
            Self::Session => domain::sign_in::SESSION_MAX_AGE.num_seconds(),
            Self::Browser => BROWSER_SECONDS,
            Self::Known => KNOWN_SECONDS,
        }
    }

    /// The cookie's value in a request, if it looks like one of our tokens. `None` if the cookie appears twice,
    /// because that is a sign of an attack.
    #[must_use]
    pub fn read(self, headers: &HeaderMap, secure: bool) -> Option<String> {
        let mut cookie_value = None;
        for header in headers.get_all(header::COOKIE) {
            let ours = Cookie::split_parse(header.to_str().ok()?).flatten();
            for cookie in ours.filter(|cookie| cookie.name() == self.name(secure)) {
                if cookie_value.replace(cookie.value().to_owned()).is_some() {
                    return None;
                }
            }
        }
        cookie_value.filter(|value| is_token(value))
    }

    /// Adds the cookie to a response.
    pub fn set(self, headers: &mut HeaderMap, secure: bool, value: &str) {
        self.write(headers, secure, value, self.seconds());
    }

    /// Removes the cookie from the browser.
    pub fn clear(self, headers: &mut HeaderMap, secure: bool) {
        self.write(headers, secure, "", 0);
    }

    fn write(self, headers: &mut HeaderMap, secure: bool, value: &str, seconds: i64) {
        let cookie = Cookie::build((self.name(secure), value))
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(secure)
            .max_age(Duration::seconds(seconds))
            .build();
        if let Ok(value) = HeaderValue::try_from(cookie.to_string()) {
            headers.append(header::SET_COOKIE, value);
        }
    }
}

/// Whether a value can be a token (base64url). Other values don't need a database query.
fn is_token(value: &str) -> bool {
    (16..=128).contains(&value.len())
        && value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cookies(values: &[&'static str]) -> HeaderMap {
        values.iter().map(|value| (header::COOKIE, HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn cookies_are_secure_over_https_only() {
        let mut headers = HeaderMap::new();
        CookieKind::Session.set(&mut headers, true, "0123456789abcdef");
        CookieKind::Browser.clear(&mut headers, false);
        let written: Vec<_> =
            headers.get_all(header::SET_COOKIE).iter().map(|v| v.to_str().unwrap()).collect();
        assert_eq!(
            written,
            [
                "__Host-guildhall=0123456789abcdef; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=15552000",
                "guildhall-browser=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0",
            ]
        );
    }

    #[test]
    fn only_a_single_cookie_that_looks_like_a_token_is_read() {
        let read = |values: &[&'static str]| CookieKind::Session.read(&cookies(values), false);
        assert_eq!(read(&["a=b; guildhall=0123456789abcdef"]).as_deref(), Some("0123456789abcdef"));
        assert_eq!(read(&["a=b"]), None);
        assert_eq!(read(&["guildhall=short"]), None);
        assert_eq!(read(&["guildhall=0123456789abcdef'"]), None);
        assert_eq!(read(&["guildhall=0123456789abcdef; guildhall=0123456789abcdee"]), None);
        assert_eq!(read(&["guildhall=0123456789abcdef", "guildhall=0123456789abcdef"]), None);
        assert_eq!(CookieKind::Session.read(&cookies(&["guildhall=0123456789abcdef"]), true), None);
    }
}
