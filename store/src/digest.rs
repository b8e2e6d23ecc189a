//! Digests. Emails are stored when posted and sent together once a day or week, at eight o'clock in the
//! member's time zone (C9). A digest without items isn't sent.

use std::collections::{HashMap, HashSet};

use domain::{
    Actor, MemberId, Slug, Zone, digest,
    emails::{self, Delivery, Email, EmailCategory, EmailPreferences, EventFacts, Mailing},
    events::{Event, EventStatus},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::{OnConflict, Query},
};
use uuid::Uuid;

use crate::{
    Store, StoreError, announcements, blocks, comments,
    email::digest_queue,
    entities::{digest as last_digest, digest_item, event, event_group, group_member, member},
    events::{self, event_from_row, facts_for_all, seen_by},
    jobs::{self, Due, Job, Next},
    members, outbox, preferences,
    write::Tx,
};

/// The kind of job that sends one member's digest.
pub(crate) const DIGEST: &str = "digest";

/// The members whose digest is due.
pub(crate) async fn due_digests(store: Store) -> Result<Due, StoreError> {
    let now = store.now();
    let subjects = digest_item::Entity::find()
        .select_only()
        .column(digest_item::Column::MemberId)
        .filter(digest_item::Column::DueAt.lte(now))
        .filter(digest_item::Column::MemberId.not_in_subquery(jobs::taken(DIGEST)))
        .distinct()
        .limit(jobs::BATCH)
        .into_tuple()
        .all(store.db())
        .await?;
    let next = digest_item::Entity::find()
        .filter(digest_item::Column::DueAt.gt(now))
        .order_by_asc(digest_item::Column::DueAt)
        .one(store.db())
        .await?;
    Ok(Due { subjects, next: next.and_then(|row| row.due_at) })
}

/// Sends one member's digest.
pub(crate) async fn run_digest(store: Store, job: Job) -> Result<Next, StoreError> {
    let member = MemberId(job.subject()?);
    events::moved::flush_for(&store, member).await?;
    store.write(member, |tx, member| Box::pin(send(tx, *member))).await?;
    Ok(Next::Done)
}

