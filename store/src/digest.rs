//! Digests: letters that were put off, kept as they were posted, and told in one mail a day or a week at
//! the member's eight o'clock (C9). Nothing to say, no mail.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use domain::{
    Actor, Instant, MemberId, Slug, Zone, digest,
    emails::{Delivery, Email, EmailCategory, EmailPreferences, EventFacts, Mailing},
    events::{Event, EventStatus},
};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait as _, Condition, EntityTrait as _, JoinType, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, RelationTrait as _,
    sea_query::{OnConflict, Query},
};
use uuid::Uuid;

use crate::{
    Store, StoreError, announcements, blocks,
    entities::{digest as last_digest, digest_item, event, event_group, group_member, member},
    events::{self, event_from_row, facts_for_all, seen_by},
    members, outbox, preferences,
    secrets::new_id,
    write::Tx,
};

/// Keeps a letter for the member's next digest.
pub(crate) async fn put_off(
    tx: &Tx,
    member: MemberId,
    email: &Email,
    delivery: Delivery,
) -> Result<(), StoreError> {
    let row = digest_item::ActiveModel {
        id: Set(new_id()),
        member_id: Set(member.0),
        delivery: Set(delivery.name().to_owned()),
        payload: Set(serde_json::to_string(email)?),
        posted_at: Set(tx.now()),
    };
    row.insert(tx.db()).await?;
    Ok(())
}

/// Sends the digests that are due. Answers when the next one is.
pub(crate) async fn chores(store: &Store) -> Result<Option<Instant>, StoreError> {
    // One row for each member and way, so what there is to read grows with readers, not with mails.
    let waiting: Vec<(Uuid, String, Instant, String, Option<NaiveDate>)> = digest_item::Entity::find()
        .select_only()
        .column(digest_item::Column::MemberId)
        .column(digest_item::Column::Delivery)
        .column_as(digest_item::Column::PostedAt.min(), "oldest")
        .column(member::Column::Zone)
        .column(last_digest::Column::LastDay)
        .join(JoinType::InnerJoin, digest_item::Relation::Member.def())
        .join(JoinType::LeftJoin, digest_item::Relation::Digest.def())
        .group_by(digest_item::Column::MemberId)
        .group_by(digest_item::Column::Delivery)
        .group_by(member::Column::Zone)
        .group_by(last_digest::Column::LastDay)
        .into_tuple()
        .all(store.db())
        .await?;
    let (now, mut next) = (store.now(), None::<Instant>);
    let mut due_now = Vec::new();
    for (member, delivery, oldest, zone, last) in waiting {
        let due = digest::due(zone.parse().unwrap_or(Zone::UTC), way(&delivery), oldest, last);
        if due > now {
            next = Some(next.map_or(due, |next| next.min(due)));
        } else if due_now.last() != Some(&member) {
            due_now.push(member);
        }
    }
    for member in due_now {
        events::moved::flush_for(store, MemberId(member)).await?;
        store.write(member, |tx, member| Box::pin(send(tx, MemberId(*member)))).await?;
    }
    Ok(next)
}

fn way(name: &str) -> Delivery {
    name.parse().unwrap_or(Delivery::Daily)
}

