//! Identity providers: one OpenID Connect provider and GitHub, each if it is configured.

mod github;
mod http;
mod oidc;

use std::{error::Error, sync::Arc};

use domain::{Instant, members::Address};

use crate::config::Config;

/// Why a sign-in with a provider failed. The text is the cause, for the log.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ProviderError {
    /// The provider refused the sign-in, or its response can't be trusted.
    #[error("{0}")]
    Refused(String),
    /// The provider can't be reached or has a problem.
    #[error("{0}")]
    Unavailable(String),
}

/// The parameters of an authorisation request. The store keeps them until the browser returns.
#[derive(Debug)]
pub(super) struct AuthRequest<'a> {
    pub(super) callback: &'a str,
    pub(super) state: &'a str,
    pub(super) nonce: &'a str,
    pub(super) verifier: &'a str,
}

/// The parameters with which the browser returns from the provider.
#[derive(Debug)]
pub(super) struct AuthResponse<'a> {
    pub(super) code: &'a str,
    pub(super) issuer: Option<&'a str>,
}

/// A proven identity. Issuer and subject identify the person, the other fields can change.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Proof {
    pub(super) issuer: String,
    pub(super) subject: String,
    pub(super) label: String,
    pub(super) name: String,
    pub(super) verified_address: Option<Address>,
}

#[derive(Debug)]
enum Client {
    Oidc(Box<oidc::Oidc>),
    GitHub(Box<github::GitHub>),
}

/// A configured identity provider.
#[derive(Debug)]
pub struct Provider {
    /// The key in URLs: `oidc` or `github`.
    pub key: &'static str,
    /// The name on the sign-in button.
    pub label: String,
    /// The issuer of its identities: the OpenID Connect issuer, or the base URL of GitHub.
    pub issuer: String,
    /// The client, or why it could not be set up, for example because this machine has no root certificates.
    /// Sign-in by email still works then.
    client: Result<Client, ProviderError>,
}

/// All configured providers. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct Providers(Arc<Vec<Provider>>);

impl Providers {
    /// Sets up the configured providers, without sending a request.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        let mut providers = Vec::new();
        if let Some(config) = &config.oidc {
            let client = oidc::Oidc::new(config).map(|oidc| Client::Oidc(Box::new(oidc)));
            providers.push(Provider {
                key: "oidc",
                label: config.label.clone(),
                issuer: config.issuer.clone(),
                client,
            });
        }
        if let Some(config) = &config.github {
            let client = github::GitHub::new(config).map(|github| Client::GitHub(Box::new(github)));
            providers.push(Provider {
                key: "github",
                label: "GitHub".to_owned(),
                issuer: config.base_url.clone(),
                client,
            });
        }
        Self(Arc::new(providers))
    }

    /// The providers in the order of their buttons.
    pub fn iter(&self) -> impl Iterator<Item = &Provider> {
        self.0.iter()
    }

    pub(super) fn find(&self, key: &str) -> Option<&Provider> {
        self.iter().find(|provider| provider.key == key)
    }
}

impl Provider {
    /// The address at the provider that the browser has to open.
    pub(super) async fn sign_in_url(&self, request: &AuthRequest<'_>) -> Result<String, ProviderError> {
        match self.client.as_ref().map_err(Clone::clone)? {
            Client::Oidc(oidc) => oidc.sign_in_url(request).await,
            Client::GitHub(github) => github.sign_in_url(request),
        }
    }

    /// Proves the identity of the person who returned from the provider.
    pub(super) async fn prove(
        &self,
        request: &AuthRequest<'_>,
        response: &AuthResponse<'_>,
        now: Instant,
    ) -> Result<Proof, ProviderError> {
        match self.client.as_ref().map_err(Clone::clone)? {
            Client::Oidc(oidc) => oidc.prove(request, response, now).await,
            Client::GitHub(github) => github.prove(request, response).await,
        }
    }
}

/// The text of an error with its causes, because libraries keep the useful part in the source.
fn with_causes(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}