/// Sends one member's digest if it is due. Items are deleted in the transaction that posts the digest, so each
/// is sent once. The day is recorded, so that there is one digest a day.
async fn send(tx: &Tx, member: MemberId) -> Result<(), StoreError> {
    // Locking the member keeps another process from sending the same digest.
    let reader = members::lock(tx, member).await?;
    let zone = reader.zone.parse().unwrap_or(Zone::UTC);
    let last_day = digest_queue::last_day(tx, member).await?;
    let rows = digest_queue::items(tx, member).await?;
    let mut due = HashSet::new();
    for delivery in [Delivery::Daily, Delivery::Weekly] {
        if digest_queue::due_of(&rows, zone, delivery, last_day).is_some_and(|at| at <= tx.now()) {
            due.insert(delivery);
        } else {
            // The time was saved before a digest of today was sent.
            digest_queue::set_due(tx, member, zone, delivery, &rows, last_day).await?;
        }
    }
    let rows: Vec<_> =
        rows.into_iter().filter(|row| due.contains(&digest_queue::parse_delivery(&row.delivery))).collect();
    if rows.is_empty() {
        return Ok(());
    }
    let emails = rows.iter().filter_map(|row| serde_json::from_str(&row.payload).ok()).collect();
    let ids = rows.iter().map(|row| row.id);
    digest_item::Entity::delete_many().filter(digest_item::Column::Id.is_in(ids)).exec(tx.db()).await?;
    let digest_reader = DigestReader::load(tx, &reader).await?;
    let mut items = digest_reader.keep_relevant(tx, emails).await?;
    if items.is_empty() || reader.role == domain::Role::Suspended.name() {
        return Ok(());
    }
    let more = items.len().saturating_sub(digest::MAX_ITEMS);
    items.truncate(digest::MAX_ITEMS);
    let upcoming = digest_reader.upcoming(tx, &items).await?;
    let email = Email::from(emails::Digest {
        more: u32::try_from(more).unwrap_or(u32::MAX),
        coming: upcoming,
        items,
        mailing: Mailing { member, group: None },
    });
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

/// The reader of a digest, and what decides whether an item is still relevant to them.
struct DigestReader {
    /// The member as an actor, to check what they may see now.
    reader: Actor,
    preferences: EmailPreferences,
    groups: Vec<Uuid>,
    /// Members in a block with the reader.
    blocked: HashSet<MemberId>,
}

impl DigestReader {
    async fn load(tx: &Tx, reader: &member::Model) -> Result<Self, StoreError> {
        let member = MemberId(reader.id);
        let groups = group_member::Entity::find()
            .select_only()
            .column(group_member::Column::GroupId)
            .filter(group_member::Column::MemberId.eq(member.0))
            .into_tuple()
            .all(tx.db())
            .await?;
        let blocked = blocks::hidden(tx.db(), member).await?;
        let preferences = preferences::preferences(tx.db(), member).await?;
        Ok(Self { reader: members::as_actor(reader.clone())?, preferences, groups, blocked })
    }

    /// Drops items that the reader has muted since, items about events they can no longer see, and
    /// announcements by members in a block with them. Also drops news of events that have started, were
    /// cancelled, or belong to a group that the reader left. Updates the rest with the current details.
    async fn keep_relevant(&self, tx: &Tx, emails: Vec<Email>) -> Result<Vec<Email>, StoreError> {
        let events = self.visible_events(tx, &emails).await?;
        let announcement_ids = emails.iter().filter_map(|email| match email {
            Email::Announcement(email) => email.id,
            _ => None,
        });
        let writers = announcements::writers(tx, announcement_ids).await?;
        let is_blocked = |email: &Email| {
            let Email::Announcement(email) = email else { return false };
            let writer = email.id.and_then(|id| writers.get(&id));
            writer.is_some_and(|writer| self.blocked.contains(writer))
        };
        let mut kept = Vec::new();
        for email in emails {
            let group = email.mailing().and_then(|mailing| Some(mailing.group.as_ref()?.id));
            if self.preferences.delivery(email.category(), group) == Delivery::Off || is_blocked(&email) {
                continue;
            }
            let visible = email.event().map(|event| events.get(event.slug.as_str()));
            if visible == Some(None) {
                continue;
            }
            let current = |slug: &Slug| {
                events.get(slug.as_str()).map(|row| event_from_row(row.clone(), None)).transpose()
            };
            match email {
                Email::NewEvent(news) => {
                    let Some(event) = current(&news.event.slug)? else { continue };
                    let is_upcoming = event.status == EventStatus::Published && event.starts_at > tx.now();
                    if is_upcoming && group.is_none_or(|group| self.groups.contains(&group.0)) {
                        kept.push(emails::NewEvent { event: facts_for_all(&event), ..news }.into());
                    }
                }
                Email::Announcement(mut email) => {
                    if let Some(event) = current(&email.event.slug)? {
                        email.event = with_current_facts(email.event, &event);
                    }
                    kept.push(email.into());
                }
                Email::KudosReceived(email) => {
                    kept.extend(crate::kudos::refreshed(tx, &self.reader, email).await?.map(Email::from));
                }
                Email::CommentPosted(email) => {
                    kept.extend(comments::refreshed(tx, &self.reader, email).await?.map(Email::from));
                }
                Email::KudosReacted(email) => {
                    kept.extend(crate::kudos::counted(tx, &self.reader, email).await?.map(Email::from));
                }
                email => kept.push(email),
            }
        }
        Ok(kept)
    }

    /// The events of some emails that the reader may see now, by slug.
    async fn visible_events(
        &self,
        tx: &Tx,
        emails: &[Email],
    ) -> Result<HashMap<String, event::Model>, StoreError> {
        let slugs = emails.iter().filter_map(Email::event).map(|event| event.slug.to_string());
        let rows = event::Entity::find()
            .filter(event::Column::Slug.is_in(slugs))
            .filter(seen_by(&self.reader))
            .all(tx.db())
            .await?;
        Ok(rows.into_iter().map(|row| (row.slug.clone(), row)).collect())
    }

    /// Upcoming events of the member's groups that aren't among the items.
    async fn upcoming(&self, tx: &Tx, items: &[Email]) -> Result<Vec<EventFacts>, StoreError> {
        let listed = items.iter().filter_map(|email| match email {
            Email::NewEvent(news) => Some(news.event.slug.to_string()),
            _ => None,
        });
        let not_muted = |group: &&Uuid| {
            let group = Some(domain::GroupId(**group));
            self.preferences.delivery(EmailCategory::NewEvents, group) != Delivery::Off
        };
        let groups: Vec<Uuid> = self.groups.iter().filter(not_muted).copied().collect();
        let mut cohosting = Query::select();
        cohosting
            .column(event_group::Column::EventId)
            .from(event_group::Entity)
            .and_where(event_group::Column::AcceptedAt.is_not_null())
            .and_where(event_group::Column::GroupId.is_in(groups.iter().copied()));
        let of_these_groups = Condition::any()
            .add(event::Column::GroupId.is_in(groups))
            .add(event::Column::Id.in_subquery(cohosting));
        let rows = event::Entity::find()
            .filter(event::Column::Status.eq(EventStatus::Published.name()))
            .filter(event::Column::StartsAt.gt(tx.now()))
            .filter(event::Column::StartsAt.lt(tx.now() + digest::LOOK_AHEAD))
            .filter(of_these_groups)
            .filter(seen_by(&self.reader))
            .filter(event::Column::Slug.is_not_in(listed))
            .order_by_asc(event::Column::StartsAt)
            .order_by_asc(event::Column::Id)
            .limit(digest::MAX_UPCOMING)
            .all(tx.db())
            .await?;
        rows.into_iter().map(|row| Ok(facts_for_all(&event_from_row(row, None)?))).collect()
    }
}

/// Event facts with the current title, time, place and link. A room or link that the email left out stays left
/// out.
fn with_current_facts(stored: EventFacts, current: &Event) -> EventFacts {
    let place = if stored.place.is_empty() { String::new() } else { current.details.place.clone() };
    let join_url = current.details.join_url.clone().filter(|_| stored.join_url.is_some());
    let title = current.details.title.clone();
    EventFacts {
        cover: current.generated_cover().name(),
        title,
        starts_at: current.starts_at,
        ends_at: current.ends_at,
        zone: current.zone(),
        place,
        join_url,
        ..stored
    }
}
