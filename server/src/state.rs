//! What handlers share.

use std::{net::SocketAddr, ops::Deref, sync::Arc};

use store::Store;

use crate::{
    config::{Config, PublicUrl},
    failure::Failure,
    guard::{Guards, limit::Limiters},
    sign_in::providers::{GitHubSettings, OidcSettings, Providers},
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
    /// Which guards stand; all of them outside tests.
    pub guards: Guards,
    /// How often clients came to the doors that can be knocked on too often.
    pub limiters: Limiters,
}

impl State {
    /// Puts together what handlers share.
    ///
    /// # Errors
    /// A provider's address is none.
    pub fn new(config: Config, store: Store, listen: SocketAddr, guards: Guards) -> Result<Self, Failure> {
        let public_url = config.public_url.clone().unwrap_or_else(|| PublicUrl::loopback(listen));
        let limiters = Limiters::new(config.sign_in_per_minute);
        let providers = providers(&config)?;
        Ok(Self(Arc::new(Shared { config, store, public_url, listen, providers, guards, limiters })))
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

fn providers(config: &Config) -> Result<Providers, Failure> {
    let oidc = config.oidc.clone().map(|oidc| OidcSettings {
        label: oidc.label,
        issuer: oidc.issuer,
        client_id: oidc.client_id,
        client_secret: oidc.client_secret,
    });
    let github = config.github.clone().map(|github| GitHubSettings {
        base_url: github.base_url,
        api_url: github.api_url,
        client_id: github.client_id,
        client_secret: github.client_secret,
    });
    Providers::new(oidc, github).map_err(|fault| {
        Failure::config(format!("A sign-in provider is not set up right, check oidc_issuer and github_base_url: {fault}."))
    })
}
