//! The client's address: the peer's, or the one that our own proxies report.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::ConnectInfo;
use http::{Extensions, HeaderMap};

const FORWARDED_FOR: &str = "x-forwarded-for";

/// The address of a client behind `hops` of our own proxies. Each proxy appends the address that connected to
/// it, so entries are counted from the right. A client can only forge entries further left.
#[must_use]
pub fn client(headers: &HeaderMap, peer: IpAddr, hops: usize) -> IpAddr {
    let Some(behind) = hops.checked_sub(1) else { return peer };
    let lines = headers.get_all(FORWARDED_FOR).into_iter().filter_map(|line| line.to_str().ok());
    let entries: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
    entries.iter().rev().nth(behind).and_then(|entry| parse(entry)).unwrap_or(peer)
}

/// Parses an entry of `X-Forwarded-For`. Some proxies write the port too.
fn parse(entry: &str) -> Option<IpAddr> {
    let bare = entry.trim_start_matches('[').trim_end_matches(']');
    bare.parse().ok().or_else(|| entry.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

/// The key that rate limits count by: one IPv4 address, or the /64 that an IPv6 household usually has.
#[must_use]
pub fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

/// The key that connections are counted by: the /24 (IPv4) or /64 (IPv6) of an address. That is the smallest
/// block that a provider's customer usually has.
#[must_use]
pub fn network(address: IpAddr) -> IpAddr {
    match household(address) {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            IpAddr::from([a, b, c, 0])
        }
        v6 @ IpAddr::V6(_) => v6,
    }
}

/// The number of entries in `X-Forwarded-For`.
#[must_use]
pub fn forwarded(headers: &HeaderMap) -> usize {
    let lines = headers.get_all(FORWARDED_FOR).into_iter();
    lines.map(|line| line.as_bytes().split(|byte| *byte == b',').count()).sum()
}

/// The address at the other end of the TCP connection: the client's or a proxy's.
#[must_use]
pub fn peer(extensions: &Extensions) -> Option<IpAddr> {
    extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip().to_canonical())
}

/// Whether a proxy forwarded the request. Then the peer's address says nothing about the client.
#[must_use]
pub fn is_forwarded(headers: &HeaderMap) -> bool {
    ["forwarded", FORWARDED_FOR, "x-forwarded-host", "x-real-ip", "via"]
        .iter()
        .any(|name| headers.contains_key(*name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_proxies_are_believed() {
        let peer = IpAddr::from([10, 0, 0, 1]);
        let seen = |lines: &[&'static str], hops| {
            let headers =
                lines.iter().map(|line| (FORWARDED_FOR.parse().unwrap(), line.parse().unwrap())).collect();
            client(&headers, peer, hops).to_string()
        };
        assert_eq!(seen(&["1.1.1.1"], 0), "10.0.0.1");
        assert_eq!(seen(&["6.6.6.6, 1.1.1.1"], 1), "1.1.1.1");
        assert_eq!(seen(&["6.6.6.6", "1.1.1.1, 10.0.0.2"], 2), "1.1.1.1");
        assert_eq!(seen(&["1.1.1.1:4711"], 1), "1.1.1.1");
        assert_eq!(seen(&["[2001:db8::1]:443"], 1), "2001:db8::1");
        assert_eq!(seen(&["2001:db8::1"], 1), "2001:db8::1");
        for unknown in [&["nonsense"][..], &[], &["1.1.1.1"]] {
            assert_eq!(seen(unknown, 2), "10.0.0.1");
        }
    }

    #[test]
    fn an_ipv6_household_counts_once() {
        let of = |text: &str| household(text.parse().unwrap()).to_string();
        assert_eq!(of("2001:db8:1:2:aaaa::1"), of("2001:db8:1:2:bbbb::2"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.1"), "192.0.2.1");
    }

    #[test]
    fn networks_are_blocks_of_one_customer() {
        let of = |text: &str| network(text.parse().unwrap()).to_string();
        assert_eq!(of("192.0.2.77"), "192.0.2.0");
        assert_eq!(of("::ffff:192.0.2.77"), "192.0.2.0");
        assert_eq!(of("2001:db8:1:2:aaaa::1"), "2001:db8:1:2::");
    }
}
