//! Server functions of speed rounds.

use domain::speed_rounds::{SpeedRoundForm, SpeedSignUpForm};
use leptos::prelude::*;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    super::paths::{SPEED_ROUNDS, edit_path, plan_path, speed_round_path},
    crate::{call::Call, flash::Flash, mentoring::paths::fields_of},
    domain::{SpeedRoundId, speed_rounds::SpeedRoundChange},
    store::speed_rounds,
};

#[cfg(feature = "ssr")]
fn read_id(text: &str) -> Result<SpeedRoundId, AppError> {
    text.trim().parse().map(SpeedRoundId).map_err(|_| AppError::NotFound)
}

/// Makes a speed round.
///
/// # Errors
/// `Invalid` when a field is wrong, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "speed_rounds/create")]
pub async fn create(
    #[server(default)] key: String,
    #[server(flatten)] form: SpeedRoundForm,
) -> Result<(), AppError> {
    let call = Call::from(format!("{SPEED_ROUNDS}/new"))
        .with_draft("speed_rounds/create".to_owned(), fields_of(&form));
    let result = async {
        let round = form.check(call.store.now())?;
        Ok(speed_rounds::create(&call.store, call.actor(), round, &key).await?)
    }
    .await;
    let next = |id: &SpeedRoundId| (speed_round_path(*id), Some(Flash::success("flash-speed-created")));
    call.respond(result, next).await.map(drop)
}

/// Changes a speed round while its sign-up is open.
///
/// # Errors
/// `Invalid` when a field is wrong, `NotFound`, or `Refused`: with `ChangedMeanwhile` when somebody else saved meanwhile.
#[server(prefix = "/api", endpoint = "speed_rounds/edit")]
pub async fn edit(
    #[server(default)] id: String,
    #[server(flatten)] form: SpeedRoundForm,
) -> Result<(), AppError> {
    let (page, back) = match read_id(&id) {
        Ok(id) => (speed_round_path(id), edit_path(id)),
        Err(_) => (SPEED_ROUNDS.to_owned(), SPEED_ROUNDS.to_owned()),
    };
    let call = Call::from(back).with_draft(format!("speed_rounds/edit/{id}"), fields_of(&form));
    let result = async {
        let (round, version) = (form.check(call.store.now())?, form.version.parse().unwrap_or(0));
        Ok(speed_rounds::edit(&call.store, call.actor(), read_id(&id)?, round, version).await?)
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-speed-saved")))).await
}

/// Signs up for a speed round, or changes the sign-up.
///
/// # Errors
/// `Invalid` when a field is wrong, `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "speed_rounds/sign_up")]
pub async fn sign_up(
    #[server(default)] id: String,
    #[server(flatten)] form: SpeedSignUpForm,
) -> Result<(), AppError> {
    let page = read_id(&id).map_or_else(|_| SPEED_ROUNDS.to_owned(), speed_round_path);
    let call = Call::from(page.clone()).with_draft(format!("speed_rounds/{id}"), fields_of(&form));
    let result =
        async { Ok(speed_rounds::sign_up(&call.store, call.actor(), read_id(&id)?, form.check()?).await?) }
            .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-speed-signed-up")))).await
}

/// Withdraws from a speed round.
///
/// # Errors
/// `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "speed_rounds/withdraw")]
pub async fn withdraw(#[server(default)] id: String) -> Result<(), AppError> {
    let call = Call::from(read_id(&id).map_or_else(|_| SPEED_ROUNDS.to_owned(), speed_round_path));
    let result = async { Ok(speed_rounds::withdraw(&call.store, call.actor(), read_id(&id)?).await?) }.await;
    let next = |(): &()| (SPEED_ROUNDS.to_owned(), Some(Flash::success("flash-speed-withdrawn")));
    call.respond(result, next).await
}

/// Starts making a plan, publishes it, or cancels the round.
///
/// # Errors
/// `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "speed_rounds/change")]
pub async fn change(#[server(default)] id: String, #[server(default)] act: String) -> Result<(), AppError> {
    let page = read_id(&id).map_or_else(|_| SPEED_ROUNDS.to_owned(), plan_path);
    let call = Call::from(page.clone());
    let result = async {
        let change: SpeedRoundChange = act.parse().map_err(|()| AppError::NotFound)?;
        speed_rounds::change(&call.store, call.actor(), read_id(&id)?, change).await?;
        Ok(change)
    }
    .await;
    let next = |change: &SpeedRoundChange| match change {
        SpeedRoundChange::Plan => (page, None),
        SpeedRoundChange::Publish => (page, Some(Flash::success("flash-speed-published"))),
        SpeedRoundChange::Cancel => (page, Some(Flash::success("flash-speed-cancelled"))),
    };
    call.respond(result, next).await.map(drop)
}
