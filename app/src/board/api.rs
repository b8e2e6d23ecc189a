//! Server functions of the board.

use domain::board::{Board, DetailsForm, RoomForm, SessionForm, SlotForm};
use leptos::prelude::*;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    super::{
        paths::{board_path, board_session_path, releases_path},
        release::{MAX_NOTE, note_draft},
        rooms::room_draft,
        session::{details_draft, new_draft, slot_draft},
    },
    crate::{
        call::{Call, read_slug},
        flash::Flash,
        mentoring::paths::fields_of,
    },
    domain::{
        Instant, Refusal, Slug, Zone,
        board::{GRID, MAX_BUFFER, MAX_MINUTES, Slot},
        checks::Checks,
    },
    store::schedule,
    uuid::Uuid,
};

#[cfg(feature = "ssr")]
fn read_id(text: &str) -> Result<Uuid, AppError> {
    text.trim().parse().map_err(|_| AppError::NotFound)
}

/// The page of the board that a form names, or the list of events.
#[cfg(feature = "ssr")]
fn page_of(slug: &str) -> String {
    Slug::parse(slug).map_or_else(|| "/events".to_owned(), |slug| board_path(slug.as_str()))
}

#[cfg(feature = "ssr")]
fn session_page_of(slug: &str, session: &str) -> String {
    match (Slug::parse(slug), read_id(session)) {
        (Some(slug), Ok(session)) => board_session_path(slug.as_str(), session),
        _ => page_of(slug),
    }
}

/// Gives a session of the draft a slot, or puts it back into the pool. `version` is the revision that the editor saw.
/// Returns the new one.
///
/// # Errors
/// `Invalid` when a field is wrong. `Refused` with the newer revision when somebody else moved the session since.
#[server(prefix = "/api", endpoint = "board/place")]
pub async fn place(
    #[server(default)] slug: String,
    #[server(default)] session: String,
    #[server(default)] version: String,
    #[server(flatten)] form: SlotForm,
) -> Result<i32, AppError> {
    let page = session_page_of(&slug, &session);
    let call = Call::from(page).with_draft(slot_draft(&slug, &session), fields_of(&form));
    let result = async {
        let (slug, session) = (read_slug(&slug)?, read_id(&session)?);
        let (_, clock) = schedule::board_clock(&call.store, call.actor(), &slug).await?;
        let (slot, minutes) = form.check(clock)?;
        let seen = version.trim().parse().unwrap_or(0);
        let to = slot.map(|slot| clock.day(slot.starts_at));
        let revision =
            schedule::place(&call.store, call.actor(), &slug, session, seen, slot, minutes).await?;
        Ok((revision, to))
    }
    .await;
    let next = |(_, day): &(i32, Option<chrono::NaiveDate>)| match day {
        Some(day) => (format!("{}?day={day}", page_of(&slug)), Some(Flash::success("flash-board-placed"))),
        None => (page_of(&slug), Some(Flash::success("flash-board-pooled"))),
    };
    call.respond(result, next).await.map(|(revision, _)| revision)
}

/// The same for the grid in the browser, which knows the instant. Without a room the session goes into the pool.
///
/// # Errors
/// As [`place`].
#[server(prefix = "/api", endpoint = "board/move")]
pub async fn move_session(
    #[server(default)] slug: String,
    #[server(default)] session: String,
    #[server(default)] version: i32,
    #[server(default)] room: String,
    #[server(default)] starts: String,
    #[server(default)] minutes: u32,
) -> Result<i32, AppError> {
    let call = Call::from(page_of(&slug));
    let result = async {
        let (event, session) = (read_slug(&slug)?, read_id(&session)?);
        let slot = match room.trim() {
            "" => None,
            room => Some(Slot { room: read_id(room)?, starts_at: read_instant(&starts)? }),
        };
        if !(GRID..=MAX_MINUTES).contains(&minutes) || !minutes.is_multiple_of(GRID) {
            return Err(AppError::field("minutes", Refusal::NotOnGrid));
        }
        Ok(schedule::place(&call.store, call.actor(), &event, session, version, slot, minutes).await?)
    }
    .await;
    call.respond(result, |_| (page_of(&slug), Some(Flash::success("flash-board-placed")))).await
}

