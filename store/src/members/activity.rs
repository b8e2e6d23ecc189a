//! What a member's page shows of their groups, coming events and talks.

use domain::{
    Actor, MemberId, Slug,
    events::EventStatus,
    members::{Named, VisibleProfile},
    speakers::SpeakerLinkState,
};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, JoinType, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _,
};
use uuid::Uuid;

use super::{directory::attended_by, page::SharedEvent};
use crate::{
    Store, StoreError,
    entities::{agenda_session, event, group, session_speaker, speaker_link},
    events::seen_by,
    groups,
};

/// The most groups that the page lists.
const MAX_GROUPS: u64 = 12;
/// The most events, and the most sessions, that the page lists.
const MAX_LISTED: u64 = 5;

/// What a member does in the community, as far as the reader may see it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Activity {
    /// Their groups, by name. Empty for visitors, who see no member of a group.
    pub groups: Vec<Named>,
    /// The next events that they attend. Empty for visitors, who see no list of attendees.
    pub events: Vec<SharedEvent>,
    /// The latest sessions of which they confirmed to be a speaker.
    pub sessions: Vec<Talk>,
}

/// A session that a member speaks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Talk {
    /// The event.
    pub event: Slug,
    /// The session.
    pub id: Uuid,
    /// Its title.
    pub title: String,
}

fn slug(text: &str) -> Result<Slug, StoreError> {
    Slug::parse(text).ok_or_else(|| StoreError::Corrupt(format!("unreadable slug {text}")))
}

/// What the member of a profile does, for a reader who may see the profile. Events follow the profile's own choice of who
/// sees them, and the attendee list of each event.
pub(super) async fn activity(
    store: &Store,
    actor: &Actor,
    shown: &VisibleProfile,
) -> Result<Activity, StoreError> {
    let (them, is_member) = (shown.member, actor.member().is_some());
    Ok(Activity {
        groups: if is_member { groups_of(store, actor, them).await? } else { Vec::new() },
        events: if is_member && shown.events { next_events(store, actor, them).await? } else { Vec::new() },
        sessions: talks(store, actor, them).await?,
    })
}

async fn groups_of(store: &Store, actor: &Actor, them: MemberId) -> Result<Vec<Named>, StoreError> {
    let rows = group::Entity::find()
        .filter(group::Column::Id.in_subquery(groups::of_member(them, &[])))
        .filter(groups::seen_by(actor))
        .order_by_asc(group::Column::Name)
        .limit(MAX_GROUPS)
        .all(store.db())
        .await?;
    rows.into_iter().map(|row| Ok(Named { slug: slug(&row.slug)?, name: row.name })).collect()
}

async fn next_events(store: &Store, actor: &Actor, them: MemberId) -> Result<Vec<SharedEvent>, StoreError> {
    let rows = event::Entity::find()
        .filter(attended_by(them, actor))
        .filter(event::Column::Status.eq(EventStatus::Published.name()))
        .filter(event::Column::EndsAt.gt(store.now()))
        .filter(seen_by(actor))
        .order_by_asc(event::Column::StartsAt)
        .limit(MAX_LISTED)
        .all(store.db())
        .await?;
    rows.into_iter().map(|row| Ok(SharedEvent { slug: slug(&row.slug)?, title: row.title })).collect()
}

async fn talks(store: &Store, actor: &Actor, them: MemberId) -> Result<Vec<Talk>, StoreError> {
    let speakers = speaker_link::Entity::find()
        .select_only()
        .column(speaker_link::Column::SpeakerId)
        .filter(speaker_link::Column::MemberId.eq(them.0))
        .filter(speaker_link::Column::State.eq(SpeakerLinkState::Confirmed.name()));
    let sessions = session_speaker::Entity::find()
        .select_only()
        .column(session_speaker::Column::SessionId)
        .filter(session_speaker::Column::SpeakerId.in_subquery(speakers.into_query()));
    let of_event = agenda_session::Entity::belongs_to(event::Entity)
        .from(agenda_session::Column::EventId)
        .to(event::Column::Id)
        .into();
    let rows: Vec<(String, Uuid, String)> = agenda_session::Entity::find()
        .select_only()
        .column(event::Column::Slug)
        .column(agenda_session::Column::Id)
        .column(agenda_session::Column::Title)
        .join(JoinType::InnerJoin, of_event)
        .filter(agenda_session::Column::Id.in_subquery(sessions.into_query()))
        .filter(seen_by(actor))
        .filter(agenda_session::Column::StartsAt.is_not_null())
        .order_by_desc(agenda_session::Column::StartsAt)
        .limit(MAX_LISTED)
        .into_tuple()
        .all(store.db())
        .await?;
    rows.into_iter().map(|(event, id, title)| Ok(Talk { event: slug(&event)?, id, title })).collect()
}
