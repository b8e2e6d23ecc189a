//! The screen at the door of a room (D13): a signed link that needs no account, shows what visitors may see, and loads
//! itself again without a script.

use app::{
    call::read_slug, context::Visit, error::AppError, events::pages::screen::room_screen, layout::bare_page,
};
use axum::{
    Extension, Router,
    extract::{Path, State as Shared},
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use domain::{Actor, links::Link};
use http::{HeaderValue, header};
use leptos::prelude::{Owner, provide_context};
use store::schedule;
use uuid::Uuid;

use crate::{errors::Fail, state::State};

/// How many seconds a browser waits until it loads the screen again.
const REFRESH: &str = "30";

/// The routes: one leads an organiser to the link, the other one is the link.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/events/{slug}/board/rooms/{room}/screen", get(link))
        .route("/events/{slug}/screen/{token}", get(show))
}

/// Leads an organiser to the signed link, which they open on the screen.
async fn link(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path((slug, room)): Path<(String, String)>,
) -> Result<Redirect, Fail> {
    let slug = read_slug(&slug)?;
    let room: Uuid = room.parse().map_err(|_| AppError::NotFound)?;
    let number = schedule::screen_number(&state.store, &visit.actor, &slug, room).await?;
    let token = state.links.sign(&Link::RoomScreen { room, number });
    Ok(Redirect::to(&format!("/events/{slug}/screen/{token}")))
}

/// The screen.
async fn show(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path((slug, token)): Path<(String, String)>,
) -> Result<Response, Fail> {
    let Some(Link::RoomScreen { room, number }) = state.links.read(&token) else {
        return Err(AppError::NotFound.into());
    };
    let now = state.store.now();
    let loaded = schedule::room_screen(&state.store, &read_slug(&slug)?, room, number, now).await?;
    let visit = Visit { actor: Actor::Anonymous, member: None, ..visit };
    let page = Owner::new().with(|| {
        provide_context(visit.clone());
        let (title, body) = room_screen(&loaded, now);
        bare_page(&visit, &title, body)
    });
    let mut response = Html(page).into_response();
    // Does the same as `meta http-equiv="refresh"`.
    response.headers_mut().insert(header::REFRESH, HeaderValue::from_static(REFRESH));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
