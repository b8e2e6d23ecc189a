//! Confirmed proposals become sessions of an event. They wait in its pool without a room and a start, where only its hosts
//! see them.

use domain::{
    Actor, MemberId, Slug, SubmissionId,
    policy::{permit, proposals::RunCall},
    proposals::SubmissionState,
    schedule::{ScheduleSession, ScheduleSpeaker},
    speakers::SpeakerLinkState,
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
};
use uuid::Uuid;

use super::rows::{lock_sent, people, proposals_of, state_of};
use crate::{
    Store, StoreError, audit,
    cascade::remove as remove_rows,
    catalogue::foreign_keys,
    entities::{agenda_session, proposal, session_speaker, speaker, speaker_link, submission},
    events, members,
    secrets::new_id,
    write::{Tx, verb},
};

/// The most sessions of a pool on one page.
const MAX_SHOWN: u64 = 200;

/// A session without a room and a start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolSession {
    /// The session.
    pub id: Uuid,
    /// Its title.
    pub title: String,
    /// Its length in minutes.
    pub minutes: u32,
    /// The names of its speakers.
    pub speakers: Vec<String>,
}

/// The sessions of an event that wait for a room and a start, for its hosts. Empty for everybody else.
///
/// # Errors
/// `NotFound` for hidden and absent events.
pub async fn pool(store: &Store, actor: &Actor, event: &Slug) -> Result<Vec<PoolSession>, StoreError> {
    let (event, may_edit) = events::seen(store.db(), actor, event).await?;
    if !may_edit {
        return Ok(Vec::new());
    }
    let rows = agenda_session::Entity::find()
        .filter(agenda_session::Column::EventId.eq(event.id.0))
        .filter(agenda_session::Column::StartsAt.is_null())
        .order_by_asc(agenda_session::Column::Title)
        .order_by_asc(agenda_session::Column::Id)
        .limit(MAX_SHOWN)
        .all(store.db())
        .await?;
    let session = |row: agenda_session::Model| {
        let content: ScheduleSession = serde_json::from_str(&row.content)?;
        Ok(PoolSession {
            id: row.id,
            title: row.title,
            minutes: u32::try_from(row.minutes).unwrap_or(0),
            speakers: content.speakers.into_iter().map(|speaker| speaker.name).collect(),
        })
    };
    rows.into_iter().map(session).collect()
}

/// Adds a confirmed proposal of a rolling call to an event. Adding it again changes nothing.
///
/// # Errors
/// `NotFound` unless the actor runs the call, and for events that they don't see. `Refused` unless they may edit the
/// event, and for proposals that are not confirmed.
pub async fn add_to_event(
    store: &Store,
    actor: &Actor,
    id: SubmissionId,
    event: &Slug,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, event| {
        let (event, _) = events::lock(tx, actor, event).await?;
        let _edit = events::edit_permit(tx, actor, &event).await?;
        let (locked, relation) = lock_sent(tx, actor, id).await?;
        let permit = permit(actor, RunCall, relation)?;
        if state_of(&locked.row)? != SubmissionState::Confirmed {
            return Err(domain::Refusal::SubmissionOver.into());
        }
        if locked.row.session_id.is_some() {
            return Ok(());
        }
        add(tx, event.id.0, &locked.proposal, &locked.row).await?;
        audit::record(tx, &permit, "proposal.add_to_event", id.0).await
    })
}

/// Makes the session of a confirmed proposal.
pub(super) async fn add(
    tx: &Tx,
    event: Uuid,
    proposal: &proposal::Model,
    row: &submission::Model,
) -> Result<(), StoreError> {
    let (mut speakers, mut ids) = (Vec::new(), Vec::new());
    for member in people(tx.db(), proposal, false).await? {
        let name = members::load(tx.db(), member).await?.shown_name();
        let (id, code) = speaker_of(tx, event, member, &name).await?;
        ids.push(id);
        speakers.push(ScheduleSpeaker { code, name, ..ScheduleSpeaker::default() });
    }
    let guid = format!("proposal:{}", row.id);
    let session = ScheduleSession {
        guid: guid.clone(),
        minutes: u32::try_from(row.minutes).unwrap_or(0),
        title: row.title.clone(),
        kind: row.kind.clone(),
        language: row.language.clone(),
        description: markup::markdown::html(&row.summary),
        do_not_record: row.do_not_record,
        speakers,
        ..ScheduleSession::default()
    };
    let id = new_id();
    let new = agenda_session::ActiveModel {
        id: Set(id),
        event_id: Set(event),
        guid: Set(guid),
        day_index: Set(0),
        day_date: Set(None),
        position: Set(0),
        room_id: Set(None),
        track_id: Set(None),
        starts_at: Set(None),
        minutes: Set(row.minutes),
        title: Set(row.title.clone()),
        content: Set(serde_json::to_string(&session)?),
        recording: Set(None),
        workshop_id: Set(None),
        no_recording: Set(None),
    };
    new.insert(tx.db()).await?;
    for (position, speaker) in ids.into_iter().enumerate() {
        let speaks = session_speaker::ActiveModel {
            session_id: Set(id),
            speaker_id: Set(speaker),
            position: Set(i32::try_from(position).unwrap_or(i32::MAX)),
        };
        speaks.insert(tx.db()).await?;
    }
    let linked = submission::ActiveModel { id: Set(row.id), session_id: Set(Some(id)), ..Default::default() };
    linked.update(tx.db()).await?;
    Ok(())
}

