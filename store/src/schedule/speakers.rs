//! Speakers of a session, and the members they are (M28). The row of the speaker is the lock of its link.

use std::collections::HashMap;

use domain::{
    Actor, MemberId, Problem, Refusal, Slug,
    emails::{self, Email},
    members::Viewer,
    policy::{
        Action, Own, Permit, permit,
        speakers::{ConfirmSpeaker, RemoveSpeakerLink},
    },
    speakers::SpeakerLinkState,
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    Store, StoreError, audit,
    blocks::hidden_from,
    entities::{agenda_session, event, profile, session_speaker, speaker, speaker_link},
    events, members,
    write::{Tx, verb},
};

/// A speaker of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionSpeaker {
    /// The speaker's id, for the forms about them.
    pub id: Uuid,
    /// The name in the agenda.
    pub name: String,
    /// The member they are, if the reader may know. Before the member confirms, organisers and the member know.
    pub link: Option<SpeakerLink>,
}

/// The link of a speaker to a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeakerLink {
    /// The member's page.
    pub page: Slug,
    /// The member's name, for organisers who may see it.
    pub name: Option<String>,
    /// Whether it is the reader.
    pub is_me: bool,
    /// Proposed or confirmed.
    pub state: SpeakerLinkState,
}

/// A question to the reader: are they this speaker?
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeakerToDo {
    /// The event.
    pub event: Slug,
    /// The session.
    pub session: Uuid,
    /// Its title.
    pub title: String,
}

fn state_of(row: &speaker_link::Model) -> Result<SpeakerLinkState, StoreError> {
    let corrupt = |()| StoreError::Corrupt(format!("speaker {}: unreadable state", row.speaker_id));
    row.state.parse().map_err(corrupt)
}

/// The speakers of a session, in the order of the agenda.
pub(super) async fn speakers(
    db: &impl ConnectionTrait,
    actor: &Actor,
    session: Uuid,
    may_edit: bool,
) -> Result<Vec<SessionSpeaker>, StoreError> {
    let ids: Vec<Uuid> = session_speaker::Entity::find()
        .select_only()
        .column(session_speaker::Column::SpeakerId)
        .filter(session_speaker::Column::SessionId.eq(session))
        .order_by_asc(session_speaker::Column::Position)
        .into_tuple()
        .all(db)
        .await?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = speaker::Entity::find().filter(speaker::Column::Id.is_in(ids.iter().copied())).all(db).await?;
    let links = speaker_link::Entity::find()
        .filter(speaker_link::Column::SpeakerId.is_in(ids.iter().copied()))
        .filter(speaker_link::Column::State.ne(SpeakerLinkState::Removed.name()))
        .all(db)
        .await?;
    let pages = pages(db, actor, &links).await?;
    // Everybody else reads the name in the agenda.
    let names = match may_edit {
        true => members::names(db, actor, links.iter().map(|link| link.member_id)).await?,
        false => HashMap::new(),
    };
    let mut speakers = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(row) = rows.iter().find(|row| row.id == id) else { continue };
        let mut found = None;
        if let Some(link) = links.iter().find(|link| link.speaker_id == id)
            && let Some((_, page)) = pages.iter().find(|(member, _)| *member == link.member_id)
            && let Some(page) = Slug::parse(page)
        {
            let is_me = actor.member() == Some(MemberId(link.member_id));
            let state = state_of(link)?;
            let is_shown = state == SpeakerLinkState::Confirmed || may_edit || is_me;
            let name = names.get(&link.member_id).cloned();
            found = is_shown.then_some(SpeakerLink { page, name, is_me, state });
        }
        speakers.push(SessionSpeaker { id, name: row.name.clone(), link: found });
    }
    Ok(speakers)
}

/// The members of links whom the reader may find, with their pages.
async fn pages(
    db: &impl ConnectionTrait,
    actor: &Actor,
    links: &[speaker_link::Model],
) -> Result<Vec<(Uuid, String)>, StoreError> {
    if links.is_empty() {
        return Ok(Vec::new());
    }
    let can_be_found = Condition::any()
        .add(members::findable(profile::Column::MemberId, Viewer::of_others(actor)))
        .add_option(actor.member().map(|me| profile::Column::MemberId.eq(me.0)));
    let pages = profile::Entity::find()
        .select_only()
        .column(profile::Column::MemberId)
        .column(profile::Column::Slug)
        .filter(profile::Column::MemberId.is_in(links.iter().map(|link| link.member_id)))
        .filter(can_be_found)
        .filter(hidden_from(actor, Expr::col(profile::Column::MemberId)));
    Ok(pages.into_tuple().all(db).await?)
}

