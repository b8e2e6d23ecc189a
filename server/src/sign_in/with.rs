//! Sign-in with an identity provider. If a member is signed in already, this connects the provider to their
//! account.

use app::flash::Flash;
use axum::{
    extract::{Path, Query, State as FromState},
    response::Response,
};
use domain::{
    Refusal,
    next::{safe_next, with_next},
};
use serde::Deserialize;
use store::sign_in::{self, ProvedIdentity, ProviderStart, new_token};

use super::{
    providers::{AuthRequest, AuthResponse, Proof, ProviderError},
    request::SignInRequest,
};
use crate::state::State;

/// The query of the start: the page to open after the sign-in.
#[derive(Deserialize)]
pub(super) struct StartQuery {
    #[serde(default)]
    next: String,
}

/// Sends the browser to the provider.
pub(super) async fn start(
    FromState(state): FromState<State>,
    request: SignInRequest,
    Path(key): Path<String>,
    Query(query): Query<StartQuery>,
) -> Response {
    let (next, back) = if request.visit.actor.member().is_some() {
        ("/profile".to_owned(), "/profile".to_owned())
    } else {
        (safe_next(&query.next), with_next("/sign-in", &query.next))
    };
    let Some(provider) = state.providers.find(&key) else {
        return request.refused(Refusal::ProviderRefused, &back);
    };
    // Each has 256 random bits. The verifier has the length that PKCE requires.
    let (token, nonce, verifier) = (new_token(), new_token(), new_token());
    let callback = callback_url(&state, &key);
    let auth = AuthRequest { callback: &callback, state: &token, nonce: &nonce, verifier: &verifier };
    let page = match provider.sign_in_url(&auth).await {
        Ok(page) => page,
        Err(error) => return request.refused(logged(&key, &error), &back),
    };
    let start = ProviderStart { provider: key, nonce, verifier, next };
    match sign_in::start_provider(&request.store, request.token(), &token, start).await {
        Ok(()) => request.redirect_with_cookie(&page),
        Err(error) => request.failed(error, &back),
    }
}

/// The query with which the browser returns from the provider.
#[derive(Deserialize)]
pub(super) struct CallbackQuery {
    #[serde(default)]
    state: String,
    code: Option<String>,
    error: Option<String>,
    iss: Option<String>,
}

/// Handles the browser's return from the provider.
pub(super) async fn callback(
    FromState(state): FromState<State>,
    request: SignInRequest,
    Path(key): Path<String>,
    Query(query): Query<CallbackQuery>,
) -> Response {
    let back = if request.visit.actor.member().is_some() { "/profile" } else { "/sign-in" };
    // Take the start first, whatever the response is, because it is only valid once and in the same browser.
    let start = match sign_in::take_provider(&request.store, request.token(), &query.state).await {
        Ok(start) => start,
        Err(error) => return request.failed(error, back),
    };
    let proof = match prove(&state, &request, &key, &query, &start).await {
        Ok(proof) => proof,
        Err(error) => return request.refused(logged(&key, &error), back),
    };
    let identity = ProvedIdentity {
        issuer: proof.issuer,
        subject: proof.subject,
        label: proof.label,
        name: proof.name,
        verified_address: proof.verified_address,
        locale: request.visit.locale,
    };
    let actor = &request.visit.actor;
    match sign_in::by_provider(&request.store, actor, identity, &start.next, request.browser()).await {
        Ok(session) => {
            let flash = actor.member().map(|_| Flash::success("flash-provider-connected"));
            request.signed_in(&session, flash).await
        }
        Err(error) => request.failed(error, back),
    }
}

async fn prove(
    state: &State,
    request: &SignInRequest,
    key: &str,
    query: &CallbackQuery,
    start: &ProviderStart,
) -> Result<Proof, ProviderError> {
    let refused = |cause: &str| Err(ProviderError::Refused(cause.to_owned()));
    if start.provider != key {
        return refused("the response arrived at the callback of another provider");
    }
    let Some(provider) = state.providers.find(key) else {
        return refused("the provider is no longer configured");
    };
    let Some(code) = query.code.as_deref().filter(|_| query.error.is_none()) else {
        return refused(query.error.as_deref().map_or("the response has no code", known_error));
    };
    let callback = callback_url(state, key);
    let auth = AuthRequest {
        callback: &callback,
        state: &query.state,
        nonce: &start.nonce,
        verifier: &start.verifier,
    };
    let response = AuthResponse { code, issuer: query.iss.as_deref() };
    provider.prove(&auth, &response, request.store.now()).await
}

/// A sentence for the errors of the standard. Other texts aren't logged, because anybody can write the query.
fn known_error(error: &str) -> &'static str {
    match error {
        "access_denied" => "the person declined",
        "login_required" | "interaction_required" | "consent_required" => {
            "the person did not finish signing in"
        }
        "temporarily_unavailable" | "server_error" => "the provider reported a temporary error",
        _ => "the provider refused the sign-in",
    }
}

fn callback_url(state: &State, key: &str) -> String {
    format!("{}/sign-in/with/{key}/callback", state.public_url)
}

/// Logs the cause for the operator, and returns the message for the person.
fn logged(provider: &str, error: &ProviderError) -> Refusal {
    match error {
        ProviderError::Refused(cause) => {
            tracing::warn!(provider, cause, "refused a sign-in with an identity provider");
            Refusal::ProviderRefused
        }
        ProviderError::Unavailable(cause) => {
            tracing::warn!(provider, cause, "could not reach an identity provider");
            Refusal::ProviderDown
        }
    }
}
