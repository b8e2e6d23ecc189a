//! `/seat/{token}`: the page of one seat behind a signed link in an email, which works without signing in
//! (A10). The link doesn't sign anybody in.
//!
//! This is a plain route, because the router of pages decodes parameters twice, which breaks tokens.

use app::{
    context::Visit,
    error::AppError,
    events::pages::{read_guests, seat_link::seat_link},
    flash::{self, Flash},
    layout::plain_page,
};
use axum::{
    Extension, Form, Router,
    extract::{Path, State as Shared},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use domain::{RsvpId, links::Link};
use leptos::prelude::{Owner, provide_context};
use serde::Deserialize;
use store::{
    StoreError,
    events::{self, ByLink},
};

use crate::{errors::Fail, state::State};

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
    let cookies = headers.get_all(header::COOKIE).iter();
    let flash = cookies.filter_map(|cookie| flash::find(cookie.to_str().ok()?)).next();
    let clear = flash.is_some().then(|| flash::clear_cookie(visit.secure));
    let page = Owner::new().with(|| {
        provide_context(visit.clone());
        let (title, body) = seat_link(&visit, &card, &format!("/seat/{token}"), flash);
        plain_page(&visit, &title, body)
    });
    let mut response = Html(page).into_response();
    set_cookie(&mut response, clear);
    Ok(response)
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
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(to) = HeaderValue::try_from(format!("/seat/{token}")) {
        response.headers_mut().insert(header::LOCATION, to);
    }
    set_cookie(&mut response, Some(flash.set_cookie(visit.secure)));
    Ok(response)
}

fn set_cookie(response: &mut Response, cookie: Option<String>) {
    if let Some(cookie) = cookie.and_then(|cookie| HeaderValue::try_from(cookie).ok()) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}
