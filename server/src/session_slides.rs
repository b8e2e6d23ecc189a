//! Slides of sessions: their upload and their download (D8).

use app::{
    call::{draft_owner, read_slug},
    context::Visit,
    flash::Flash,
    routes::SLIDES,
    sessions::{material::slides_draft, session_path},
};
use axum::{
    Extension, Router,
    body::Body,
    extract::{DefaultBodyLimit, Multipart, Path, Request, State as Shared},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::{
    Problem, Refusal, Slug,
    forms::{Draft, Fields},
    sessions::{check_pdf, slides_name},
};
use http::{HeaderName, HeaderValue, header};
use store::{StoreError, drafts, sessions};
use uuid::Uuid;

use crate::{errors::Fail, guard::body, see::see, state::State, upload};

/// What a downloaded file may do if a browser shows it anyway: nothing.
const SANDBOX: &str = "default-src 'none'; sandbox";

/// The routes of slides.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        // The handler limits the size of this form itself, because it is larger than others.
        .route(SLIDES, post(add).layer(DefaultBodyLimit::disable()))
        .route("/events/{slug}/sessions/{id}/slides/{file}", get(download))
}

fn read_id(text: &str) -> Result<Uuid, StoreError> {
    text.parse().map_err(|_| StoreError::NotFound)
}

/// Saves slides. Checks the policy first, then receives the file, and only then reads it.
async fn add(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path((slug, id)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Fail> {
    let (slug, id) = (read_slug(&slug)?, read_id(&id)?);
    if let Err(error) = sessions::may_add_slides(&state.store, &visit.actor, &slug, id).await {
        body::discard(request).await;
        return Err(error.into());
    }
    let upload = upload::receive(&state, request, body::MAX_SLIDES_FORM).await?;
    let done = async {
        let (name, bytes) = read(upload.form).await?;
        check_pdf(&bytes).map_err(problem)?;
        sessions::add_slides(&state.store, &visit.actor, &slug, id, &name, bytes).await
    };
    let done = done.await;
    respond(&state, &visit, (&slug, id), done).await
}

/// The file of the form and its name.
async fn read(mut form: Multipart) -> Result<(String, Vec<u8>), StoreError> {
    while let Ok(Some(field)) = form.next_field().await {
        if field.name() != Some("slides") {
            continue;
        }
        let name = slides_name(field.file_name().unwrap_or_default());
        let bytes = field.bytes().await.map_err(|_| problem(Refusal::NotPdf))?;
        if !bytes.is_empty() {
            return Ok((name, bytes.to_vec()));
        }
    }
    Err(problem(Refusal::SlidesMissing))
}

fn problem(why: Refusal) -> StoreError {
    StoreError::Invalid(vec![Problem { field: "slides".into(), why }])
}

/// A problem is shown at the field. The file has to be chosen again.
async fn respond(
    state: &State,
    visit: &Visit,
    (slug, id): (&Slug, Uuid),
    done: Result<(), StoreError>,
) -> Result<Response, Fail> {
    let page = format!("{}#material", session_path(slug, id));
    let (owner, form) = (draft_owner(visit), slides_draft(id));
    match done {
        Ok(()) => {
            drafts::discard(&state.store, &owner, &form).await?;
            Ok(see(visit, &page, Some(&Flash::success("flash-slides-added"))))
        }
        Err(StoreError::Refused(refusal)) => Ok(see(visit, &page, Some(&Flash::Refused(refusal)))),
        Err(StoreError::Invalid(problems)) => {
            let draft = Draft { fields: Fields::new(), problems };
            drafts::keep(&state.store, &owner, &form, &draft).await?;
            Ok(see(visit, &page, None))
        }
        Err(error) => Err(error.into()),
    }
}

/// A file with slides, for people who may see the session. A browser saves it and does not show it, because a PDF can
/// contain scripts and links.
async fn download(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path((slug, id, file)): Path<(String, String, String)>,
) -> Result<Response, Fail> {
    let file = file.strip_suffix(".pdf").ok_or(StoreError::NotFound)?;
    let (slug, id, file) = (read_slug(&slug)?, read_id(&id)?, read_id(file)?);
    let (name, bytes) = sessions::slides(&state.store, &visit.actor, &slug, id, file).await?;
    // Only letters, digits and hyphens, so that the name needs no quoting.
    let plain = Slug::of_title(name.strip_suffix(".pdf").unwrap_or(&name), "slides");
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{plain}.pdf\""));
    let disposition = disposition.unwrap_or(HeaderValue::from_static("attachment"));
    let mut response = Body::from(bytes).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_DISPOSITION, disposition);
    for (name, value) in [
        (header::CONTENT_TYPE, "application/pdf"),
        (header::CONTENT_SECURITY_POLICY, SANDBOX),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // Its visibility can change, so only the reader's browser may keep it, for ten minutes.
        (header::CACHE_CONTROL, "private, max-age=600"),
        (header::VARY, "cookie"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}
