//! Sending announcements: members in the order of their ids, some in each transaction, which also keeps how
//! far it came. So each is written to once, whatever stops in between.

use std::collections::{HashMap, HashSet};

use domain::{
    AnnouncementId, EventId, Instant, MemberId, Role,
    announcements::{AnnouncementState, Segment},
    emails::{Email, EventFacts, GroupFacts, Mailing},
    events::{Event, EventStatus, Mode, RsvpState},
};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    Select,
    sea_query::{Query, SelectStatement},
};
use uuid::Uuid;

use super::{kind, late_group, segments_of, set_state};
use crate::{
    Store, StoreError, blocks,
    entities::{announcement, event, event_group, group_member, member, rsvp},
    events::{self, facts, facts_for_all, locked, moved, notices, rsvp_from_row},
    members, outbox, preferences,
    write::Tx,
};

/// Members written to in one transaction.
const BATCH: u64 = 100;

/// Sends what is due. Answers when the next is.
pub(crate) async fn chores(store: &Store) -> Result<Option<Instant>, StoreError> {
    let waiting = [AnnouncementState::Held, AnnouncementState::Going].map(AnnouncementState::name);
    let rows: Vec<(Uuid, Instant)> = announcement::Entity::find()
        .select_only()
        .column(announcement::Column::Id)
        .column(announcement::Column::DueAt)
        .filter(announcement::Column::State.is_in(waiting))
        .order_by_asc(announcement::Column::DueAt)
        .order_by_asc(announcement::Column::Id)
        .into_tuple()
        .all(store.db())
        .await?;
    let now = store.now();
    let (due, later): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(_, due_at)| *due_at <= now);
    for (id, _) in due {
        while store.write(AnnouncementId(id), |tx, id| Box::pin(send_some(tx, *id))).await? {}
    }
    Ok(later.first().map(|(_, due_at)| *due_at))
}

/// The members of some segments of an event, the suspended left out.
pub(super) fn segment(event: &event::Model, segments: &[Segment]) -> Select<member::Entity> {
    let mut any = Condition::any();
    for segment in segments {
        any = match (segment, event.group_id) {
            (Segment::Going, _) => any.add(member::Column::Id.in_subquery(answered(event, RsvpState::Going))),
            (Segment::InTheRoom, _) => any.add(member::Column::Id.in_subquery(coming(event, Mode::OnSite))),
            (Segment::Online, _) => any
                .add(member::Column::Id.in_subquery(coming(event, Mode::Online)))
                .add(member::Column::Id.in_subquery(online_meanwhile(event))),
            (Segment::Waiting, _) => {
                any.add(member::Column::Id.in_subquery(answered(event, RsvpState::Waiting)))
            }
            (Segment::NotGoing, _) => {
                any.add(member::Column::Id.in_subquery(answered(event, RsvpState::Left)))
            }
            // Without a group nobody is known not to have answered.
            (Segment::Unanswered, None) => any,
            (Segment::Unanswered, Some(_)) => any.add(
                Condition::all()
                    .add(member::Column::Id.in_subquery(belonging(event)))
                    .add(member::Column::Id.not_in_subquery(answers(event))),
            ),
        };
    }
    if any.is_empty() {
        any = any.add(member::Column::Id.eq(Uuid::nil()));
    }
    // Someone who has left a private group is told nothing about its events any more.
    active().filter(any).filter(events::readers(EventId(event.id)))
}

fn answers(event: &event::Model) -> SelectStatement {
    let mut query = Query::select();
    query.column(rsvp::Column::MemberId).from(rsvp::Entity).and_where(rsvp::Column::EventId.eq(event.id));
    query
}

fn answered(event: &event::Model, state: RsvpState) -> SelectStatement {
    let mut query = answers(event);
    query.and_where(rsvp::Column::State.eq(state.name()));
    query
}

/// Who has a seat, and comes so.
fn coming(event: &event::Model, mode: Mode) -> SelectStatement {
    let mut query = answered(event, RsvpState::Going);
    query.and_where(rsvp::Column::Mode.eq(mode.name()));
    query
}

/// Who waits for the room, and has a seat online meanwhile.
fn online_meanwhile(event: &event::Model) -> SelectStatement {
    let mut query = answers(event);
    query.and_where(rsvp::Column::OnlineMeanwhile.eq(true));
    query
}

/// The members of the groups that hold an event.
fn belonging(event: &event::Model) -> SelectStatement {
    let mut with = Query::select();
    with.column(event_group::Column::GroupId)
        .from(event_group::Entity)
        .and_where(event_group::Column::EventId.eq(event.id))
        .and_where(event_group::Column::AcceptedAt.is_not_null());
    let of = Condition::any()
        .add(group_member::Column::GroupId.in_subquery(with))
        .add_option(event.group_id.map(|group| group_member::Column::GroupId.eq(group)));
    members_of(of)
}

