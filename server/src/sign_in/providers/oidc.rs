//! OpenID Connect: any provider with a discovery document (authorization code flow, PKCE S256).

mod discovery;
mod id_token;
mod person;

use std::{
    error::Error,
    sync::Arc,
    time::{Duration, Instant as Tick},
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

use super::{Answer, Asked, Proof, ProviderFault, http::Http, with_causes};
use crate::config;
use discovery::{Discovered, discover};
use id_token::{Expected, TokenFault, verify};
use person::Person;

/// How long a discovery document with its keys is used.
const FRESH: Duration = Duration::from_secs(3600);
/// How soon an unknown key may make us read it again.
const AGAIN: Duration = Duration::from_secs(30);

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

/// What the token endpoint answers, as far as it is used.
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
    found: Mutex<Option<(Tick, Arc<Discovered>)>>,
}

impl Oidc {
    /// A provider as it is configured; nothing is asked of it yet.
    pub(super) fn new(config: &config::Oidc) -> Result<Self, ProviderFault> {
        Ok(Self {
            issuer: config.issuer.clone(),
            client_id: config.client_id.clone(),
            client_secret: config.client_secret.clone(),
            trusts_addresses: config.trusts_addresses,
            http: Http::to(&config.issuer).map_err(|fault| ProviderFault::Down(fault.to_string()))?,
            found: Mutex::new(None),
        })
    }

    /// Where the browser goes to sign in.
    pub(super) async fn page(&self, asked: &Asked<'_>) -> Result<String, ProviderFault> {
        let verifier = PkceCodeVerifier::new(asked.verifier.to_owned());
        let (url, _) = self
            .client(&*self.discover(FRESH).await?, asked.callback)?
            .authorize_url(|| CsrfToken::new(asked.state.to_owned()))
            .add_scopes(["openid", "email", "profile"].map(|scope| Scope::new(scope.to_owned())))
            .add_extra_param("nonce", asked.nonce)
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .url();
        // The browser must not leave https either.
        let issuer = Url::parse(&self.issuer).ok();
        if issuer.is_none_or(|issuer| issuer.scheme() != url.scheme()) {
            return Err(ProviderFault::Refused("its sign-in page is not where its issuer is".to_owned()));
        }
        Ok(url.into())
    }

    /// Who came back, proved by the provider's signature.
    pub(super) async fn prove(
        &self,
        asked: &Asked<'_>,
        answer: &Answer<'_>,
        now: Instant,
    ) -> Result<Proof, ProviderFault> {
        // RFC 9207: an answer that names another issuer belongs to another provider.
        if answer.issuer.is_some_and(|issuer| issuer != self.issuer) {
            return Err(ProviderFault::Refused("the answer names another issuer".to_owned()));
        }
        let found = self.discover(FRESH).await?;
        let tokens = self
            .client(&found, asked.callback)?
            .exchange_code(AuthorizationCode::new(answer.code.to_owned()))
            .set_pkce_verifier(PkceCodeVerifier::new(asked.verifier.to_owned()))
            .request_async(&self.http)
            .await
            .map_err(token_fault)?;
        let signed = Person::read(&self.verified(&found, &tokens, asked.nonce, now).await?);
        let told = self.told(&found, &tokens, &signed).await?;
        Ok(self.proof(signed, told.unwrap_or_default()))
    }

    /// The claims of the signed token, once everything about it is right.
    async fn verified(
        &self,
        found: &Discovered,
        tokens: &Tokens,
        nonce: &str,
        now: Instant,
    ) -> Result<Map<String, Value>, ProviderFault> {
        let refused = |fault: TokenFault| ProviderFault::Refused(fault.to_string());
        let token = tokens
            .id_token
            .as_deref()
            .ok_or_else(|| ProviderFault::Refused("the answer has no signed token".to_owned()))?;
        let expected = Expected {
            issuer: &self.issuer,
            client_id: &self.client_id,
            nonce,
            access_token: &tokens.access_token,
            now,
        };
        match verify(token, &found.keys, &expected) {
            // The provider may have changed its keys since we read them.
            Err(TokenFault::UnknownKey) => {
                verify(token, &self.discover(AGAIN).await?.keys, &expected).map_err(refused)
            }
            other => other.map_err(refused),
        }
    }

