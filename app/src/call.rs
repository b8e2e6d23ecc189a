//! How a server function answers: a form is always led to the page that shows the new state, a script
//! gets a value or an error with its status.

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

/// One call of a server function.
pub struct Call {
    /// The store.
    pub store: Store,
    /// Who calls.
    pub visit: Visit,
    back: String,
    form: Option<(String, Fields)>,
}

impl Call {
    /// A call from the page at `back`, which a form returns to when it was not done.
    #[must_use]
    pub fn from(back: impl Into<String>) -> Self {
        Self { store: context::store(), visit: context::visit(), back: back.into(), form: None }
    }

    /// Keeps what was typed into a form, should it not pass.
    #[must_use]
    pub fn keeping(self, form: impl Into<String>, fields: Fields) -> Self {
        Self { form: Some((form.into(), fields)), ..self }
    }

    /// Who calls.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.visit.actor
    }

    /// Answers. `next` tells where a form is led when it was done, and what is said there.
    ///
    /// # Errors
    /// `done` as it was.
    pub async fn answer<T>(
        self,
        done: Result<T, AppError>,
        next: impl FnOnce(&T) -> (String, Option<Flash>),
    ) -> Result<T, AppError> {
        self.tend_draft(done.as_ref().err()).await;
        if !wants_html() {
            if let Err(error) = &done {
                set_status(error.status());
            }
            return done;
        }
        let (to, flash) = match &done {
            Ok(value) => next(value),
            Err(error) => self.way_back(error),
        };
        if let Some(flash) = flash {
            append_cookie(&flash.set_cookie(self.visit.secure));
        }
        redirect(&to);
        done
    }

    /// Where a form returns that was not done, and what is said there.
    fn way_back(&self, error: &AppError) -> (String, Option<Flash>) {
        let flash = match error {
            AppError::SignIn => return (sign_in_path(&self.back), None),
            AppError::Invalid(_) if self.form.is_some() => None,
            AppError::Invalid(problems) => {
                problems.first().map(|problem| Flash::Refused(problem.why.clone()))
            }
            AppError::Unavailable => Some(Flash::Unavailable),
            AppError::Internal { incident } => Some(Flash::Failed { incident: incident.clone() }),
            // The guard answers who sent too much; no verb is asked.
            AppError::TooLarge { .. } => None,
            AppError::NotFound | AppError::Forbidden | AppError::Refused(_) | AppError::SlowDown { .. } => {
                error.refusal().map(Flash::Refused)
            }
        };
        (self.back.clone(), flash)
    }

    /// Keeps what was typed when it did not pass, forgets it when it did. A failure to do so costs the
    /// writer some typing, never the answer.
    async fn tend_draft(&self, error: Option<&AppError>) {
        let Some((form, fields)) = &self.form else { return };
        let owner = draft_owner(&self.visit);
        let tended = match error {
            None => store::drafts::discard(&self.store, &owner, form).await,
            Some(error) if !error.keeps_draft() => return,
            Some(error) => {
                let mut draft = Draft { fields: fields.clone(), problems: Vec::new() };
                match error {
                    AppError::Invalid(problems) => draft.problems.clone_from(problems),
                    // Who is told of a newer version may save over that one, and over none after it.
                    AppError::Refused(Refusal::ChangedMeanwhile { version }) => {
                        draft.fields.insert("version".to_owned(), version.to_string());
                    }
                    _ => {}
                }
                store::drafts::keep(&self.store, &owner, form, &draft).await
            }
        };
        if let Err(fault) = tended {
            let _logged = AppError::from(fault);
        }
    }
}

/// Whose drafts a visit sees.
#[must_use]
pub fn draft_owner(visit: &Visit) -> DraftOwner {
    match visit.actor.member() {
        Some(member) => DraftOwner::Member(member),
        None => DraftOwner::Browser(visit.browser.clone()),
    }
}

/// The slug of a form.
///
/// # Errors
/// `NotFound`: what is no slug names nothing.
pub fn read_slug(text: &str) -> Result<Slug, AppError> {
    Slug::parse(text).ok_or(AppError::NotFound)
}

/// The sign-in page that leads back to `path`.
#[must_use]
pub fn sign_in_path(path: &str) -> String {
    domain::next::with_next("/sign-in", path)
}

/// Whether the request is a plain form post: a script asks for JSON.
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

/// Sets the status of the response.
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

/// Leads a form to a page of ours; anything else leads home. `leptos_axum::redirect` would panic on a
/// line break, so it gets checked paths only, and 303 so that every browser follows with a GET.
pub fn redirect(path: &str) {
    leptos_axum::redirect(&local_path(path).unwrap_or_else(|| "/".to_owned()));
    set_status(StatusCode::SEE_OTHER);
}
