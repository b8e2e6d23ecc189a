//! Counts the open connections or requests of each network, and checks the headers of proxies.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use crate::guard::address;

/// Counts the open connections or requests per network. Clones share the counters.
#[derive(Clone, Debug)]
pub struct Networks {
    max: usize,
    held: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

/// A guard for one connection or request, which counts until the guard is dropped.
#[derive(Debug)]
pub struct Held {
    network: IpAddr,
    held: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

impl Networks {
    /// Allows `max` connections or requests per network.
    #[must_use]
    pub fn new(max: usize) -> Self {
        Self { max, held: Arc::default() }
    }

    /// Counts one more for the network of an address. `None` if the network is at its limit.
    #[must_use]
    pub fn enter(&self, client: IpAddr) -> Option<Held> {
        let network = address::network(client);
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let count = held.entry(network).or_default();
        if *count >= self.max {
            return None;
        }
        *count += 1;
        Some(Held { network, held: self.held.clone() })
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = held.get_mut(&self.network) {
            *count -= 1;
            if *count == 0 {
                held.remove(&self.network);
            }
        }
    }
}

/// Logs one warning if the setting `trusted_proxies` doesn't fit the headers that the proxies send.
#[derive(Debug, Default)]
pub struct ProxyCheck(AtomicBool);

impl ProxyCheck {
    pub(crate) fn check(&self, entries: usize, hops: usize) {
        let warning = match (entries, hops) {
            (_, 1..) if entries < hops => {
                "trusted_proxies is set, but X-Forwarded-For is missing or too short. All clients share one \
                 limit for sign-in. Make the proxy send X-Forwarded-For, or correct trusted_proxies."
            }
            (1.., 0) => {
                "A proxy sends X-Forwarded-For, but trusted_proxies is 0. All its clients share one limit for \
                 sign-in. Set trusted_proxies to the number of your proxies."
            }
            _ => return,
        };
        if !self.0.swap(true, Ordering::Relaxed) {
            tracing::warn!("{warning}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_holds_its_share_and_no_more() {
        let networks = Networks::new(2);
        let enter = |address: &str| networks.enter(address.parse().unwrap());
        let first = enter("192.0.2.1").unwrap();
        let _second = enter("192.0.2.200").unwrap();
        assert!(enter("192.0.2.7").is_none());
        let _elsewhere = enter("192.0.3.1").unwrap();
        drop(first);
        assert!(enter("192.0.2.7").is_some());
    }

    #[test]
    fn a_network_that_holds_nothing_is_forgotten() {
        let networks = Networks::new(2);
        drop(networks.enter("2001:db8::1".parse().unwrap()));
        assert!(networks.held.lock().unwrap().is_empty());
    }
}
