//! The picture of public kudos that other sites show next to a link (K11). It is drawn when it is first asked for, and
//! stored, because most kudos are never shared.

use app::{context::Visit, i18n};
use axum::{
    Extension,
    body::Body,
    extract::{Path, State as Shared},
    response::{IntoResponse, Response},
};
use domain::{Actor, KudosId, community::Logo};
use http::{HeaderValue, header};
use store::{
    kudos::{self, Kudos},
    settings,
};
use tokio::sync::Semaphore;

use super::card_picture::{Texts, draw};
use crate::{errors::Fail, state::State};

/// How many pictures are drawn at once. Drawing takes a processor for some ten milliseconds.
static DRAWING: Semaphore = Semaphore::const_new(1);

pub(super) async fn picture(
    Shared(state): Shared<State>,
    Extension(visit): Extension<Visit>,
    Path(id): Path<String>,
) -> Result<Response, Fail> {
    let id = id.parse().map(KudosId).map_err(|_| app::error::AppError::NotFound)?;
    // The picture shows what a visitor sees, whoever asks for it.
    let card = kudos::get(&state.store, &Actor::Anonymous, id).await?;
    let logo = match &visit.logo {
        // It may have been replaced meanwhile.
        Some(logo) => settings::logo(&state.store, &logo.name()).await.ok().map(|png| (logo.clone(), png)),
        None => None,
    };
    let texts = texts(&visit, &card, logo);
    let key = texts.key();
    let stored = kudos::share_card(&state.store, id, &key).await?;
    let bytes = match stored {
        Some(bytes) => bytes,
        None => {
            // The semaphore is never closed.
            let _turn = DRAWING.acquire().await;
            let drawn = tokio::task::spawn_blocking(move || draw(&texts)).await;
            let drawn = drawn.map_err(|error| app::error::AppError::internal(&error.to_string()))?;
            let bytes = drawn.map_err(|error| app::error::AppError::internal(&error))?;
            kudos::keep_share_card(&state.store, id, &key, &bytes).await?;
            bytes
        }
    };
    let mut response = Body::from(bytes).into_response();
    for (name, value) in [
        (header::CONTENT_TYPE, "image/png"),
        // Kudos can be retracted, so no cache keeps the picture for long.
        (header::CACHE_CONTROL, "public, max-age=600"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}

fn texts(visit: &Visit, card: &Kudos, logo: Option<(Logo, Vec<u8>)>) -> Texts {
    let to = card.to.iter().map(|person| person.name.clone()).collect();
    let with_name = |key: &str, name: &str| visit.tr_with(key, &[("name", i18n::quote(name))]);
    Texts {
        community: visit.community.clone(),
        title: visit.tr("kudos-title"),
        to,
        to_names: Box::new({
            let visit = visit.clone();
            move |names| visit.tr_with("kudos-page-title", &[("name", i18n::quote(names))])
        }),
        text: markup::markdown::text(&card.text),
        from: card
            .from
            .as_ref()
            .map(|person| (person.name.clone(), with_name("kudos-card-from", &person.name))),
        logo,
    }
}
