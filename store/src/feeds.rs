//! Feeds of events (C12): the community's, a group's, and one of a member's own behind a secret address.

use chrono::Duration;
use domain::{
    Actor, Instant, SignInSessionId, Slug,
    events::{Event, EventStatus, Rsvp},
    policy::{Action, Relation, permit},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _, sea_query::OnConflict,
};

use crate::{
    Store, StoreError, audit,
    entities::{event, feed, member, rsvp},
    events::{self, EventRow},
    groups, members, secrets,
    write::Tx,
};

/// What was cancelled, and what is over, stays in feeds for so long after it would have ended.
const KEEP_PAST_FOR: Duration = Duration::days(30);
/// Entries of a feed.
const MAX_ENTRIES: u64 = 300;

/// An event in a feed.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The event, without where to join.
    pub event: Event,
    /// The reader's own answer: its UID is that of the invitation they got.
    pub mine: Option<Rsvp>,
    /// When it was changed last.
    pub updated_at: Instant,
}

/// A feed.
#[derive(Clone, Debug)]
pub struct Feed {
    /// The group it is of; the community's or a member's own has none.
    pub group: Option<String>,
    /// Its entries, by start.
    pub entries: Vec<Entry>,
}

/// What everybody may see, of the community or of one group.
///
/// # Errors
/// `NotFound` for hidden and absent groups alike.
pub async fn public(store: &Store, group: Option<&Slug>) -> Result<Feed, StoreError> {
    let actor = Actor::Anonymous;
    let mut all = events::find(&actor).filter(events::seen_by(&actor));
    let mut name = None;
    if let Some(slug) = group {
        let row = groups::seen(store.db(), &actor, slug).await?.ok_or(StoreError::NotFound)?;
        let held = sea_orm::sea_query::Query::select().expr(sea_orm::sea_query::Expr::val(row.id)).take();
        all = all.filter(
            Condition::any()
                .add(event::Column::GroupId.eq(row.id))
                .add(event::Column::Id.in_subquery(groups::held_with(held))),
        );
        name = Some(row.name);
    }
    let rows = recent(all, store.now()).into_model::<EventRow>().all(store.db()).await?;
    Ok(Feed { group: name, entries: rows.into_iter().map(|row| entry(row, None)).collect::<Result<_, _>>()? })
}

fn recent(all: sea_orm::Select<event::Entity>, now: Instant) -> sea_orm::Select<event::Entity> {
    all.filter(event::Column::EndsAt.gt(now - KEEP_PAST_FOR))
        // Where there is not room for all, what is over is left out.
        .order_by_desc(event::Column::EndsAt.gt(now))
        .order_by_asc(event::Column::StartsAt)
        .order_by_asc(event::Column::Id)
        .limit(MAX_ENTRIES)
}

fn entry(found: EventRow, mine: Option<Rsvp>) -> Result<Entry, StoreError> {
    let updated_at = found.row.updated_at;
    let mut event = found.event()?;
    // A calendar may be anybody's to look into.
    event.details.hide_link();
    if mine.as_ref().is_some_and(|mine| mine.seated() && mine.attends_online()) {
        // As the invitation says: the entry has its UID.
        event.details.place.clear();
    }
    Ok(Entry { event, mine, updated_at })
}

