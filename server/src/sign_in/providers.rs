//! Identity providers: one OpenID Connect issuer and GitHub, each only when it is configured.

mod github;
mod http;
mod oidc;

use std::{error::Error, sync::Arc};

use domain::{Instant, members::Address};

use crate::config::Config;

/// Why a provider proved nobody. The text is the cause, for the log.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ProviderFault {
    /// Its answer cannot be trusted, or it says no.
    #[error("{0}")]
    Refused(String),
    /// It cannot be reached, or is not well.
    #[error("{0}")]
    Down(String),
}

/// What we ask a provider with; kept by the store until it answers.
#[derive(Debug)]
pub(super) struct Asked<'a> {
    pub(super) callback: &'a str,
    pub(super) state: &'a str,
    pub(super) nonce: &'a str,
    pub(super) verifier: &'a str,
}

/// What the browser brings back.
#[derive(Debug)]
pub(super) struct Answer<'a> {
    pub(super) code: &'a str,
    pub(super) issuer: Option<&'a str>,
}

/// Who somebody is. The identity is issuer and subject; the rest may change.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Proof {
    pub(super) issuer: String,
    pub(super) subject: String,
    pub(super) label: String,
    pub(super) name: String,
    pub(super) verified_address: Option<Address>,
}

#[derive(Debug)]
enum Kind {
    Oidc(Box<oidc::Oidc>),
    GitHub(Box<github::GitHub>),
}

/// One provider: its key in URLs and what its button says.
#[derive(Debug)]
pub struct Provider {
    /// `oidc` or `github`.
    pub key: &'static str,
    /// Its name for people.
    pub label: String,
    /// Whose word an identity from there is.
    pub issuer: String,
    /// Or why there is no way to reach it, for example because the machine trusts no certificates.
    /// Sign-in by mail works all the same.
    kind: Result<Kind, ProviderFault>,
}

/// Every configured provider. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Providers(Arc<Vec<Provider>>);

impl Providers {
    /// The configured providers; none of them is asked anything yet.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        let mut providers = Vec::new();
        if let Some(config) = &config.oidc {
            let kind = oidc::Oidc::new(config).map(|oidc| Kind::Oidc(Box::new(oidc)));
            providers.push(Provider {
                key: "oidc",
                label: config.label.clone(),
                issuer: config.issuer.clone(),
                kind,
            });
        }
        if let Some(config) = &config.github {
            let kind = github::GitHub::new(config).map(|github| Kind::GitHub(Box::new(github)));
            providers.push(Provider {
                key: "github",
                label: "GitHub".to_owned(),
                issuer: config.base_url.clone(),
                kind,
            });
        }
        Self(Arc::new(providers))
    }

    /// Each one, in the order of its buttons.
    pub fn iter(&self) -> impl Iterator<Item = &Provider> {
        self.0.iter()
    }

    pub(super) fn find(&self, key: &str) -> Option<&Provider> {
        self.iter().find(|provider| provider.key == key)
    }
}

impl Provider {
    /// Where the browser goes to sign in.
    pub(super) async fn page(&self, asked: &Asked<'_>) -> Result<String, ProviderFault> {
        match self.kind.as_ref().map_err(Clone::clone)? {
            Kind::Oidc(oidc) => oidc.page(asked).await,
            Kind::GitHub(github) => github.page(asked),
        }
    }

    /// Who came back.
    pub(super) async fn prove(
        &self,
        asked: &Asked<'_>,
        answer: &Answer<'_>,
        now: Instant,
    ) -> Result<Proof, ProviderFault> {
        match self.kind.as_ref().map_err(Clone::clone)? {
            Kind::Oidc(oidc) => oidc.prove(asked, answer, now).await,
            Kind::GitHub(github) => github.prove(asked, answer).await,
        }
    }
}

/// A fault with what caused it: libraries keep the useful half in the source.
fn with_causes(fault: &(dyn Error + 'static)) -> String {
    let mut text = fault.to_string();
    let mut source = fault.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}
