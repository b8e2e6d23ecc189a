//! Sign-ups of a mentoring round as a CSV file, for its coordinators: download and upload. And the report of a round.

use app::{
    call::{draft_owner, read_slug},
    context::Visit,
    flash::Flash,
    mentoring::import::draft_name,
    routes::SIGN_UP_FILE,
};
use axum::{
    Extension, Router,
    extract::{DefaultBodyLimit, Multipart, Path, Request, State as Shared},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::{Refusal, forms::Draft};
use http::{HeaderValue, header};

use crate::{errors::Fail, guard::body, see::see, state::State, upload};

/// The routes of both files.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/mentoring/rounds/{slug}/export", post(export))
        .route("/mentoring/rounds/{slug}/report.csv", get(report))
        // The handler limits the size of this form itself, because it is larger than others.
        .route(SIGN_UP_FILE, post(import).layer(DefaultBodyLimit::disable()))
}

/// It is a post, because the audit log records it.
async fn export(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path(slug): Path<String>,
) -> Result<Response, Fail> {
    let csv = store::mentoring::export(&state.store, &visit.actor, &read_slug(&slug)?).await?;
    Ok(file(csv, "attachment; filename=\"sign-ups.csv\""))
}

/// The report of a round. It has aggregates of five or more only.
async fn report(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path(slug): Path<String>,
) -> Result<Response, Fail> {
    let report = store::mentorships::report(&state.store, &visit.actor, &read_slug(&slug)?).await?;
    Ok(file(report.csv(), "attachment; filename=\"report.csv\""))
}

fn file(csv: String, name: &'static str) -> Response {
    let mut response = csv.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(name));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Keeps an uploaded file as the draft of the import form, and shows that form with the report. Nothing is
/// imported before the coordinator has seen the report. Checks the policy before it receives the file.
async fn import(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path(slug): Path<String>,
    request: Request,
) -> Result<Response, Fail> {
    let slug = read_slug(&slug)?;
    if let Err(error) = store::mentoring::may_import(&state.store, &visit.actor, &slug).await {
        body::discard(request).await;
        return Err(error.into());
    }
    let received = upload::receive(&state, request, body::MAX_SHEET_FORM).await?;
    let page = format!("/mentoring/rounds/{slug}/import");
    match read_file(received.form).await {
        Err(refusal) => Ok(see(&visit, &page, Some(&Flash::Refused(refusal)))),
        Ok(text) => {
            let fields = [("csv".to_owned(), text)].into_iter().collect();
            let draft = Draft { fields, problems: Vec::new() };
            store::drafts::keep(&state.store, &draft_owner(&visit), &draft_name(slug.as_str()), &draft)
                .await?;
            Ok(see(&visit, &page, None))
        }
    }
}

/// Reads the text in the form's field `csv`. Spreadsheet programs begin it with a byte order mark.
async fn read_file(mut form: Multipart) -> Result<String, Refusal> {
    while let Ok(Some(field)) = form.next_field().await {
        if field.name() == Some("csv") {
            let bytes = field.bytes().await.map_err(|_| Refusal::SheetUnreadable)?;
            if bytes.len() > body::MAX_SHEET {
                return Err(Refusal::SheetTooLarge { max: 1 });
            }
            let text = std::str::from_utf8(&bytes).map_err(|_| Refusal::SheetUnreadable)?;
            let text = text.trim_start_matches('\u{feff}');
            return if text.trim().is_empty() { Err(Refusal::SheetMissing) } else { Ok(text.to_owned()) };
        }
    }
    Err(Refusal::SheetMissing)
}
