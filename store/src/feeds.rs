//! Event feeds (C12): of the community, of a group, and of a member behind a secret address.

use chrono::Duration;
use domain::{
    Actor, Instant, SignInSessionId, Slug,
    events::{Event, EventStatus, Rsvp},
    policy::{Own, permit, seats::KeepFeed},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _, sea_query::OnConflict,
};

use crate::{
    Store, StoreError, audit,
    entities::{event, feed, member, rsvp},
    events::{self, EventRow},
    groups, members,
    schedule::{self, SessionEntry},
    secrets,
    write::{Tx, verb},
};

/// How long ended and cancelled events stay in feeds after their end.
const KEEP_PAST_FOR: Duration = Duration::days(30);
/// Maximum number of entries in a feed.
const MAX_ENTRIES: u64 = 300;

/// An event in a feed.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The event, without the link to join.
    pub event: Event,
    /// The reader's own RSVP. Its ID is the UID of the invitation they got.
    pub rsvp: Option<Rsvp>,
    /// When the event was last changed.
    pub updated_at: Instant,
}

/// A feed of events, for calendars and feed readers.
#[derive(Clone, Debug)]
pub struct Feed {
    /// Name of the group. `None` for the community's feed and a member's own.
    pub group: Option<String>,
    /// Entries in order of their start.
    pub entries: Vec<Entry>,
    /// Sessions of agendas: those that the member saved (D11), or those of one event.
    pub sessions: Vec<SessionEntry>,
}

/// The public feed of the community or of one group.
///
/// # Errors
/// `NotFound` for hidden and absent groups.
pub async fn public(store: &Store, group: Option<&Slug>) -> Result<Feed, StoreError> {
    let actor = Actor::Anonymous;
    let mut query = events::find(&actor).filter(events::seen_by(&actor));
    let mut name = None;
    if let Some(slug) = group {
        let row = groups::seen(store.db(), &actor, slug).await?.ok_or(StoreError::NotFound)?;
        let group_id = sea_orm::sea_query::Query::select().expr(sea_orm::sea_query::Expr::val(row.id)).take();
        query = query.filter(
            Condition::any()
                .add(event::Column::GroupId.eq(row.id))
                .add(event::Column::Id.in_subquery(groups::cohosted_by(group_id))),
        );
        name = Some(row.name);
    }
    let rows = recent(query, store.now()).into_model::<EventRow>().all(store.db()).await?;
    let entries = rows.into_iter().map(|row| entry(row, None)).collect::<Result<_, _>>()?;
    Ok(Feed { group: name, entries, sessions: Vec::new() })
}

fn recent(query: sea_orm::Select<event::Entity>, now: Instant) -> sea_orm::Select<event::Entity> {
    query
        .filter(event::Column::EndsAt.gt(now - KEEP_PAST_FOR))
        // If there isn't room for all, events that are over are left out.
        .order_by_desc(event::Column::EndsAt.gt(now))
        .order_by_asc(event::Column::StartsAt)
        .order_by_asc(event::Column::Id)
        .limit(MAX_ENTRIES)
}

fn entry(event_row: EventRow, rsvp: Option<Rsvp>) -> Result<Entry, StoreError> {
    let updated_at = event_row.row.updated_at;
    let mut event = event_row.event()?;
    // Other people may be able to see a member's calendar.
    event.details.hide_link();
    if rsvp.as_ref().is_some_and(|rsvp| rsvp.is_seated() && rsvp.attends_online()) {
        // The entry shares its UID with the invitation, so it must say the same.
        event.details.place.clear();
    }
    Ok(Entry { event, rsvp, updated_at })
}

