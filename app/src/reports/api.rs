//! Server functions for reports: read the actor, call the store, respond.

use leptos::prelude::*;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    crate::{
        call::Call,
        flash::Flash,
        reports::pages::{appeal_draft, form_path, report_draft},
    },
    domain::{
        Refusal, ReportId,
        forms::Fields,
        reports::{ReportKind, check_text},
    },
    store::reports,
};

/// Reports a record to the admins.
///
/// # Errors
/// `Invalid` when the message is missing or too long; `NotFound` for an unknown record;
/// `Refused` when it is the caller's own or reported already; `SlowDown` after too many reports.
#[server(prefix = "/api", endpoint = "reports/report")]
pub async fn report(
    #[server(default)] kind: String,
    #[server(default)] key: String,
    #[server(default)] message: String,
) -> Result<(), AppError> {
    let typed = Fields::from([("message".to_owned(), message.clone())]);
    let read = kind.parse::<ReportKind>();
    let back = read.map_or_else(|()| "/reports".to_owned(), |kind| form_path(kind, &key));
    let call = Call::from(back).with_draft(report_draft(&kind, &key), typed);
    let result = async {
        let kind = read.map_err(|()| AppError::field("message", Refusal::BadChoice))?;
        let message = check_text(&message)?;
        Ok(reports::report(&call.store, call.actor(), kind, &key, &message).await?)
    }
    .await;
    call.respond(result, |_| ("/reports".to_owned(), Some(Flash::success("flash-reported")))).await.map(drop)
}

/// Appeals a decision.
///
/// # Errors
/// `Invalid` when the message is missing or too long; `NotFound`, or `Refused` when there is nothing to appeal.
#[server(prefix = "/api", endpoint = "reports/appeal")]
pub async fn appeal(
    #[server(default)] report: String,
    #[server(default)] message: String,
) -> Result<(), AppError> {
    let typed = Fields::from([("message".to_owned(), message.clone())]);
    let call = Call::from("/reports").with_draft(appeal_draft(&report), typed);
    let result = async {
        let message = check_text(&message)?;
        let id = report.parse().map(ReportId).map_err(|_| AppError::NotFound)?;
        Ok(reports::appeal(&call.store, call.actor(), id, &message).await?)
    }
    .await;
    call.respond(result, |()| ("/reports".to_owned(), Some(Flash::success("flash-appealed")))).await
}
