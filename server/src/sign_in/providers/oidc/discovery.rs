//! Reads the discovery document of a provider and its keys. Only the fields that sign-in needs are read,
//! because some providers leave out the others, leave them empty or don't follow the standard.

use oauth2::{AuthType, AuthUrl, TokenUrl};
use openidconnect::core::CoreJsonWebKeySet;
use serde::Deserialize;
use serde_json::Value;

use super::super::{ProviderError, http::Http};

/// The endpoints and keys of a provider.
#[derive(Debug)]
pub(super) struct Discovered {
    pub(super) authorize: AuthUrl,
    pub(super) token: TokenUrl,
    pub(super) userinfo: Option<String>,
    /// How the client authenticates at the token endpoint.
    pub(super) auth_type: AuthType,
    /// The keys that sign tokens, without keys of unknown types.
    pub(super) keys: CoreJsonWebKeySet,
}

#[derive(Deserialize)]
struct Document {
    issuer: String,
    authorization_endpoint: AuthUrl,
    token_endpoint: TokenUrl,
    jwks_uri: String,
    #[serde(default)]
    userinfo_endpoint: Value,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Value,
}

/// Reads the discovery document of an issuer and then its keys.
pub(super) async fn discover(issuer: &str, http: &Http) -> Result<Discovered, ProviderError> {
    let url = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
    let document: Document = http.json(&url, None).await?;
    if document.issuer != issuer {
        return Err(ProviderError::Refused("its discovery document names another issuer".to_owned()));
    }
    let keys = http.json(&document.jwks_uri, None).await?;
    Ok(Discovered {
        auth_type: auth_type(&document.token_endpoint_auth_methods_supported),
        userinfo: document.userinfo_endpoint.as_str().filter(|url| !url.is_empty()).map(str::to_owned),
        authorize: document.authorization_endpoint,
        token: document.token_endpoint,
        keys,
    })
}

/// HTTP Basic, the default of the standard, unless the provider only accepts the secret in the form.
fn auth_type(methods: &Value) -> AuthType {
    let takes = |method: &str| {
        methods.as_array().is_some_and(|methods| methods.iter().any(|listed| listed == method))
    };
    if takes("client_secret_post") && !takes("client_secret_basic") {
        AuthType::RequestBody
    } else {
        AuthType::BasicAuth
    }
}
