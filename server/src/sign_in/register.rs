//! Registration in one step on the page of an event (A14).

use app::{
    error::AppError,
    events::pages::register::{EVENT_FIELD, REGISTER_FORM},
};
use axum::{
    Form,
    extract::Path,
    response::{IntoResponse as _, Response},
};
use domain::{
    Slug,
    events::RegistrationForm,
    forms::{Draft, Fields},
    next::with_next,
};
use serde::Deserialize;
use store::{StoreError, events::Registration, sign_in};

use super::request::SignInRequest;
use crate::errors::Fail;

/// The form on the event page.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct RegisterFields {
    name: String,
    address: String,
    mode: String,
}

/// Holds a seat and sends the email that confirms it. The response doesn't reveal whether the address belongs to a
/// member.
pub(super) async fn register(
    request: SignInRequest,
    Path(slug): Path<String>,
    Form(fields): Form<RegisterFields>,
) -> Response {
    let Some(event) = Slug::parse(&slug) else { return Fail::from(AppError::NotFound).into_response() };
    let page = format!("/events/{event}");
    // Members have their own form, which knows them.
    if request.is_signed_in() {
        return request.redirect(&page);
    }
    let form = match RegistrationForm::check(&fields.name, &fields.address, &fields.mode) {
        Ok(form) => form,
        Err(problems) => {
            let RegisterFields { name, address, mode } = fields;
            let fields: Fields =
                [("name", name), ("address", address), ("mode", mode), (EVENT_FIELD, event.to_string())]
                    .map(|(field, text)| (field.to_owned(), text))
                    .into();
            return request.back_with_draft(REGISTER_FORM, &Draft { fields, problems }, &page).await;
        }
    };
    let registration = Registration { event, name: form.name, mode: form.mode, network: request.network() };
    let ask = sign_in::EmailRequest {
        browser: request.token().to_owned(),
        asker: request.asker(&form.address),
        address: form.address,
        next: page.clone(),
        locale: request.visit.locale,
        zone: request.visit.zone,
        registration: Some(registration),
    };
    match sign_in::request_email(&request.store, ask).await {
        Ok(()) => {
            request.discard_draft(REGISTER_FORM).await;
            request.redirect_with_cookie(&with_next("/sign-in/code", &page))
        }
        Err(StoreError::NotFound) => Fail::from(AppError::NotFound).into_response(),
        Err(error) => request.failed(error, &page),
    }
}
