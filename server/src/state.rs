//! What handlers share.

use std::{net::SocketAddr, ops::Deref, sync::Arc};

use secrecy::SecretString;
use store::Store;

use crate::{
    config::{Config, PublicUrl},
    guard::{
        Guards,
        account::Accounts,
        headers::ContentPolicy,
        limit::Limiters,
        networks::{Networks, ProxyCheck},
    },
    health::Readiness,
    links::Links,
    sign_in::{askers::Askers, providers::Providers},
    upload::Uploads,
};

/// What handlers share. Cheap to clone.
#[derive(Clone)]
pub struct State(Arc<Shared>);

/// Its content.
pub struct Shared {
    /// What the operator decided.
    pub config: Config,
    /// The data.
    pub store: Store,
    /// The address people type.
    pub public_url: PublicUrl,
    /// Where the server listens.
    pub listen: SocketAddr,
    /// Where one can sign in besides by mail.
    pub providers: Providers,
    /// Signs the links in mails that work signed out.
    pub links: Links,
    /// Tells apart who asks for sign-in emails.
    pub askers: Askers,
    /// Which guards stand; all of them outside tests.
    pub guards: Guards,
    /// How often clients came to the doors that can be knocked on too often.
    pub limiters: Limiters,
    /// What each client network holds at once.
    pub networks: Networks,
    /// Whether proxies send what `trusted_proxies` expects.
    pub proxies: ProxyCheck,
    /// Uploads that are being received.
    pub uploads: Uploads,
    /// What `/readyz` answers.
    pub readiness: Readiness,
    /// The content security policy of pages.
    pub content_policy: ContentPolicy,
    /// How many forms members sent lately.
    pub accounts: Accounts,
}

impl State {
    /// Puts together what handlers share. `secret` is the installation's own.
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
        }))
    }

    /// Whether cookies are marked Secure.
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
