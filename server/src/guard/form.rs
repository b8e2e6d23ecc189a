//! Checks that a form is well-formed: UTF-8, no NUL, each field once. One check serves all routes, because
//! parsers and databases each treat anything else differently.

use std::{borrow::Cow, collections::HashSet};

use app::error::AppError;
use http::Uri;
use percent_encoding::percent_decode;

use super::body::malformed;
use crate::errors::Fail;

/// Checks a form in the encoding of browsers (`application/x-www-form-urlencoded`).
///
/// # Errors
/// `Invalid` (422) for anything else.
pub(super) fn check(body: &[u8]) -> Result<(), Fail> {
    let mut names = HashSet::new();
    for pair in body.split(|byte| *byte == b'&') {
        let mut halves = pair.splitn(2, |byte| *byte == b'=');
        let name = text(halves.next().unwrap_or_default()).ok_or_else(malformed)?;
        text(halves.next().unwrap_or_default()).ok_or_else(malformed)?;
        // Lists are written as `topics[]`, once for each entry.
        if !name.is_empty() && !name.ends_with(']') && !names.insert(name) {
            return Err(malformed());
        }
    }
    Ok(())
}

/// Checks the path and the query. The page router decodes both twice, so this looks for NUL twice too.
///
/// # Errors
/// `NotFound` for a path that contains a NUL, `Invalid` for a query that does.
pub(super) fn check_address(uri: &Uri) -> Result<(), Fail> {
    if has_nul(uri.path()) {
        return Err(AppError::NotFound.into());
    }
    if uri.query().is_some_and(has_nul) {
        return Err(malformed());
    }
    Ok(())
}

fn has_nul(part: &str) -> bool {
    let once: Cow<'_, [u8]> = percent_decode(part.as_bytes()).into();
    once.contains(&0) || percent_decode(&once).any(|byte| byte == 0)
}

/// The decoded text, or `None` if it isn't UTF-8 or contains a NUL.
fn text(encoded: &[u8]) -> Option<Cow<'_, str>> {
    percent_decode(encoded).decode_utf8().ok().filter(|text| !text.contains('\0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_browsers_pass() {
        for body in [
            "",
            "a=b",
            "a=1&b=2",
            "topics[]=a&topics[]=b",
            "topics%5B%5D=a&topics%5B%5D=b",
            "a=%E2%82%AC+x",
            "a=%",
            "a",
            "a=b=c",
            "x=%EF%BF%BD",
        ] {
            assert!(check(body.as_bytes()).is_ok(), "{body}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        let bodies: [&[u8]; 9] =
            [b"a=1&a=2", b"a=1&%61=2", b"a&a", b"a=%00", b"a%00=1", b"a=\0", b"a=%FF", b"a=%C3", b"\xff=1"];
        for body in bodies {
            assert!(check(body).is_err(), "{}", String::from_utf8_lossy(body));
        }
    }

    #[test]
    fn a_nul_in_an_address_is_found_where_it_is_decoded_twice_too() {
        for (uri, is_fine) in [
            ("/events?q=%2500", false),
            ("/events/%00", false),
            ("/events?q=a%00", false),
            ("/events?q=100%25", true),
            ("/events?q=%20", true),
        ] {
            assert_eq!(check_address(&uri.parse().unwrap()).is_ok(), is_fine, "{uri}");
        }
    }
}
