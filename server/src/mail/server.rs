//! Reads the address of the mail server: host, port, encryption and credentials.

use std::net::IpAddr;

use lettre::transport::smtp::{authentication::Credentials, client::TlsParameters};
use percent_encoding::percent_decode_str;
use secrecy::{ExposeSecret as _, SecretString};

/// A mail server, parsed from its address.
pub(super) struct Server {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) tls: Tls,
    pub(super) credentials: Option<Credentials>,
}

/// How the connection is encrypted.
pub(super) enum Tls {
    /// STARTTLS if the server offers it, with any certificate. For loopback only, where nobody can listen in
    /// and certificates rarely fit the host name.
    Offered(TlsParameters),
    /// STARTTLS is required. Nothing is sent to a server that doesn't offer it.
    Upgraded(TlsParameters),
    /// TLS from the first byte.
    Implicit(TlsParameters),
}

/// Why the address of a mail server cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The address doesn't have the form of an `smtp://` or `smtps://` URL.
    #[error(
        "the mail server's address must have the form smtp://user:password@mail.example.org:587 or smtps://…"
    )]
    Address,
    /// The root certificates of this machine can't be read.
    #[error("cannot read the certificates of this machine, so no mail server can be trusted: {0}")]
    Certificates(#[source] lettre::transport::smtp::Error),
}

impl Server {
    /// Reads an `smtp://` address (port 25, STARTTLS required except on loopback) or an `smtps://` address
    /// (port 465, TLS from the start), with optional user name and password.
    pub(super) fn read(address: &SecretString) -> Result<Self, ServerError> {
        let url = reqwest::Url::parse(address.expose_secret()).map_err(|_| ServerError::Address)?;
        let host = url.host_str().unwrap_or("").trim_matches(['[', ']']).to_owned();
        if host.is_empty() || !matches!(url.path(), "" | "/") || url.query().is_some() {
            return Err(ServerError::Address);
        }
        let secured = || TlsParameters::new(host.clone()).map_err(ServerError::Certificates);
        let unverified = || {
            let builder = TlsParameters::builder(host.clone());
            let builder = builder.dangerous_accept_invalid_certs(true);
            builder.dangerous_accept_invalid_hostnames(true).build().map_err(ServerError::Certificates)
        };
        let (port, tls) = match url.scheme() {
            "smtp" if is_loopback(&host) => (25, Tls::Offered(unverified()?)),
            "smtp" => (25, Tls::Upgraded(secured()?)),
            "smtps" => (465, Tls::Implicit(secured()?)),
            _ => return Err(ServerError::Address),
        };
        let credentials = match (url.username(), url.password()) {
            ("", None) => None,
            (name, password) => Some(Credentials::new(decoded(name)?, decoded(password.unwrap_or(""))?)),
        };
        Ok(Self { port: url.port().unwrap_or(port), host, tls, credentials })
    }
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Decodes the percent-encoding of a user name or password in a URL. The URL parser has accepted the text, but
/// it leaves a percent sign without two hex digits as it is.
fn decoded(text: &str) -> Result<String, ServerError> {
    let is_hex = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_hexdigit);
    if text.match_indices('%').any(|(at, _)| !is_hex(at + 1) || !is_hex(at + 2)) {
        return Err(ServerError::Address);
    }
    let text = percent_decode_str(text).decode_utf8().map_err(|_| ServerError::Address)?;
    Ok(text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(address: &str) -> Result<Server, ServerError> {
        Server::read(&SecretString::from(address.to_owned()))
    }

    #[test]
    fn only_loopback_needs_no_valid_certificate() {
        for address in ["smtp://localhost:2525", "smtp://127.0.0.1", "smtp://[::1]:25", "smtp://127.1.2.3/"] {
            assert!(matches!(read(address).unwrap().tls, Tls::Offered(_)), "{address}");
        }
        for address in ["smtp://mail.example.org", "smtp://localhost.example.org", "smtp://10.0.0.1:25"] {
            assert!(matches!(read(address).unwrap().tls, Tls::Upgraded(_)), "{address}");
        }
        let server = read("smtps://mail.example.org").unwrap();
        assert!(matches!(server.tls, Tls::Implicit(_)) && server.port == 465);
    }

    #[test]
    fn names_and_passwords_are_decoded() {
        let server = read("smtp://guild%40example.org:p%3Aa%2Fss@localhost:587").unwrap();
        let expected = Credentials::new("guild@example.org".to_owned(), "p:a/ss".to_owned());
        assert!(server.credentials == Some(expected) && server.port == 587);
        assert!(read("smtp://localhost").unwrap().credentials.is_none());
    }

    #[test]
    fn other_addresses_are_refused() {
        for bad in
            ["", "mail.example.org", "http://localhost", "smtp://", "smtp:///x", "smtp://a%zz@localhost"]
        {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