/// An instant on the grid.
#[cfg(feature = "ssr")]
fn read_instant(text: &str) -> Result<Instant, AppError> {
    let at: Instant = text.trim().parse().map_err(|_| AppError::field("starts", Refusal::BadDate))?;
    let is_in_range = domain::time::YEARS.contains(&chrono::Datelike::year(&at));
    if !is_in_range || at.timestamp() % (60 * i64::from(GRID)) != 0 || at.timestamp_subsec_nanos() > 0 {
        return Err(AppError::field("starts", Refusal::NotOnGrid));
    }
    Ok(at)
}

/// The draft with its number, if it is another one than `version`.
///
/// # Errors
/// `NotFound`, or `Refused` for everybody but the organisers of the event.
#[server(prefix = "/api", endpoint = "board/state")]
pub async fn state(
    #[server(default)] slug: String,
    #[server(default)] version: i32,
) -> Result<Option<(i32, Board)>, AppError> {
    let call = Call::from(page_of(&slug));
    let result = async {
        let loaded = schedule::board_since(&call.store, call.actor(), &read_slug(&slug)?, version).await?;
        Ok(loaded.map(|loaded| (loaded.revision, loaded.board)))
    }
    .await;
    call.respond(result, |_| (page_of(&slug), None)).await
}

/// Adds a session to the pool.
///
/// # Errors
/// `Invalid` when a field is wrong; `NotFound`, or `Refused` for everybody but the organisers of the event.
#[server(prefix = "/api", endpoint = "board/add_session")]
pub async fn add_session(
    #[server(default)] slug: String,
    #[server(default)] key: String,
    #[server(flatten)] form: SessionForm,
) -> Result<(), AppError> {
    let call = Call::from(format!("{}/new", page_of(&slug))).with_draft(new_draft(&slug), fields_of(&form));
    let result = async {
        let new = form.check()?;
        Ok(schedule::add_session(&call.store, call.actor(), &read_slug(&slug)?, &new, &key).await?)
    }
    .await;
    let next = |id: &Uuid| {
        (session_page_of(&slug, &id.to_string()), Some(Flash::success("flash-board-session-added")))
    };
    call.respond(result, next).await.map(drop)
}

/// Changes the title, the text and the speakers of a session. `version` is the number of what the editor saw.
///
/// # Errors
/// `Invalid` when a field is wrong. `Refused` with the newer number when somebody else changed them since.
#[server(prefix = "/api", endpoint = "board/edit_session")]
pub async fn edit_session(
    #[server(default)] slug: String,
    #[server(default)] session: String,
    #[server(default)] version: String,
    #[server(flatten)] form: DetailsForm,
) -> Result<(), AppError> {
    let page = session_page_of(&slug, &session);
    let call =
        Call::from(format!("{page}#details")).with_draft(details_draft(&slug, &session), fields_of(&form));
    let result = async {
        let details = form.check()?;
        let (event, session) = (read_slug(&slug)?, read_id(&session)?);
        let seen = version.trim().parse().unwrap_or(0);
        Ok(schedule::edit_session(&call.store, call.actor(), &event, session, seen, &details).await?)
    }
    .await;
    call.respond(result, |()| (page_of(&slug), Some(Flash::success("flash-board-saved")))).await
}

/// Removes a session from the pool.
///
/// # Errors
/// `NotFound`, or `Refused` while the session has a slot or belongs to a proposal.
#[server(prefix = "/api", endpoint = "board/remove_session")]
pub async fn remove_session(
    #[server(default)] slug: String,
    #[server(default)] session: String,
) -> Result<(), AppError> {
    let call = Call::from(session_page_of(&slug, &session));
    let result = async {
        let (event, session) = (read_slug(&slug)?, read_id(&session)?);
        Ok(schedule::remove_session(&call.store, call.actor(), &event, session).await?)
    }
    .await;
    call.respond(result, |()| (page_of(&slug), Some(Flash::success("flash-board-session-removed")))).await
}

