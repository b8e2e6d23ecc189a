//! A member's page: what the reader may see of them, and what the two have in common.

use domain::{
    Actor, MemberId, Role, Slug,
    events::EventStatus,
    members::{Named, VisibleProfile},
    policy::{
        members::{MemberRelation, SeeManager},
        permit,
    },
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};

use super::{
    activity::{Activity, activity},
    directory::{attended_by, seen_events_of},
    load,
    profiles::{profiles_of, shown_to},
};
use crate::{
    Store, StoreError,
    blocks::between,
    entities::{event, profile},
    events::seen_by,
};

/// The most shared events that the page lists.
const MAX_EVENTS: u64 = 5;

/// An event that both members attend or attended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedEvent {
    /// Slug of the event page.
    pub slug: Slug,
    /// Title of the event.
    pub title: String,
}

/// The contents of a member's page.
#[derive(Clone, Debug)]
pub struct MemberPage {
    /// The profile as the reader sees it.
    pub shown: VisibleProfile,
    /// Whether it is the reader's own page.
    pub own: bool,
    /// The team that both belong to.
    pub team: Option<Named>,
    /// The topics that both list.
    pub topics: Vec<Named>,
    /// The latest events that both attend or attended.
    pub events: Vec<SharedEvent>,
    /// Their groups, coming events and talks.
    pub activity: Activity,
}

/// The page of a member.
///
/// # Errors
/// `NotFound` when the member does not exist, is suspended, has a block with the reader, or hides their
/// profile. All look the same.
pub async fn page(store: &Store, actor: &Actor, slug: &Slug) -> Result<MemberPage, StoreError> {
    let row = profile::Entity::find().filter(profile::Column::Slug.eq(slug.as_str())).one(store.db()).await?;
    let row = row.ok_or(StoreError::NotFound)?;
    let me = actor.member().map(|me| me.0);
    let own = me == Some(row.member_id);
    let suspended = load(store.db(), MemberId(row.member_id)).await?.role == Role::Suspended.name();
    if suspended && !own && permit(actor, SeeManager, MemberRelation::Other).is_err() {
        return Err(StoreError::NotFound);
    }
    if let Some(me) = actor.member().filter(|_| !own)
        && between(store.db(), me, MemberId(row.member_id)).await?
    {
        return Err(StoreError::NotFound);
    }
    let mut both = profiles_of(store.db(), [row.member_id].into_iter().chain(me.filter(|_| !own))).await?;
    let profile = both.remove(&row.member_id).ok_or(StoreError::NotFound)?;
    let shown = shown_to(actor, profile).ok_or(StoreError::NotFound)?;
    let activity = activity(store, actor, &shown).await?;
    let mut page = MemberPage { shown, own, team: None, topics: Vec::new(), events: Vec::new(), activity };
    if let Some(reader) = me.and_then(|me| both.remove(&me)) {
        page.team = page.shown.team.clone().filter(|team| reader.team.as_ref() == Some(team));
        let known = |topic: &Named| reader.topics.iter().any(|(known, _)| known == topic);
        page.topics =
            page.shown.topics.iter().map(|(topic, _)| topic.clone()).filter(|topic| known(topic)).collect();
        if page.shown.events {
            page.events = shared_events(store, actor, page.shown.member).await?;
        }
    }
    Ok(page)
}

/// The latest events that the reader and another member both attend. A seat at a past event remains when the
/// reader leaves the private group that held it, so the events are filtered by what the reader may see now.
async fn shared_events(
    store: &Store,
    actor: &Actor,
    other: MemberId,
) -> Result<Vec<SharedEvent>, StoreError> {
    let rows = event::Entity::find()
        .filter(seen_by(actor))
        .filter(event::Column::Status.eq(EventStatus::Published.name()))
        .filter(event::Column::Id.in_subquery(seen_events_of(actor)))
        .filter(attended_by(other, actor))
        .order_by_desc(event::Column::StartsAt)
        .limit(MAX_EVENTS)
        .all(store.db())
        .await?;
    rows.into_iter()
        .map(|row| {
            let slug = Slug::parse(&row.slug).ok_or_else(|| StoreError::Corrupt("unreadable slug".into()))?;
            Ok(SharedEvent { slug, title: row.title })
        })
        .collect()
}
