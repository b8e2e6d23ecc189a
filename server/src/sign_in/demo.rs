//! In the demo, visitors can sign in as any sample member. The access guard only admits this route in the demo.

use axum::{Form, response::Response};
use serde::Deserialize;

use super::request::SignInRequest;

/// The form of each sample member on the sign-in page.
#[derive(Deserialize)]
pub(super) struct DemoForm {
    #[serde(default)]
    key: String,
    #[serde(default)]
    next: String,
}

/// Signs in as a sample member. The store only has them in the demo.
pub(super) async fn sign_in(request: SignInRequest, Form(form): Form<DemoForm>) -> Response {
    match store::sign_in::as_demo(&request.store, &form.key, request.browser()).await {
        Ok(mut session) => {
            session.next = form.next;
            request.signed_in(&session, None).await
        }
        Err(error) => request.failed(error, "/sign-in"),
    }
}
