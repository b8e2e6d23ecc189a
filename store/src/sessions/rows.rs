//! A session with its event, and the actor's relation to it.

use domain::{
    Actor, Instant, Slug, events::Event, policy::sessions::SessionRelation, speakers::SpeakerLinkState,
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QuerySelect as _, QueryTrait as _, sea_query::SelectStatement,
};
use uuid::Uuid;

use crate::{
    StoreError,
    entities::{agenda_session, session_speaker, speaker_link},
    events, schedule,
};

/// A session of the released agenda, as an actor sees it.
pub(super) struct SeenSession {
    /// The event, without the link to join.
    pub(super) event: Event,
    /// The session.
    pub(super) row: agenda_session::Model,
    /// The actor's relation to it.
    pub(super) relation: SessionRelation,
}

impl SeenSession {
    /// When it starts and ends.
    pub(super) fn times(&self) -> (Instant, Instant) {
        let starts = self.row.starts_at.unwrap_or(self.event.starts_at);
        (starts, starts + chrono::Duration::minutes(i64::from(self.row.minutes)))
    }
}

/// A session of the released agenda, if the actor sees its event.
///
/// # Errors
/// `NotFound` for hidden and absent sessions.
pub(super) async fn seen(
    db: &impl ConnectionTrait,
    actor: &Actor,
    slug: &Slug,
    id: Uuid,
) -> Result<SeenSession, StoreError> {
    let (event, may_edit) = events::seen(db, actor, slug).await?;
    let row = agenda_session::Entity::find_by_id(id)
        .filter(agenda_session::Column::EventId.eq(event.id.0))
        .filter(schedule::scheduled())
        .one(db)
        .await?
        .ok_or(StoreError::NotFound)?;
    let speaks = match actor.member() {
        Some(me) => speaks(db, me.0, id).await?,
        None => false,
    };
    Ok(SeenSession { event, row, relation: relation_of(may_edit, speaks) })
}

/// The relation of an actor who may edit the event or speaks in the session.
pub(super) fn relation_of(may_edit: bool, speaks: bool) -> SessionRelation {
    match (speaks, may_edit) {
        (true, _) => SessionRelation::Speaks,
        (false, true) => SessionRelation::Organises,
        (false, false) => SessionRelation::Other,
    }
}

/// Whether a member confirmed that they speak in a session.
async fn speaks(db: &impl ConnectionTrait, member: Uuid, session: Uuid) -> Result<bool, StoreError> {
    let links = speaker_link::Entity::find()
        .filter(speaker_link::Column::SpeakerId.in_subquery(speakers_of(session)))
        .filter(speaker_link::Column::MemberId.eq(member))
        .filter(speaker_link::Column::State.eq(SpeakerLinkState::Confirmed.name()));
    Ok(links.count(db).await? > 0)
}

/// The speakers of a session, as a subquery.
pub(super) fn speakers_of(session: Uuid) -> SelectStatement {
    session_speaker::Entity::find()
        .select_only()
        .column(session_speaker::Column::SpeakerId)
        .filter(session_speaker::Column::SessionId.eq(session))
        .into_query()
}
