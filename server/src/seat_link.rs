//! `/seat/{token}`: the page of one seat behind a signed link in an email, which works without signing in
//! (A10). The link doesn't sign anybody in.

use app::{
    context::Visit,
    error::AppError,
    events::pages::{read_guests, seat_link::seat_link},
    flash::Flash,
};
use axum::{
    Extension, Form, Router,
    extract::{Path, State as Shared},
    http::HeaderMap,
    response::Response,
    routing::get,
};
use domain::{RsvpId, links::Link};
use serde::Deserialize;
use store::{
    StoreError,
    events::{self, ByLink},
};

use crate::{errors::Fail, signed_page, state::State};

/// The route of seat links.
pub(crate) fn routes() -> Router<State> {
    Router::new().route("/seat/{token}", get(show).post(act))
}

fn seat_of(state: &State, token: &str) -> Result<RsvpId, AppError> {
    match state.links.read(token) {
        Some(Link::Seat(id)) => Ok(id),
        _ => Err(AppError::NotFound),
    }
}

/// Shows the seat. It changes nothing, because scanners follow every link in an email.
async fn show(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Fail> {
    let card = events::seat_card(&state.store, seat_of(&state, &token)?).await?;
    Ok(signed_page::show(&visit, &headers, |flash| {
        seat_link(&visit, &card, &format!("/seat/{token}"), flash)
    }))
}

/// The form of the page's buttons.
#[derive(Deserialize)]
struct ButtonForm {
    #[serde(default)]
    act: String,
    #[serde(default)]
    guests: String,
}

async fn act(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path(token): Path<String>,
    Form(form): Form<ButtonForm>,
) -> Result<Response, Fail> {
    let id = seat_of(&state, &token)?;
    let (act, message) = match form.act.as_str() {
        "leave" => (ByLink::Leave, "flash-event-left"),
        "claim" => (ByLink::Claim, "flash-rsvp-going"),
        "fewer" => (ByLink::Fewer(read_guests(&form.guests)?), "flash-rsvp-going"),
        _ => return Err(AppError::NotFound.into()),
    };
    let flash = match events::by_link(&state.store, id, act).await {
        Ok(()) => Flash::success(message),
        Err(StoreError::Refused(refusal)) => Flash::Refused(refusal),
        Err(error) => return Err(error.into()),
    };
    Ok(signed_page::back(&visit, &format!("/seat/{token}"), &flash))
}
