//! What programs read of kudos: the live stream of the wall (K9), and the Atom feed of public kudos (K11).

mod atom;
mod stream;

pub(crate) use stream::{Walls, watch};

use axum::{Router, routing::get};

use crate::state::State;

/// The routes.
pub(crate) fn routes() -> Router<State> {
    Router::new().route("/kudos/stream", get(stream::stream)).route("/kudos.atom", get(atom::atom))
}
