//! OpenID Connect with any provider that has a discovery document (authorization code flow, PKCE S256).

mod discovery;
mod id_token;
mod person;

use std::{
    error::Error,
    sync::Arc,
    time::{Duration, Instant as Monotonic},
};

use domain::{Instant, members::Address};
use oauth2::{
    AccessToken, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointNotSet, EndpointSet,
    ErrorResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RefreshToken, RequestTokenError, Scope,
    StandardRevocableToken, TokenResponse,
    basic::{
        BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse, BasicTokenType,
    },
    url::Url,
};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tokio::sync::Mutex;

use super::{AuthRequest, AuthResponse, Proof, ProviderError, http::Http, with_causes};
use crate::config;
use discovery::{Discovered, discover};
use id_token::{Expected, TokenError, verify};
use person::Person;

/// How long the discovery document and the keys are used before they are read again.
const REFRESH_AFTER: Duration = Duration::from_secs(3600);
/// How old they have to be before an unknown key makes us read them again.
const RETRY_AFTER: Duration = Duration::from_secs(30);

type Client = oauth2::Client<
    BasicErrorResponse,
    Tokens,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// The response of the token endpoint, with the fields that are used.
#[derive(Debug, Deserialize, Serialize)]
struct Tokens {
    access_token: AccessToken,
    #[serde(default)]
    id_token: Option<String>,
    #[serde(skip, default = "bearer")]
    token_type: BasicTokenType,
}

fn bearer() -> BasicTokenType {
    BasicTokenType::Bearer
}

impl TokenResponse for Tokens {
    type TokenType = BasicTokenType;

    fn access_token(&self) -> &AccessToken {
        &self.access_token
    }

    fn token_type(&self) -> &BasicTokenType {
        &self.token_type
    }

    fn expires_in(&self) -> Option<Duration> {
        None
    }

    fn refresh_token(&self) -> Option<&RefreshToken> {
        None
    }

    fn scopes(&self) -> Option<&Vec<Scope>> {
        None
    }
}

/// One OpenID Connect provider.
#[derive(Debug)]
pub(super) struct Oidc {
    issuer: String,
    client_id: String,
    client_secret: SecretString,
    trusts_addresses: bool,
    http: Http,
    cache: Mutex<Option<(Monotonic, Arc<Discovered>)>>,
}

impl Oidc {
    /// Sets up the client for a provider, without sending a request.
    pub(super) fn new(config: &config::Oidc) -> Result<Self, ProviderError> {
        Ok(Self {
            issuer: config.issuer.clone(),
            client_id: config.client_id.clone(),
            client_secret: config.client_secret.clone(),
            trusts_addresses: config.trusts_addresses,
            http: Http::to(&config.issuer).map_err(|error| ProviderError::Unavailable(error.to_string()))?,
            cache: Mutex::new(None),
        })
    }

    /// The address at the provider that the browser has to open.
    pub(super) async fn sign_in_url(&self, request: &AuthRequest<'_>) -> Result<String, ProviderError> {
        let verifier = PkceCodeVerifier::new(request.verifier.to_owned());
        let (url, _) = self
            .client(&*self.discover(REFRESH_AFTER).await?, request.callback)?
            .authorize_url(|| CsrfToken::new(request.state.to_owned()))
            .add_scopes(["openid", "email", "profile"].map(|scope| Scope::new(scope.to_owned())))
            .add_extra_param("nonce", request.nonce)
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .url();
        // The sign-in page has to use the scheme of the issuer, so that the browser stays on https.
        let issuer = Url::parse(&self.issuer).ok();
        if issuer.is_none_or(|issuer| issuer.scheme() != url.scheme()) {
            return Err(ProviderError::Refused("its sign-in page is not where its issuer is".to_owned()));
        }
        Ok(url.into())
    }

    /// Proves the identity of the person who returned, by the provider's signature.
    pub(super) async fn prove(
        &self,
        request: &AuthRequest<'_>,
        response: &AuthResponse<'_>,
        now: Instant,
    ) -> Result<Proof, ProviderError> {
        // RFC 9207: a response that names another issuer comes from another provider.
        if response.issuer.is_some_and(|issuer| issuer != self.issuer) {
            return Err(ProviderError::Refused("the response names another issuer".to_owned()));
        }
        let provider = self.discover(REFRESH_AFTER).await?;
        let tokens = self
            .client(&provider, request.callback)?
            .exchange_code(AuthorizationCode::new(response.code.to_owned()))
            .set_pkce_verifier(PkceCodeVerifier::new(request.verifier.to_owned()))
            .request_async(&self.http)
            .await
            .map_err(token_error)?;
        let signed = Person::read(&self.verified(&provider, &tokens, request.nonce, now).await?);
        let user_info = self.user_info(&provider, &tokens, &signed).await?;
        Ok(self.proof(signed, user_info.unwrap_or_default()))
    }

