//! Slides, the recording, and whether a session must not be recorded (D8). The session's row is the lock.

use domain::{
    Actor, Instant, Refusal, Slug,
    policy::{
        permit,
        sessions::{AddMaterial, AllowRecordingAgain},
    },
    sessions::{MAX_SLIDES_FILES, NoRecording},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::rows::{SeenSession, relation_of, seen};
use crate::{
    Store, StoreError, audit,
    entities::{agenda_session, session_slides},
    schedule::{self, SessionPage},
    secrets,
    write::{Tx, verb},
};

/// A file with slides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slides {
    /// The id, which names the file in its address.
    pub id: Uuid,
    /// The name of the file, which ends in `.pdf`.
    pub name: String,
    /// Number of bytes.
    pub bytes: u64,
    /// When it was added.
    pub added_at: Instant,
}

/// The material of a session, and what the reader can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Material {
    /// The slides, oldest first.
    pub slides: Vec<Slides>,
    /// The link to the recording.
    pub recording: Option<String>,
    /// Whether the session must not be recorded.
    pub do_not_record: bool,
    /// Whether the reader adds slides and a recording.
    pub may_add: bool,
    /// Whether the reader can take back that it must not be recorded.
    pub may_allow_recording: bool,
    /// How many days before a session its speakers are reminded, for organisers. 0 is never.
    pub reminder_days: Option<u32>,
}

/// The material of a session that the reader sees.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn material(store: &Store, actor: &Actor, page: &SessionPage) -> Result<Material, StoreError> {
    let db = store.db();
    let relation = relation_of(page.may_edit, page.is_speaker());
    let may_add = permit(actor, AddMaterial, relation).is_ok();
    let may_allow = match page.item.no_recording {
        Some(NoRecording::Speaker) => permit(actor, AllowRecordingAgain, relation).is_ok(),
        Some(NoRecording::Organiser) => may_add,
        None => false,
    };
    // The content of the files is not read.
    let rows: Vec<(Uuid, String, i32, Instant)> = session_slides::Entity::find()
        .select_only()
        .columns([
            session_slides::Column::Id,
            session_slides::Column::Name,
            session_slides::Column::Size,
            session_slides::Column::AddedAt,
        ])
        .filter(session_slides::Column::SessionId.eq(page.item.id))
        .order_by_asc(session_slides::Column::Id)
        .limit(MAX_SLIDES_FILES)
        .into_tuple()
        .all(db)
        .await?;
    let slides = rows.into_iter().map(|(id, name, size, added_at)| Slides {
        id,
        name,
        bytes: u64::try_from(size).unwrap_or(0),
        added_at,
    });
    let reminder_days = match page.may_edit {
        true => Some(schedule::slides_days(db, page.event.id.0).await?),
        false => None,
    };
    Ok(Material {
        slides: slides.collect(),
        recording: page.item.recording.clone(),
        do_not_record: page.item.session.do_not_record,
        may_add,
        may_allow_recording: may_allow,
        reminder_days,
    })
}

/// One file with slides: its name and its content.
///
/// # Errors
/// `NotFound` when the reader does not see the session, or it has no such file.
pub async fn slides(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    session: Uuid,
    id: Uuid,
) -> Result<(String, Vec<u8>), StoreError> {
    let found = seen(store.db(), actor, slug, session).await?;
    let row = session_slides::Entity::find_by_id(id)
        .filter(session_slides::Column::SessionId.eq(found.row.id))
        .one(store.db())
        .await?
        .ok_or(StoreError::NotFound)?;
    Ok((row.name, row.content))
}

/// Checks that the actor may add slides to a session. Call this before receiving the upload.
///
/// # Errors
/// `Refused` for everybody but its speakers and organisers, `NotFound` for hidden and absent sessions.
pub async fn may_add_slides(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    session: Uuid,
) -> Result<(), StoreError> {
    let found = seen(store.db(), actor, slug, session).await?;
    let _permit = permit(actor, AddMaterial, found.relation)?;
    Ok(())
}

/// A session that the actor sees, locked until the transaction ends.
async fn locked(tx: &Tx, actor: &Actor, slug: &Slug, session: Uuid) -> Result<SeenSession, StoreError> {
    seen(tx.db(), actor, slug, session).await?;
    agenda_session::Entity::find_by_id(session).lock_exclusive().one(tx.db()).await?;
    tx.read_clock();
    // What was read before the lock may be older.
    seen(tx.db(), actor, slug, session).await
}

