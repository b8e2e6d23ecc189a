//! Server functions of learning requests.

use domain::demands::DemandForm;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    super::card::{BOARD, decline_draft, demand_path, edit_draft, edit_path, speaker_draft},
    crate::{
        call::{Call, read_slug},
        context::tr,
        events::pages::event_path,
        flash::Flash,
        mentoring::paths::fields_of,
    },
    chrono::{Days, NaiveTime},
    domain::{
        DemandId, Slug,
        demands::{DemandChange, check_note},
        forms::Fields,
    },
    store::demands::{self, DraftEvent},
};

/// How many days ahead a draft event is, until its host chooses a date.
#[cfg(feature = "ssr")]
const DAYS_AHEAD: Days = Days::new(14);

/// A request that looks like one that is being written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SimilarDemand {
    /// The path of its page.
    pub path: String,
    /// Its title.
    pub title: String,
    /// How many people want it, as text.
    pub wanted: String,
}

#[cfg(feature = "ssr")]
fn read_id(text: &str) -> Result<DemandId, AppError> {
    text.trim().parse().map(DemandId).map_err(|_| AppError::NotFound)
}

/// The page of the request that a form names, or the board.
#[cfg(feature = "ssr")]
fn page_of(id: &str) -> String {
    read_id(id).map_or_else(|_| BOARD.to_owned(), demand_path)
}

/// Posts a learning request.
///
/// # Errors
/// `Invalid` when a field is wrong. `Refused` with the reason: with `DemandsAlike` when others look like it and the form does not say to
/// post it anyway.
#[server(prefix = "/api", endpoint = "demands/ask")]
pub async fn ask(
    #[server(default)] key: String,
    #[server(default)] anyway: String,
    #[server(flatten)] form: DemandForm,
) -> Result<(), AppError> {
    let call = Call::from(format!("{BOARD}/new")).with_draft("demands/ask".to_owned(), fields_of(&form));
    let result =
        async { Ok(demands::ask(&call.store, call.actor(), form.check()?, anyway == "yes", &key).await?) }
            .await;
    let next = |id: &DemandId| (demand_path(*id), Some(Flash::success("flash-demand-asked")));
    call.respond(result, next).await.map(drop)
}

/// Changes the caller's own request.
///
/// # Errors
/// `Invalid` when a field is wrong; `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "demands/edit")]
pub async fn edit(
    #[server(default)] id: String,
    #[server(flatten)] form: DemandForm,
) -> Result<(), AppError> {
    let back = read_id(&id).map_or_else(|_| BOARD.to_owned(), edit_path);
    let call = Call::from(back).with_draft(edit_draft(&id), fields_of(&form));
    let result =
        async { Ok(demands::edit(&call.store, call.actor(), read_id(&id)?, form.check()?).await?) }.await;
    call.respond(result, |()| (page_of(&id), Some(Flash::success("flash-demand-edited")))).await
}

/// Open requests that look like a title. Changes nothing.
///
/// # Errors
/// `Unavailable` or `Internal` when the store can't be read.
#[server(prefix = "/api", endpoint = "demands/similar")]
pub async fn similar(#[server(default)] title: String) -> Result<Vec<SimilarDemand>, AppError> {
    let call = Call::from(format!("{BOARD}/new"));
    let result = async {
        let title: String = title.chars().take(domain::demands::MAX_DEMAND_TITLE).collect();
        let found = demands::similar(&call.store, call.actor(), &title).await?;
        let similar = |card: demands::DemandCard| SimilarDemand {
            path: demand_path(card.id),
            wanted: super::card::wanted(card.supporters),
            title: card.title,
        };
        Ok(found.into_iter().map(similar).collect())
    }
    .await;
    call.respond(result, |_| (format!("{BOARD}/new"), None)).await
}

/// Says that the caller wants it too, or no longer.
///
/// # Errors
/// `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "demands/support")]
pub async fn support(
    #[server(default)] id: String,
    #[server(default)] wanted: String,
    #[server(default)] back: String,
) -> Result<(), AppError> {
    let back = if back.starts_with(BOARD) { back } else { page_of(&id) };
    let call = Call::from(back.clone());
    let wanted = wanted == "yes";
    let result =
        async { Ok(demands::support(&call.store, call.actor(), read_id(&id)?, wanted).await?) }.await;
    let key = if wanted { "flash-demand-supported" } else { "flash-demand-unsupported" };
    call.respond(result, |()| (back, Some(Flash::success(key)))).await
}

