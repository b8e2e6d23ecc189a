//! The key by which requests for sign-in emails are limited: a browser that signed in with this address
//! before, recognised by a cookie, or else the client's network. Only keyed hashes of either are stored.

use std::{fmt, net::IpAddr};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::Sha256;
use store::sign_in::{Asker, new_token};

use crate::guard::address;

/// The length in bytes of the browser's random ID, at the start of the cookie.
const NAME: usize = 16;

/// Creates and reads the cookie of browsers that signed in before.
#[derive(Clone)]
pub struct Askers(Hmac<Sha256>);

impl fmt::Debug for Askers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Askers")
    }
}

impl Askers {
    /// Creates the key from the installation's secret, which all processes share.
    #[must_use]
    pub fn new(secret: &SecretString) -> Self {
        // The prefix separates these hashes from other uses of the secret.
        let key = ["guildhall askers 1 ", secret.expose_secret()].concat();
        let mac = Hmac::new_from_slice(key.as_bytes());
        Self(mac.unwrap_or_else(|_| unreachable!("HMAC takes keys of any length")))
    }

    /// The cookie for a browser that has just signed in with an address. An existing cookie for this address is
    /// kept.
    pub(super) fn cookie(&self, existing: Option<&str>, address_key: &str) -> String {
        match existing {
            Some(cookie) if self.name(cookie, address_key).is_some() => cookie.to_owned(),
            _ => {
                let mut bytes = URL_SAFE_NO_PAD.decode(new_token()).unwrap_or_default();
                bytes.truncate(NAME);
                let proof = self.proof(&bytes, address_key);
                bytes.extend(proof);
                URL_SAFE_NO_PAD.encode(bytes)
            }
        }
    }

    /// The key that a request for an email to an address counts for.
    pub(super) fn asker(&self, cookie: Option<&str>, client: Option<IpAddr>, address_key: &str) -> Asker {
        if let Some(name) = cookie.and_then(|cookie| self.name(cookie, address_key)) {
            return Asker { hash: self.hash("browser", &name), known: true };
        }
        Asker { hash: self.network(client), known: false }
    }

    /// The key that seats held for a client's network count for.
    pub(super) fn network(&self, client: Option<IpAddr>) -> Vec<u8> {
        let network = client.map(|client| address::network(client).to_string()).unwrap_or_default();
        self.hash("network", network.as_bytes())
    }

    /// The ID of the browser, if its cookie was created for this address.
    fn name(&self, cookie: &str, address_key: &str) -> Option<Vec<u8>> {
        let bytes = URL_SAFE_NO_PAD.decode(cookie).ok()?;
        let (name, proof) = bytes.split_at_checked(NAME)?;
        self.mac("cookie", name).chain_update(address_key).verify_slice(proof).ok()?;
        Some(name.to_owned())
    }

    fn proof(&self, name: &[u8], address_key: &str) -> Vec<u8> {
        self.mac("cookie", name).chain_update(address_key).finalize().into_bytes().to_vec()
    }

    fn hash(&self, kind: &str, name: &[u8]) -> Vec<u8> {
        self.mac(kind, name).finalize().into_bytes().to_vec()
    }

    fn mac(&self, kind: &str, name: &[u8]) -> Hmac<Sha256> {
        self.0.clone().chain_update(kind).chain_update([0]).chain_update(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn askers() -> Askers {
        Askers::new(&"one secret of this installation!".into())
    }

    #[test]
    fn a_browser_is_known_for_the_address_it_signed_in_with() {
        let (askers, client) = (askers(), Some(IpAddr::from([192, 0, 2, 1])));
        let cookie = askers.cookie(None, "ada@example.org");
        let known = |cookie: &str, key: &str| askers.asker(Some(cookie), client, key).known;
        assert!(known(&cookie, "ada@example.org"));
        assert!(!known(&cookie, "eve@example.org"), "another address");
        let other = Askers::new(&"another secret, of another place".into());
        assert!(!other.asker(Some(&cookie), client, "ada@example.org").known, "another installation");
        for forged in ["", "AAAA", &cookie[..21], &cookie[1..], &format!("{}A", &cookie[..cookie.len() - 1])]
        {
            assert!(!known(forged, "ada@example.org") || *forged == *cookie, "{forged}");
        }
        assert_eq!(askers.cookie(Some(&cookie), "ada@example.org"), cookie, "the ID is kept");
        assert_ne!(askers.cookie(Some(&cookie), "eve@example.org"), cookie);
        assert!((16..=128).contains(&cookie.len()));
    }

    #[test]
    fn networks_are_counted_and_not_single_addresses() {
        let askers = askers();
        let network = |ip: &str| askers.asker(None, ip.parse().ok(), "ada@example.org").hash;
        assert_eq!(network("2001:db8::1"), network("2001:db8::ffff"));
        assert_ne!(network("2001:db8::1"), network("2001:db8:0:1::1"));
        assert_eq!(network("192.0.2.1"), network("192.0.2.200"));
        assert_ne!(network("192.0.2.1"), network("192.0.3.1"));
    }
}
