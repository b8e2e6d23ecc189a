//! The covers of events and groups: their upload, and the uploaded pictures.

use app::{
    call::{draft_owner, read_slug},
    context::Visit,
    events::pages::cover::CoverOf,
    flash::Flash,
    routes::{COVER, GROUP_COVER},
};
use axum::{
    Extension, Router,
    extract::{DefaultBodyLimit, Path, Request, State as Shared},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::{
    events::{CoverSize, check_alternative},
    forms::{Draft, Fields},
};
use http::{HeaderName, header};
use store::{StoreError, drafts, events, groups};

use crate::{errors::Fail, guard::body, picture, see::see, state::State, upload};

/// The routes of covers.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        // The handler limits the size of this form itself, because it is larger than others.
        .route(COVER, post(save_of_event).layer(DefaultBodyLimit::disable()))
        .route(GROUP_COVER, post(save_of_group).layer(DefaultBodyLimit::disable()))
        .route("/events/{slug}/cover/{file}", get(show_of_event))
        .route("/groups/{slug}/cover/{file}", get(show_of_group))
}

async fn save_of_event(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path(slug): Path<String>,
    request: Request,
) -> Result<Response, Fail> {
    save(state, visit, CoverOf::Event(read_slug(&slug)?), request).await
}

async fn save_of_group(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path(slug): Path<String>,
    request: Request,
) -> Result<Response, Fail> {
    save(state, visit, CoverOf::Group(read_slug(&slug)?), request).await
}

/// Saves a cover. Checks the policy first, then receives the file, and only then reads and decodes it.
async fn save(state: State, visit: Visit, of: CoverOf, request: Request) -> Result<Response, Fail> {
    let may_save = match &of {
        CoverOf::Event(slug) => events::may_save_cover(&state.store, &visit.actor, slug).await,
        CoverOf::Group(slug) => groups::may_save_cover(&state.store, &visit.actor, slug).await,
    };
    if let Err(error) = may_save {
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
        match &of {
            CoverOf::Event(slug) => {
                events::save_cover(&state.store, &visit.actor, slug, files, &alternative).await
            }
            CoverOf::Group(slug) => {
                groups::save_cover(&state.store, &visit.actor, slug, files, &alternative).await
            }
        }
    };
    let done = done.await;
    respond(&state, &visit, &of, typed, done).await
}

/// A refused form keeps its alternative text. The file has to be chosen again.
async fn respond(
    state: &State,
    visit: &Visit,
    of: &CoverOf,
    fields: Fields,
    done: Result<(), StoreError>,
) -> Result<Response, Fail> {
    let (owner, form) = (draft_owner(visit), of.draft_name());
    let (problems, flash) = match done {
        Ok(()) => {
            drafts::discard(&state.store, &owner, &form).await?;
            let saved = Flash::success("flash-cover-saved");
            return Ok(see(visit, &of.page(), Some(&saved)));
        }
        Err(StoreError::Refused(refusal)) => (Vec::new(), Some(Flash::Refused(refusal))),
        Err(StoreError::Invalid(problems)) => (problems, None),
        Err(error) => return Err(error.into()),
    };
    drafts::keep(&state.store, &owner, &form, &Draft { fields, problems }).await?;
    Ok(see(visit, &format!("{}/edit#cover", of.page()), flash.as_ref()))
}

async fn show_of_event(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path((slug, file)): Path<(String, String)>,
) -> Result<Response, Fail> {
    let (hash, size) = CoverSize::of_file(&file).ok_or(StoreError::NotFound)?;
    Ok(shown(events::cover(&state.store, &visit.actor, &read_slug(&slug)?, Some(hash), size).await?))
}

async fn show_of_group(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path((slug, file)): Path<(String, String)>,
) -> Result<Response, Fail> {
    let (hash, size) = CoverSize::of_file(&file).ok_or(StoreError::NotFound)?;
    Ok(shown(groups::cover(&state.store, &visit.actor, &read_slug(&slug)?, hash, size).await?))
}

/// An uploaded cover, for people who may see its record. Its address contains the hash of its content, so it never
/// changes. But its visibility can change, so only the reader's browser may cache it, for ten minutes.
fn shown(picture: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "image/jpeg"),
        (header::CACHE_CONTROL, "private, max-age=600"),
        (header::VARY, "cookie"),
        // Other sites show it next to links. They get what visitors get, because browsers send them no cookie.
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    ];
    (headers, picture).into_response()
}
