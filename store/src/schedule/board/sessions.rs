//! Sessions that organisers write on the board, and when speakers can be there.

use domain::{
    Actor, Instant, Refusal, Slug,
    board::{MAX_SESSIONS, NewSession},
    policy::{Permit, events::EditEvent},
    schedule::{ScheduleSession, ScheduleSpeaker},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _,
};
use uuid::Uuid;

use super::rows::{count_change, lock, session_of};
use crate::{
    Store, StoreError, audit,
    cascade::remove as remove_rows,
    catalogue::foreign_keys,
    entities::{agenda_session, agenda_slot, session_speaker, speaker, submission},
    secrets,
    write::{Tx, create_key, verb},
};

/// How the guid of a session that was written on the board begins.
pub(in crate::schedule) const SESSION_GUID: &str = "session:";

/// Adds a session to the pool of an event. `key` names the form: sending it again adds nothing.
///
/// # Errors
/// `NotFound` for hidden and absent events. `Refused` for everybody but the organisers of the event, and when it has too
/// many sessions.
pub async fn add_session(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    new: &NewSession,
    key: &str,
) -> Result<Uuid, StoreError> {
    verb!(store, |tx, actor, slug, new, key| {
        let (event, permit) = lock(tx, actor, slug).await?;
        let key = create_key(actor, key).map(|key| secrets::hex_hash(&key));
        let guid = format!("{SESSION_GUID}{}", key.unwrap_or_else(|| secrets::new_id().to_string()));
        let of_event =
            || agenda_session::Entity::find().filter(agenda_session::Column::EventId.eq(event.id.0));
        let same = of_event().filter(agenda_session::Column::Guid.eq(&guid)).one(tx.db()).await?;
        if let Some(same) = same {
            return Ok(same.id);
        }
        if of_event().count(tx.db()).await? >= MAX_SESSIONS {
            return Err(Refusal::TooManySessions { max: MAX_SESSIONS as i64 }.into());
        }
        let id = insert(tx, &permit, event.id.0, guid, new).await?;
        count_change(tx, &permit, event.id.0).await?;
        audit::record(tx, &permit, "agenda.add_session", id).await?;
        Ok(id)
    })
}

async fn insert(
    tx: &Tx,
    permit: &Permit<EditEvent>,
    event: Uuid,
    guid: String,
    new: &NewSession,
) -> Result<Uuid, StoreError> {
    let (mut speakers, mut ids) = (Vec::new(), Vec::new());
    for name in &new.speakers {
        let (id, code) = speaker_of(tx, event, name).await?;
        if !ids.contains(&id) {
            ids.push(id);
            speakers.push(ScheduleSpeaker { code, name: name.to_owned(), ..ScheduleSpeaker::default() });
        }
    }
    let session = ScheduleSession {
        guid: guid.clone(),
        minutes: new.minutes,
        title: new.title.clone(),
        description: markup::markdown::html(&new.text),
        speakers,
        ..ScheduleSession::default()
    };
    let id = secrets::new_id();
    let row = agenda_session::ActiveModel {
        id: Set(id),
        event_id: Set(event),
        guid: Set(guid),
        day_index: Set(0),
        day_date: Set(None),
        position: Set(0),
        room_id: Set(None),
        track_id: Set(None),
        starts_at: Set(None),
        minutes: Set(i32::try_from(new.minutes).unwrap_or(i32::MAX)),
        title: Set(new.title.clone()),
        content: Set(serde_json::to_string(&session)?),
        recording: Set(None),
        workshop_id: Set(None),
        no_recording: Set(None),
    };
    row.insert(tx.db()).await?;
    speak(tx, permit, id, &ids).await?;
    Ok(id)
}

/// Saves who speaks in a session that has no speakers yet.
pub(super) async fn speak(
    tx: &Tx,
    _permit: &Permit<EditEvent>,
    session: Uuid,
    speakers: &[Uuid],
) -> Result<(), StoreError> {
    for (position, speaker) in speakers.iter().enumerate() {
        let speaks = session_speaker::ActiveModel {
            session_id: Set(session),
            speaker_id: Set(*speaker),
            position: Set(i32::try_from(position).unwrap_or(i32::MAX)),
        };
        speaks.insert(tx.db()).await?;
    }
    Ok(())
}

/// The speaker of an event with this name and their code in the agenda. One is added if there is none. People with the
/// same name are the same speaker, because the organisers typed it twice.
pub(super) async fn speaker_of(tx: &Tx, event: Uuid, name: &str) -> Result<(Uuid, String), StoreError> {
    let of_event = || speaker::Entity::find().filter(speaker::Column::EventId.eq(event));
    if let Some(row) = of_event().filter(speaker::Column::Name.eq(name)).one(tx.db()).await? {
        return Ok((row.id, row.code));
    }
    let id = secrets::new_id();
    let code = format!("board:{id}");
    let position = of_event().count(tx.db()).await?;
    let new = speaker::ActiveModel {
        id: Set(id),
        event_id: Set(event),
        code: Set(code.clone()),
        name: Set(name.to_owned()),
        position: Set(i32::try_from(position).unwrap_or(i32::MAX)),
        ..Default::default()
    };
    new.insert(tx.db()).await?;
    Ok((id, code))
}

/// Removes a session that waits in the pool. Removing it again changes nothing.
///
/// # Errors
/// `NotFound` for hidden and absent events. `Refused` for everybody but the organisers of the event, for a session that
/// the draft or the released agenda has a slot for, and for one that is a proposal of a speaker.
pub async fn remove_session(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    session: Uuid,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, &session| {
        let (event, permit) = lock(tx, actor, slug).await?;
        let Some(row) = session_of(tx.db(), event.id.0, session).await? else { return Ok(()) };
        let drafted = agenda_slot::Entity::find_by_id(session).one(tx.db()).await?;
        let has_slot = row.starts_at.is_some() || drafted.is_some_and(|drafted| drafted.room_id.is_some());
        let proposals = submission::Entity::find().filter(submission::Column::SessionId.eq(session));
        if has_slot || proposals.count(tx.db()).await? > 0 {
            return Err(Refusal::SessionInUse.into());
        }
        let keys = foreign_keys(tx.db()).await?;
        let of_session = sea_orm::sea_query::ExprTrait::eq(
            sea_orm::sea_query::Expr::col(agenda_session::Column::Id),
            session,
        );
        remove_rows(tx, &keys, "agenda_sessions", of_session, 0).await?;
        count_change(tx, &permit, event.id.0).await?;
        audit::record(tx, &permit, "agenda.remove_session", session).await
    })
}

/// Says when a speaker can be there. `None` means always.
///
/// # Errors
/// `NotFound` for hidden and absent events, and for speakers of other events. `Refused` for everybody but the organisers
/// of the event.
pub async fn set_available(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    id: Uuid,
    span: Option<(Instant, Instant)>,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, &id, &span| {
        let (event, permit) = lock(tx, actor, slug).await?;
        let found = speaker::Entity::find_by_id(id).filter(speaker::Column::EventId.eq(event.id.0));
        found.one(tx.db()).await?.ok_or(StoreError::NotFound)?;
        let change = speaker::ActiveModel {
            id: Set(id),
            available_from: Set(span.map(|(from, _)| from)),
            available_until: Set(span.map(|(_, until)| until)),
            ..Default::default()
        };
        change.update(tx.db()).await?;
        count_change(tx, &permit, event.id.0).await?;
        audit::record(tx, &permit, "agenda.set_available", id).await
    })
}
