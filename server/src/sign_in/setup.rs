//! Setup: the operator's one-time link makes the first administrator.

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
    settings::SignUp,
    sign_in::{self, Setup},
};

use super::asking::Asking;

/// The form of `/setup`.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub(super) struct SetupForm {
    token: String,
    community: String,
    tagline: String,
    sign_up: String,
    name: String,
    address: String,
    zone: String,
}

impl SetupForm {
    fn check(&self) -> Result<Setup, Problems> {
        let mut checks = Checks::default();
        let community = checks.line("community", &self.community, 1, 80);
        let tagline = checks.line("tagline", &self.tagline, 0, 160);
        // Who says nothing opens nothing.
        let sign_up = SignUp::of(&self.sign_up).unwrap_or(SignUp::Invite);
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
            name,
            address,
            zone,
        });
        checks.finish(setup)
    }

    /// Where the form is. A token of ours needs no encoding; any other leads to a page that refuses it.
    fn page(&self) -> String {
        let is_token = self.token.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        if is_token { format!("/setup?token={}", self.token) } else { "/setup".to_owned() }
    }

    /// What was typed. The token is not: it stays in the link.
    fn fields(self) -> Fields {
        [
            ("community", self.community),
            ("tagline", self.tagline),
            ("sign_up", self.sign_up),
            ("name", self.name),
            ("address", self.address),
            ("zone", self.zone),
        ]
        .map(|(field, text)| (field.to_owned(), text))
        .into()
    }
}

/// Makes the community and its first administrator.
pub(super) async fn save(asking: Asking, Form(form): Form<SetupForm>) -> Response {
    let page = form.page();
    let setup = match form.check() {
        Ok(setup) => setup,
        Err(problems) => {
            return asking.try_again("setup", &Draft { fields: form.fields(), problems }, &page).await;
        }
    };
    match sign_in::setup(&asking.store, &form.token, setup, asking.browser()).await {
        Ok(opened) => {
            asking.forget("setup").await;
            asking.signed_in(&opened, None).await
        }
        Err(StoreError::Invalid(problems)) => {
            asking.try_again("setup", &Draft { fields: form.fields(), problems }, &page).await
        }
        Err(fault) => asking.failed(fault, &page),
    }
}
