//! Server functions of group circles.

use domain::circles::CircleForm;
use leptos::prelude::*;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    super::page::{CIRCLES, circle_path},
    crate::{call::Call, flash::Flash, mentoring::paths::fields_of},
    domain::{CircleId, circles::CircleChange},
    store::circles,
};

#[cfg(feature = "ssr")]
fn read_id(text: &str) -> Result<CircleId, AppError> {
    text.trim().parse().map(CircleId).map_err(|_| AppError::NotFound)
}

/// Opens a circle.
///
/// # Errors
/// `Invalid` when a field is wrong, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "circles/open")]
pub async fn open(
    #[server(default)] key: String,
    #[server(flatten)] form: CircleForm,
) -> Result<(), AppError> {
    let call = Call::from(format!("{CIRCLES}/new")).with_draft("circles/open".to_owned(), fields_of(&form));
    let result = async { Ok(circles::open(&call.store, call.actor(), form.check()?, &key).await?) }.await;
    let next = |id: &CircleId| (circle_path(*id), Some(Flash::success("flash-circle-opened")));
    call.respond(result, next).await.map(drop)
}

/// Takes a place in a circle, gives it up, or closes the circle.
///
/// # Errors
/// `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "circles/change")]
pub async fn change(#[server(default)] id: String, #[server(default)] act: String) -> Result<(), AppError> {
    let page = read_id(&id).map_or_else(|_| CIRCLES.to_owned(), circle_path);
    let call = Call::from(page.clone());
    let result = async {
        let change: CircleChange = act.parse().map_err(|_| AppError::NotFound)?;
        circles::change(&call.store, call.actor(), read_id(&id)?, change).await?;
        Ok(change)
    }
    .await;
    let next = |change: &CircleChange| match change {
        CircleChange::Join => (page, Some(Flash::success("flash-circle-joined"))),
        CircleChange::Leave => (CIRCLES.to_owned(), Some(Flash::success("flash-circle-left"))),
        CircleChange::Close => (page, Some(Flash::success("flash-circle-closed"))),
    };
    call.respond(result, next).await.map(drop)
}
