//! OpenID Connect: any provider with a discovery document (authorization code flow, PKCE S256).

use std::{
    error::Error,
    sync::Arc,
    time::{Duration, Instant as Tick},
};

use chrono::Duration as Span;
use domain::{Instant, members::Address};
use openidconnect::{
    AccessTokenHash, AuthenticationFlow, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret,
    CsrfToken, DiscoveryError, EndpointMaybeSet, EndpointNotSet, EndpointSet, ErrorResponse, IssuerUrl,
    Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope,
    SignatureVerificationError, TokenResponse,
    core::{
        CoreClient, CoreIdTokenClaims, CoreJwsSigningAlgorithm as Alg, CoreProviderMetadata,
        CoreResponseType, CoreTokenResponse, CoreUserInfoClaims,
    },
};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Mutex;

use super::{Answer, Asked, Proof, ProviderFault, http::Http, with_causes};
use crate::config;

/// How long a discovery document with its keys is used.
const FRESH: Duration = Duration::from_secs(3600);
/// How soon an unknown key may make us read it again.
const AGAIN: Duration = Duration::from_secs(30);
/// How far the provider's clock may run ahead of ours.
const SKEW: Span = Span::minutes(5);

/// Signatures that only the provider can make. Not HS256: its key is our own client secret.
const ALGORITHMS: [Alg; 9] = [
    Alg::RsaSsaPkcs1V15Sha256,
    Alg::RsaSsaPkcs1V15Sha384,
    Alg::RsaSsaPkcs1V15Sha512,
    Alg::RsaSsaPssSha256,
    Alg::RsaSsaPssSha384,
    Alg::RsaSsaPssSha512,
    Alg::EcdsaP256Sha256,
    Alg::EcdsaP384Sha384,
    Alg::EdDsa,
];

type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// One OpenID Connect provider.
#[derive(Debug)]
pub(super) struct Oidc {
    issuer: IssuerUrl,
    client_id: ClientId,
    client_secret: SecretString,
    http: Http,
    found: Mutex<Option<(Tick, Arc<CoreProviderMetadata>)>>,
}

impl Oidc {
    /// A provider as it is configured; nothing is asked of it yet.
    pub(super) fn new(config: &config::Oidc) -> Result<Self, ProviderFault> {
        let issuer =
            IssuerUrl::new(config.issuer.clone()).map_err(|fault| ProviderFault::Down(fault.to_string()))?;
        Ok(Self {
            issuer,
            client_id: ClientId::new(config.client_id.clone()),
            client_secret: config.client_secret.clone(),
            http: Http::to(&config.issuer).map_err(|fault| ProviderFault::Down(fault.to_string()))?,
            found: Mutex::new(None),
        })
    }

    /// Where the browser goes to sign in.
    pub(super) async fn page(&self, asked: &Asked<'_>) -> Result<String, ProviderFault> {
        let verifier = PkceCodeVerifier::new(asked.verifier.to_owned());
        let state = CsrfToken::new(asked.state.to_owned());
        let nonce = Nonce::new(asked.nonce.to_owned());
        let (url, _, _) = self
            .client(&*self.discover(FRESH).await?, asked.callback)?
            .authorize_url(
                AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
                move || state,
                move || nonce,
            )
            .add_scope(Scope::new("email".to_owned()))
            .add_scope(Scope::new("profile".to_owned()))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .url();
        // The browser must not leave https either.
        if url.scheme() != self.issuer.url().scheme() {
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
        if answer.issuer.is_some_and(|issuer| issuer != self.issuer.as_str()) {
            return Err(ProviderFault::Refused("the answer names another issuer".to_owned()));
        }
        let found = self.discover(FRESH).await?;
        let client = self.client(&found, asked.callback)?;
        let tokens = client
            .exchange_code(AuthorizationCode::new(answer.code.to_owned()))
            .map_err(|fault| ProviderFault::Down(fault.to_string()))?
            .set_pkce_verifier(PkceCodeVerifier::new(asked.verifier.to_owned()))
            .request_async(&self.http)
            .await
            .map_err(token_fault)?;
        let claims = match verify(&client, &tokens, asked.nonce, now) {
            Err(ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey,
            )) => {
                // The provider may have changed its keys since we read them.
                let client = self.client(&*self.discover(AGAIN).await?, asked.callback)?;
                verify(&client, &tokens, asked.nonce, now)
            }
            other => other,
        }
        .map_err(|fault| ProviderFault::Refused(fault.to_string()))?;
        if !(1..=255).contains(&claims.subject().len()) {
            return Err(ProviderFault::Refused("the subject is empty or too long".to_owned()));
        }
        let told = self.told(&client, &tokens, &claims).await?;
        Ok(proof(&claims, told.as_ref()))
    }

