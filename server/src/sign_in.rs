//! Sign-in by email, with a provider, as a sample member of the demo or with an invitation's link, and the
//! setup of the first admin.
//!
//! These are plain routes and forms, because the router of pages decodes parameters twice, which breaks
//! secrets.

pub mod askers;
mod demo;
mod device;
mod invitation;
mod mail;
pub mod providers;
mod register;
mod request;
mod setup;
mod with;

use axum::{
    Router,
    response::Response,
    routing::{get, post},
};

use crate::state::State;
use request::SignInRequest;

/// All sign-in routes that are not pages of `app`.
pub fn routes() -> Router<State> {
    Router::new()
        .route("/sign-in", post(mail::ask))
        .route("/sign-in/code", post(mail::code))
        .route("/sign-in/link/{secret}", get(mail::link).post(mail::use_link))
        .route("/sign-in/with/{provider}", get(with::start))
        .route("/sign-in/with/{provider}/callback", get(with::callback))
        .route("/sign-in/demo", post(demo::sign_in))
        .route("/setup", post(setup::save))
        .route("/events/{slug}/register", post(register::register))
        .route("/request-invitation", post(invitation::request_invitation))
        .route("/invitations/{secret}", get(invitation::show).post(invitation::accept))
        .route("/sign-out", post(sign_out))
}

async fn sign_out(request: SignInRequest) -> Response {
    match store::members::sign_out(&request.store, &request.visit.actor).await {
        Ok(()) => request.signed_out(),
        Err(error) => request.failed(error, "/"),
    }
}
