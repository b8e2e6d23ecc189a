//! Limits how many forms one member can send, whatever the forms change and from whatever address. The limits
//! of single verbs are in `store`. This one keeps an account from filling the database, the audit log and the
//! outbox.

use app::{context::Visit, error::AppError};
use axum::{
    extract::{Request, State as Shared},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::Method;

use crate::{errors::Fail, state::State};

/// The middleware. Signing out is never limited, because it stops anyone else who is using the account.
pub async fn guard(Shared(state): Shared<State>, request: Request, next: Next) -> Response {
    let counted = *request.method() == Method::POST && request.uri().path() != "/sign-out";
    let member = request.extensions().get::<Visit>().and_then(|visit| visit.actor.member());
    if let Some(member) = member.filter(|_| counted && state.guards.account)
        && let Err(seconds) = state.accounts.count(member)
    {
        tracing::info!("a member sent too many forms");
        return Fail::from(AppError::SlowDown { seconds }).into_response();
    }
    next.run(request).await
}