/// A member's private feed: events and workshops with an RSVP of theirs, events of their groups, and the sessions that they saved.
/// `token` is the secret part of its address.
///
/// # Errors
/// `NotFound` when no member has that feed, or the member may not keep one, for example when suspended.
pub async fn private(store: &Store, token: &str) -> Result<Feed, StoreError> {
    let row = feed::Entity::find()
        .filter(feed::Column::TokenHash.eq(secrets::hash(token)))
        .find_also_related(member::Entity)
        .one(store.db())
        .await?;
    let Some((_, Some(row))) = row else { return Err(StoreError::NotFound) };
    let me = members::from_row(row)?;
    // The feed shows what the member may see, without a sign-in session.
    let actor = Actor::Member { id: me.id, role: me.role, session: SignInSessionId(uuid::Uuid::nil()) };
    if permit(&actor, KeepFeed, Own).is_err() {
        return Err(StoreError::NotFound);
    }
    let with_rsvp = rsvp::Entity::find()
        .select_only()
        .column(rsvp::Column::EventId)
        .filter(rsvp::Column::MemberId.eq(me.id.0))
        .filter(events::takes_part())
        .into_query();
    let of_groups = Condition::any()
        .add(event::Column::GroupId.in_subquery(groups::of_member(me.id, &[])))
        .add(event::Column::Id.in_subquery(groups::cohosted_by(groups::of_member(me.id, &[]))));
    // Workshops are here only with a seat (D7).
    let of_groups = Condition::all().add(event::Column::ParentId.is_null()).add(of_groups);
    let own_events = Condition::any().add(event::Column::Id.in_subquery(with_rsvp)).add(of_groups);
    let query = events::find(&actor).filter(events::any_seen_by(&actor)).filter(own_events);
    // A draft isn't an appointment yet.
    let query = query.filter(event::Column::Status.ne(EventStatus::Draft.name()));
    let rows = recent(query, store.now()).into_model::<EventRow>().all(store.db()).await?;
    let rsvp_rows = rsvp::Entity::find()
        .filter(rsvp::Column::MemberId.eq(me.id.0))
        .filter(rsvp::Column::EventId.is_in(rows.iter().map(|event_row| event_row.row.id)))
        .all(store.db())
        .await?;
    let mut rsvps = std::collections::HashMap::new();
    for row in rsvp_rows {
        let rsvp = events::rsvp_from_row(row)?;
        rsvps.insert(rsvp.event.0, rsvp);
    }
    let entries = rows.into_iter().map(|event_row| {
        let rsvp = rsvps.remove(&event_row.row.id);
        entry(event_row, rsvp)
    });
    let entries = entries.collect::<Result<_, _>>()?;
    let after = store.now() - KEEP_PAST_FOR;
    let sessions = schedule::saved_entries(store.db(), &actor, me.id, after, MAX_ENTRIES).await?;
    Ok(Feed { group: None, entries, sessions })
}

/// When the actor's private feed was created. `None` if they have none.
///
/// # Errors
/// `Refused` when the actor isn't signed in.
pub async fn created_at(store: &Store, actor: &Actor) -> Result<Option<Instant>, StoreError> {
    let me = actor.member().ok_or(domain::Refusal::SignInFirst)?;
    Ok(feed::Entity::find_by_id(me.0).one(store.db()).await?.map(|feed| feed.created_at))
}

/// Creates the actor's private feed and ends an older one. Returns the secret part of its address, which isn't
/// stored.
///
/// # Errors
/// `Refused` when the actor may not keep a feed.
pub async fn make(store: &Store, actor: &Actor) -> Result<String, StoreError> {
    let token = secrets::token();
    store
        .write((*actor, secrets::hash(&token)), |tx, (actor, hash)| Box::pin(make_in(tx, actor, hash)))
        .await?;
    Ok(token)
}

async fn make_in(tx: &Tx, actor: &Actor, hash: &[u8]) -> Result<(), StoreError> {
    let permit = permit(actor, KeepFeed, Own)?;
    let me = actor.member().ok_or(StoreError::NotFound)?;
    let row =
        feed::ActiveModel { member_id: Set(me.0), token_hash: Set(hash.to_vec()), created_at: Set(tx.now()) };
    let replace = OnConflict::column(feed::Column::MemberId)
        .update_columns([feed::Column::TokenHash, feed::Column::CreatedAt])
        .to_owned();
    feed::Entity::insert(row).on_conflict(replace).exec_without_returning(tx.db()).await?;
    audit::record(tx, &permit, "feed.create", me.0).await
}

/// Ends the actor's private feed. Without one, nothing changes.
///
/// # Errors
/// `Refused` when the actor may not keep a feed.
pub async fn revoke(store: &Store, actor: &Actor) -> Result<(), StoreError> {
    verb!(store, |tx, actor| {
        let permit = permit(actor, KeepFeed, Own)?;
        let me = actor.member().ok_or(StoreError::NotFound)?;
        feed::Entity::delete_by_id(me.0).exec(tx.db()).await?;
        audit::record(tx, &permit, "feed.revoke", me.0).await
    })
}
