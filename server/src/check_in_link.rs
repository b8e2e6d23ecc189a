//! `/check-in/{token}`: a check-in of a mentorship behind the signed link in the email, which works without signing in
//! (M15, M18). The link doesn't sign anybody in.

use app::{context::Visit, error::AppError, flash::Flash, mentorships::check_in::check_in_link};
use axum::{
    Extension, Form, Router,
    extract::{Path, State as Shared},
    http::HeaderMap,
    response::Response,
    routing::get,
};
use domain::{CheckInId, links::Link, mentorships::Pulse};
use serde::Deserialize;
use store::{StoreError, mentorships};

use crate::{errors::Fail, signed_page, state::State};

/// The route of links to check-ins.
pub(crate) fn routes() -> Router<State> {
    Router::new().route("/check-in/{token}", get(show).post(act))
}

fn check_in_of(state: &State, token: &str) -> Result<CheckInId, AppError> {
    match state.links.read(token) {
        Some(Link::CheckIn(id)) => Ok(id),
        _ => Err(AppError::NotFound),
    }
}

/// Shows the question. It changes nothing, because scanners follow every link in an email.
async fn show(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Fail> {
    let id = check_in_of(&state, &token)?;
    let asked = mentorships::check_in_by_link(&state.store, id).await?;
    Ok(signed_page::show(&visit, &headers, |flash| {
        check_in_link(&visit, &asked, &format!("/check-in/{token}"), flash)
    }))
}

/// The form of the page's buttons.
#[derive(Deserialize)]
struct ButtonForm {
    #[serde(default)]
    answer: String,
}

async fn act(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path(token): Path<String>,
    Form(form): Form<ButtonForm>,
) -> Result<Response, Fail> {
    let id = check_in_of(&state, &token)?;
    let answer: Pulse = form.answer.parse().map_err(|_| AppError::NotFound)?;
    let flash = match mentorships::answer_check_in_by_link(&state.store, id, answer).await {
        Ok(()) => Flash::success("flash-check-in-answered"),
        Err(StoreError::Refused(refusal)) => Flash::Refused(refusal),
        Err(error) => return Err(error.into()),
    };
    Ok(signed_page::back(&visit, &format!("/check-in/{token}"), &flash))
}
