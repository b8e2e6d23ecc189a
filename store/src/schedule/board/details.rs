//! The title, the text, the track and the speakers of a session. Everybody sees a change at once, and an export has it.

use domain::{
    Actor, Refusal, Slug,
    board::SessionDetails,
    policy::{Permit, events::EditEvent},
    schedule::{ScheduleSession, ScheduleSpeaker},
    text,
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
};
use uuid::Uuid;

use super::{
    super::agenda::workshop_slot,
    rows::{count_change, lock, session_of},
    sessions::{speak, speaker_of},
};
use crate::{
    Store, StoreError, audit,
    entities::{agenda_session, session_speaker, speaker, track},
    events, search, secrets,
    write::{Tx, verb},
};

/// The details of a session as a form shows them, and a number for what they are now.
pub(super) fn details_of(row: &agenda_session::Model) -> Result<(SessionDetails, i64), StoreError> {
    let content: ScheduleSession = serde_json::from_str(&row.content)?;
    let details = SessionDetails {
        title: text::line(&row.title),
        speakers: content.speakers.iter().map(|speaker| text::line(&speaker.name)).collect(),
        track: text::line(&content.track),
        summary: typed(&content.summary),
        text: typed(&content.description),
    };
    let hash = secrets::hex_hash(&serde_json::to_string(&(
        &row.title,
        &content.speakers,
        &content.track,
        &content.summary,
        &content.description,
    ))?);
    // Eight digits are enough to notice that somebody else changed it.
    let version = i64::from_str_radix(hash.get(..8).unwrap_or("0"), 16).unwrap_or(0);
    Ok((details, version))
}

/// A text of a session as somebody would type it: paragraphs between empty lines.
fn typed(published: &str) -> String {
    text::block(&markup::published::text(published).replace('\n', "\n\n"))
}

/// Changes the title, the text and the speakers of a session. A text that stays as the form showed it keeps its links and
/// its markup. `seen` is the number of the details that the editor saw.
///
/// # Errors
/// `NotFound` for hidden and absent events and sessions. `Refused` for everybody but the organisers of the event, and
/// with `ChangedMeanwhile` when somebody else changed them since.
pub async fn edit_session(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    session: Uuid,
    seen: i64,
    wanted: &SessionDetails,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, &session, &seen, wanted| {
        let (event, permit) = lock(tx, actor, slug).await?;
        // Speakers say behind the lock of the session that nobody records it.
        session_of(tx.db(), event.id.0, session).await?.ok_or(StoreError::NotFound)?;
        let row = agenda_session::Entity::find_by_id(session).lock_exclusive().one(tx.db()).await?;
        let row = row.ok_or(StoreError::NotFound)?;
        let (mut before, version) = details_of(&row)?;
        let mut content: ScheduleSession = serde_json::from_str(&row.content)?;
        // Markdown that was saved before shows as plain text, and is the same text.
        for (shown, typed, saved) in [
            (&mut before.summary, &wanted.summary, &content.summary),
            (&mut before.text, &wanted.text, &content.description),
        ] {
            if markup::markdown::html(typed) == *saved {
                shown.clone_from(typed);
            }
        }
        if before == *wanted {
            return Ok(());
        }
        if version != seen {
            return Err(Refusal::ChangedMeanwhile { version }.into());
        }
        let mut title = row.title.clone();
        if before.title != wanted.title {
            title.clone_from(&wanted.title);
            content.title.clone_from(&wanted.title);
        }
        let mut track = row.track_id;
        if before.track != wanted.track {
            track = track_of(tx, &permit, row.event_id, &wanted.track).await?;
            content.track.clone_from(&wanted.track);
        }
        if before.summary != wanted.summary {
            content.summary = markup::markdown::html(&wanted.summary);
        }
        if before.text != wanted.text {
            content.description = markup::markdown::html(&wanted.text);
        }
        if before.speakers != wanted.speakers {
            content.speakers = set_speakers(tx, &permit, &row, &content.speakers, &wanted.speakers).await?;
        }
        let change = agenda_session::ActiveModel {
            id: Set(session),
            title: Set(title),
            track_id: Set(track),
            content: Set(serde_json::to_string(&content)?),
            ..Default::default()
        };
        let changed = change.update(tx.db()).await?;
        if let (Some(workshop), Some(slot)) = (changed.workshop_id, workshop_slot(&changed)?) {
            events::move_workshop(tx, &permit, &event, workshop, &slot).await?;
        }
        search::sessions(tx, event.id.0, &[]).await?;
        count_change(tx, &permit, event.id.0).await?;
        audit::record(tx, &permit, "agenda.edit_session", session).await
    })
}