/// Locks a speaker of an event. Behind this lock, their links are changed.
async fn lock(tx: &Tx, event: Uuid, speaker: Uuid) -> Result<(), StoreError> {
    speaker::Entity::find_by_id(speaker)
        .filter(speaker::Column::EventId.eq(event))
        .lock_exclusive()
        .one(tx.db())
        .await?
        .ok_or(StoreError::NotFound)?;
    tx.read_clock();
    Ok(())
}

/// The session of an event on which a speaker speaks.
async fn session_of(
    db: &impl ConnectionTrait,
    event: Uuid,
    session: Uuid,
    speaker: Uuid,
) -> Result<agenda_session::Model, StoreError> {
    let speaks = session_speaker::Entity::find_by_id((session, speaker)).one(db).await?;
    speaks.ok_or(StoreError::NotFound)?;
    let row = agenda_session::Entity::find_by_id(session)
        .filter(agenda_session::Column::EventId.eq(event))
        .one(db)
        .await?;
    row.ok_or(StoreError::NotFound)
}

/// An organiser proposes the member that a speaker is, by their name or page. The member is asked.
///
/// # Errors
/// `Invalid` when there is no such member, or they can't see the event. `Refused` when the member removed the link
/// before. `NotFound` for hidden and absent sessions.
pub async fn propose_speaker(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    session: Uuid,
    speaker: Uuid,
    person: &str,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, &session, &speaker, person| {
        let (found, _) = events::lock(tx, actor, slug).await?;
        let permit = events::edit_permit(tx, actor, &found).await?;
        let row = session_of(tx.db(), found.id.0, session, speaker).await?;
        lock(tx, found.id.0, speaker).await?;
        let member = reader(tx, actor, slug, person).await?;
        let before = speaker_link::Entity::find_by_id((speaker, member.0)).one(tx.db()).await?;
        if let Some(link) = before {
            return match state_of(&link)? {
                SpeakerLinkState::Proposed | SpeakerLinkState::Confirmed => Ok(()),
                SpeakerLinkState::Removed => Err(Refusal::SpeakerLinkRemoved.into()),
            };
        }
        unlink(tx, speaker).await?;
        // Nobody asks organisers who link themselves.
        let is_me = permit.by() == Some(member);
        let state = if is_me { SpeakerLinkState::Confirmed } else { SpeakerLinkState::Proposed };
        let new = speaker_link::ActiveModel {
            speaker_id: Set(speaker),
            member_id: Set(member.0),
            state: Set(state.name().to_owned()),
            proposed_by_id: Set(permit.by().map(|by| by.0)),
            proposed_at: Set(tx.now()),
        };
        new.insert(tx.db()).await?;
        if !is_me {
            let email =
                emails::SpeakerProposed { event: slug.clone(), session: row.id, title: row.title.clone() };
            members::post_news(tx, member.0, &Email::from(email)).await?;
        }
        audit::record(tx, &permit, "event.link_speaker", speaker).await
    })
}

/// An organiser takes a speaker's link away.
///
/// # Errors
/// `NotFound` for hidden and absent sessions, `Refused` for everybody but the organisers of the event.
pub async fn unlink_speaker(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    session: Uuid,
    speaker: Uuid,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, &session, &speaker| {
        let (found, _) = events::lock(tx, actor, slug).await?;
        let permit = events::edit_permit(tx, actor, &found).await?;
        session_of(tx.db(), found.id.0, session, speaker).await?;
        lock(tx, found.id.0, speaker).await?;
        unlink(tx, speaker).await?;
        audit::record(tx, &permit, "event.unlink_speaker", speaker).await
    })
}