/// The speaker of an event who is this member, with the code in the agenda. Somebody who proposed has said who they are,
/// so nobody asks them again.
async fn speaker_of(
    tx: &Tx,
    event: Uuid,
    member: MemberId,
    name: &str,
) -> Result<(Uuid, String), StoreError> {
    let code = format!("member:{member}");
    let find = speaker::Entity::find()
        .filter(speaker::Column::EventId.eq(event))
        .filter(speaker::Column::Code.eq(&code));
    if let Some(row) = find.one(tx.db()).await? {
        return Ok((row.id, code));
    }
    let position = speaker::Entity::find().filter(speaker::Column::EventId.eq(event)).count(tx.db()).await?;
    let id = new_id();
    let new = speaker::ActiveModel {
        id: Set(id),
        event_id: Set(event),
        code: Set(code.clone()),
        name: Set(name.to_owned()),
        position: Set(i32::try_from(position).unwrap_or(i32::MAX)),
        ..Default::default()
    };
    new.insert(tx.db()).await?;
    let link = speaker_link::ActiveModel {
        speaker_id: Set(id),
        member_id: Set(member.0),
        state: Set(SpeakerLinkState::Confirmed.name().to_owned()),
        proposed_by_id: Set(None),
        proposed_at: Set(tx.now()),
    };
    link.insert(tx.db()).await?;
    Ok((id, code))
}

/// Takes a speaker out of the session of a proposal that waits in the pool.
pub(super) async fn without_speaker(
    tx: &Tx,
    row: &submission::Model,
    member: MemberId,
) -> Result<(), StoreError> {
    let Some(session) = row.session_id else { return Ok(()) };
    let waiting =
        agenda_session::Entity::find_by_id(session).filter(agenda_session::Column::StartsAt.is_null());
    let Some(session) = waiting.one(tx.db()).await? else { return Ok(()) };
    let code = format!("member:{member}");
    let mut content: ScheduleSession = serde_json::from_str(&session.content)?;
    content.speakers.retain(|speaker| speaker.code != code);
    let changed = agenda_session::ActiveModel {
        id: Set(session.id),
        content: Set(serde_json::to_string(&content)?),
        ..Default::default()
    };
    changed.update(tx.db()).await?;
    let speakers = speaker::Entity::find()
        .select_only()
        .column(speaker::Column::Id)
        .filter(speaker::Column::EventId.eq(session.event_id))
        .filter(speaker::Column::Code.eq(code));
    session_speaker::Entity::delete_many()
        .filter(session_speaker::Column::SessionId.eq(session.id))
        .filter(session_speaker::Column::SpeakerId.in_subquery(speakers.into_query()))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Before a member is erased: their own sessions leave the pool, and they leave the sessions of others there.
pub(crate) async fn forget(tx: &Tx, me: MemberId) -> Result<(), StoreError> {
    let rows = submission::Entity::find()
        .filter(submission::Column::SessionId.is_not_null())
        .filter(proposals_of(me, false))
        .find_also_related(proposal::Entity)
        .all(tx.db())
        .await?;
    for (row, proposal) in rows {
        match proposal {
            Some(proposal) if proposal.speaker_id == me.0 => remove(tx, &row).await?,
            _ => without_speaker(tx, &row, me).await?,
        }
    }
    Ok(())
}

/// Takes the session of a proposal out of the pool, because its speaker does not come. A session that has a slot stays,
/// and the organisers move it themselves.
pub(super) async fn remove(tx: &Tx, row: &submission::Model) -> Result<(), StoreError> {
    let Some(session) = row.session_id else { return Ok(()) };
    let waiting = agenda_session::Entity::find_by_id(session)
        .filter(agenda_session::Column::StartsAt.is_null())
        .count(tx.db())
        .await?;
    if waiting == 0 {
        return Ok(());
    }
    let unlinked = submission::ActiveModel { id: Set(row.id), session_id: Set(None), ..Default::default() };
    unlinked.update(tx.db()).await?;
    let keys = foreign_keys(tx.db()).await?;
    let of_session =
        sea_orm::sea_query::ExprTrait::eq(sea_orm::sea_query::Expr::col(agenda_session::Column::Id), session);
    remove_rows(tx, &keys, "agenda_sessions", of_session, 0).await
}
