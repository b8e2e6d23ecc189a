//! What a reader sees when something was not answered.

use leptos::prelude::*;

use super::Title;
use crate::{
    answer::{set_status, sign_in_path},
    context::{tr, tr_with, visit},
    error::AppError,
    words,
};

/// The key of an error's title.
#[must_use]
pub fn error_title(error: &AppError) -> &'static str {
    match error {
        AppError::SignIn => "error-sign-in",
        AppError::Forbidden => "error-forbidden",
        AppError::NotFound => "error-not-found",
        AppError::Refused(_) | AppError::Invalid(_) => "error-refused",
        AppError::SlowDown { .. } => "error-slow-down",
        AppError::Unavailable => "error-unavailable",
        AppError::Internal { .. } => "error-internal",
    }
}

/// An error as a page of its own, with its status.
#[component]
pub fn ErrorPage(
    /// What went wrong.
    error: AppError,
) -> impl IntoView {
    set_status(error.status());
    view! {
        <Title text=tr(error_title(&error)) />
        <ErrorView error />
    }
}

/// What went wrong and what to do next.
#[component]
pub fn ErrorView(
    /// What went wrong.
    error: AppError,
) -> impl IntoView {
    let visit = visit();
    let text = match &error {
        AppError::NotFound => tr("error-not-found-text"),
        AppError::Unavailable => tr("error-unavailable-text"),
        AppError::Internal { incident } => {
            tr_with("error-internal-incident", &[("incident", words::quote(incident))])
        }
        AppError::Invalid(problems) => problems
            .first()
            .map_or_else(|| tr("error-not-found-text"), |problem| words::refusal(visit.locale, &problem.why)),
        AppError::SignIn | AppError::Forbidden | AppError::Refused(_) | AppError::SlowDown { .. } => {
            error.refusal().map(|refusal| words::refusal(visit.locale, &refusal)).unwrap_or_default()
        }
    };
    let way = match error {
        AppError::SignIn => {
            let to = sign_in_path(&visit.path_and_query);
            view! { <a class="button" href=to>{tr("site-sign-in")}</a> }.into_any()
        }
        _ => view! { <a class="button" href="/">{tr("error-home")}</a> }.into_any(),
    };
    view! {
        <div class="page narrow error-page">
            <p class="eyebrow">{error.status().as_str().to_owned()}</p>
            <h1>{tr(error_title(&error))}</h1>
            <p>{text}</p>
            <p>{way}</p>
        </div>
    }
}
