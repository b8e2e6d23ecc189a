//! The demo lets its visitors be any sample member. The guard lets nobody else reach this.

use axum::{Form, response::Response};
use serde::Deserialize;

use super::asking::Asking;

/// The form behind each sample member.
#[derive(Deserialize)]
pub(super) struct DemoForm {
    #[serde(default)]
    key: String,
    #[serde(default)]
    next: String,
}

/// Signs in as a sample member; the store has them in the demo only.
pub(super) async fn sign_in(asking: Asking, Form(form): Form<DemoForm>) -> Response {
    match store::sign_in::as_demo(&asking.store, &form.key, asking.browser()).await {
        Ok(mut opened) => {
            opened.next = form.next;
            asking.signed_in(&opened, None).await
        }
        Err(fault) => asking.failed(fault, "/sign-in"),
    }
}
