//! Learning requests in lists.

use std::collections::{HashMap, HashSet};

use domain::{
    Actor, DemandId, Instant, Slug,
    demands::{DemandPlace, DemandState},
    events::EventStatus,
    members::Named,
};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;

use super::rows::state_of;
use crate::{
    StoreError,
    entities::{demand, demand_claim, demand_supporter, event, group, topic},
    events,
    groups::{self, GroupName},
    members,
};

/// The event that was made for a learning request, if the reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemandEventLink {
    /// The event.
    pub slug: Slug,
    /// Its title.
    pub title: String,
    /// Where it is.
    pub status: EventStatus,
}

/// A learning request in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemandCard {
    /// Its id, which is also in the path of its page.
    pub id: DemandId,
    /// What the author wants to learn.
    pub title: String,
    /// More about it. May be empty.
    pub text: String,
    /// Where it is.
    pub state: DemandState,
    /// The group that it is for, if the reader sees it.
    pub group: Option<GroupName>,
    /// What it is about.
    pub topic: Option<Named>,
    /// Where people want to learn.
    pub place: DemandPlace,
    /// The city. Empty for other places.
    pub city: String,
    /// How many members want it, the author included.
    pub supporters: u64,
    /// When it was posted.
    pub posted_at: Instant,
    /// When its author last changed it after others had wanted it or offered to teach it.
    pub changed_at: Option<Instant>,
    /// The author's name, where the reader may see it.
    pub asker: Option<String>,
    /// Whether the reader wrote it.
    pub is_own: bool,
    /// Whether the reader wants it too.
    pub is_supported: bool,
    /// Whether a speaker offered to teach it.
    pub is_claimed: bool,
    /// The speaker's name, where the reader may see it.
    pub speaker: Option<String>,
    /// Whether the reader is the speaker.
    pub is_speaker: bool,
    /// The event that was made for it, if the reader sees it.
    pub event: Option<DemandEventLink>,
    /// Whether it is hidden because of a report. Only its author sees that.
    pub is_hidden: bool,
}

/// The cards of some requests, in their order. The number of queries does not depend on how many they are.
pub(super) async fn cards(
    db: &impl ConnectionTrait,
    actor: &Actor,
    rows: Vec<demand::Model>,
) -> Result<Vec<DemandCard>, StoreError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let me = actor.member().map(|me| me.0);
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let claims: HashMap<Uuid, Uuid> = demand_claim::Entity::find()
        .select_only()
        .columns([demand_claim::Column::DemandId, demand_claim::Column::MemberId])
        .filter(demand_claim::Column::DemandId.is_in(ids.iter().copied()))
        .into_tuple::<(Uuid, Uuid)>()
        .all(db)
        .await?
        .into_iter()
        .collect();
    let supported: HashSet<Uuid> = demand_supporter::Entity::find()
        .select_only()
        .column(demand_supporter::Column::DemandId)
        .filter(demand_supporter::Column::DemandId.is_in(ids))
        .filter(demand_supporter::Column::MemberId.eq(me.unwrap_or_default()))
        .into_tuple::<Uuid>()
        .all(db)
        .await?
        .into_iter()
        .collect();
    let people = rows.iter().filter_map(|row| row.asker_id).chain(claims.values().copied());
    let names = members::names(db, actor, people).await?;
    let groups = groups_of(db, actor, rows.iter().filter_map(|row| row.group_id).collect()).await?;
    let topics = topics_of(db, rows.iter().filter_map(|row| row.topic_id).collect()).await?;
    let events = events_of(db, actor, rows.iter().filter_map(|row| row.event_id).collect()).await?;
    let card = |row: demand::Model| {
        let speaker = claims.get(&row.id).copied();
        Ok(DemandCard {
            state: state_of(&row)?,
            place: row.place.parse().unwrap_or(DemandPlace::Anywhere),
            group: row.group_id.and_then(|id| groups.get(&id).cloned()),
            topic: row.topic_id.and_then(|id| topics.get(&id).cloned()),
            supporters: u64::try_from(row.supporters).unwrap_or(0),
            asker: row.asker_id.and_then(|id| names.get(&id).cloned()),
            is_own: me.is_some() && row.asker_id == me,
            is_supported: supported.contains(&row.id),
            is_claimed: speaker.is_some(),
            speaker: speaker.and_then(|id| names.get(&id).cloned()),
            is_speaker: me.is_some() && speaker == me,
            event: row.event_id.and_then(|id| events.get(&id).cloned()),
            is_hidden: row.hidden_at.is_some(),
            id: DemandId(row.id),
            title: row.title,
            text: row.text,
            city: row.city,
            posted_at: row.posted_at,
            changed_at: row.changed_at,
        })
    };
    rows.into_iter().map(card).collect()
}

async fn groups_of(
    db: &impl ConnectionTrait,
    actor: &Actor,
    ids: Vec<Uuid>,
) -> Result<HashMap<Uuid, GroupName>, StoreError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let find = group::Entity::find().filter(group::Column::Id.is_in(ids)).filter(groups::seen_by(actor));
    let rows = find.all(db).await?;
    let named =
        |row: group::Model| Some((row.id, GroupName { slug: Slug::parse(&row.slug)?, name: row.name }));
    Ok(rows.into_iter().filter_map(named).collect())
}

async fn topics_of(db: &impl ConnectionTrait, ids: Vec<Uuid>) -> Result<HashMap<Uuid, Named>, StoreError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = topic::Entity::find().filter(topic::Column::Id.is_in(ids)).all(db).await?;
    let named = |row: topic::Model| Some((row.id, Named { slug: Slug::parse(&row.slug)?, name: row.name }));
    Ok(rows.into_iter().filter_map(named).collect())
}

async fn events_of(
    db: &impl ConnectionTrait,
    actor: &Actor,
    ids: Vec<Uuid>,
) -> Result<HashMap<Uuid, DemandEventLink>, StoreError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Uuid, String, String, String)> = event::Entity::find()
        .select_only()
        .columns([event::Column::Id, event::Column::Slug, event::Column::Title, event::Column::Status])
        .filter(event::Column::Id.is_in(ids))
        .filter(events::seen_by(actor))
        .into_tuple()
        .all(db)
        .await?;
    let link = |(id, slug, title, status): (Uuid, String, String, String)| {
        Some((id, DemandEventLink { slug: Slug::parse(&slug)?, title, status: status.parse().ok()? }))
    };
    Ok(rows.into_iter().filter_map(link).collect())
}
