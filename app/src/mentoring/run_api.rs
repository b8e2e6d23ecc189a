//! Server functions of runs and proposals.

use leptos::prelude::*;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    super::run_paths::{proposal_path, run_path, runs_path},
    crate::{
        call::{Call, read_slug},
        flash::Flash,
    },
    domain::{ProposalId, RoundId, mentoring::DecisionKind},
    store::mentoring::{
        proposals::{self, Answered},
        run,
    },
    uuid::Uuid,
};

#[cfg(feature = "ssr")]
fn read_id(text: &str) -> Result<Uuid, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

#[cfg(feature = "ssr")]
fn read_number(text: &str) -> Result<i32, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

/// The page of the run that a form is on.
#[cfg(feature = "ssr")]
fn page_of(round: &str, number: &str) -> String {
    match (read_slug(round), read_number(number)) {
        (Ok(round), Ok(number)) => run_path(round.as_str(), number),
        (Ok(round), Err(_)) => runs_path(round.as_str()),
        (Err(_), _) => "/mentoring".to_owned(),
    }
}

/// Starts a run and returns its number.
///
/// # Errors
/// `Refused` for anyone but a coordinator, before sign-up is closed, and while another run works.
#[server(prefix = "/api", endpoint = "mentoring/start_run")]
pub async fn start_run(#[server(default)] round: String) -> Result<i32, AppError> {
    let call = Call::from(page_of(&round, ""));
    let result = async { Ok(run::start(&call.store, call.actor(), &read_slug(&round)?).await?) }.await;
    call.respond(result, |number| (run_path(&round, *number), Some(Flash::success("flash-run-started"))))
        .await
}

/// Has a round matched every night, or no longer. `nightly` is `on` or `off`.
///
/// # Errors
/// `Refused` for anyone but a coordinator.
#[server(prefix = "/api", endpoint = "mentoring/nightly")]
pub async fn nightly(
    #[server(default)] round: String,
    #[server(default)] nightly: String,
) -> Result<(), AppError> {
    let page = page_of(&round, "");
    let call = Call::from(page.clone());
    let is_on = nightly == "on";
    let result =
        async { Ok(run::set_nightly(&call.store, call.actor(), &read_slug(&round)?, is_on).await?) }.await;
    let flash = if is_on { "flash-nightly-on" } else { "flash-nightly-off" };
    call.respond(result, |()| (page, Some(Flash::success(flash)))).await
}

/// Cancels a run.
///
/// # Errors
/// `Refused` for anyone but a coordinator.
#[server(prefix = "/api", endpoint = "mentoring/cancel_run")]
pub async fn cancel_run(
    #[server(default)] round: String,
    #[server(default)] number: String,
) -> Result<(), AppError> {
    let page = page_of(&round, &number);
    let call = Call::from(page.clone());
    let result = async {
        let (round, number) = (read_slug(&round)?, read_number(&number)?);
        Ok(run::cancel(&call.store, call.actor(), &round, number).await?)
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-run-cancelled")))).await
}

/// Pins or forbids a pair, or removes the decision about it. `decision` is `pin`, `forbid` or empty.
///
/// # Errors
/// `Refused` for anyone but a coordinator. `NotFound` for people who did not sign up.
#[server(prefix = "/api", endpoint = "mentoring/decide")]
pub async fn decide(
    #[server(default)] round: String,
    #[server(default)] number: String,
    #[server(default)] mentee: String,
    #[server(default)] mentor: String,
    #[server(default)] decision: String,
) -> Result<(), AppError> {
    let page = page_of(&round, &number);
    let call = Call::from(page.clone());
    let kind = decision.parse::<DecisionKind>().ok();
    let result = async {
        let (round, mentee, mentor) = (read_slug(&round)?, read_id(&mentee)?, read_id(&mentor)?);
        Ok(run::decide(&call.store, call.actor(), &round, mentee, mentor, kind).await?)
    }
    .await;
    let flash = match kind {
        Some(DecisionKind::Pin) => "flash-pair-pinned",
        Some(DecisionKind::Forbid) => "flash-pair-forbidden",
        None => "flash-pair-undecided",
    };
    call.respond(result, |()| (format!("{page}#pair-{mentee}"), Some(Flash::success(flash)))).await
}

/// Exchanges the mentors of two mentees in the next run.
///
/// # Errors
/// `Refused` for anyone but a coordinator. `Invalid` when both have the same mentor.
#[server(prefix = "/api", endpoint = "mentoring/swap")]
pub async fn swap(
    #[server(default)] round: String,
    #[server(default)] number: String,
    #[server(default)] one: String,
    #[server(default)] other: String,
) -> Result<(), AppError> {
    let page = page_of(&round, &number);
    let call = Call::from(page.clone());
    let result = async {
        let (round, number) = (read_slug(&round)?, read_number(&number)?);
        Ok(run::swap(&call.store, call.actor(), &round, number, read_id(&one)?, read_id(&other)?).await?)
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-pairs-swapped")))).await
}

/// Publishes the draft of a run. Returns the number of new proposals.
///
/// # Errors
/// `Refused` for anyone but a coordinator, and when the draft is outdated or not verified.
#[server(prefix = "/api", endpoint = "mentoring/publish")]
pub async fn publish(
    #[server(default)] round: String,
    #[server(default)] number: String,
) -> Result<u32, AppError> {
    let page = page_of(&round, &number);
    let call = Call::from(page.clone());
    let result = async {
        let (round, number) = (read_slug(&round)?, read_number(&number)?);
        Ok(run::publish(&call.store, call.actor(), &round, number).await?.proposed)
    }
    .await;
    let flash = |count: u32| Flash::Counted { key: "flash-run-published".to_owned(), count };
    call.respond(result, |count| (page, Some(flash(*count)))).await
}

/// Answers a proposal. `act` is `accept` or `decline`.
///
/// # Errors
/// `NotFound` when it is to somebody else. `Refused` when it is over.
#[server(prefix = "/api", endpoint = "mentoring/answer")]
pub async fn answer(#[server(default)] id: String, #[server(default)] act: String) -> Result<(), AppError> {
    let proposal = read_id(&id).map(ProposalId);
    let page = proposal.as_ref().map_or_else(|_| "/mentoring".to_owned(), |id| proposal_path(*id));
    let call = Call::from(page.clone());
    let result = async {
        let answer: domain::mentoring::Answer = act.parse().map_err(|()| AppError::NotFound)?;
        Ok(proposals::answer(&call.store, call.actor(), proposal?, answer).await?)
    }
    .await;
    let respond = |answered: &Answered| (page, Some(Flash::success(answered_key(*answered))));
    call.respond(result, respond).await.map(drop)
}

/// The message after an answer.
#[cfg(feature = "ssr")]
#[must_use]
pub fn answered_key(answered: Answered) -> &'static str {
    match answered {
        Answered::Waiting => "flash-proposal-waiting",
        Answered::Started => "flash-proposal-started",
        Answered::Declined => "flash-proposal-declined",
        Answered::TooLate => "flash-proposal-late",
    }
}

/// Takes part in matching again, after two proposals without an answer.
///
/// # Errors
/// `SignIn` for visitors.
#[server(prefix = "/api", endpoint = "mentoring/resume")]
pub async fn resume(#[server(default)] round: String) -> Result<(), AppError> {
    let call = Call::from("/mentoring");
    let result =
        async { Ok(proposals::resume(&call.store, call.actor(), RoundId(read_id(&round)?)).await?) }.await;
    call.respond(result, |()| ("/mentoring".to_owned(), Some(Flash::success("flash-matching-resumed")))).await
}
