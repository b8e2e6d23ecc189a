//! `/standing-seat/{token}`: a standing RSVP behind the signed link in the email, which works without signing in (B9). The
//! link doesn't sign anybody in.

use app::{context::Visit, error::AppError, events::pages::series::still_wanted::still_wanted, flash::Flash};
use axum::{
    Extension, Form, Router,
    extract::{Path, State as Shared},
    http::HeaderMap,
    response::Response,
    routing::get,
};
use domain::{SeriesRsvpId, links::Link};
use serde::Deserialize;
use store::{StoreError, series};

use crate::{errors::Fail, signed_page, state::State};

/// The route of links to standing RSVPs.
pub(crate) fn routes() -> Router<State> {
    Router::new().route("/standing-seat/{token}", get(show).post(act))
}

fn standing_of(state: &State, token: &str) -> Result<SeriesRsvpId, AppError> {
    match state.links.read(token) {
        Some(Link::StandingRsvp(id)) => Ok(id),
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
    let id = standing_of(&state, &token)?;
    let standing = series::standing_by_link(&state.store, id).await?;
    Ok(signed_page::show(&visit, &headers, |flash| {
        still_wanted(&visit, standing.as_ref(), &format!("/standing-seat/{token}"), flash)
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
    let id = standing_of(&state, &token)?;
    let flash = match form.answer.as_str() {
        "keep" => Flash::success("flash-series-kept"),
        "stop" => match series::stop_by_link(&state.store, id).await {
            Ok(()) => Flash::success("flash-series-stopped"),
            Err(StoreError::Refused(refusal)) => Flash::Refused(refusal),
            Err(error) => return Err(error.into()),
        },
        _ => return Err(AppError::NotFound.into()),
    };
    Ok(signed_page::back(&visit, &format!("/standing-seat/{token}"), &flash))
}
