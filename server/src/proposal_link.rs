//! `/proposal/{token}`: a proposal behind the signed link in an email, which works without signing in (M10). The
//! link doesn't sign anybody in.
//!
//! This is a plain route, because the router of pages decodes parameters twice, which breaks tokens.

use app::{
    context::Visit,
    error::AppError,
    flash::{self, Flash},
    layout::plain_page,
    mentoring::{proposal::proposal_link, run_api::answered_key},
};
use axum::{
    Extension, Form, Router,
    extract::{Path, State as Shared},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use domain::{
    ProposalId,
    links::Link,
    mentoring::{Answer, SignUpRole},
};
use leptos::prelude::{Owner, provide_context};
use serde::Deserialize;
use store::{StoreError, mentoring::proposals};

use crate::{errors::Fail, state::State};

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
    let cookies = headers.get_all(header::COOKIE).iter();
    let flash = cookies.filter_map(|cookie| flash::find(cookie.to_str().ok()?)).next();
    let clear = flash.is_some().then(|| flash::clear_cookie(visit.secure));
    let page = Owner::new().with(|| {
        provide_context(visit.clone());
        let (title, body) = proposal_link(&visit, &proposal, &format!("/proposal/{token}"), flash);
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
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(to) = HeaderValue::try_from(format!("/proposal/{token}")) {
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