/// Says when a speaker can be there, in the event's time zone. Without both times they always can.
///
/// # Errors
/// `Invalid` when a time is wrong; `NotFound`, or `Refused` for everybody but the organisers of the event.
#[server(prefix = "/api", endpoint = "board/available")]
pub async fn available(
    #[server(default)] slug: String,
    #[server(default)] session: String,
    #[server(default)] speaker: String,
    #[server(default)] from: String,
    #[server(default)] until: String,
) -> Result<(), AppError> {
    let page = session_page_of(&slug, &session);
    let call = Call::from(page.clone());
    let result = async {
        let (event, speaker) = (read_slug(&slug)?, read_id(&speaker)?);
        let (zone, _) = schedule::board_clock(&call.store, call.actor(), &event).await?;
        let span = read_span(zone, &from, &until)?;
        Ok(schedule::set_available(&call.store, call.actor(), &event, speaker, span).await?)
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-board-saved")))).await
}

#[cfg(feature = "ssr")]
fn read_span(zone: Zone, from: &str, until: &str) -> Result<Option<(Instant, Instant)>, AppError> {
    if from.trim().is_empty() && until.trim().is_empty() {
        return Ok(None);
    }
    let mut checks = Checks::default();
    let from = checks.local_time("from", from).map(|from| zone.resolve(from).at);
    let until = checks.local_time("until", until).map(|until| zone.resolve(until).at);
    if let (Some(from), Some(until)) = (from, until)
        && from >= until
    {
        checks.problem("until", Refusal::EndBeforeStart);
    }
    if from.is_none() || until.is_none() {
        checks.problem("from", Refusal::Missing);
    }
    Ok(Some(checks.finish(from.zip(until))?))
}

/// Adds a room.
///
/// # Errors
/// `Invalid` when a field is wrong; `NotFound`, or `Refused` for everybody but the organisers of the event.
#[server(prefix = "/api", endpoint = "board/add_room")]
pub async fn add_room(
    #[server(default)] slug: String,
    #[server(flatten)] form: RoomForm,
) -> Result<(), AppError> {
    let page = format!("{}/rooms", page_of(&slug));
    let call = Call::from(page.clone()).with_draft(room_draft(&slug), fields_of(&form));
    let result = async {
        let (name, capacity) = form.check()?;
        Ok(schedule::add_room(&call.store, call.actor(), &read_slug(&slug)?, &name, capacity).await?)
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-board-room-added")))).await
}

/// Renames a room, or says how many people fit in.
///
/// # Errors
/// `Invalid` when a field is wrong; `NotFound`, or `Refused` for everybody but the organisers of the event.
#[server(prefix = "/api", endpoint = "board/edit_room")]
pub async fn edit_room(
    #[server(default)] slug: String,
    #[server(default)] room: String,
    #[server(flatten)] form: RoomForm,
) -> Result<(), AppError> {
    let page = format!("{}/rooms", page_of(&slug));
    let call = Call::from(page.clone());
    let result = async {
        let (event, room) = (read_slug(&slug)?, read_id(&room)?);
        let (name, capacity) = form.check()?;
        Ok(schedule::edit_room(&call.store, call.actor(), &event, room, &name, capacity).await?)
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-board-saved")))).await
}

/// Removes a room without sessions.
///
/// # Errors
/// `NotFound`, or `Refused` for a room with sessions.
#[server(prefix = "/api", endpoint = "board/remove_room")]
pub async fn remove_room(
    #[server(default)] slug: String,
    #[server(default)] room: String,
) -> Result<(), AppError> {
    let page = format!("{}/rooms", page_of(&slug));
    let call = Call::from(page.clone());
    let result = async {
        let (event, room) = (read_slug(&slug)?, read_id(&room)?);
        Ok(schedule::remove_room(&call.store, call.actor(), &event, room).await?)
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-board-room-removed")))).await
}

/// Ends all links to the screen of a room. `number` is the one of the links to end.
///
/// # Errors
/// `NotFound`, or `Refused` for everybody but the organisers of the event.
#[server(prefix = "/api", endpoint = "board/end_screens")]
pub async fn end_screens(
    #[server(default)] slug: String,
    #[server(default)] room: String,
    #[server(default)] number: String,
) -> Result<(), AppError> {
    let page = format!("{}/rooms", page_of(&slug));
    let call = Call::from(page.clone());
    let result = async {
        let (event, room) = (read_slug(&slug)?, read_id(&room)?);
        let seen = number.trim().parse().map_err(|_| AppError::NotFound)?;
        Ok(schedule::end_screens(&call.store, call.actor(), &event, room, seen).await?)
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-board-screens-ended")))).await
}

/// Sets the break between two sessions of a room.
///
/// # Errors
/// `Invalid` when it is no number; `NotFound`, or `Refused` for everybody but the organisers of the event.
#[server(prefix = "/api", endpoint = "board/buffer")]
pub async fn buffer(
    #[server(default)] slug: String,
    #[server(default)] minutes: String,
) -> Result<(), AppError> {
    let page = format!("{}/rooms", page_of(&slug));
    let call = Call::from(page.clone());
    let result = async {
        let mut checks = Checks::default();
        let minutes = checks.number("minutes", &minutes, 0, MAX_BUFFER.into()).unwrap_or(0);
        if minutes % i64::from(GRID) != 0 {
            checks.problem("minutes", Refusal::NotOnGrid);
        }
        let minutes = checks.finish(u32::try_from(minutes).ok())?;
        Ok(schedule::set_buffer(&call.store, call.actor(), &read_slug(&slug)?, minutes).await?)
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-board-saved")))).await
}

/// Releases the draft as it was at the revision `version`.
///
/// # Errors
/// `NotFound`, or `Refused` with the reason.
#[server(prefix = "/api", endpoint = "board/release")]
pub async fn release(
    #[server(default)] slug: String,
    #[server(default)] version: String,
    #[server(default)] note: String,
) -> Result<(), AppError> {
    let typed = [("note".to_owned(), note.clone())].into();
    let call = Call::from(format!("{}/release", page_of(&slug))).with_draft(note_draft(&slug), typed);
    let result = async {
        let mut checks = Checks::default();
        let note = checks.text("note", &note, 0, MAX_NOTE);
        let note = checks.finish(Some(note))?;
        let seen = version.trim().parse().unwrap_or(-1);
        Ok(schedule::release(&call.store, call.actor(), &read_slug(&slug)?, seen, &note).await?)
    }
    .await;
    let next = |number: &u32| {
        let flash = Flash::Counted { key: "flash-board-released".to_owned(), count: *number };
        (page_of(&slug), Some(flash))
    };
    call.respond(result, next).await.map(drop)
}

/// Brings a release back into the draft.
///
/// # Errors
/// `NotFound`, or `Refused` for everybody but the organisers of the event.
#[server(prefix = "/api", endpoint = "board/bring_back")]
pub async fn bring_back(
    #[server(default)] slug: String,
    #[server(default)] number: String,
) -> Result<(), AppError> {
    let back = Slug::parse(&slug).map_or_else(|| page_of(&slug), |slug| releases_path(slug.as_str()));
    let call = Call::from(back);
    let result = async {
        let number = number.trim().parse().map_err(|_| AppError::NotFound)?;
        Ok(schedule::bring_back(&call.store, call.actor(), &read_slug(&slug)?, number).await?)
    }
    .await;
    let next = |gone: &u32| {
        let flash = match gone {
            0 => Flash::success("flash-board-brought-back"),
            gone => Flash::Counted { key: "flash-board-brought-back-some".to_owned(), count: *gone },
        };
        (page_of(&slug), Some(flash))
    };
    call.respond(result, next).await.map(drop)
}