/// Deletes the link of a speaker. Links that members removed stay, so that nobody proposes them again.
async fn unlink(tx: &Tx, speaker: Uuid) -> Result<(), StoreError> {
    speaker_link::Entity::delete_many()
        .filter(speaker_link::Column::SpeakerId.eq(speaker))
        .filter(speaker_link::Column::State.ne(SpeakerLinkState::Removed.name()))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// The member with this page or name, if they can see the event.
async fn reader(tx: &Tx, actor: &Actor, event: &Slug, person: &str) -> Result<MemberId, StoreError> {
    let member = members::by_page_or_name(tx, actor, person, "person").await?;
    let them = members::as_actor(members::load(tx.db(), member).await?)?;
    match events::seen(tx.db(), &them, event).await {
        Ok(_) => Ok(member),
        Err(StoreError::NotFound) => {
            let why = Refusal::CannotSeeEvent;
            Err(StoreError::Invalid(vec![Problem { field: "person".into(), why }]))
        }
        Err(error) => Err(error),
    }
}

/// The member confirms that they are this speaker, or removes the link. The same answer again changes nothing.
///
/// # Errors
/// `NotFound` for everybody else. `Refused` when they removed it before.
pub async fn answer_speaker(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    speaker: Uuid,
    confirms: bool,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, &speaker, &confirms| {
        if confirms {
            answer(tx, &permit(actor, ConfirmSpeaker, Own)?, (actor, slug, speaker), confirms).await
        } else {
            answer(tx, &permit(actor, RemoveSpeakerLink, Own)?, (actor, slug, speaker), confirms).await
        }
    })
}

async fn answer<A: Action>(
    tx: &Tx,
    permit: &Permit<A>,
    (actor, slug, speaker): (&Actor, &Slug, Uuid),
    confirms: bool,
) -> Result<(), StoreError> {
    let me = permit.by().ok_or(Refusal::NotAllowed)?;
    let found = event::Entity::find()
        .filter(event::Column::Slug.eq(slug.as_str()))
        .filter(events::seen_by(actor))
        .one(tx.db())
        .await?
        .ok_or(StoreError::NotFound)?;
    lock(tx, found.id, speaker).await?;
    let link = speaker_link::Entity::find_by_id((speaker, me.0)).one(tx.db()).await?;
    let before = state_of(&link.ok_or(StoreError::NotFound)?)?;
    let after = before.answer(confirms)?;
    if before == after {
        return Ok(());
    }
    let change = speaker_link::ActiveModel {
        speaker_id: Set(speaker),
        member_id: Set(me.0),
        state: Set(after.name().to_owned()),
        ..Default::default()
    };
    change.update(tx.db()).await?;
    let action = if confirms { "event.confirm_speaker" } else { "event.remove_speaker" };
    audit::record(tx, permit, action, speaker).await
}

/// The speakers that organisers say the reader is, and that wait for an answer. Empty for visitors.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn speakers_to_confirm(store: &Store, actor: &Actor) -> Result<Vec<SpeakerToDo>, StoreError> {
    let Some(me) = actor.member() else { return Ok(Vec::new()) };
    let db = store.db();
    let seen = event::Entity::find().select_only().column(event::Column::Id).filter(events::seen_by(actor));
    let of_seen = speaker::Entity::find()
        .select_only()
        .column(speaker::Column::Id)
        .filter(speaker::Column::EventId.in_subquery(seen.into_query()));
    let links = speaker_link::Entity::find()
        .filter(speaker_link::Column::SpeakerId.in_subquery(of_seen.into_query()))
        .filter(speaker_link::Column::MemberId.eq(me.0))
        .filter(speaker_link::Column::State.eq(SpeakerLinkState::Proposed.name()))
        .order_by_asc(speaker_link::Column::ProposedAt)
        .limit(5)
        .all(db)
        .await?;
    let mut found = Vec::with_capacity(links.len());
    for link in links {
        let session = session_speaker::Entity::find()
            .filter(session_speaker::Column::SpeakerId.eq(link.speaker_id))
            .order_by_asc(session_speaker::Column::SessionId)
            .one(db)
            .await?;
        let Some(session) = session else { continue };
        let Some(session) = agenda_session::Entity::find_by_id(session.session_id).one(db).await? else {
            continue;
        };
        let event = event::Entity::find_by_id(session.event_id).one(db).await?;
        if let Some(event) = event.and_then(|event| Slug::parse(&event.slug)) {
            found.push(SpeakerToDo { event, session: session.id, title: session.title });
        }
    }
    Ok(found)
}
