//! What forms about reports do: who, verb, done.

use leptos::prelude::*;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    crate::{
        answer::Call,
        flash::Flash,
        reports::pages::{appeal_draft, form_path, report_draft},
    },
    domain::{
        Refusal, ReportId,
        forms::Fields,
        reports::{ReportKind, check_words},
    },
    store::reports,
};

/// Says that something is wrong.
///
/// # Errors
/// What is wrong with the form, or why not.
#[server(prefix = "/api", endpoint = "reports/report")]
pub async fn report(
    #[server(default)] kind: String,
    #[server(default)] key: String,
    #[server(default)] words: String,
) -> Result<(), AppError> {
    let kept = Fields::from([("words".to_owned(), words.clone())]);
    let read = kind.parse::<ReportKind>();
    let back = read.map_or_else(|()| "/reports".to_owned(), |kind| form_path(kind, &key));
    let call = Call::from(back).keeping(report_draft(&kind, &key), kept);
    let done = async {
        let kind = read.map_err(|()| AppError::field("words", Refusal::BadChoice))?;
        let words = check_words(&words)?;
        Ok(reports::report(&call.store, call.actor(), kind, &key, &words).await?)
    }
    .await;
    call.answer(done, |_| ("/reports".to_owned(), Some(Flash::said("said-reported")))).await.map(drop)
}

/// Asks for a second look.
///
/// # Errors
/// What is wrong with the form, or why not.
#[server(prefix = "/api", endpoint = "reports/appeal")]
pub async fn appeal(
    #[server(default)] report: String,
    #[server(default)] words: String,
) -> Result<(), AppError> {
    let kept = Fields::from([("words".to_owned(), words.clone())]);
    let call = Call::from("/reports").keeping(appeal_draft(&report), kept);
    let done = async {
        let words = check_words(&words)?;
        let id = report.parse().map(ReportId).map_err(|_| AppError::NotFound)?;
        Ok(reports::appeal(&call.store, call.actor(), id, &words).await?)
    }
    .await;
    call.answer(done, |()| ("/reports".to_owned(), Some(Flash::said("said-appealed")))).await
}