/// Adds a file with slides. `bytes` were checked to be a PDF.
///
/// # Errors
/// `Refused` for everybody but its speakers and organisers, and with too many files. `NotFound` for hidden and absent
/// sessions.
pub async fn add_slides(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    session: Uuid,
    name: &str,
    bytes: Vec<u8>,
) -> Result<(), StoreError> {
    let name = name.to_owned();
    verb!(store, |tx, actor, slug, &session, name, bytes| {
        let found = locked(tx, actor, slug, session).await?;
        let permit = permit(actor, AddMaterial, found.relation)?;
        let files = session_slides::Entity::find().filter(session_slides::Column::SessionId.eq(session));
        if files.count(tx.db()).await? >= MAX_SLIDES_FILES {
            return Err(Refusal::TooManySlides { max: MAX_SLIDES_FILES as i64 }.into());
        }
        let new = session_slides::ActiveModel {
            id: Set(secrets::new_id()),
            session_id: Set(session),
            name: Set(name.clone()),
            size: Set(i32::try_from(bytes.len()).unwrap_or(i32::MAX)),
            content: Set(bytes.clone()),
            added_by_id: Set(permit.by().map(|by| by.0)),
            added_at: Set(tx.now()),
        };
        session_slides::Entity::insert(new).exec_without_returning(tx.db()).await?;
        audit::record(tx, &permit, "session.add_slides", session).await
    })
}

/// Removes a file with slides. Removing it again changes nothing.
///
/// # Errors
/// `Refused` for everybody but its speakers and organisers, `NotFound` for hidden and absent sessions.
pub async fn remove_slides(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    session: Uuid,
    id: Uuid,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, &session, &id| {
        let found = locked(tx, actor, slug, session).await?;
        let permit = permit(actor, AddMaterial, found.relation)?;
        let gone = session_slides::Entity::delete_many()
            .filter(session_slides::Column::Id.eq(id))
            .filter(session_slides::Column::SessionId.eq(session))
            .exec(tx.db())
            .await?;
        if gone.rows_affected == 0 {
            return Ok(());
        }
        audit::record(tx, &permit, "session.remove_slides", session).await
    })
}

/// Sets the link to the recording. The same link again changes nothing.
///
/// # Errors
/// `Refused(DoNotRecord)` when the session must not be recorded, and `Refused` for everybody but its speakers and
/// organisers. `NotFound` for hidden and absent sessions.
pub async fn set_recording(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    session: Uuid,
    link: Option<String>,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, &session, link| {
        let found = locked(tx, actor, slug, session).await?;
        let permit = permit(actor, AddMaterial, found.relation)?;
        if link.is_some() && schedule::must_not_be_recorded(&found.row)? {
            return Err(Refusal::DoNotRecord.into());
        }
        if found.row.recording == *link {
            return Ok(());
        }
        let change = agenda_session::ActiveModel {
            id: Set(session),
            recording: Set(link.clone()),
            ..Default::default()
        };
        change.update(tx.db()).await?;
        audit::record(tx, &permit, "session.set_recording", session).await
    })
}

/// Says that a session must not be recorded, or takes it back. Its recording is then not shown.
///
/// # Errors
/// `Refused` for everybody but its speakers and organisers, and for organisers who take back what a speaker said.
/// `NotFound` for hidden and absent sessions.
pub async fn set_no_recording(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    session: Uuid,
    forbidden: bool,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, &session, &forbidden| {
        let found = locked(tx, actor, slug, session).await?;
        let by = permit(actor, AddMaterial, found.relation)?;
        let speaks = permit(actor, AllowRecordingAgain, found.relation).is_ok();
        let before = found.row.no_recording.as_deref();
        let after = match (forbidden, speaks) {
            (true, true) => Some(NoRecording::Speaker.name()),
            // What a speaker said stays theirs.
            (true, false) => Some(before.unwrap_or(NoRecording::Organiser.name())),
            (false, _) => None,
        };
        if before == after {
            return Ok(());
        }
        if !forbidden && before == Some(NoRecording::Speaker.name()) {
            let _speaker = permit(actor, AllowRecordingAgain, found.relation)?;
        }
        let change = agenda_session::ActiveModel {
            id: Set(session),
            no_recording: Set(after.map(str::to_owned)),
            ..Default::default()
        };
        change.update(tx.db()).await?;
        let action = if forbidden { "session.forbid_recording" } else { "session.allow_recording" };
        audit::record(tx, &by, action, session).await
    })
}