    /// What the user-info endpoint adds, when the signed claims leave name or address out.
    async fn told(
        &self,
        client: &Client,
        tokens: &CoreTokenResponse,
        claims: &CoreIdTokenClaims,
    ) -> Result<Option<CoreUserInfoClaims>, ProviderFault> {
        if claims.email().is_some() && claims.name().is_some() {
            return Ok(None);
        }
        // It must speak of the same subject.
        match client.user_info(tokens.access_token().clone(), Some(claims.subject().clone())) {
            Err(_) => Ok(None),
            Ok(request) => request
                .request_async(&self.http)
                .await
                .map(Some)
                .map_err(|fault| ProviderFault::Refused(fault.to_string())),
        }
    }

    /// The discovery document with its keys, if need be read again.
    async fn discover(&self, fresh: Duration) -> Result<Arc<CoreProviderMetadata>, ProviderFault> {
        // Held while reading, so that a hundred sign-ins ask the provider once.
        let mut found = self.found.lock().await;
        if let Some((at, metadata)) = found.as_ref()
            && at.elapsed() < fresh
        {
            return Ok(Arc::clone(metadata));
        }
        let metadata = CoreProviderMetadata::discover_async(self.issuer.clone(), &self.http)
            .await
            .map(Arc::new)
            .map_err(|fault| match fault {
                DiscoveryError::Validation(cause) => ProviderFault::Refused(cause),
                other => ProviderFault::Down(with_causes(&other)),
            })?;
        *found = Some((Tick::now(), Arc::clone(&metadata)));
        Ok(metadata)
    }

    fn client(&self, found: &CoreProviderMetadata, callback: &str) -> Result<Client, ProviderFault> {
        let callback =
            RedirectUrl::new(callback.to_owned()).map_err(|fault| ProviderFault::Down(fault.to_string()))?;
        let secret = ClientSecret::new(self.client_secret.expose_secret().to_owned());
        Ok(CoreClient::from_provider_metadata(found.clone(), self.client_id.clone(), Some(secret))
            .set_redirect_uri(callback))
    }
}

/// The claims of the signed token, once everything about it is right.
fn verify(
    client: &Client,
    tokens: &CoreTokenResponse,
    nonce: &str,
    now: Instant,
) -> Result<CoreIdTokenClaims, ClaimsVerificationError> {
    let token = tokens
        .id_token()
        .ok_or_else(|| ClaimsVerificationError::Other("the answer has no signed token".to_owned()))?;
    let verifier = client
        .id_token_verifier()
        .set_allowed_algs(ALGORITHMS)
        .set_time_fn(move || now)
        .set_issue_time_verifier_fn(move |issued| {
            if issued > now + SKEW { Err("issued in the future".to_owned()) } else { Ok(()) }
        });
    let claims = token.claims(&verifier, &Nonce::new(nonce.to_owned()))?;
    if claims.authorized_party().is_some_and(|party| party != client.client_id()) {
        return Err(ClaimsVerificationError::InvalidAudience("made for another client".to_owned()));
    }
    if let Some(expected) = claims.access_token_hash() {
        let wrong = ClaimsVerificationError::SignatureVerification;
        let key = token.signing_key(&verifier).map_err(wrong)?;
        let algorithm = token.signing_alg().map_err(wrong)?;
        if AccessTokenHash::from_token(tokens.access_token(), algorithm, key).ok().as_ref() != Some(expected)
        {
            return Err(ClaimsVerificationError::Other("the access token is another one's".to_owned()));
        }
    }
    Ok(claims.clone())
}

/// What the portal keeps of the claims. An address counts only when the provider verified it.
fn proof(claims: &CoreIdTokenClaims, told: Option<&CoreUserInfoClaims>) -> Proof {
    let (email, verified) = match (claims.email(), told) {
        (None, Some(told)) => (told.email(), told.email_verified()),
        (email, _) => (email, claims.email_verified()),
    };
    let name =
        claims.name().or_else(|| told?.name()).and_then(|names| names.get(None)).map(|name| name.as_str());
    let label =
        claims.preferred_username().or_else(|| told?.preferred_username()).map(|label| label.as_str());
    let verified_address = email.filter(|_| verified == Some(true)).and_then(|email| Address::parse(email));
    Proof {
        issuer: claims.issuer().to_string(),
        subject: claims.subject().to_string(),
        label: label.or(name).unwrap_or_default().to_owned(),
        name: name.unwrap_or_default().to_owned(),
        verified_address,
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
