//! Server functions of kudos: read the actor, call the store, respond.
#![expect(clippy::too_many_arguments, reason = "each is a field of the form")]

use leptos::prelude::*;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    super::{card::kudos_path, give, page::edit_draft},
    crate::{
        call::{Call, draft_owner},
        flash::Flash,
        members::sections::fields,
    },
    domain::{
        KudosId,
        forms::Fields,
        kudos::{KudosForm, Reaction, check_edit},
        next::safe_next,
    },
};

/// Gives kudos and returns their id.
///
/// # Errors
/// `Invalid` when a field is wrong; `Refused` for oneself and beyond a limit.
#[server(prefix = "/api", endpoint = "kudos/give")]
pub async fn give(
    #[server(default)] to: Vec<String>,
    #[server(default)] team: String,
    #[server(default)] values: Vec<String>,
    #[server(default)] text: String,
    #[server(default)] visibility: String,
    #[server(default)] event: String,
    #[server(default)] session: String,
    #[server(default)] q: String,
    #[server(default)] start: String,
    #[server(default)] key: String,
) -> Result<String, AppError> {
    let (to, values) = (to.join(" "), values.join(" "));
    let form = KudosForm { to, team, values, text, visibility, event, session };
    let start = give::read_start(&start);
    let call = Call::from(give::form_path(&start)).with_draft(give::draft_key(&start), typed(&form, &q));
    let result =
        async { Ok(store::kudos::give(&call.store, call.actor(), form.check()?, &key).await?.to_string()) }
            .await;
    call.respond(result, |id| (format!("/kudos/{id}"), Some(Flash::success("flash-kudos-given")))).await
}

/// Keeps what is typed, and finds, adds or removes a person.
///
/// # Errors
/// `Unavailable` when the draft can't be saved.
#[server(prefix = "/api", endpoint = "kudos/find")]
pub async fn find(
    #[server(default)] to: Vec<String>,
    #[server(default)] team: String,
    #[server(default)] values: Vec<String>,
    #[server(default)] text: String,
    #[server(default)] visibility: String,
    #[server(default)] event: String,
    #[server(default)] session: String,
    #[server(default)] q: String,
    #[server(default)] start: String,
    #[server(default)] add: String,
    #[server(default)] remove: String,
) -> Result<(), AppError> {
    let (to, values) = (to.join(" "), values.join(" "));
    let form = KudosForm { to, team, values, text, visibility, event, session };
    let start = give::read_start(&start);
    let call = Call::from(give::form_path(&start));
    let draft = give::changed(typed(&form, &q), &add, &remove);
    let owner = draft_owner(&call.visit);
    let kept = store::drafts::keep(&call.store, &owner, &give::draft_key(&start), &draft).await;
    call.respond(kept.map_err(AppError::from), |()| (give::step_path(&start), None)).await
}

/// The form as a draft keeps it.
#[cfg(feature = "ssr")]
fn typed(form: &KudosForm, q: &str) -> Fields {
    fields([
        ("to", &form.to),
        ("team", &form.team),
        ("values", &form.values),
        ("text", &form.text),
        ("visibility", &form.visibility),
        ("event", &form.event),
        ("session", &form.session),
        ("q", q),
    ])
}

#[cfg(feature = "ssr")]
fn read_id(id: &str) -> Result<KudosId, AppError> {
    id.parse().map(KudosId).map_err(|_| AppError::NotFound)
}

/// The page of kudos with an id from a form, or the wall.
#[cfg(feature = "ssr")]
fn page_of(id: &str) -> String {
    read_id(id).map_or_else(|_| "/kudos".to_owned(), kudos_path)
}

/// Changes the text and the values of kudos.
///
/// # Errors
/// `Invalid` when a field is wrong; `Refused` when it is too late; `NotFound` when the reader did not give them.
#[server(prefix = "/api", endpoint = "kudos/edit")]
pub async fn edit(
    #[server(default)] id: String,
    #[server(default)] text: String,
    #[server(default)] values: Vec<String>,
) -> Result<(), AppError> {
    let values = values.join(" ");
    let (page, typed) = (page_of(&id), fields([("text", &text), ("values", &values)]));
    let call = Call::from(format!("{page}/edit")).with_draft(edit_draft(&id), typed);
    let result = async {
        let edit = check_edit(&text, &values)?;
        Ok(store::kudos::edit(&call.store, call.actor(), read_id(&id)?, edit).await?)
    }
    .await;
    call.respond(result, |()| (page, Some(Flash::success("flash-kudos-saved")))).await
}