/// Offers to teach it.
///
/// # Errors
/// `Invalid` without a sentence; `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "demands/claim")]
pub async fn claim(#[server(default)] id: String, #[server(default)] note: String) -> Result<(), AppError> {
    let typed: Fields = [("note".to_owned(), note.clone())].into();
    let call = Call::from(page_of(&id)).with_draft(speaker_draft(&id), typed);
    let result = async {
        let note = check_note(&note)?;
        Ok(demands::claim(&call.store, call.actor(), read_id(&id)?, &note).await?)
    }
    .await;
    call.respond(result, |()| (page_of(&id), Some(Flash::success("flash-demand-claimed")))).await
}

/// Puts a request back on the board without a speaker.
///
/// # Errors
/// `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "demands/release")]
pub async fn release(#[server(default)] id: String) -> Result<(), AppError> {
    let call = Call::from(page_of(&id));
    let result = async { Ok(demands::release(&call.store, call.actor(), read_id(&id)?).await?) }.await;
    call.respond(result, |()| (page_of(&id), Some(Flash::success("flash-demand-released")))).await
}

/// Asks a group to host it.
///
/// # Errors
/// `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "demands/ask_host")]
pub async fn ask_host(
    #[server(default)] id: String,
    #[server(default)] group: String,
) -> Result<(), AppError> {
    let call = Call::from(page_of(&id));
    let result =
        async { Ok(demands::ask_host(&call.store, call.actor(), read_id(&id)?, &read_slug(&group)?).await?) }
            .await;
    call.respond(result, |()| (page_of(&id), Some(Flash::success("flash-demand-host-asked")))).await
}

/// Declines to host it.
///
/// # Errors
/// `Invalid` without a sentence; `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "demands/decline_host")]
pub async fn decline_host(
    #[server(default)] id: String,
    #[server(default)] note: String,
) -> Result<(), AppError> {
    let typed: Fields = [("note".to_owned(), note.clone())].into();
    let call = Call::from(page_of(&id)).with_draft(decline_draft(&id), typed);
    let result = async {
        let note = check_note(&note)?;
        Ok(demands::decline_host(&call.store, call.actor(), read_id(&id)?, &note).await?)
    }
    .await;
    call.respond(result, |()| (page_of(&id), Some(Flash::success("flash-demand-host-declined")))).await
}

/// Makes a draft event for it, and opens the form of that event.
///
/// # Errors
/// `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "demands/make_event")]
pub async fn make_event(
    #[server(default)] id: String,
    #[server(default)] group: String,
) -> Result<(), AppError> {
    let call = Call::from(page_of(&id));
    let result = async {
        let zone = call.visit.zone;
        let day = zone.wall(call.store.now()).date() + DAYS_AHEAD;
        let evening = NaiveTime::from_hms_opt(18, 0, 0).unwrap_or_default();
        let group = if group.is_empty() { None } else { Some(read_slug(&group)?) };
        let draft = DraftEvent { group, starts: day.and_time(evening), zone, place: tr("demand-place-open") };
        Ok(demands::make_event(&call.store, call.actor(), read_id(&id)?, draft).await?)
    }
    .await;
    let next =
        |slug: &Slug| (format!("{}/edit", event_path(slug)), Some(Flash::success("flash-demand-event-made")));
    call.respond(result, next).await.map(drop)
}

/// Takes a request back, puts it back, removes or restores it.
///
/// # Errors
/// `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "demands/change")]
pub async fn change(#[server(default)] id: String, #[server(default)] act: String) -> Result<(), AppError> {
    let call = Call::from(page_of(&id));
    let result = async {
        let change: DemandChange = act.parse().map_err(|()| AppError::NotFound)?;
        demands::change(&call.store, call.actor(), read_id(&id)?, change).await?;
        Ok(change)
    }
    .await;
    let next = |change: &DemandChange| {
        let key = match change {
            DemandChange::Withdraw => "flash-demand-withdrawn",
            DemandChange::Reopen => "flash-demand-reopened",
            DemandChange::Remove => "flash-demand-removed",
            DemandChange::Restore => "flash-demand-restored",
        };
        (page_of(&id), Some(Flash::success(key)))
    };
    call.respond(result, next).await.map(drop)
}
