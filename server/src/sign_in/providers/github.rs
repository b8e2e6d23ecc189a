//! GitHub: OAuth 2 with PKCE, then its API for who that is. It signs nothing; TLS is the proof.

use domain::members::Address;
use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointNotSet, EndpointSet,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope, TokenResponse, TokenUrl,
    basic::BasicClient,
};
use secrecy::ExposeSecret;
use serde::Deserialize;

use super::{Answer, Asked, Proof, ProviderFault, http::Http, with_causes};
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
    /// Stays the same when the login changes hands.
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
    /// As it is configured: `https://github.com` and `https://api.github.com`, or an enterprise's own.
    pub(super) fn new(config: &config::GitHub) -> Result<Self, ProviderFault> {
        let base_url = config.base_url.trim_end_matches('/').to_owned();
        let bad = |fault: oauth2::url::ParseError| {
            ProviderFault::Down(format!("{base_url} is no address: {fault}"))
        };
        let client = BasicClient::new(ClientId::new(config.client_id.clone()))
            .set_client_secret(ClientSecret::new(config.client_secret.expose_secret().to_owned()))
            .set_auth_uri(AuthUrl::new(format!("{base_url}/login/oauth/authorize")).map_err(bad)?)
            .set_token_uri(TokenUrl::new(format!("{base_url}/login/oauth/access_token")).map_err(bad)?)
            .set_auth_type(AuthType::RequestBody);
        let http = Http::to(&base_url).map_err(|fault| ProviderFault::Down(fault.to_string()))?;
        Ok(Self { client, api_url: config.api_url.trim_end_matches('/').to_owned(), base_url, http })
    }

    fn client(&self, callback: &str) -> Result<Client, ProviderFault> {
        let callback =
            RedirectUrl::new(callback.to_owned()).map_err(|fault| ProviderFault::Down(fault.to_string()))?;
        Ok(self.client.clone().set_redirect_uri(callback))
    }

    /// Where the browser goes to sign in.
    pub(super) fn page(&self, asked: &Asked<'_>) -> Result<String, ProviderFault> {
        let verifier = PkceCodeVerifier::new(asked.verifier.to_owned());
        let (url, _) = self
            .client(asked.callback)?
            .authorize_url(|| CsrfToken::new(asked.state.to_owned()))
            .add_scope(Scope::new("read:user".to_owned()))
            .add_scope(Scope::new("user:email".to_owned()))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .url();
        Ok(url.into())
    }

    /// Who came back.
    pub(super) async fn prove(&self, asked: &Asked<'_>, answer: &Answer<'_>) -> Result<Proof, ProviderFault> {
        let tokens = self
            .client(asked.callback)?
            .exchange_code(AuthorizationCode::new(answer.code.to_owned()))
            .set_pkce_verifier(PkceCodeVerifier::new(asked.verifier.to_owned()))
            .request_async(&self.http)
            .await
            .map_err(|fault| match fault {
                RequestTokenError::Request(cause) => ProviderFault::Down(with_causes(&cause)),
                other => ProviderFault::Refused(with_causes(&other)),
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