/// What a member has a seat at or waits for, and what their groups hold, for who knows its address.
///
/// # Errors
/// `NotFound` when no member has that feed any more, or is suspended.
pub async fn private(store: &Store, token: &str) -> Result<Feed, StoreError> {
    let found = feed::Entity::find()
        .filter(feed::Column::TokenHash.eq(secrets::hash(token)))
        .find_also_related(member::Entity)
        .one(store.db())
        .await?;
    let Some((_, Some(row))) = found else { return Err(StoreError::NotFound) };
    let me = members::from_row(row)?;
    // It shows what they may see, through no session of theirs.
    let actor = Actor::Member { id: me.id, role: me.role, session: SignInSessionId(uuid::Uuid::nil()) };
    if permit(&actor, Action::KeepFeed, Relation::Own).is_err() {
        return Err(StoreError::NotFound);
    }
    let answered = rsvp::Entity::find()
        .select_only()
        .column(rsvp::Column::EventId)
        .filter(rsvp::Column::MemberId.eq(me.id.0))
        .filter(events::takes_part())
        .into_query();
    let theirs = Condition::any()
        .add(event::Column::Id.in_subquery(answered))
        .add(event::Column::GroupId.in_subquery(groups::of_member(me.id, &[])))
        .add(event::Column::Id.in_subquery(groups::held_with(groups::of_member(me.id, &[]))));
    let all = events::find(&actor).filter(events::seen_by(&actor)).filter(theirs);
    // Drafts are nobody's appointments.
    let all = all.filter(event::Column::Status.ne(EventStatus::Draft.name()));
    let rows = recent(all, store.now()).into_model::<EventRow>().all(store.db()).await?;
    let answers = rsvp::Entity::find()
        .filter(rsvp::Column::MemberId.eq(me.id.0))
        .filter(rsvp::Column::EventId.is_in(rows.iter().map(|found| found.row.id)))
        .all(store.db())
        .await?;
    let mut mine = std::collections::HashMap::new();
    for row in answers {
        let answer = events::rsvp_from_row(row)?;
        mine.insert(answer.event.0, answer);
    }
    let entries = rows.into_iter().map(|found| {
        let answer = mine.remove(&found.row.id);
        entry(found, answer)
    });
    Ok(Feed { group: None, entries: entries.collect::<Result<_, _>>()? })
}

/// When the actor's private feed was made, if they have one.
///
/// # Errors
/// `Refused` when nobody is signed in.
pub async fn made_at(store: &Store, actor: &Actor) -> Result<Option<Instant>, StoreError> {
    let me = actor.member().ok_or(domain::Refusal::SignInFirst)?;
    Ok(feed::Entity::find_by_id(me.0).one(store.db()).await?.map(|feed| feed.made_at))
}

/// Makes the actor's private feed; an older one ends. Answers with the secret of its address, which is
/// kept nowhere.
///
/// # Errors
/// `Refused` when the actor may not have one.
pub async fn make(store: &Store, actor: &Actor) -> Result<String, StoreError> {
    let token = secrets::token();
    store
        .write((*actor, secrets::hash(&token)), |tx, (actor, hash)| Box::pin(make_in(tx, actor, hash)))
        .await?;
    Ok(token)
}

async fn make_in(tx: &Tx, actor: &Actor, hash: &[u8]) -> Result<(), StoreError> {
    let permit = permit(actor, Action::KeepFeed, Relation::Own)?;
    let me = actor.member().ok_or(StoreError::NotFound)?;
    let row =
        feed::ActiveModel { member_id: Set(me.0), token_hash: Set(hash.to_vec()), made_at: Set(tx.now()) };
    let replace = OnConflict::column(feed::Column::MemberId)
        .update_columns([feed::Column::TokenHash, feed::Column::MadeAt])
        .to_owned();
    feed::Entity::insert(row).on_conflict(replace).exec_without_returning(tx.db()).await?;
    audit::record(tx, &permit, "feed.create", me.0).await
}

/// Ends the actor's private feed; without one nothing changes.
///
/// # Errors
/// `Refused` when the actor may not.
pub async fn revoke(store: &Store, actor: &Actor) -> Result<(), StoreError> {
    store
        .write(*actor, |tx, actor| {
            Box::pin(async move {
                let permit = permit(actor, Action::KeepFeed, Relation::Own)?;
                let me = actor.member().ok_or(StoreError::NotFound)?;
                feed::Entity::delete_by_id(me.0).exec(tx.db()).await?;
                audit::record(tx, &permit, "feed.revoke", me.0).await
            })
        })
        .await
}
