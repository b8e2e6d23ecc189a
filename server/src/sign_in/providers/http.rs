//! The HTTP client for identity providers: rustls, no redirects, at most ten seconds and one mebibyte.

use std::{pin::Pin, time::Duration};

use oauth2::{AsyncHttpClient, HttpRequest, HttpResponse};
use serde::de::DeserializeOwned;

use super::{ProviderError, with_causes};

const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);
const MAX_BYTES: usize = 1024 * 1024;

/// An HTTP client for one provider.
#[derive(Clone, Debug)]
pub(super) struct Http(reqwest::Client);

/// Why a provider gave no usable response.
#[derive(Debug, thiserror::Error)]
pub(super) enum HttpError {
    #[error("{0}")]
    Request(#[from] reqwest::Error),
    #[error("{0}")]
    Response(#[from] http::Error),
    #[error("the response is longer than one mebibyte")]
    TooLong,
    #[error("the provider answered {0}")]
    ServerError(http::StatusCode),
}

impl Http {
    /// Creates a client for the provider at `base`. If that is https, the client refuses plain http.
    pub(super) fn to(base: &str) -> Result<Self, reqwest::Error> {
        // This only fails if the process already has a provider, which is fine.
        let _ = rustls::crypto::ring::default_provider().install_default();
        reqwest::Client::builder()
            .user_agent(concat!("guildhall/", env!("CARGO_PKG_VERSION")))
            // With redirects, a provider could make this server request addresses in the private network.
            .redirect(reqwest::redirect::Policy::none())
            .https_only(base.starts_with("https:"))
            .connect_timeout(REQUEST_TIMEOUT)
            .timeout(REQUEST_TIMEOUT)
            .build()
            .map(Self)
    }

    async fn send(&self, request: reqwest::Request) -> Result<HttpResponse, HttpError> {
        let mut response = self.0.execute(request).await?;
        if response.status().is_server_error() {
            return Err(HttpError::ServerError(response.status()));
        }
        let mut response_builder = http::Response::builder().status(response.status());
        for (name, value) in response.headers() {
            response_builder = response_builder.header(name, value);
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            if body.len() + chunk.len() > MAX_BYTES {
                return Err(HttpError::TooLong);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(response_builder.body(body)?)
    }

    /// Requests JSON, with an access token if one is given.
    pub(super) async fn json<T: DeserializeOwned>(
        &self,
        url: &str,
        token: Option<&str>,
    ) -> Result<T, ProviderError> {
        let mut request = self.0.get(url).header(http::header::ACCEPT, "application/json");
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let request = request.build().map_err(|error| ProviderError::Unavailable(error.to_string()))?;
        let response =
            self.send(request).await.map_err(|error| ProviderError::Unavailable(with_causes(&error)))?;
        if !response.status().is_success() {
            return Err(ProviderError::Refused(format!("{url} answered {}", response.status())));
        }
        serde_json::from_slice(response.body()).map_err(|error| {
            ProviderError::Refused(format!("{url} returned an unreadable response: {error}"))
        })
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = HttpError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move { self.send(request.try_into()?).await })
    }
}
