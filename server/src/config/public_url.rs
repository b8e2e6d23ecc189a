//! The address that people type: scheme, host and port, spelled as browsers send it in `Origin`.

use std::{
    fmt,
    net::{IpAddr, SocketAddr},
    str::FromStr,
};

use http::Uri;

/// The portal's own origin, for example `https://guild.example.org`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    https: bool,
    host: String,
    /// `None` for the default port of the scheme.
    port: Option<u16>,
}

impl PublicUrl {
    /// The default: plain http at the address that the server listens on.
    #[must_use]
    pub fn loopback(listen: SocketAddr) -> Self {
        let host = match listen.ip() {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => format!("[{address}]"),
        };
        Self { https: false, host, port: Some(listen.port()).filter(|port| *port != 80) }
    }

    /// Whether browsers reach the portal over TLS.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.https
    }

    /// Host and port as in a `Host` header.
    #[must_use]
    pub fn authority(&self) -> String {
        match self.port {
            Some(port) => format!("{}:{port}", self.host),
            None => self.host.clone(),
        }
    }

    /// The origin as in an `Origin` header, without a trailing slash.
    #[must_use]
    pub fn origin(&self) -> String {
        self.to_string()
    }

    /// Whether the host is this machine.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        is_loopback_host(&self.host)
    }
}

/// Whether a host (without port) names this machine.
#[must_use]
pub fn is_loopback_host(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare == "localhost" || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", if self.https { "https" } else { "http" }, self.authority())
    }
}

impl FromStr for PublicUrl {
    type Err = ();

    /// Accepts an origin with or without a trailing `/`, but no path, user or query.
    fn from_str(text: &str) -> Result<Self, ()> {
        let uri: Uri = text.parse().map_err(|_| ())?;
        let https = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return Err(()),
        };
        let authority = uri.authority().ok_or(())?;
        let plain =
            matches!(uri.path(), "" | "/") && uri.query().is_none() && !authority.as_str().contains('@');
        if !plain || authority.host().is_empty() || authority.as_str().ends_with(':') {
            return Err(());
        }
        let own = if https { 443 } else { 80 };
        Ok(Self {
            https,
            host: authority.host().to_ascii_lowercase(),
            port: authority.port_u16().filter(|port| *port != own),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_spelled_as_in_browsers() {
        for (text, origin) in [
            ("https://Guild.Example.org/", "https://guild.example.org"),
            ("https://guild.example.org:443", "https://guild.example.org"),
            ("http://127.0.0.1:3000", "http://127.0.0.1:3000"),
            ("http://[::1]:8080", "http://[::1]:8080"),
        ] {
            assert_eq!(text.parse::<PublicUrl>().unwrap().origin(), origin);
        }
        for bad in [
            "",
            "guild.example.org",
            "ftp://a",
            "https://a/b",
            "https://a/?q",
            "https://u@a",
            "https://a:",
            "https://",
        ] {
            assert!(bad.parse::<PublicUrl>().is_err(), "{bad}");
        }
        assert!("http://[::1]".parse::<PublicUrl>().unwrap().is_loopback());
        assert!(!"http://127.0.0.1.example.org".parse::<PublicUrl>().unwrap().is_loopback());
    }
}
