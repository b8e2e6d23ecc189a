//! The page to open after signing in. Only pages of this portal are allowed, whatever a link asks for.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The longest path that is accepted, in bytes. Guildhall's own forms never send a longer one.
const MAX_LENGTH: usize = 512;

/// First segments of paths that are not opened after signing in, because they would ask again, act, or are
/// not pages.
const NOT_PAGES: &[&str] = &["sign-in", "sign-out", "setup", "welcome", "api", "a", "dev"];

/// The characters that are encoded in the value of `next`: all but letters, digits and these five.
const IN_NEXT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// `wanted` if it is a page of this portal, else `/`.
///
/// The check lists what is allowed rather than what is not. The portal's paths need neither percent signs
/// nor empty or dotted segments, and every browser reads the remaining characters in the same way.
#[must_use]
pub fn safe_next(wanted: &str) -> String {
    if is_local(wanted) { wanted.to_owned() } else { "/".to_owned() }
}

/// `path?next=…` with the page percent-encoded, so that decoding it once gives the same page.
#[must_use]
pub fn with_next(path: &str, next: &str) -> String {
    let next = safe_next(next);
    if next == "/" {
        return path.to_owned();
    }
    format!("{path}?next={}", utf8_percent_encode(&next, IN_NEXT))
}

fn is_local(wanted: &str) -> bool {
    let (rest, fragment) = wanted.split_once('#').unwrap_or((wanted, ""));
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let Some(path) = path.strip_prefix('/') else { return false };
    let mut segments = path.split('/');
    wanted.len() <= MAX_LENGTH
        && segments.next().is_some_and(|first| !NOT_PAGES.contains(&first.to_ascii_lowercase().as_str()))
        && (path.is_empty() || path.strip_suffix('/').unwrap_or(path).split('/').all(is_segment))
        && is_query(query)
        && fragment.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
}

fn is_segment(segment: &str) -> bool {
    !segment.is_empty()
        && !segment.bytes().all(|b| b == b'.')
        && segment.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b))
}

/// Printable ASCII without quotes, brackets and backslashes. A percent sign must be followed by two hex
/// digits that do not encode a control character.
fn is_query(query: &str) -> bool {
    let bytes = query.as_bytes();
    bytes.iter().enumerate().all(|(i, byte)| match byte {
        b'%' => bytes.get(i + 1..i + 3).is_some_and(|hex| {
            hex.iter().all(u8::is_ascii_hexdigit) && hex[0] > b'1' && !hex.eq_ignore_ascii_case(b"7f")
        }),
        b => b.is_ascii_alphanumeric() || b"-._~/?=&+,:;!*()@".contains(b),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_the_portal_are_allowed() {
        for good in [
            "/",
            "/events",
            "/events/",
            "/events/threat-modelling-2",
            "/events?past=1&page=2",
            "/events?q=a%20b+c",
            "/events/x/edit#agenda",
            "/profile",
            "/sign-in-sheet",
            "/events/a.b",
        ] {
            assert_eq!(safe_next(good), good);
        }
    }

    const HOSTILE: &[&str] = &[
        "",
        "evil",
        "evil.example",
        "//evil.example",
        "///evil.example",
        "////evil.example",
        "//evil.example/%2f..",
        "/\\evil.example",
        "\\/evil.example",
        "\\\\evil.example",
        "\\evil.example",
        "/\\/evil.example",
        "//\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/\r/evil.example",
        "/\r\n/evil.example",
        "\t//evil.example",
        " //evil.example",
        " /events",
        "/ /evil.example",
        "/\u{0}/evil.example",
        "/\u{a0}/evil.example",
        "/\u{2028}/evil.example",
        "/\u{ff0f}evil.example",
        "\u{ff0f}\u{ff0f}evil.example",
        "/%2f/evil.example",
        "/%2F%2Fevil.example",
        "/%5cevil.example",
        "/%5Cevil.example",
        "/%09/evil.example",
        "/%0d%0aLocation:%20https://evil.example",
        "/events\r\nSet-Cookie: a=b",
        "/events\nX: y",
        "/events?x=\r\nSet-Cookie: a=b",
        "/events?x=%0d%0aSet-Cookie:%20a=b",
        "/events?x=%00",
        "/events?x=%7f",
        "/events?x=%",
        "/events?x=%2",
        "/events?x=%zz",
        "/events?x=<script>",
        "/events?x=\"onload=",
        "/events#<script>",
        "/events#x\r\ny",
        "https:evil.example",
        "https:/evil.example",
        "https://evil.example",
        "HTTPS://evil.example",
        "http://evil.example",
        "https:\\\\evil.example",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "ftp://evil.example",
        "mailto:eve@evil.example",
        "@evil.example",
        "/@evil.example",
        "/.//evil.example",
        "/..//evil.example",
        "/../..//evil.example",
        "/./evil",
        "/../evil",
        "/events/../sign-in",
        "/events//evil.example",
        "/events/%2e%2e/sign-in",
        ".evil.example",
        "?next=//evil.example",
        "#//evil.example",
        "/sign-in",
        "/sign-in/",
        "/sign-in?next=/sign-in",
        "/sign-in/code",
        "/sign-in/link/abc",
        "/sign-in/with/oidc",
        "/Sign-In",
        "/%73ign-in",
        "/sign-out",
        "/setup?token=x",
        "/welcome?next=/welcome",
        "/api/events/cancel",
        "/dev/mailbox",
        "/a/app.css",
        "/ev\u{e9}nts",
        "/\u{202e}evil",
    ];

    #[test]
    fn other_addresses_are_replaced_by_the_home_page() {
        assert!(HOSTILE.len() >= 60);
        for bad in HOSTILE {
            assert_eq!(safe_next(bad), "/", "{bad:?}");
        }
        assert_eq!(safe_next(&format!("/{}", "a".repeat(600))), "/");
    }

    #[test]
    fn a_page_survives_its_encoding() {
        assert_eq!(
            with_next("/sign-in", "/events?page=2&q=a%20b"),
            "/sign-in?next=/events%3Fpage%3D2%26q%3Da%2520b"
        );
        assert_eq!(with_next("/welcome", "/"), "/welcome");
        assert_eq!(with_next("/welcome", "//evil.example"), "/welcome");
    }
}