    /// Verifies the ID token and returns its claims.
    async fn verified(
        &self,
        provider: &Discovered,
        tokens: &Tokens,
        nonce: &str,
        now: Instant,
    ) -> Result<Map<String, Value>, ProviderError> {
        let refused = |error: TokenError| ProviderError::Refused(error.to_string());
        let token = tokens
            .id_token
            .as_deref()
            .ok_or_else(|| ProviderError::Refused("the response has no signed token".to_owned()))?;
        let expected = Expected {
            issuer: &self.issuer,
            client_id: &self.client_id,
            nonce,
            access_token: &tokens.access_token,
            now,
        };
        match verify(token, &provider.keys, &expected) {
            // The provider may have changed its keys since they were read.
            Err(TokenError::UnknownKey) => {
                verify(token, &self.discover(RETRY_AFTER).await?.keys, &expected).map_err(refused)
            }
            other => other.map_err(refused),
        }
    }

    /// Reads the user-info endpoint, if the signed claims lack the name or the address. The signed token
    /// already identifies the person, so the sign-in also works if the endpoint refuses.
    async fn user_info(
        &self,
        provider: &Discovered,
        tokens: &Tokens,
        signed: &Person,
    ) -> Result<Option<Person>, ProviderError> {
        let Some(url) = provider.userinfo.as_deref().filter(|_| !signed.is_complete()) else {
            return Ok(None);
        };
        let user_info: Map<String, Value> = match self
            .http
            .json(url, Some(tokens.access_token.secret()))
            .await
        {
            Ok(user_info) => user_info,
            // Without an address, it is better to fail and let the person try again than to join without one.
            Err(error @ ProviderError::Unavailable(_)) if signed.email.is_none() => return Err(error),
            Err(error) => {
                tracing::info!(cause = %error, "the user-info endpoint of an identity provider returned nothing usable");
                return Ok(None);
            }
        };
        let user_info = Person::read(&user_info);
        if user_info.subject == signed.subject {
            Ok(Some(user_info))
        } else {
            Err(ProviderError::Refused("the user info is about another subject".to_owned()))
        }
    }

    /// The identity that the portal keeps. An address only counts if the provider verified it, or if the
    /// operator trusts a provider that doesn't say. An address that the provider calls unverified never counts.
    fn proof(&self, signed: Person, user_info: Person) -> Proof {
        // Each source only verifies its own address.
        let verified = match &signed.email {
            None => user_info.email_verified,
            same if *same == user_info.email => signed.email_verified.or(user_info.email_verified),
            _ => signed.email_verified,
        };
        let email = signed.email.or(user_info.email);
        let name = signed.name.or(user_info.name).unwrap_or_default();
        Proof {
            issuer: self.issuer.clone(),
            subject: signed.subject,
            label: signed.username.or(user_info.username).unwrap_or_else(|| name.clone()),
            name,
            verified_address: email
                .filter(|_| verified.unwrap_or(self.trusts_addresses))
                .and_then(|email| Address::parse(&email)),
        }
    }

    /// The discovery document with the keys. It is read again if it is older than `fresh`.
    async fn discover(&self, fresh: Duration) -> Result<Arc<Discovered>, ProviderError> {
        // Hold the lock while reading, so that concurrent sign-ins send one request.
        let mut cache = self.cache.lock().await;
        if let Some((at, discovered)) = cache.as_ref()
            && at.elapsed() < fresh
        {
            return Ok(Arc::clone(discovered));
        }
        let discovered = Arc::new(discover(&self.issuer, &self.http).await?);
        *cache = Some((Monotonic::now(), Arc::clone(&discovered)));
        Ok(discovered)
    }

    fn client(&self, provider: &Discovered, callback: &str) -> Result<Client, ProviderError> {
        let callback = RedirectUrl::new(callback.to_owned())
            .map_err(|error| ProviderError::Unavailable(error.to_string()))?;
        Ok(oauth2::Client::new(ClientId::new(self.client_id.clone()))
            .set_client_secret(ClientSecret::new(self.client_secret.expose_secret().to_owned()))
            .set_auth_uri(provider.authorize.clone())
            .set_token_uri(provider.token.clone())
            .set_auth_type(provider.auth_type.clone())
            .set_redirect_uri(callback))
    }
}

fn token_error<RE, T>(error: RequestTokenError<RE, T>) -> ProviderError
where
    RE: Error + 'static,
    T: ErrorResponse + 'static,
{
    match error {
        RequestTokenError::Request(cause) => ProviderError::Unavailable(with_causes(&cause)),
        other => ProviderError::Refused(with_causes(&other)),
    }
}

#[cfg(test)]
#[path = "oidc_tests.rs"]
mod tests;
