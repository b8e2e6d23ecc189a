//! Setup: the operator's one-time link creates the community and its first admin.

use axum::{Form, response::Response};
use domain::{
    Problems, Refusal, Zone,
    checks::Checks,
    forms::{Draft, Fields},
    members::Address,
};
use serde::Deserialize;
use store::{
    StoreError,
    settings::{Colour, SignUp},
    sign_in::{self, Setup},
};

use super::request::SignInRequest;

/// The form of `/setup`.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub(super) struct SetupForm {
    token: String,
    community: String,
    tagline: String,
    sign_up: String,
    colour: String,
    name: String,
    address: String,
    zone: String,
}

impl SetupForm {
    fn check(&self) -> Result<Setup, Problems> {
        let mut checks = Checks::default();
        let community = checks.line("community", &self.community, 1, 80);
        let tagline = checks.line("tagline", &self.tagline, 0, 160);
        // Without a choice, only invited people can join.
        let sign_up = SignUp::of(&self.sign_up).unwrap_or(SignUp::Invite);
        let colour = Colour::of(&self.colour).unwrap_or_default();
        let name = checks.line("name", &self.name, 1, 80);
        let address = Address::parse(&self.address);
        if address.is_none() {
            let empty = self.address.trim().is_empty();
            checks.problem("address", if empty { Refusal::Missing } else { Refusal::BadAddress });
        }
        let zone: Option<Zone> = checks.zone("zone", &self.zone);
        let setup = address.zip(zone).map(|(address, zone)| Setup {
            community,
            tagline,
            sign_up,
            colour,
            name,
            address,
            zone,
        });
        checks.finish(setup)
    }

    /// The address of the form. Our tokens need no encoding. Any other token leads to a page that refuses it.
    fn page(&self) -> String {
        let is_token = self.token.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        if is_token { format!("/setup?token={}", self.token) } else { "/setup".to_owned() }
    }

    /// The typed fields, for the draft. The token isn't one of them, because it is in the link.
    fn fields(self) -> Fields {
        [
            ("community", self.community),
            ("tagline", self.tagline),
            ("sign_up", self.sign_up),
            ("colour", self.colour),
            ("name", self.name),
            ("address", self.address),
            ("zone", self.zone),
        ]
        .map(|(field, text)| (field.to_owned(), text))
        .into()
    }
}

/// Creates the community and its first admin.
pub(super) async fn save(request: SignInRequest, Form(form): Form<SetupForm>) -> Response {
    let page = form.page();
    let setup = match form.check() {
        Ok(setup) => setup,
        Err(problems) => {
            return request.back_with_draft("setup", &Draft { fields: form.fields(), problems }, &page).await;
        }
    };
    match sign_in::setup(&request.store, &form.token, setup, request.browser()).await {
        Ok(session) => {
            request.discard_draft("setup").await;
            request.signed_in(&session, None).await
        }
        Err(StoreError::Invalid(problems)) => {
            request.back_with_draft("setup", &Draft { fields: form.fields(), problems }, &page).await
        }
        Err(error) => request.failed(error, &page),
    }
}