fn members_of(groups: Condition) -> SelectStatement {
    let mut query = Query::select();
    query.column(group_member::Column::MemberId).from(group_member::Entity).cond_where(groups);
    query
}

fn active() -> Select<member::Entity> {
    member::Entity::find().filter(member::Column::Role.ne(Role::Suspended.name()))
}

/// Whom the news of an event is for: the members of the groups that held it when it was published; or of one
/// that took it on later, without those whom another row tells. None when that one holds it no more.
async fn news(
    tx: &Tx,
    row: &announcement::Model,
    event: &event::Model,
) -> Result<Option<Select<member::Entity>>, StoreError> {
    let (late, holding) = (late(tx, event).await?, holding(tx, event).await?);
    let mine = late.iter().position(|(id, _)| *id == row.id);
    let at_first = holding.iter().copied().filter(|id| late.iter().all(|(_, group)| group != id));
    let others = group_member::Column::GroupId.is_in(event.group_id.into_iter().chain(at_first));
    let others = Condition::any().add(others);
    let unaware = active().filter(member::Column::Id.not_in_subquery(answers(event)));
    let Some((at, (_, group))) = mine.and_then(|at| Some((at, late.get(at)?))) else {
        return Ok(Some(unaware.filter(member::Column::Id.in_subquery(members_of(others)))));
    };
    if !holding.contains(group) {
        return Ok(None);
    }
    let before = late.iter().take(at).map(|(_, group)| *group);
    let others = others.add(group_member::Column::GroupId.is_in(before));
    let own = Condition::all().add(group_member::Column::GroupId.eq(*group));
    Ok(Some(
        unaware
            .filter(member::Column::Id.in_subquery(members_of(own)))
            .filter(member::Column::Id.not_in_subquery(members_of(others))),
    ))
}

/// The rows that tell the members of groups which took an event on when it was published already.
async fn late(tx: &Tx, event: &event::Model) -> Result<Vec<(Uuid, Uuid)>, StoreError> {
    let rows = announcement::Entity::find()
        .filter(announcement::Column::EventId.eq(event.id))
        .filter(announcement::Column::Kind.eq(kind::NEW_EVENT))
        .filter(announcement::Column::State.ne(AnnouncementState::Cancelled.name()))
        .order_by_asc(announcement::Column::Id)
        .all(tx.db())
        .await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.id, late_group(row.create_key.as_deref()?)?))).collect())
}

/// The groups that hold an event beside its own.
async fn holding(tx: &Tx, event: &event::Model) -> Result<Vec<Uuid>, StoreError> {
    Ok(event_group::Entity::find()
        .select_only()
        .column(event_group::Column::GroupId)
        .filter(event_group::Column::EventId.eq(event.id))
        .filter(event_group::Column::AcceptedAt.is_not_null())
        .order_by_asc(event_group::Column::GroupId)
        .into_tuple()
        .all(tx.db())
        .await?)
}

/// Writes to the next members. Whether there may be more.
async fn send_some(tx: &Tx, id: AnnouncementId) -> Result<bool, StoreError> {
    let Some(planned) = announcement::Entity::find_by_id(id.0).one(tx.db()).await? else { return Ok(false) };
    // The event is locked first, as by everybody who edits it: nobody changes it while its people are told.
    let found = locked(tx, event::Column::Id.eq(planned.event_id)).await?;
    let Some((event, event_row)) = found else { return Ok(false) };
    let row = announcement::Entity::find_by_id(id.0).lock_exclusive().one(tx.db()).await?;
    let waits = |row: &announcement::Model| {
        let open = [AnnouncementState::Held, AnnouncementState::Going].iter().any(|s| s.name() == row.state);
        open && row.due_at <= tx.now()
    };
    // Behind the lock again: it may have been taken back or put off.
    let Some(row) = row.filter(waits) else { return Ok(false) };
    if event.status == EventStatus::Cancelled && notices::cancels_quietly(tx, event.id).await? {
        // The cancellation may still be undone: until then this waits.
        return Ok(false);
    }
    let over = row.kind == kind::NEW_EVENT && event.ends_at <= tx.now();
    if event.status != EventStatus::Published || over {
        set_state(tx, &row, AnnouncementState::Cancelled).await?;
        return Ok(false);
    }
    moved::flush(tx, &event).await?;
    let some = match row.kind == kind::NEW_EVENT {
        true => news(tx, &row, &event_row).await?,
        false => Some(segment(&event_row, &segments_of(&row))),
    };
    let Some(mut some) = some else {
        set_state(tx, &row, AnnouncementState::Cancelled).await?;
        return Ok(false);
    };
    if let Some(reached) = row.reached {
        some = some.filter(member::Column::Id.gt(reached));
    }
    if row.kind == kind::NEW_EVENT {
        // Whoever makes an event knows of it.
        let makers = [event_row.host_id, row.by_id].into_iter().flatten();
        some = some.filter(member::Column::Id.is_not_in(makers));
    }
    let some = some.order_by_asc(member::Column::Id).limit(BATCH).all(tx.db()).await?;
    let batch = Batch::load(tx, &row, &event_row, event, &some).await?;
    let answers = batch.answers(tx, &some).await?;
    let mut told = 0;
    for member in &some {
        let Some(to) = members::recipient(member) else { continue };
        let id = MemberId(member.id);
        // Of a blocked pair neither is told that there is a block (F3): they count as who has muted such mails.
        if !batch.strangers.contains(&id) {
            let email = batch.email(&row, id, answers.get(&member.id).cloned());
            outbox::post(tx, Some(id), &to, &email).await?;
        }
        told += 1;
    }
    let more = some.len() as u64 == BATCH;
    let state = if more { AnnouncementState::Going } else { AnnouncementState::Sent };
    let change = announcement::ActiveModel {
        id: Set(row.id),
        state: Set(state.name().to_owned()),
        reached: Set(some.last().map(|member| member.id).or(row.reached)),
        told: Set(row.told + told),
        version: Set(row.version + 1),
        ..Default::default()
    };
    change.update(tx.db()).await?;
    Ok(more)
}