    /// What the user-info endpoint adds, when the signed claims leave name or address out. The signed token
    /// says who it is, so an endpoint that says no costs nobody their sign-in.
    async fn told(
        &self,
        found: &Discovered,
        tokens: &Tokens,
        signed: &Person,
    ) -> Result<Option<Person>, ProviderFault> {
        let Some(url) = found.userinfo.as_deref().filter(|_| !signed.is_complete()) else { return Ok(None) };
        let told: Map<String, Value> = match self.http.json(url, Some(tokens.access_token.secret())).await {
            Ok(told) => told,
            // Without an address, a newcomer had better come again than join without one.
            Err(fault @ ProviderFault::Down(_)) if signed.email.is_none() => return Err(fault),
            Err(fault) => {
                tracing::info!(cause = %fault, "the user-info endpoint of an identity provider returned nothing usable");
                return Ok(None);
            }
        };
        let told = Person::read(&told);
        if told.subject == signed.subject {
            Ok(Some(told))
        } else {
            Err(ProviderFault::Refused("the user info is about another subject".to_owned()))
        }
    }

    /// What the portal keeps. An address counts only when the provider verified it, or when the operator
    /// trusts a provider that does not say. One that is said to be unverified never counts.
    fn proof(&self, signed: Person, told: Person) -> Proof {
        // Each source verifies its own address and no other.
        let verified = match &signed.email {
            None => told.email_verified,
            same if *same == told.email => signed.email_verified.or(told.email_verified),
            _ => signed.email_verified,
        };
        let email = signed.email.or(told.email);
        let name = signed.name.or(told.name).unwrap_or_default();
        Proof {
            issuer: self.issuer.clone(),
            subject: signed.subject,
            label: signed.username.or(told.username).unwrap_or_else(|| name.clone()),
            name,
            verified_address: email
                .filter(|_| verified.unwrap_or(self.trusts_addresses))
                .and_then(|email| Address::parse(&email)),
        }
    }

    /// The discovery document with its keys, if need be read again.
    async fn discover(&self, fresh: Duration) -> Result<Arc<Discovered>, ProviderFault> {
        // Held while reading, so that a hundred sign-ins ask the provider once.
        let mut found = self.found.lock().await;
        if let Some((at, discovered)) = found.as_ref()
            && at.elapsed() < fresh
        {
            return Ok(Arc::clone(discovered));
        }
        let discovered = Arc::new(discover(&self.issuer, &self.http).await?);
        *found = Some((Tick::now(), Arc::clone(&discovered)));
        Ok(discovered)
    }

    fn client(&self, found: &Discovered, callback: &str) -> Result<Client, ProviderFault> {
        let callback =
            RedirectUrl::new(callback.to_owned()).map_err(|fault| ProviderFault::Down(fault.to_string()))?;
        Ok(oauth2::Client::new(ClientId::new(self.client_id.clone()))
            .set_client_secret(ClientSecret::new(self.client_secret.expose_secret().to_owned()))
            .set_auth_uri(found.authorize.clone())
            .set_token_uri(found.token.clone())
            .set_auth_type(found.auth_type.clone())
            .set_redirect_uri(callback))
    }
}

fn token_fault<RE, T>(fault: RequestTokenError<RE, T>) -> ProviderFault
where
    RE: Error + 'static,
    T: ErrorResponse + 'static,
{
    match fault {
        RequestTokenError::Request(cause) => ProviderFault::Down(with_causes(&cause)),
        other => ProviderFault::Refused(with_causes(&other)),
    }
}

#[cfg(test)]
#[path = "oidc_tests.rs"]
mod tests;
