//! The state that all handlers share, and its parts. The parts import no handler, so imports go in one direction.

mod accounts;
mod content_policy;
pub(crate) mod finished;
pub(crate) mod frames;
mod known_settings;
pub(crate) mod limiters;
pub mod networks;
mod readiness;
pub(crate) mod turns;
mod uploads;
mod walls;

use std::{net::SocketAddr, ops::Deref, sync::Arc};

use secrecy::SecretString;
use store::Store;

use self::{
    accounts::Accounts,
    content_policy::ContentPolicy,
    finished::PageCache,
    known_settings::KnownSettings,
    limiters::Limiters,
    networks::{Networks, ProxyCheck},
    readiness::Readiness,
    turns::Turns,
    uploads::Uploads,
    walls::Walls,
};
use crate::{
    config::{Config, PublicUrl},
    guard::Guards,
    links::Links,
    sign_in::{askers::Askers, providers::Providers},
};

/// The state that all handlers share. Cloning it only clones a pointer.
#[derive(Clone)]
pub struct State(Arc<Shared>);

/// The content of [`State`].
pub struct Shared {
    /// The operator's settings.
    pub config: Config,
    /// The store with the data.
    pub store: Store,
    /// The address that people type.
    pub public_url: PublicUrl,
    /// The address and port that the server listens on.
    pub listen: SocketAddr,
    /// The identity providers to sign in with.
    pub providers: Providers,
    /// Signs the links in emails that work without signing in.
    pub links: Links,
    /// Derives the key by which requests for sign-in emails are limited.
    pub askers: Askers,
    /// The guards that are on. Outside tests, all are.
    pub guards: Guards,
    /// Counts requests to the sign-in routes per client address.
    pub limiters: Limiters,
    /// Counts the open connections or requests per client network.
    pub networks: Networks,
    /// Checks once that proxies send the headers that `trusted_proxies` expects.
    pub proxies: ProxyCheck,
    /// Limits the uploads that are received at a time.
    pub uploads: Uploads,
    /// The result of the last readiness check.
    pub readiness: Readiness,
    /// The `Content-Security-Policy` of pages.
    pub content_policy: ContentPolicy,
    /// Counts recent forms per member.
    pub accounts: Accounts,
    /// The open kudos walls.
    pub walls: Walls,
    /// The turns of requests that wait to be answered.
    pub(crate) turns: Arc<Turns>,
    /// The community's settings.
    pub(crate) settings: KnownSettings,
    /// Finished pages for visitors.
    pub page_cache: PageCache,
}

impl State {
    /// Creates the state. `secret` is the installation's own secret.
    #[must_use]
    pub fn new(
        config: Config,
        secret: &SecretString,
        store: Store,
        listen: SocketAddr,
        guards: Guards,
        networks: Networks,
    ) -> Self {
        let public_url = config.public_url.clone().unwrap_or_else(|| PublicUrl::loopback(listen));
        let limiters = Limiters::new(config.sign_in_per_minute);
        let accounts = Accounts::new(config.posts_per_minute);
        let providers = Providers::new(&config);
        let (links, askers) = (Links::new(secret), Askers::new(secret));
        let content_policy = ContentPolicy::new(&providers);
        Self(Arc::new(Shared {
            config,
            store,
            public_url,
            listen,
            providers,
            links,
            askers,
            guards,
            limiters,
            networks,
            proxies: ProxyCheck::default(),
            uploads: Uploads::default(),
            readiness: Readiness::default(),
            content_policy,
            accounts,
            walls: Walls::default(),
            turns: Arc::default(),
            settings: KnownSettings::default(),
            page_cache: PageCache::default(),
        }))
    }

    /// Whether the portal uses https, so that cookies are marked `Secure`.
    #[must_use]
    pub fn secure(&self) -> bool {
        self.public_url.is_https()
    }
}

impl Deref for State {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}