/// The track of an event with this name. One is added if there is none. `None` without a name.
async fn track_of(
    tx: &Tx,
    _permit: &Permit<EditEvent>,
    event: Uuid,
    name: &str,
) -> Result<Option<Uuid>, StoreError> {
    if name.is_empty() {
        return Ok(None);
    }
    let of_event = || track::Entity::find().filter(track::Column::EventId.eq(event));
    if let Some(row) = of_event().filter(track::Column::Name.eq(name)).one(tx.db()).await? {
        return Ok(Some(row.id));
    }
    let id = secrets::new_id();
    let position = i32::try_from(of_event().count(tx.db()).await?).unwrap_or(i32::MAX);
    let name = Set(name.to_owned());
    let new = track::ActiveModel { id: Set(id), event_id: Set(event), name, position: Set(position) };
    new.insert(tx.db()).await?;
    Ok(Some(id))
}

/// The tracks that sessions of an event are in, by name.
pub(super) async fn tracks(db: &impl ConnectionTrait, event: Uuid) -> Result<Vec<String>, StoreError> {
    let used = agenda_session::Entity::find()
        .select_only()
        .column(agenda_session::Column::TrackId)
        .filter(agenda_session::Column::EventId.eq(event))
        .filter(agenda_session::Column::TrackId.is_not_null())
        .into_query();
    Ok(track::Entity::find()
        .select_only()
        .column(track::Column::Name)
        .filter(track::Column::Id.in_subquery(used))
        .order_by_asc(track::Column::Name)
        .into_tuple()
        .all(db)
        .await?)
}

/// Replaces the speakers of a session. Those who stay keep what a file says about them, and their links to members.
async fn set_speakers(
    tx: &Tx,
    permit: &Permit<EditEvent>,
    row: &agenda_session::Model,
    before: &[ScheduleSpeaker],
    names: &[String],
) -> Result<Vec<ScheduleSpeaker>, StoreError> {
    let (mut speakers, mut ids) = (Vec::new(), Vec::new());
    for name in names {
        let known = before.iter().find(|speaker| text::line(&speaker.name) == *name);
        let id = match known {
            Some(known) => {
                let code = if known.code.is_empty() { &known.name } else { &known.code };
                let find = speaker::Entity::find()
                    .filter(speaker::Column::EventId.eq(row.event_id))
                    .filter(speaker::Column::Code.eq(code));
                find.one(tx.db()).await?.map(|speaker| speaker.id)
            }
            None => None,
        };
        let (id, speaker) = match (id, known) {
            (Some(id), Some(known)) => (id, known.clone()),
            _ => {
                let (id, code) = speaker_of(tx, row.event_id, name).await?;
                (id, ScheduleSpeaker { code, name: name.clone(), ..ScheduleSpeaker::default() })
            }
        };
        if !ids.contains(&id) {
            ids.push(id);
            speakers.push(speaker);
        }
    }
    session_speaker::Entity::delete_many()
        .filter(session_speaker::Column::SessionId.eq(row.id))
        .exec(tx.db())
        .await?;
    speak(tx, permit, row.id, &ids).await?;
    Ok(speakers)
}
