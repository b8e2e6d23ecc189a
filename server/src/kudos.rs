//! What programs read of kudos: the live stream of the wall (K9), the feeds of public kudos (K11), and a member's own
//! kudos as a table.

mod atom;
mod card_picture;
mod export;
mod json;
mod screen;
mod share_card;
mod stream;
pub mod webhook;

pub(crate) use stream::watch;

use axum::{Router, routing::get};

use crate::state::State;

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
