//! What programs read of kudos: the live stream of the wall (K9), the feeds of public kudos (K11), and a member's own
//! kudos as a table.

mod api;
mod atom;
mod card_picture;
mod export;
mod json;
mod screen;
mod share_card;
mod stream;
pub mod webhook;

pub(crate) use stream::watch;

use app::routes::KUDOS_API;
use axum::{
    Router,
    routing::{get, post},
};

use crate::state::State;

/// The route for programs. It has none of the guards for pages: it reads no cookie, and its handler limits requests.
pub(crate) fn machine() -> Router<State> {
    Router::new().route(KUDOS_API, post(api::give))
}

/// The routes.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/kudos/stream", get(stream::stream))
        .route("/kudos/mine.csv", get(export::mine))
        .route("/kudos/{id}/card.png", get(share_card::picture))
        .route("/kudos/screen", get(screen::link))
        .route("/kudos/screen/{token}", get(screen::show))
        .route("/kudos.atom", get(atom::atom))
        .route("/kudos.json", get(json::json))
}
