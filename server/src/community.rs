//! The community's logo: its upload, and the picture.

use app::{context::Visit, flash::Flash, routes::LOGO};
use axum::{
    Extension, Router,
    extract::{DefaultBodyLimit, Path, Request, State as Shared},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::Refusal;
use http::{HeaderName, header};
use store::{StoreError, settings};

use crate::{errors::Fail, guard::body, picture, see::see, state::State, upload};

const SETTINGS: &str = "/admin/settings#logo";

/// The routes of the logo.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        // The handler limits the size of this form itself, because it is larger than others.
        .route(LOGO, post(save).layer(DefaultBodyLimit::disable()))
}

/// The picture, which needs no visit.
pub(crate) fn machine() -> Router<State> {
    Router::new().route("/logo/{file}", get(show))
}

/// Saves a logo. Checks the policy first, then receives the file, and only then reads and decodes it.
async fn save(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    request: Request,
) -> Result<Response, Fail> {
    if let Err(error) = settings::may_save_logo(&visit.actor) {
        body::discard(request).await;
        return Err(error.into());
    }
    let upload = upload::receive(&state, request, body::MAX_PICTURE).await?;
    let done = async {
        let permit = picture::Permit::wait().await?;
        let mut form = picture::PictureForm::read(upload.form).await?;
        let bytes = form.chosen()?.ok_or(Refusal::PictureMissing)?;
        let logo = picture::logo(permit, bytes).await?;
        settings::save_logo(&state.store, &visit.actor, logo.png, logo.size).await
    };
    match done.await {
        Ok(()) => Ok(see(&visit, SETTINGS, Some(&Flash::success("flash-logo-saved")))),
        Err(StoreError::Refused(refusal)) => Ok(see(&visit, SETTINGS, Some(&Flash::Refused(refusal)))),
        Err(error) => Err(error.into()),
    }
}

/// The picture. Its address contains the hash of its content, so it never changes.
async fn show(Shared(state): Shared<State>, Path(file): Path<String>) -> Result<Response, Fail> {
    let name = file.strip_suffix(".png").ok_or(StoreError::NotFound)?;
    let bytes = settings::logo(&state.store, name).await?;
    let headers = [
        (header::CONTENT_TYPE, "image/png"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        // Mail programs in the browser show pictures of other sites.
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    ];
    Ok((headers, bytes).into_response())
}
