//! The kudos wall for a screen that everybody sees, such as the television in the office (K9). Its link is signed, needs
//! no account, and shows public kudos only, whoever is signed in on the computer behind the screen.

use app::{
    context::Visit,
    error::AppError,
    kudos::screen::{MAX_CARDS, screen},
    layout::bare_page,
};
use axum::{
    Extension,
    extract::{Path, State as Shared},
    response::{Html, IntoResponse, Redirect, Response},
};
use domain::{Actor, links::Link};
use leptos::prelude::{Owner, provide_context};
use store::kudos;

use crate::{errors::Fail, state::State};

/// Leads a member to the signed link, which they open on the screen.
pub(super) async fn link(Shared(state): Shared<State>) -> Redirect {
    Redirect::to(&format!("/kudos/screen/{}", state.links.sign(&Link::KudosScreen)))
}

/// The wall.
pub(super) async fn show(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path(token): Path<String>,
) -> Result<Response, Fail> {
    if state.links.read(&token) != Some(Link::KudosScreen) {
        return Err(AppError::NotFound.into());
    }
    let visit = as_visitor(visit);
    // Read before the cards, so that the stream repeats a card rather than missing one.
    let seq = kudos::latest_seq(&state.store).await?;
    let cards = kudos::latest(&state.store, &Actor::Anonymous, MAX_CARDS).await?;
    let page = Owner::new().with(|| {
        provide_context(visit.clone());
        let (title, body) = screen(&visit, cards, seq);
        bare_page(&visit, &title, body)
    });
    Ok(Html(page).into_response())
}

/// The visit without its member.
pub(super) fn as_visitor(visit: Visit) -> Visit {
    Visit { actor: Actor::Anonymous, member: None, ..visit }
}
