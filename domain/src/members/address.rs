//! Email addresses.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Problem, Problems, Refusal};

/// The longest address, in bytes.
const MAX_LENGTH: usize = 254;

/// An email address as it is stored: trimmed, ASCII, its domain in lower case, at most 254 bytes.
/// International domains are in Punycode. Only the member and administrators see it.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Address(String);

impl Address {
    /// Parses an address that a person typed. The part before the `@` must be ASCII and keeps its case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (local, host) = text.trim().rsplit_once('@')?;
        let host = ascii_host(host)?;
        let local_fits = (1..=64).contains(&local.len())
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..")
            && local.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~.-".contains(&b));
        let host_fits = host.contains('.')
            && host.split('.').all(|label| {
                (1..=63).contains(&label.len())
                    && !label.starts_with('-')
                    && !label.ends_with('-')
                    && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            });
        let address = format!("{local}@{host}");
        (local_fits && host_fits && address.len() <= MAX_LENGTH).then_some(Self(address))
    }

    /// The address that emails are sent to.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address as people write it, with an international domain in its own script.
    #[must_use]
    pub fn shown(&self) -> String {
        let Some((local, host)) = self.0.rsplit_once('@') else { return self.0.clone() };
        if !host.contains("xn--") {
            return self.0.clone();
        }
        match idna::domain_to_unicode(host) {
            // Some characters turn into others in Unicode form. The domain is shown only if it reads back
            // the same.
            (shown, Ok(())) if ascii_host(&shown).as_deref() == Some(host) => format!("{local}@{shown}"),
            _ => self.0.clone(),
        }
    }

    /// The key by which spellings of one mailbox are compared: the whole address in lower case. Unique
    /// among members.
    #[must_use]
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

/// Debug output ends up in logs, so it must not contain the address.
impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Address(…)")
    }
}

/// Reads the address of a form.
///
/// # Errors
/// `Missing` or `BadAddress` for the field `address`.
pub fn check_address(text: &str) -> Result<Address, Problems> {
    Address::parse(text).ok_or_else(|| {
        let why = if text.trim().is_empty() { Refusal::Missing } else { Refusal::BadAddress };
        vec![Problem { field: "address".to_owned(), why }]
    })
}

/// A stored address as people write it. Text that is not an address is returned unchanged.
#[must_use]
pub fn shown_address(stored: &str) -> String {
    Address::parse(stored).map_or_else(|| stored.to_owned(), |address| address.shown())
}

/// A domain in lower-case ASCII.
fn ascii_host(host: &str) -> Option<String> {
    let host = host.to_ascii_lowercase();
    if host.is_ascii() && !host.contains("xn--") { Some(host) } else { idna::domain_to_ascii(&host).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_strictly() {
        for good in ["ada@example.org", " Grace.Hopper+navy@Example.ORG ", "o'neil@sub.example.co.uk"] {
            assert!(Address::parse(good).is_some(), "{good}");
        }
        assert_eq!(Address::parse("A@EXAMPLE.org").unwrap().as_str(), "A@example.org");
        assert_eq!(Address::parse("A@EXAMPLE.org").unwrap().key(), "a@example.org");
        for bad in [
            "",
            "ada",
            "ada@",
            "@example.org",
            "ada@localhost",
            "a b@example.org",
            "ada@example.org\r\nBcc: eve@example.org",
            "\"ada\"@example.org",
            "ada@-x.org",
            "ada@example..org",
            ".a@example.org",
            "a..b@example.org",
            "ädä@example.org",
            "ada@exa mple.org",
            "ada@bü cher.example",
            "ada@bücher\u{202e}.example",
            "ada@xn--a.example",
            "<ada@example.org>",
        ] {
            assert!(Address::parse(bad).is_none(), "{bad:?}");
        }
        assert!(!format!("{:?}", Address::parse("ada@example.org")).contains("ada"));
    }

    #[test]
    fn international_domains_are_stored_in_ascii_and_shown_as_typed() {
        let typed = [
            "anna@bücher.example",
            "anna@BÜCHER.example",
            "anna@bu\u{308}cher。example",
            "anna@xn--bcher-kva.example",
        ];
        for text in typed {
            let address = Address::parse(text).unwrap();
            assert_eq!(address.as_str(), "anna@xn--bcher-kva.example", "{text}");
            assert_eq!(address.shown(), "anna@bücher.example", "{text}");
        }
        assert_eq!(shown_address("meike@xn--strae-oqa.example"), "meike@straße.example");
        assert_eq!(shown_address("somebody@例え.example"), "somebody@例え.example");
        assert_eq!(shown_address("not an address"), "not an address");
        assert_eq!(Address::parse("Ada@Example.org").unwrap().shown(), "Ada@example.org");
        // A label longer than 63 bytes in Punycode, and one that only looks like Punycode.
        assert_eq!(Address::parse(&format!("a@{}.example", "ü".repeat(63))), None);
        assert_eq!(Address::parse("a@xn--bcher-kva-.example"), None);
    }
}