/// What the letters of one announcement have in common.
struct Batch {
    event: Event,
    /// The group that each member gets it from: the one that made the event, if they are in it.
    groups: HashMap<Uuid, GroupFacts>,
    /// That group, for who is in none of them.
    group: Option<GroupFacts>,
    from: String,
    /// Who is not to get words of the writer's: one of the two has blocked the other.
    strangers: HashSet<MemberId>,
}

impl Batch {
    async fn load(
        tx: &Tx,
        row: &announcement::Model,
        event_row: &event::Model,
        event: Event,
        some: &[member::Model],
    ) -> Result<Self, StoreError> {
        let writer = match row.by_id {
            Some(id) => member::Entity::find_by_id(id).one(tx.db()).await?,
            None => None,
        };
        let group = preferences::group_of(tx.db(), event_row.group_id).await?;
        let from = writer.map_or_else(String::new, member::Model::shown_name);
        let mut groups = HashMap::new();
        for id in event_row.group_id.into_iter().chain(holding(tx, event_row).await?) {
            let Some(facts) = preferences::group_of(tx.db(), Some(id)).await? else { continue };
            let members: Vec<Uuid> = group_member::Entity::find()
                .select_only()
                .column(group_member::Column::MemberId)
                .filter(group_member::Column::GroupId.eq(id))
                .filter(group_member::Column::MemberId.is_in(some.iter().map(|member| member.id)))
                .into_tuple()
                .all(tx.db())
                .await?;
            for member in members {
                groups.entry(member).or_insert_with(|| facts.clone());
            }
        }
        let strangers = match row.by_id {
            Some(writer) if row.kind == kind::WORDS => blocks::hidden(tx.db(), MemberId(writer)).await?,
            _ => HashSet::new(),
        };
        Ok(Self { event, groups, group, from, strangers })
    }

    /// What those of the batch who answered are told of the event: where to join, if they have a seat.
    async fn answers(
        &self,
        tx: &Tx,
        some: &[member::Model],
    ) -> Result<HashMap<Uuid, EventFacts>, StoreError> {
        let rows = rsvp::Entity::find()
            .filter(rsvp::Column::EventId.eq(self.event.id.0))
            .filter(rsvp::Column::MemberId.is_in(some.iter().map(|member| member.id)))
            .all(tx.db())
            .await?;
        rows.into_iter().map(|row| Ok((row.member_id, facts(&self.event, &rsvp_from_row(row)?)))).collect()
    }

    fn email(&self, row: &announcement::Model, member: MemberId, facts: Option<EventFacts>) -> Email {
        let event = facts.unwrap_or_else(|| facts_for_all(&self.event));
        let group = self.groups.get(&member.0).or(self.group.as_ref()).cloned();
        let mailing = Mailing { member, group };
        if row.kind == kind::NEW_EVENT {
            return Email::NewEvent { event, summary: self.event.details.summary.clone(), mailing };
        }
        Email::Announcement {
            id: Some(AnnouncementId(row.id)),
            event,
            from: self.from.clone(),
            subject: row.subject.clone(),
            words: row.words.clone(),
            trial: false,
            mailing,
        }
    }
}
