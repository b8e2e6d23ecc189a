//! The routes of profiles that are neither pages nor small forms: pictures, and checks of links to other sites.

mod link_back;

use app::{context::Visit, flash::Flash, members::card::member_path, routes::PICTURE};
use axum::{
    Extension, Form, Router,
    extract::{DefaultBodyLimit, Path, Request, State as Shared},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::{Refusal, Slug};
use http::header;
use serde::Deserialize;
use store::{StoreError, members};
use uuid::Uuid;

use crate::{errors::Fail, guard::body, picture, see::see, state::State, upload};

/// The routes of pictures and links.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        // The handler limits the size of this form itself, because it is larger than others.
        .route(PICTURE, post(save_picture).layer(DefaultBodyLimit::disable()))
        .route("/members/{slug}/picture/{hash}", get(show_picture))
        .route("/profile/links/verify", post(verify))
}

/// Turns the result into a response. Refusals become a flash message on the profile, other errors become error
/// pages.
fn respond(visit: &Visit, section: &str, done: Result<&str, StoreError>) -> Result<Response, Fail> {
    let page = format!("/profile#{section}");
    match done {
        Ok(key) => Ok(see(visit, &page, Some(&Flash::success(key)))),
        Err(StoreError::Refused(refusal)) => Ok(see(visit, &page, Some(&Flash::Refused(refusal)))),
        Err(error) => Err(error.into()),
    }
}

/// Saves a picture. Checks the policy first, then receives the file, and only then reads and decodes it.
async fn save_picture(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    request: Request,
) -> Result<Response, Fail> {
    if let Err(error) = members::may_save_picture(&visit.actor) {
        body::discard(request).await;
        return respond(&visit, "picture", Err(error));
    }
    let upload = upload::receive(&state, request, body::MAX_PICTURE).await?;
    let done = async {
        let permit = picture::Permit::wait().await?;
        let mut form = picture::PictureForm::read(upload.form).await?;
        let bytes = form.chosen()?.ok_or(Refusal::PictureMissing)?;
        let small = picture::square(permit, bytes).await?;
        members::save_picture(&state.store, &visit.actor, small).await?;
        Ok("flash-picture-saved")
    };
    respond(&visit, "picture", done.await)
}

/// Serves a picture. Its address contains the hash of its content, so it never changes. But its visibility can
/// change, so only the reader's browser may cache it, for ten minutes.
async fn show_picture(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path((slug, hash)): Path<(String, String)>,
) -> Result<Response, Fail> {
    let slug = Slug::parse(&slug).ok_or(StoreError::NotFound)?;
    let picture = members::picture(&state.store, &visit.actor, &slug, &hash).await?;
    let headers = [
        (header::CONTENT_TYPE, "image/jpeg"),
        (header::CACHE_CONTROL, "private, max-age=600"),
        (header::VARY, "cookie"),
    ];
    Ok((headers, picture).into_response())
}

#[derive(Deserialize)]
struct VerifyForm {
    #[serde(default)]
    link: String,
}

async fn verify(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Form(form): Form<VerifyForm>,
) -> Result<Response, Fail> {
    let done = async {
        let me = members::myself(&state.store, &visit.actor).await?;
        let id: Uuid = form.link.parse().map_err(|_| StoreError::NotFound)?;
        let link = me.links.into_iter().find(|link| link.id == id).ok_or(StoreError::NotFound)?;
        let page = format!("{}{}", state.public_url.origin(), member_path(&me.slug));
        link_back::check(&link.url, &page, state.guards.outbound).await.map_err(Refusal::from)?;
        members::record_verified_link(&state.store, &visit.actor, id, &link.url).await?;
        Ok("flash-link-verified")
    };
    respond(&visit, "links", done.await)
}
