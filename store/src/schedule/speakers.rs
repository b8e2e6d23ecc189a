//! Speakers of a session, and the members they are (M28). The row of the speaker is the lock of its link.

use domain::{
    Actor, MemberId, Problem, Refusal, Slug,
    emails::{self, Email},
    members::Viewer,
    policy::{
        Own, permit,
        speakers::{ConfirmSpeaker, RemoveSpeakerLink},
    },
    speakers::SpeakerLinkState,
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    Store, StoreError, audit,
    blocks::{between, hidden_from},
    entities::{agenda_session, event, profile, session_speaker, speaker, speaker_link},
    events, members, outbox,
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
    /// Whether it is the reader.
    pub is_me: bool,
    /// Where the link is: proposed or confirmed.
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
            found = is_shown.then_some(SpeakerLink { page, is_me, state });
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
        .add(profile::Column::MemberId.in_subquery(members::findable(Viewer::of_others(actor))))
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

/// The speaker of an event behind its lock, with its link.
async fn locked(
    tx: &Tx,
    event: Uuid,
    speaker: Uuid,
) -> Result<(speaker::Model, Option<speaker_link::Model>), StoreError> {
    let row = speaker::Entity::find_by_id(speaker)
        .filter(speaker::Column::EventId.eq(event))
        .lock_exclusive()
        .one(tx.db())
        .await?
        .ok_or(StoreError::NotFound)?;
    tx.read_clock();
    let link = speaker_link::Entity::find_by_id(speaker).one(tx.db()).await?;
    Ok((row, link))
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

/// An organiser proposes the member that a speaker is. The member is asked. Without `person`, the link is removed.
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
    person: Option<&Slug>,
) -> Result<(), StoreError> {
    let person = person.cloned();
    verb!(store, |tx, actor, slug, &session, &speaker, person| {
        let (found, _) = events::lock(tx, actor, slug).await?;
        let permit = events::edit_permit(tx, actor, &found).await?;
        let row = session_of(tx.db(), found.id.0, session, speaker).await?;
        let (_, link) = locked(tx, found.id.0, speaker).await?;
        let Some(person) = person else {
            // A link that the member removed stays, so that nobody proposes them again.
            speaker_link::Entity::delete_many()
                .filter(speaker_link::Column::SpeakerId.eq(speaker))
                .filter(speaker_link::Column::State.ne(SpeakerLinkState::Removed.name()))
                .exec(tx.db())
                .await?;
            return audit::record(tx, &permit, "event.unlink_speaker", speaker).await;
        };
        let member = reader(tx, actor, slug, person).await?;
        if let Some(link) = &link
            && link.member_id == member.0
        {
            return match state_of(link)? {
                SpeakerLinkState::Proposed | SpeakerLinkState::Confirmed => Ok(()),
                SpeakerLinkState::Removed => Err(Refusal::SpeakerLinkRemoved.into()),
            };
        }
        speaker_link::Entity::delete_by_id(speaker).exec(tx.db()).await?;
        let new = speaker_link::ActiveModel {
            speaker_id: Set(speaker),
            member_id: Set(member.0),
            state: Set(SpeakerLinkState::Proposed.name().to_owned()),
            proposed_by_id: Set(permit.by().map(|by| by.0)),
            proposed_at: Set(tx.now()),
            answered_at: Set(None),
        };
        new.insert(tx.db()).await?;
        // Nobody asks organisers who link themselves.
        if permit.by() == Some(member) {
            let confirmed = speaker_link::ActiveModel {
                speaker_id: Set(speaker),
                state: Set(SpeakerLinkState::Confirmed.name().to_owned()),
                answered_at: Set(Some(tx.now())),
                ..Default::default()
            };
            confirmed.update(tx.db()).await?;
        } else {
            ask(tx, slug, &row, member).await?;
        }
        audit::record(tx, &permit, "event.link_speaker", speaker).await
    })
}

/// The member with this page, if they can see the event and there is no block between them and the organiser.
async fn reader(tx: &Tx, actor: &Actor, event: &Slug, person: &Slug) -> Result<MemberId, StoreError> {
    let wrong = |why| StoreError::Invalid(vec![Problem { field: "person".into(), why }]);
    let row = profile::Entity::find()
        .filter(profile::Column::Slug.eq(person.as_str()))
        .filter(profile::Column::MemberId.in_subquery(members::findable(Viewer::of_others(actor))))
        .one(tx.db())
        .await?;
    let member = MemberId(row.ok_or_else(|| wrong(Refusal::NobodyCalled))?.member_id);
    if let Some(me) = actor.member()
        && me != member
        && between(tx.db(), me, member).await?
    {
        return Err(wrong(Refusal::NobodyCalled));
    }
    let them = members::as_actor(members::load(tx.db(), member).await?)?;
    match events::seen(tx.db(), &them, event).await {
        Ok(_) => Ok(member),
        Err(StoreError::NotFound) => Err(wrong(Refusal::CannotSeeEvent)),
        Err(error) => Err(error),
    }
}

async fn ask(
    tx: &Tx,
    event: &Slug,
    session: &agenda_session::Model,
    member: MemberId,
) -> Result<(), StoreError> {
    let row = members::load(tx.db(), member).await?;
    let Some(to) = members::recipient(&row) else { return Ok(()) };
    let email = Email::from(emails::SpeakerProposed {
        event: event.clone(),
        session: session.id,
        title: session.title.clone(),
    });
    outbox::post(tx, Some(member), &to, &email).await
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
        let me = match confirms {
            true => permit(actor, ConfirmSpeaker, Own)?.by(),
            false => permit(actor, RemoveSpeakerLink, Own)?.by(),
        };
        let me = me.ok_or(Refusal::NotAllowed)?;
        let found = event::Entity::find()
            .filter(event::Column::Slug.eq(slug.as_str()))
            .filter(events::seen_by(actor))
            .one(tx.db())
            .await?
            .ok_or(StoreError::NotFound)?;
        let (_, link) = locked(tx, found.id, speaker).await?;
        let link = link.filter(|link| link.member_id == me.0).ok_or(StoreError::NotFound)?;
        let (before, after) = (state_of(&link)?, state_of(&link)?.answer(confirms)?);
        if before == after {
            return Ok(());
        }
        let change = speaker_link::ActiveModel {
            speaker_id: Set(speaker),
            state: Set(after.name().to_owned()),
            answered_at: Set(Some(tx.now())),
            ..Default::default()
        };
        change.update(tx.db()).await?;
        let action = if confirms { "event.confirm_speaker" } else { "event.remove_speaker" };
        audit::record_by(tx, Some(me), action, Some(speaker)).await
    })
}

/// The speakers that organisers say the reader is, and that wait for an answer. Empty for visitors.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn speakers_to_confirm(store: &Store, actor: &Actor) -> Result<Vec<SpeakerToDo>, StoreError> {
    let Some(me) = actor.member() else { return Ok(Vec::new()) };
    let db = store.db();
    let links = speaker_link::Entity::find()
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
        let event =
            event::Entity::find_by_id(session.event_id).filter(events::seen_by(actor)).one(db).await?;
        if let Some(event) = event.and_then(|event| Slug::parse(&event.slug)) {
            found.push(SpeakerToDo { event, session: session.id, title: session.title });
        }
    }
    Ok(found)
}
