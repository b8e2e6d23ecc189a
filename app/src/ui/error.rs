//! Error pages.

use leptos::prelude::*;

use super::{ButtonLink, Look, Title};
use crate::{
    call::{set_status, sign_in_path},
    context::{Visit, tr, tr_with, visit},
    error::AppError,
    i18n,
};

/// The Fluent key of an error's title.
#[must_use]
pub fn error_title(error: &AppError) -> &'static str {
    match error {
        AppError::SignIn => "error-sign-in",
        AppError::Forbidden => "error-forbidden",
        AppError::NotFound => "error-not-found",
        AppError::Refused(_) | AppError::Invalid(_) => "error-refused",
        AppError::TooLarge { .. } => "error-too-large",
        AppError::SlowDown { .. } => "error-slow-down",
        AppError::Busy => "error-busy",
        AppError::Unavailable => "error-unavailable",
        AppError::Internal { .. } => "error-internal",
    }
}

/// An error as a page of its own. Sets the HTTP status.
#[component]
pub fn ErrorPage(
    /// The error to show.
    error: AppError,
) -> impl IntoView {
    set_status(error.status());
    view! {
        <Title text=tr(error_title(&error)) />
        <ErrorView error />
    }
}

/// The content of an error page: title, explanation and links.
#[component]
pub fn ErrorView(
    /// The error to show.
    error: AppError,
) -> impl IntoView {
    let visit = visit();
    view! {
        <div class="page narrow error-page">
            <p class="eyebrow">{error.status().as_str().to_owned()}</p>
            <h1>{tr(error_title(&error))}</h1>
            <p class="lead">{error_sentence(&visit, &error)}</p>
            <p class="row">{links_on(&visit, &error)}</p>
        </div>
    }
}

/// The explanation of an error, in one sentence.
#[must_use]
pub fn error_sentence(visit: &Visit, error: &AppError) -> String {
    match error {
        AppError::NotFound => tr("error-not-found-text"),
        AppError::TooLarge { max } => tr_with("error-too-large-text", &[("max", i18n::number(*max))]),
        AppError::Busy => tr("error-busy-text"),
        AppError::Unavailable => tr("error-unavailable-text"),
        AppError::Internal { incident } => {
            tr_with("error-internal-incident", &[("incident", i18n::quote(incident))])
        }
        AppError::Invalid(problems) => problems
            .first()
            .map_or_else(|| tr("error-not-found-text"), |problem| i18n::refusal(visit.locale, &problem.why)),
        AppError::SignIn | AppError::Forbidden | AppError::Refused(_) | AppError::SlowDown { .. } => {
            error.refusal().map(|refusal| i18n::refusal(visit.locale, &refusal)).unwrap_or_default()
        }
    }
}

/// Links for the reader, most useful first.
fn links_on(visit: &Visit, error: &AppError) -> AnyView {
    let home = || view! { <ButtonLink href="/" look=Look::Plain>{tr("error-home")}</ButtonLink> };
    match error {
        AppError::SignIn => {
            let to = sign_in_path(&visit.path_and_query);
            view! { <ButtonLink href=to>{tr("site-sign-in")}</ButtonLink> {home()} }.into_any()
        }
        // One page is sent for all paths. The empty address is that of the page itself.
        AppError::Busy => view! { <ButtonLink href="">{tr("error-again")}</ButtonLink> {home()} }.into_any(),
        AppError::SlowDown { .. } | AppError::Unavailable | AppError::Internal { .. } => {
            // Posts to an API address can't be repeated by following a link, so only the home page is offered.
            let again = visit.path_and_query.clone();
            let again = (!again.starts_with("/api/"))
                .then(|| view! { <ButtonLink href=again>{tr("error-again")}</ButtonLink> });
            view! { {again} {home()} }.into_any()
        }
        AppError::Forbidden
        | AppError::NotFound
        | AppError::Refused(_)
        | AppError::Invalid(_)
        | AppError::TooLarge { .. } => {
            view! { <ButtonLink href="/events">{tr("error-events")}</ButtonLink> {home()} }.into_any()
        }
    }
}