/// Sends one member's digest if it is due: the items go in the transaction that posts it, so each is told
/// once, and the day is kept, so there is one a day.
async fn send(tx: &Tx, member: MemberId) -> Result<(), StoreError> {
    // Another process may be at it: the member's row is the lock.
    let reader = members::lock(tx, member).await?;
    let zone = reader.zone.parse().unwrap_or(Zone::UTC);
    let last = last_digest::Entity::find_by_id(member.0).one(tx.db()).await?.map(|row| row.last_day);
    let rows = digest_item::Entity::find()
        .filter(digest_item::Column::MemberId.eq(member.0))
        .order_by_asc(digest_item::Column::Id)
        .all(tx.db())
        .await?;
    let oldest =
        |of: Delivery| rows.iter().filter(|row| way(&row.delivery) == of).map(|row| row.posted_at).min();
    let is_due =
        |of: Delivery| oldest(of).is_some_and(|oldest| digest::due(zone, of, oldest, last) <= tx.now());
    let told: HashSet<Delivery> =
        [Delivery::Daily, Delivery::Weekly].into_iter().filter(|of| is_due(*of)).collect();
    let rows: Vec<_> = rows.into_iter().filter(|row| told.contains(&way(&row.delivery))).collect();
    if rows.is_empty() {
        return Ok(());
    }
    let emails = rows.iter().filter_map(|row| serde_json::from_str(&row.payload).ok()).collect();
    let ids = rows.iter().map(|row| row.id);
    digest_item::Entity::delete_many().filter(digest_item::Column::Id.is_in(ids)).exec(tx.db()).await?;
    let mine = Mine::load(tx, &reader).await?;
    let mut items = mine.still_of_use(tx, emails).await?;
    if items.is_empty() || reader.role == domain::Role::Suspended.name() {
        return Ok(());
    }
    let more = items.len().saturating_sub(digest::MAX_ITEMS);
    items.truncate(digest::MAX_ITEMS);
    let coming = mine.coming(tx, &items).await?;
    let email = Email::Digest {
        more: u32::try_from(more).unwrap_or(u32::MAX),
        coming,
        items,
        mailing: Mailing { member, group: None },
    };
    if let Some(to) = members::recipient(&reader) {
        outbox::post(tx, Some(member), &to, &email).await?;
    }
    let day =
        last_digest::ActiveModel { member_id: Set(member.0), last_day: Set(zone.wall(tx.now()).date()) };
    let replace = OnConflict::column(last_digest::Column::MemberId)
        .update_column(last_digest::Column::LastDay)
        .to_owned();
    last_digest::Entity::insert(day).on_conflict(replace).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// The event that a put-off email is about.
fn event_of(email: &Email) -> Option<&EventFacts> {
    match email {
        Email::NewEvent { event, .. } | Email::Announcement { event, .. } => Some(event),
        _ => None,
    }
}

/// What decides whether something is still worth telling a member.
struct Mine {
    /// The reader, who is told of nothing that they may not see now.
    reader: Actor,
    preferences: EmailPreferences,
    groups: Vec<Uuid>,
    /// Whom they have blocked, and who has blocked them.
    strangers: HashSet<MemberId>,
}

impl Mine {
    async fn load(tx: &Tx, reader: &member::Model) -> Result<Self, StoreError> {
        let member = MemberId(reader.id);
        let groups = group_member::Entity::find()
            .select_only()
            .column(group_member::Column::GroupId)
            .filter(group_member::Column::MemberId.eq(member.0))
            .into_tuple()
            .all(tx.db())
            .await?;
        let strangers = blocks::hidden(tx.db(), member).await?;
        let preferences = preferences::preferences(tx.db(), member).await?;
        Ok(Self { reader: members::as_actor(reader.clone())?, preferences, groups, strangers })
    }

    /// Leaves out what the reader has muted since, anything about an event that they may not see any more,
    /// announcements by someone on the other side of a block, and new events that are over, cancelled or of
    /// a group that the reader left. What they say of an event is as it is now.
    async fn still_of_use(&self, tx: &Tx, emails: Vec<Email>) -> Result<Vec<Email>, StoreError> {
        let events = self.visible_events(tx, &emails).await?;
        let written = emails.iter().filter_map(|email| match email {
            Email::Announcement { id, .. } => *id,
            _ => None,
        });
        let writers = announcements::writers(tx, written).await?;
        let stranger = |email: &Email| {
            let Email::Announcement { id: Some(id), .. } = email else { return false };
            writers.get(id).is_some_and(|writer| self.strangers.contains(writer))
        };
        let mut kept = Vec::new();
        for email in emails {
            let group = email.mailing().and_then(|mailing| Some(mailing.group.as_ref()?.id));
            if self.preferences.delivery(email.category(), group) == Delivery::Off || stranger(&email) {
                continue;
            }
            let about = event_of(&email).map(|event| events.get(event.slug.as_str()));
            if about == Some(None) {
                continue;
            }
            let now = |slug: &Slug| {
                events.get(slug.as_str()).map(|row| event_from_row(row.clone(), None)).transpose()
            };
            match email {
                Email::NewEvent { event, summary, mailing } => {
                    let Some(event) = now(&event.slug)? else { continue };
                    let coming = event.status == EventStatus::Published && event.starts_at > tx.now();
                    if coming && group.is_none_or(|group| self.groups.contains(&group.0)) {
                        kept.push(Email::NewEvent { event: facts_for_all(&event), summary, mailing });
                    }
                }
                Email::Announcement { id, event, from, subject, words, trial, mailing } => {
                    let event = match now(&event.slug)? {
                        Some(now) => as_it_is_now(event, &now),
                        None => event,
                    };
                    kept.push(Email::Announcement { id, event, from, subject, words, trial, mailing });
                }
                email => kept.push(email),
            }
        }
        Ok(kept)
    }

    /// The events that some emails are about, by slug, as far as the reader may see them now.
    async fn visible_events(
        &self,
        tx: &Tx,
        emails: &[Email],
    ) -> Result<HashMap<String, event::Model>, StoreError> {
        let slugs = emails.iter().filter_map(event_of).map(|event| event.slug.to_string());
        let rows = event::Entity::find()
            .filter(event::Column::Slug.is_in(slugs))
            .filter(seen_by(&self.reader))
            .all(tx.db())
            .await?;
        Ok(rows.into_iter().map(|row| (row.slug.clone(), row)).collect())
    }

    /// What comes next in the member's groups and is not told already.
    async fn coming(&self, tx: &Tx, items: &[Email]) -> Result<Vec<EventFacts>, StoreError> {
        let told = items.iter().filter_map(|email| match email {
            Email::NewEvent { event, .. } => Some(event.slug.to_string()),
            _ => None,
        });
        let wanted = |group: &&Uuid| {
            let group = Some(domain::GroupId(**group));
            self.preferences.delivery(EmailCategory::NewEvents, group) != Delivery::Off
        };
        let groups: Vec<Uuid> = self.groups.iter().filter(wanted).copied().collect();
        let mut cohosting = Query::select();
        cohosting
            .column(event_group::Column::EventId)
            .from(event_group::Entity)
            .and_where(event_group::Column::AcceptedAt.is_not_null())
            .and_where(event_group::Column::GroupId.is_in(groups.iter().copied()));
        let held = Condition::any()
            .add(event::Column::GroupId.is_in(groups))
            .add(event::Column::Id.in_subquery(cohosting));
        let rows = event::Entity::find()
            .filter(event::Column::Status.eq(EventStatus::Published.name()))
            .filter(event::Column::StartsAt.gt(tx.now()))
            .filter(event::Column::StartsAt.lt(tx.now() + digest::LOOK_AHEAD))
            .filter(held)
            .filter(seen_by(&self.reader))
            .filter(event::Column::Slug.is_not_in(told))
            .order_by_asc(event::Column::StartsAt)
            .order_by_asc(event::Column::Id)
            .limit(digest::MAX_UPCOMING)
            .all(tx.db())
            .await?;
        rows.into_iter().map(|row| Ok(facts_for_all(&event_from_row(row, None)?))).collect()
    }
}

/// What an email said of an event, with the time and place that it has now: it may have been moved since. Whether the
/// reader is told the room or the link to join stays as it was.
fn as_it_is_now(told: EventFacts, now: &Event) -> EventFacts {
    let place = if told.place.is_empty() { String::new() } else { now.details.place.clone() };
    let join_url = now.details.join_url.clone().filter(|_| told.join_url.is_some());
    let title = now.details.title.clone();
    EventFacts {
        title,
        starts_at: now.starts_at,
        ends_at: now.ends_at,
        zone: now.zone(),
        place,
        join_url,
        ..told
    }
}
