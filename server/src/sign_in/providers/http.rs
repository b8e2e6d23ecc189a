//! The one way out to identity providers: rustls, no redirects, ten seconds, one mebibyte.

use std::{pin::Pin, time::Duration};

use oauth2::{AsyncHttpClient, HttpRequest, HttpResponse};
use serde::de::DeserializeOwned;

use super::{ProviderFault, with_causes};

const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);
const MAX_BYTES: usize = 1024 * 1024;

/// A client for one provider.
#[derive(Clone, Debug)]
pub(super) struct Http(reqwest::Client);

/// Why a provider gave no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum HttpFault {
    #[error("{0}")]
    Request(#[from] reqwest::Error),
    #[error("{0}")]
    Answer(#[from] http::Error),
    #[error("the answer is longer than a mebibyte")]
    TooLong,
    #[error("it answered {0}")]
    Unwell(http::StatusCode),
}

impl Http {
    /// A client for the provider at `base`. A provider behind https can send nobody to plain http.
    pub(super) fn to(base: &str) -> Result<Self, reqwest::Error> {
        // Fails only when the process has one already, which is just as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        reqwest::Client::builder()
            .user_agent(concat!("guildhall/", env!("CARGO_PKG_VERSION")))
            // Following redirects would let a provider send us to addresses behind our own wall.
            .redirect(reqwest::redirect::Policy::none())
            .https_only(base.starts_with("https:"))
            .connect_timeout(REQUEST_TIMEOUT)
            .timeout(REQUEST_TIMEOUT)
            .build()
            .map(Self)
    }

    async fn send(&self, request: reqwest::Request) -> Result<HttpResponse, HttpFault> {
        let mut answer = self.0.execute(request).await?;
        if answer.status().is_server_error() {
            return Err(HttpFault::Unwell(answer.status()));
        }
        let mut whole = http::Response::builder().status(answer.status());
        for (name, value) in answer.headers() {
            whole = whole.header(name, value);
        }
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await? {
            if body.len() + chunk.len() > MAX_BYTES {
                return Err(HttpFault::TooLong);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(whole.body(body)?)
    }

    /// Reads JSON, with an access token where one is needed.
    pub(super) async fn json<T: DeserializeOwned>(
        &self,
        url: &str,
        token: Option<&str>,
    ) -> Result<T, ProviderFault> {
        let mut request = self.0.get(url).header(http::header::ACCEPT, "application/json");
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let request = request.build().map_err(|fault| ProviderFault::Down(fault.to_string()))?;
        let answer = self.send(request).await.map_err(|fault| ProviderFault::Down(with_causes(&fault)))?;
        if !answer.status().is_success() {
            return Err(ProviderFault::Refused(format!("{url} answered {}", answer.status())));
        }
        serde_json::from_slice(answer.body()).map_err(|fault| {
            ProviderFault::Refused(format!("{url} returned an unreadable response: {fault}"))
        })
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = HttpFault;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpFault>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move { self.send(request.try_into()?).await })
    }
}
