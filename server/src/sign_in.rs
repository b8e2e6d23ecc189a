//! Sign-in: by mail, with a provider, as a sample member of the demo, by the link of an invitation,
//! and the first administrator's setup.
//!
//! Plain routes and forms. The router of pages decodes parameters twice, which secrets do not survive.

pub mod askers;
mod asking;
mod demo;
mod device;
mod invitation;
mod mail;
pub mod providers;
mod setup;
mod with;

use axum::{
    Router,
    response::Response,
    routing::{get, post},
};

use crate::state::State;
use asking::Asking;

/// Every route of sign-in that is no page.
pub fn routes() -> Router<State> {
    Router::new()
        .route("/sign-in", post(mail::ask))
        .route("/sign-in/code", post(mail::code))
        .route("/sign-in/link/{secret}", get(mail::link).post(mail::use_link))
        .route("/sign-in/with/{provider}", get(with::start))
        .route("/sign-in/with/{provider}/callback", get(with::callback))
        .route("/sign-in/demo", post(demo::sign_in))
        .route("/setup", post(setup::save))
        .route("/request-invitation", post(invitation::request))
        .route("/invitations/{secret}", get(invitation::show).post(invitation::accept))
        .route("/sign-out", post(sign_out))
}

async fn sign_out(asking: Asking) -> Response {
    match store::members::sign_out(&asking.store, &asking.visit.actor).await {
        Ok(()) => asking.goodbye(),
        Err(fault) => asking.failed(fault, "/"),
    }
}