/// Retracts kudos.
///
/// # Errors
/// `NotFound` when the reader did not give them.
#[server(prefix = "/api", endpoint = "kudos/retract")]
pub async fn retract(#[server(default)] id: String) -> Result<(), AppError> {
    let call = Call::from(page_of(&id));
    let result = async { Ok(store::kudos::retract(&call.store, call.actor(), read_id(&id)?).await?) }.await;
    call.respond(result, |()| ("/kudos".to_owned(), Some(Flash::success("flash-kudos-retracted")))).await
}

/// Hides the reader on kudos that they got, or shows them again.
///
/// # Errors
/// `NotFound` when the reader is not a recipient.
#[server(prefix = "/api", endpoint = "kudos/hide")]
pub async fn hide(#[server(default)] id: String, #[server(default)] hidden: String) -> Result<(), AppError> {
    let (call, hidden) = (Call::from(page_of(&id)), hidden == "yes");
    let result =
        async { Ok(store::kudos::hide(&call.store, call.actor(), read_id(&id)?, hidden).await?) }.await;
    let flash = if hidden { "flash-kudos-hidden" } else { "flash-kudos-shown" };
    call.respond(result, |()| (page_of(&id), Some(Flash::success(flash)))).await
}

/// Gives a reaction or takes it back. `reaction` is its name, a colon, and `on` or `off`. `back` is the page that a
/// form returns to.
///
/// # Errors
/// `NotFound` when the reader doesn't see the kudos.
#[server(prefix = "/api", endpoint = "kudos/react")]
pub async fn react(
    #[server(default)] id: String,
    #[server(default)] reaction: String,
    #[server(default)] back: String,
) -> Result<(), AppError> {
    let back = safe_next(&back);
    let call = Call::from(back.clone());
    let result = async {
        let (kind, wanted) = reaction.split_once(':').unwrap_or_default();
        let kind: Reaction = kind.parse().map_err(|_| AppError::NotFound)?;
        Ok(store::kudos::react(&call.store, call.actor(), read_id(&id)?, kind, wanted == "on").await?)
    }
    .await;
    call.respond(result, |()| (format!("{back}#kudos-{id}"), None)).await
}

/// Adds the reader to the list of people whom most others thanked, or takes them off it.
///
/// # Errors
/// `Refused` when the reader is suspended.
#[server(prefix = "/api", endpoint = "kudos/board")]
pub async fn board(#[server(default)] wanted: String) -> Result<(), AppError> {
    let (call, wanted) = (Call::from("/kudos/mine"), wanted == "yes");
    let result = async { Ok(store::kudos::join_board(&call.store, call.actor(), wanted).await?) }.await;
    let flash = if wanted { "flash-kudos-board-joined" } else { "flash-kudos-board-left" };
    call.respond(result, |()| ("/kudos/mine".to_owned(), Some(Flash::success(flash)))).await
}

/// Adds the reader's thanks to kudos of somebody else, or takes them back.
///
/// # Errors
/// `NotFound` when the reader doesn't see the kudos; `Refused` for kudos to oneself and beyond a limit.
#[server(prefix = "/api", endpoint = "kudos/thank")]
pub async fn thank(#[server(default)] id: String, #[server(default)] wanted: String) -> Result<(), AppError> {
    let (call, wanted) = (Call::from(page_of(&id)), wanted == "yes");
    let result =
        async { Ok(store::kudos::thank(&call.store, call.actor(), read_id(&id)?, wanted).await?) }.await;
    let flash = if wanted { "flash-kudos-thanked" } else { "flash-kudos-unthanked" };
    call.respond(result, |()| (page_of(&id), Some(Flash::success(flash)))).await
}
