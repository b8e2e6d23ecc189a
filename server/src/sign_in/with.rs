//! Sign-in with a provider, and connecting one to a member who is signed in.

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
    asking::Asking,
    providers::{Answer, Asked, Proof, ProviderFault},
};
use crate::state::State;

/// Where to go afterwards.
#[derive(Deserialize)]
pub(super) struct StartQuery {
    #[serde(default)]
    next: String,
}

/// Sends the browser to the provider.
pub(super) async fn start(
    FromState(state): FromState<State>,
    asking: Asking,
    Path(key): Path<String>,
    Query(query): Query<StartQuery>,
) -> Response {
    let (next, back) = if asking.visit.actor.member().is_some() {
        ("/profile".to_owned(), "/profile".to_owned())
    } else {
        (safe_next(&query.next), with_next("/sign-in", &query.next))
    };
    let Some(provider) = state.providers.find(&key) else {
        return asking.refused(Refusal::ProviderRefused, &back);
    };
    // All three are 256 random bits: a state, a nonce and a PKCE verifier of the length it must have.
    let (token, nonce, verifier) = (new_token(), new_token(), new_token());
    let callback = callback_url(&state, &key);
    let asked = Asked { callback: &callback, state: &token, nonce: &nonce, verifier: &verifier };
    let page = match provider.page(&asked).await {
        Ok(page) => page,
        Err(fault) => return asking.refused(logged(&key, &fault), &back),
    };
    let start = ProviderStart { provider: key, nonce, verifier, next };
    match sign_in::start_provider(&asking.store, asking.token(), &token, start).await {
        Ok(()) => asking.on_to(&page),
        Err(fault) => asking.failed(fault, &back),
    }
}

/// What the provider sends back through the browser.
#[derive(Deserialize)]
pub(super) struct CallbackQuery {
    #[serde(default)]
    state: String,
    code: Option<String>,
    error: Option<String>,
    iss: Option<String>,
}

/// The browser is back from the provider.
pub(super) async fn callback(
    FromState(state): FromState<State>,
    asking: Asking,
    Path(key): Path<String>,
    Query(query): Query<CallbackQuery>,
) -> Response {
    let back = if asking.visit.actor.member().is_some() { "/profile" } else { "/sign-in" };
    // First of all, whatever the answer: it counts once, in the browser that went away with it.
    let start = match sign_in::take_provider(&asking.store, asking.token(), &query.state).await {
        Ok(start) => start,
        Err(fault) => return asking.failed(fault, back),
    };
    let proof = match prove(&state, &asking, &key, &query, &start).await {
        Ok(proof) => proof,
        Err(fault) => return asking.refused(logged(&key, &fault), back),
    };
    let identity = ProvedIdentity {
        issuer: proof.issuer,
        subject: proof.subject,
        label: proof.label,
        name: proof.name,
        verified_address: proof.verified_address,
        locale: asking.visit.locale,
    };
    let actor = &asking.visit.actor;
    match sign_in::by_provider(&asking.store, actor, identity, &start.next, asking.browser()).await {
        Ok(opened) => {
            let flash = actor.member().map(|_| Flash::success("said-provider-connected"));
            asking.signed_in(&opened, flash).await
        }
        Err(fault) => asking.failed(fault, back),
    }
}

async fn prove(
    state: &State,
    asking: &Asking,
    key: &str,
    query: &CallbackQuery,
    start: &ProviderStart,
) -> Result<Proof, ProviderFault> {
    let refused = |cause: &str| Err(ProviderFault::Refused(cause.to_owned()));
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
    let asked =
        Asked { callback: &callback, state: &query.state, nonce: &start.nonce, verifier: &start.verifier };
    let answer = Answer { code, issuer: query.iss.as_deref() };
    provider.prove(&asked, &answer, asking.store.now()).await
}

/// The errors that the standard knows. Others are not repeated: anybody can write that query.
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

/// Logs the cause, which is the operator's business, and gives what the person is told.
fn logged(provider: &str, fault: &ProviderFault) -> Refusal {
    match fault {
        ProviderFault::Refused(cause) => {
            tracing::warn!(provider, cause, "refused a sign-in with an identity provider");
            Refusal::ProviderRefused
        }
        ProviderFault::Down(cause) => {
            tracing::warn!(provider, cause, "could not reach an identity provider");
            Refusal::ProviderDown
        }
    }
}
