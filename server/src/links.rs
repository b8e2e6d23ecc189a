//! Signs the links in mails that work signed out, with the installation's own secret. Nothing is kept: a
//! link works as long as what it is for, and what it may do is decided when its button is pressed.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::links::Link;
use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::Sha256;

/// Signs and reads.
#[derive(Clone)]
pub struct Links(Hmac<Sha256>);

impl fmt::Debug for Links {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Links")
    }
}

/// 128 bits of the signature: as hard to guess as a sign-in link.
const SIGNATURE: usize = 16;

impl Links {
    /// With a secret of this installation; every process of it has the same.
    #[must_use]
    pub fn new(secret: &SecretString) -> Self {
        // The words keep these signatures apart from any other use of the secret.
        let key = ["guildhall links 1 ", secret.expose_secret()].concat();
        let mac = Hmac::new_from_slice(key.as_bytes());
        Self(mac.unwrap_or_else(|_| unreachable!("HMAC takes keys of any length")))
    }

    /// The text of a link, for the end of a path: letters, digits, `-`, `_`.
    #[must_use]
    pub fn sign(&self, link: &Link) -> String {
        let mut bytes = self.signature(&link.to_string());
        bytes.extend_from_slice(link.to_string().as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The link behind a text; none when it was not signed here.
    #[must_use]
    pub fn read(&self, text: &str) -> Option<Link> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (signature, link) = bytes.split_at_checked(SIGNATURE)?;
        self.0.clone().chain_update(link).verify_truncated_left(signature).ok()?;
        std::str::from_utf8(link).ok()?.parse().ok()
    }

    fn signature(&self, link: &str) -> Vec<u8> {
        self.0.clone().chain_update(link).finalize().into_bytes()[..SIGNATURE].to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::RsvpId;
    use uuid::Uuid;

    #[test]
    fn only_what_was_signed_here_is_read() {
        let links = Links::new(&"one secret of this installation!".into());
        let link = Link::Seat(RsvpId(Uuid::from_u128(7)));
        let text = links.sign(&link);
        assert_eq!(links.read(&text), Some(link.clone()));
        let other = Links::new(&"another secret, of another place".into());
        assert_eq!(other.read(&text), None);
        // Every single changed character is noticed.
        for i in 0..text.len() {
            let mut wrong = text.clone().into_bytes();
            wrong[i] = if wrong[i] == b'A' { b'B' } else { b'A' };
            let wrong = String::from_utf8(wrong).unwrap_or_default();
            assert_eq!(links.read(&wrong).filter(|_| wrong != text), None, "{i}");
        }
        for wrong in ["", "A", "AAAAAAAAAAAAAAAAAAAAAA", "ä"] {
            assert_eq!(links.read(wrong), None);
        }
    }
}
