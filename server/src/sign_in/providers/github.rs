//! GitHub: OAuth 2 with PKCE, then a request to its API for the identity. GitHub doesn't sign its responses, so
//! TLS is the proof.

use domain::members::Address;
use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointNotSet, EndpointSet,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope, TokenResponse, TokenUrl,
    basic::BasicClient,
};
use secrecy::ExposeSecret;
use serde::Deserialize;

use super::{AuthRequest, AuthResponse, Proof, ProviderError, http::Http, with_causes};
use crate::config;

type Client = BasicClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet>;

/// GitHub, or a GitHub Enterprise Server.
#[derive(Debug)]
pub(super) struct GitHub {
    client: Client,
    base_url: String,
    api_url: String,
    http: Http,
}

#[derive(Deserialize)]
struct User {
    /// The account's number, which never changes. Login names can pass to another person.
    id: u64,
    login: String,
    name: Option<String>,
}

#[derive(Deserialize)]
struct Email {
    email: String,
    primary: bool,
    verified: bool,
}

impl GitHub {
    /// Sets up the client for `https://github.com` or an Enterprise Server, without sending a request.
    pub(super) fn new(config: &config::GitHub) -> Result<Self, ProviderError> {
        let base_url = config.base_url.trim_end_matches('/').to_owned();
        let bad = |error: oauth2::url::ParseError| {
            ProviderError::Unavailable(format!("{base_url} is not a valid address: {error}"))
        };
        let client = BasicClient::new(ClientId::new(config.client_id.clone()))
            .set_client_secret(ClientSecret::new(config.client_secret.expose_secret().to_owned()))
            .set_auth_uri(AuthUrl::new(format!("{base_url}/login/oauth/authorize")).map_err(bad)?)
            .set_token_uri(TokenUrl::new(format!("{base_url}/login/oauth/access_token")).map_err(bad)?)
            .set_auth_type(AuthType::RequestBody);
        let http = Http::to(&base_url).map_err(|error| ProviderError::Unavailable(error.to_string()))?;
        Ok(Self { client, api_url: config.api_url.trim_end_matches('/').to_owned(), base_url, http })
    }

    fn client(&self, callback: &str) -> Result<Client, ProviderError> {
        let callback = RedirectUrl::new(callback.to_owned())
            .map_err(|error| ProviderError::Unavailable(error.to_string()))?;
        Ok(self.client.clone().set_redirect_uri(callback))
    }

    /// The address at GitHub that the browser has to open.
    pub(super) fn sign_in_url(&self, request: &AuthRequest<'_>) -> Result<String, ProviderError> {
        let verifier = PkceCodeVerifier::new(request.verifier.to_owned());
        let (url, _) = self
            .client(request.callback)?
            .authorize_url(|| CsrfToken::new(request.state.to_owned()))
            .add_scope(Scope::new("read:user".to_owned()))
            .add_scope(Scope::new("user:email".to_owned()))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .url();
        Ok(url.into())
    }

    /// Proves the identity of the person who returned from GitHub.
    pub(super) async fn prove(
        &self,
        request: &AuthRequest<'_>,
        response: &AuthResponse<'_>,
    ) -> Result<Proof, ProviderError> {
        let tokens = self
            .client(request.callback)?
            .exchange_code(AuthorizationCode::new(response.code.to_owned()))
            .set_pkce_verifier(PkceCodeVerifier::new(request.verifier.to_owned()))
            .request_async(&self.http)
            .await
            .map_err(|error| match error {
                RequestTokenError::Request(cause) => ProviderError::Unavailable(with_causes(&cause)),
                other => ProviderError::Refused(with_causes(&other)),
            })?;
        let token = tokens.access_token().secret();
        let user: User = self.http.json(&format!("{}/user", self.api_url), Some(token)).await?;
        let emails: Vec<Email> =
            self.http.json(&format!("{}/user/emails", self.api_url), Some(token)).await?;
        let verified_address = emails
            .iter()
            .find(|email| email.primary && email.verified)
            .and_then(|email| Address::parse(&email.email));
        Ok(Proof {
            issuer: self.base_url.clone(),
            subject: user.id.to_string(),
            name: user.name.unwrap_or_default(),
            label: user.login,
            verified_address,
        })
    }
}

#[cfg(test)]
#[path = "github_tests.rs"]
mod tests;
