//! `/proposal/{token}`: a proposal behind the signed link in an email, which works without signing in (M10). The
//! link doesn't sign anybody in.

use app::{
    context::Visit,
    error::AppError,
    flash::Flash,
    mentoring::{proposal::proposal_link, run_api::answered_key},
};
use axum::{
    Extension, Form, Router,
    extract::{Path, State as Shared},
    http::HeaderMap,
    response::Response,
    routing::get,
};
use domain::{
    ProposalId,
    links::Link,
    mentoring::{Answer, SignUpRole},
};
use serde::Deserialize;
use store::{StoreError, mentoring::proposals};

use crate::{errors::Fail, signed_page, state::State};

/// The route of links to proposals.
pub(crate) fn routes() -> Router<State> {
    Router::new().route("/proposal/{token}", get(show).post(act))
}

fn proposal_of(state: &State, token: &str) -> Result<(ProposalId, SignUpRole), AppError> {
    match state.links.read(token) {
        Some(Link::Proposal(id, side)) => Ok((id, side)),
        _ => Err(AppError::NotFound),
    }
}

/// Shows the proposal. It changes nothing, because scanners follow every link in an email.
async fn show(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Fail> {
    let (id, side) = proposal_of(&state, &token)?;
    let proposal = proposals::by_link(&state.store, id, side).await?;
    Ok(signed_page::show(&visit, &headers, |flash| {
        proposal_link(&visit, &proposal, &format!("/proposal/{token}"), flash)
    }))
}

/// The form of the page's buttons.
#[derive(Deserialize)]
struct ButtonForm {
    #[serde(default)]
    act: String,
}

async fn act(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path(token): Path<String>,
    Form(form): Form<ButtonForm>,
) -> Result<Response, Fail> {
    let (id, side) = proposal_of(&state, &token)?;
    let answer: Answer = form.act.parse().map_err(|()| AppError::NotFound)?;
    let flash = match proposals::answer_by_link(&state.store, id, side, answer).await {
        Ok(answered) => Flash::success(answered_key(answered)),
        Err(StoreError::Refused(refusal)) => Flash::Refused(refusal),
        Err(error) => return Err(error.into()),
    };
    Ok(signed_page::back(&visit, &format!("/proposal/{token}"), &flash))
}
