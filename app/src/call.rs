//! How a server function responds. A form is always redirected to the page that shows the new state. A script
//! gets a value, or an error with its HTTP status.

use domain::{
    Actor, Refusal, Slug,
    forms::{Draft, DraftOwner, Fields},
};
use http::{HeaderValue, StatusCode, header, request::Parts};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use store::Store;

use crate::{
    context::{self, Visit, local_path},
    error::AppError,
    flash::Flash,
};

/// One call of a server function: reads the request, then responds to a form or to a script.
pub struct Call {
    /// Where the verbs read and write.
    pub store: Store,
    /// The request: its actor, language and address.
    pub visit: Visit,
    back: String,
    form: Option<(String, Fields)>,
}

impl Call {
    /// A call from the page at `back`. A form returns there when its request failed.
    #[must_use]
    pub fn from(back: impl Into<String>) -> Self {
        Self { store: context::store(), visit: context::visit(), back: back.into(), form: None }
    }

    /// Saves the fields of a form as a draft if the request fails, so that nothing has to be typed twice.
    #[must_use]
    pub fn with_draft(self, form: impl Into<String>, fields: Fields) -> Self {
        Self { form: Some((form.into(), fields)), ..self }
    }

    /// The member or visitor who makes the call.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.visit.actor
    }

    /// Responds to the caller. On success, `next` gives the page that a form is redirected to and the message
    /// on it.
    ///
    /// # Errors
    /// Passes on the error in `result`.
    pub async fn respond<T>(
        self,
        result: Result<T, AppError>,
        next: impl FnOnce(&T) -> (String, Option<Flash>),
    ) -> Result<T, AppError> {
        self.update_draft(result.as_ref().err()).await;
        if !wants_html() {
            if let Err(error) = &result {
                set_status(error.status());
            }
            return result;
        }
        let (to, flash) = match &result {
            Ok(value) => next(value),
            Err(error) => self.page_after_error(error),
        };
        if let Some(flash) = flash {
            append_cookie(&flash.set_cookie(self.visit.secure));
        }
        redirect(&to);
        result
    }

    /// The page that a form returns to after an error, and the message on it.
    fn page_after_error(&self, error: &AppError) -> (String, Option<Flash>) {
        let flash = match error {
            AppError::SignIn => return (sign_in_path(&self.back), None),
            AppError::Invalid(_) if self.form.is_some() => None,
            AppError::Invalid(problems) => {
                problems.first().map(|problem| Flash::Refused(problem.why.clone()))
            }
            AppError::Busy | AppError::Unavailable => Some(Flash::Unavailable),
            AppError::Internal { incident } => Some(Flash::Failed { incident: incident.clone() }),
            // The request guard answers oversized requests before any server function runs.
            AppError::TooLarge { .. } => None,
            AppError::NotFound | AppError::Forbidden | AppError::Refused(_) | AppError::SlowDown { .. } => {
                error.refusal().map(Flash::Refused)
            }
        };
        (self.back.clone(), flash)
    }

    /// Saves the typed fields as a draft when the request failed, and discards the draft when it succeeded. If
    /// that itself fails, the response is sent all the same.
    async fn update_draft(&self, error: Option<&AppError>) {
        let Some((form, fields)) = &self.form else { return };
        let owner = draft_owner(&self.visit);
        let updated = match error {
            None => store::drafts::discard(&self.store, &owner, form).await,
            Some(error) if !error.keeps_draft() => return,
            Some(error) => {
                let mut draft = Draft { fields: fields.clone(), problems: Vec::new() };
                match error {
                    AppError::Invalid(problems) => draft.problems.clone_from(problems),
                    // Having seen that there is a newer version, the reader may overwrite exactly that version.
                    AppError::Refused(Refusal::ChangedMeanwhile { version }) => {
                        draft.fields.insert("version".to_owned(), version.to_string());
                    }
                    _ => {}
                }
                store::drafts::keep(&self.store, &owner, form, &draft).await
            }
        };
        if let Err(error) = updated {
            let _logged = AppError::from(error);
        }
    }
}

/// The owner of the drafts that this visit sees: the member, or the browser of an anonymous visitor.
#[must_use]
pub fn draft_owner(visit: &Visit) -> DraftOwner {
    match visit.actor.member() {
        Some(member) => DraftOwner::Member(member),
        None => DraftOwner::Browser(visit.browser.clone()),
    }
}

/// Reads the slug that a form sends.
///
/// # Errors
/// `NotFound` when the text is not a valid slug.
pub fn read_slug(text: &str) -> Result<Slug, AppError> {
    Slug::parse(text).ok_or(AppError::NotFound)
}

/// The path of the sign-in page, which returns to `path` afterwards.
#[must_use]
pub fn sign_in_path(path: &str) -> String {
    domain::next::with_next("/sign-in", path)
}

/// Whether the request is a plain form post. Scripts ask for JSON.
fn wants_html() -> bool {
    with_context(|parts: &Parts| {
        parts
            .headers
            .get(header::ACCEPT)
            .and_then(|accept| accept.to_str().ok())
            .is_some_and(|accept| accept.contains("text/html"))
    })
    .unwrap_or(false)
}

/// Sets the HTTP status of the response.
pub fn set_status(status: StatusCode) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(status);
    }
}

fn append_cookie(cookie: &str) {
    if let Some(response) = use_context::<ResponseOptions>()
        && let Ok(cookie) = HeaderValue::from_str(cookie)
    {
        response.append_header(header::SET_COOKIE, cookie);
    }
}

/// Redirects a form to a page of this site, or to the home page if `path` is not one. `leptos_axum::redirect`
/// panics on a line break, so it gets checked paths only. The status is 303, so that every browser follows with
/// a GET.
pub fn redirect(path: &str) {
    leptos_axum::redirect(&local_path(path).unwrap_or_else(|| "/".to_owned()));
    set_status(StatusCode::SEE_OTHER);
}
