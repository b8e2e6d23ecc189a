//! Signs the links in emails that work without signing in, with the installation's own secret. Nothing is
//! stored: a link works as long as its seat or subscription exists, and its permissions are checked when it is
//! used.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::links::Link;
use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::Sha256;

/// Signs links and verifies them.
#[derive(Clone)]
pub struct Links(Hmac<Sha256>);

impl fmt::Debug for Links {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Links")
    }
}

/// The length of a signature in bytes. 128 bits are as hard to guess as a sign-in link.
const SIGNATURE: usize = 16;

impl Links {
    /// Creates the key from the installation's secret, which all processes share.
    #[must_use]
    pub fn new(secret: &SecretString) -> Self {
        // The prefix separates these signatures from other uses of the secret.
        let key = ["guildhall links 1 ", secret.expose_secret()].concat();
        let mac = Hmac::new_from_slice(key.as_bytes());
        Self(mac.unwrap_or_else(|_| unreachable!("HMAC takes keys of any length")))
    }

    /// Signs a link. The text is base64url, so it can be the last segment of a path.
    #[must_use]
    pub fn sign(&self, link: &Link) -> String {
        let mut bytes = self.signature(&link.to_string());
        bytes.extend_from_slice(link.to_string().as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads a signed link. `None` if the signature is wrong.
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
    fn only_links_with_the_right_signature_are_read() {
        let links = Links::new(&"one secret of this installation!".into());
        let link = Link::Seat(RsvpId(Uuid::from_u128(7)));
        let text = links.sign(&link);
        assert_eq!(links.read(&text), Some(link.clone()));
        let other = Links::new(&"another secret, of another place".into());
        assert_eq!(other.read(&text), None);
        // A change of any single character is noticed.
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
