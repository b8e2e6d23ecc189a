//! The cover of an event: its upload, and the uploaded pictures.

use app::{
    call::{draft_owner, read_slug},
    context::Visit,
    events::pages::{cover::draft_name, event_path},
    flash::Flash,
    routes::COVER,
};
use axum::{
    Extension, Router,
    extract::{DefaultBodyLimit, Path, Request, State as Shared},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::{
    Slug,
    events::{CoverSize, check_alternative},
    forms::{Draft, Fields},
};
use http::{HeaderName, header};
use store::{StoreError, drafts, events};

use crate::{errors::Fail, guard::body, picture, see::see, state::State, upload};

/// The routes of covers.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        // The handler limits the size of this form itself, because it is larger than others.
        .route(COVER, post(save).layer(DefaultBodyLimit::disable()))
        .route("/events/{slug}/cover/{file}", get(show))
}

/// Saves a cover. Checks the policy first, then receives the file, and only then reads and decodes it.
async fn save(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path(slug): Path<String>,
    request: Request,
) -> Result<Response, Fail> {
    let slug = read_slug(&slug)?;
    if let Err(error) = events::may_save_cover(&state.store, &visit.actor, &slug).await {
        body::discard(request).await;
        return Err(error.into());
    }
    let upload = upload::receive(&state, request, body::MAX_PICTURE).await?;
    let mut typed = Fields::new();
    let done = async {
        let permit = picture::Permit::wait().await?;
        let mut form = picture::PictureForm::read(upload.form).await?;
        typed.extend(form.fields.remove_entry("alternative"));
        let alternative = check_alternative(typed.get("alternative").map_or("", String::as_str))?;
        let files = match form.chosen()? {
            Some(bytes) => Some(picture::cover(permit, bytes).await?),
            None => None,
        };
        events::save_cover(&state.store, &visit.actor, &slug, files, &alternative).await
    };
    let done = done.await;
    respond(&state, &visit, &slug, typed, done).await
}

/// A refused form keeps its alternative text. The file has to be chosen again.
async fn respond(
    state: &State,
    visit: &Visit,
    slug: &Slug,
    fields: Fields,
    done: Result<(), StoreError>,
) -> Result<Response, Fail> {
    let (owner, form) = (draft_owner(visit), draft_name(slug));
    let (problems, flash) = match done {
        Ok(()) => {
            drafts::discard(&state.store, &owner, &form).await?;
            let saved = Flash::success("flash-cover-saved");
            return Ok(see(visit, &event_path(slug), Some(&saved)));
        }
        Err(StoreError::Refused(refusal)) => (Vec::new(), Some(Flash::Refused(refusal))),
        Err(StoreError::Invalid(problems)) => (problems, None),
        Err(error) => return Err(error.into()),
    };
    drafts::keep(&state.store, &owner, &form, &Draft { fields, problems }).await?;
    Ok(see(visit, &format!("{}/edit#cover", event_path(slug)), flash.as_ref()))
}

/// Serves an uploaded cover to people who may see the event. Its address contains the hash of its content, so it never
/// changes. But its visibility can change, so only the reader's browser may cache it, for ten minutes.
async fn show(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path((slug, file)): Path<(String, String)>,
) -> Result<Response, Fail> {
    let (hash, size) = CoverSize::of_file(&file).ok_or(StoreError::NotFound)?;
    let picture = events::cover(&state.store, &visit.actor, &read_slug(&slug)?, Some(hash), size).await?;
    let headers = [
        (header::CONTENT_TYPE, "image/jpeg"),
        (header::CACHE_CONTROL, "private, max-age=600"),
        (header::VARY, "cookie"),
        // Other sites show it next to links. They get what visitors get, because browsers send them no cookie.
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    ];
    Ok((headers, picture).into_response())
}
