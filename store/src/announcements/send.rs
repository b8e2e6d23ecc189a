//! Sending announcements. Members are emailed in the order of their IDs, a batch per transaction. The same
//! transaction records how far it came, so each member gets one email even after a crash.

use std::collections::{HashMap, HashSet};

use domain::{
    AnnouncementId, EventId, MemberId, Role,
    announcements::{AnnouncementState, Segment},
    emails::{self, Email, EventFacts, GroupFacts, Mailing},
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

use super::{
    news::later_group_of,
    rows::{kind, segments_of, set_state},
};
use crate::{
    Store, StoreError, blocks,
    entities::{announcement, demand, demand_supporter, event, event_group, group_member, member, rsvp},
    events::{self, facts, facts_for_all, locked, moved, notices, rsvp_from_row},
    jobs::{self, Due, Job, Next},
    members, outbox, preferences,
    write::Tx,
};

/// The kind of job that sends one announcement.
pub(crate) const ANNOUNCEMENT: &str = "announcement";

/// The announcements that are due.
pub(crate) async fn due_announcements(store: Store) -> Result<Due, StoreError> {
    let now = store.now();
    let open = || {
        let open = [AnnouncementState::Held, AnnouncementState::GoingOut].map(AnnouncementState::name);
        announcement::Entity::find()
            .filter(announcement::Column::State.is_in(open))
            .filter(announcement::Column::EventId.not_in_subquery(notices::cancelled_quietly()))
    };
    let subjects = open()
        .select_only()
        .column(announcement::Column::Id)
        .filter(announcement::Column::DueAt.lte(now))
        .filter(announcement::Column::Id.not_in_subquery(jobs::taken(ANNOUNCEMENT)))
        .order_by_asc(announcement::Column::DueAt)
        .order_by_asc(announcement::Column::Id)
        .limit(jobs::BATCH)
        .into_tuple()
        .all(store.db())
        .await?;
    let next = open()
        .filter(announcement::Column::DueAt.gt(now))
        .order_by_asc(announcement::Column::DueAt)
        .one(store.db())
        .await?;
    Ok(Due { subjects, next: next.map(|row| row.due_at) })
}

/// Sends the next batch of one announcement.
pub(crate) async fn run_announcement(store: Store, job: Job) -> Result<Next, StoreError> {
    store.write(job, |tx, job| Box::pin(send_batch(tx, job))).await
}

/// The members in some segments of an event, without suspended members.
pub(super) fn segment(event: &event::Model, segments: &[Segment]) -> Select<member::Entity> {
    let mut in_segment = Condition::any();
    for segment in segments {
        in_segment = match (segment, event.group_id) {
            (Segment::Going, _) => {
                in_segment.add(member::Column::Id.in_subquery(members_with(event, RsvpState::Going)))
            }
            (Segment::InTheRoom, _) => {
                in_segment.add(member::Column::Id.in_subquery(seated_with(event, Mode::OnSite)))
            }
            (Segment::Online, _) => in_segment
                .add(member::Column::Id.in_subquery(seated_with(event, Mode::Online)))
                .add(member::Column::Id.in_subquery(online_meanwhile(event))),
            (Segment::Waiting, _) => {
                in_segment.add(member::Column::Id.in_subquery(members_with(event, RsvpState::Waiting)))
            }
            (Segment::NotGoing, _) => {
                in_segment.add(member::Column::Id.in_subquery(members_with(event, RsvpState::Left)))
            }
            // Only members of the group are known not to have replied.
            (Segment::Unanswered, None) => in_segment,
            (Segment::Unanswered, Some(_)) => in_segment.add(
                Condition::all()
                    .add(member::Column::Id.in_subquery(group_members(event)))
                    .add(member::Column::Id.not_in_subquery(members_with_rsvp(event))),
            ),
        };
    }
    if in_segment.is_empty() {
        in_segment = in_segment.add(member::Column::Id.eq(Uuid::nil()));
    }
    // Members who left a private group get no emails about its events.
    not_suspended().filter(in_segment).filter(events::readers(EventId(event.id)))
}

fn members_with_rsvp(event: &event::Model) -> SelectStatement {
    let mut query = Query::select();
    query.column(rsvp::Column::MemberId).from(rsvp::Entity).and_where(rsvp::Column::EventId.eq(event.id));
    query
}

fn members_with(event: &event::Model, state: RsvpState) -> SelectStatement {
    let mut query = members_with_rsvp(event);
    query.and_where(rsvp::Column::State.eq(state.name()));
    query
}

/// Members with a seat who attend in the given mode.
fn seated_with(event: &event::Model, mode: Mode) -> SelectStatement {
    let mut query = members_with(event, RsvpState::Going);
    query.and_where(rsvp::Column::Mode.eq(mode.name()));
    query
}

/// Members on the on-site waitlist who join online until then.
fn online_meanwhile(event: &event::Model) -> SelectStatement {
    let mut query = members_with_rsvp(event);
    query.and_where(rsvp::Column::OnlineMeanwhile.eq(true));
    query
}

/// Members of the groups that host an event.
fn group_members(event: &event::Model) -> SelectStatement {
    let mut cohosts = Query::select();
    cohosts
        .column(event_group::Column::GroupId)
        .from(event_group::Entity)
        .and_where(event_group::Column::EventId.eq(event.id))
        .and_where(event_group::Column::AcceptedAt.is_not_null());
    let hosting_groups = Condition::any()
        .add(group_member::Column::GroupId.in_subquery(cohosts))
        .add_option(event.group_id.map(|group| group_member::Column::GroupId.eq(group)));
    members_of(hosting_groups)
}

fn members_of(groups: Condition) -> SelectStatement {
    let mut query = Query::select();
    query.column(group_member::Column::MemberId).from(group_member::Entity).cond_where(groups);
    query
}

fn not_suspended() -> Select<member::Entity> {
    member::Entity::find().filter(member::Column::Role.ne(Role::Suspended.name()))
}

/// Recipients of the news about an event: members of the groups that hosted it when it was published. For news
/// of a later co-host, its members except those who got other news of this event. `None` when that group no
/// longer co-hosts.
async fn news(
    tx: &Tx,
    row: &announcement::Model,
    event: &event::Model,
) -> Result<Option<Select<member::Entity>>, StoreError> {
    let (later, cohosts) = (later_news(tx, event).await?, cohosts_of(tx, event).await?);
    let index = later.iter().position(|(id, _)| *id == row.id);
    let from_start = cohosts.iter().copied().filter(|id| later.iter().all(|(_, group)| group != id));
    let others = group_member::Column::GroupId.is_in(event.group_id.into_iter().chain(from_start));
    let others = Condition::any().add(others);
    let without_rsvp = not_suspended()
        .filter(member::Column::Id.not_in_subquery(members_with_rsvp(event)))
        .filter(member::Column::Id.not_in_subquery(invited_by_demand(event)));
    let Some((at, (_, group))) = index.and_then(|at| Some((at, later.get(at)?))) else {
        return Ok(Some(without_rsvp.filter(member::Column::Id.in_subquery(members_of(others)))));
    };
    if !cohosts.contains(group) {
        return Ok(None);
    }
    let before = later.iter().take(at).map(|(_, group)| *group);
    let others = others.add(group_member::Column::GroupId.is_in(before));
    let own = Condition::all().add(group_member::Column::GroupId.eq(*group));
    Ok(Some(
        without_rsvp
            .filter(member::Column::Id.in_subquery(members_of(own)))
            .filter(member::Column::Id.not_in_subquery(members_of(others))),
    ))
}

/// Members who were emailed that something they want to learn became this event (B10). It says the same as the news.
fn invited_by_demand(event: &event::Model) -> SelectStatement {
    let mut demands = Query::select();
    demands.column(demand::Column::Id).from(demand::Entity).and_where(demand::Column::EventId.eq(event.id));
    let mut query = Query::select();
    query
        .column(demand_supporter::Column::MemberId)
        .from(demand_supporter::Entity)
        .and_where(demand_supporter::Column::DemandId.in_subquery(demands))
        .and_where(demand_supporter::Column::InvitedAt.is_not_null());
    query
}

/// News rows for groups that became co-hosts after an event was published, as row ID and group ID.
async fn later_news(tx: &Tx, event: &event::Model) -> Result<Vec<(Uuid, Uuid)>, StoreError> {
    let rows = announcement::Entity::find()
        .filter(announcement::Column::EventId.eq(event.id))
        .filter(announcement::Column::Kind.eq(kind::NEW_EVENT))
        .filter(announcement::Column::State.ne(AnnouncementState::Cancelled.name()))
        .order_by_asc(announcement::Column::Id)
        .all(tx.db())
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| Some((row.id, later_group_of(row.create_key.as_deref()?)?)))
        .collect())
}

/// The groups that co-host an event.
async fn cohosts_of(tx: &Tx, event: &event::Model) -> Result<Vec<Uuid>, StoreError> {
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

/// Emails the next batch of members.
async fn send_batch(tx: &Tx, job: &Job) -> Result<Next, StoreError> {
    let id = AnnouncementId(job.subject()?);
    let Some(planned) = announcement::Entity::find_by_id(id.0).one(tx.db()).await? else {
        return Ok(Next::Done);
    };
    // Locking the event first, like every edit does, keeps it unchanged during this batch.
    let locked_event = locked(tx, event::Column::Id.eq(planned.event_id)).await?;
    let Some((event, event_row)) = locked_event else { return Ok(Next::Done) };
    let row = announcement::Entity::find_by_id(id.0).lock_exclusive().one(tx.db()).await?;
    let is_due = |row: &announcement::Model| {
        let open =
            [AnnouncementState::Held, AnnouncementState::GoingOut].iter().any(|s| s.name() == row.state);
        open && row.due_at <= tx.now()
    };
    // Check again behind the lock: it may have been cancelled or rescheduled.
    let Some(row) = row.filter(is_due) else { return Ok(Next::Done) };
    if event.status == EventStatus::Cancelled && notices::cancels_quietly(tx, event.id).await? {
        // The cancellation may still be undone, so this waits until then.
        return Ok(Next::Done);
    }
    let over = row.kind == kind::NEW_EVENT && event.ends_at <= tx.now();
    if event.status != EventStatus::Published || over {
        set_state(tx, &row, AnnouncementState::Cancelled).await?;
        return Ok(Next::Done);
    }
    moved::flush(tx, &event).await?;
    let members = match row.kind == kind::NEW_EVENT {
        true => news(tx, &row, &event_row).await?,
        false => Some(segment(&event_row, &segments_of(&row))),
    };
    let Some(mut members) = members else {
        set_state(tx, &row, AnnouncementState::Cancelled).await?;
        return Ok(Next::Done);
    };
    if let Some(reached) = row.reached {
        members = members.filter(member::Column::Id.gt(reached));
    }
    if row.kind == kind::NEW_EVENT {
        // The host and the person who published the event don't need the news.
        let authors = [event_row.host_id, row.by_id].into_iter().flatten();
        members = members.filter(member::Column::Id.is_not_in(authors));
    }
    let members = members.order_by_asc(member::Column::Id).limit(jobs::BATCH).all(tx.db()).await?;
    let batch = Batch::load(tx, &row, &event_row, event, &members).await?;
    let facts = batch.facts_by_member(tx, &members).await?;
    let mut sent_to = 0;
    for member in &members {
        let Some(to) = members::recipient(member) else { continue };
        let id = MemberId(member.id);
        // Members in a block with the author get no email but are counted, so that the count doesn't reveal
        // the block (F3).
        if !batch.blocked.contains(&id) {
            let email = batch.email(&row, id, facts.get(&member.id).cloned());
            outbox::post(tx, Some(id), &to, &email).await?;
        }
        sent_to += 1;
    }
    let more = members.len() as u64 == jobs::BATCH;
    let state = if more { AnnouncementState::GoingOut } else { AnnouncementState::Sent };
    let change = announcement::ActiveModel {
        id: Set(row.id),
        state: Set(state.name().to_owned()),
        reached: Set(members.last().map(|member| member.id).or(row.reached)),
        sent_count: Set(row.sent_count + sent_to),
        version: Set(row.version + 1),
        ..Default::default()
    };
    change.update(tx.db()).await?;
    let sent = u64::try_from(row.sent_count + sent_to).unwrap_or(0);
    jobs::checkpoint(tx, job, &job.payload, sent, None).await?;
    Ok(if more { Next::More } else { Next::Done })
}

/// What the emails of one batch have in common.
struct Batch {
    event: Event,
    /// For each member, the group they get the email from. The event's own group comes first.
    groups: HashMap<Uuid, GroupFacts>,
    /// The event's own group, for members of none of its groups.
    group: Option<GroupFacts>,
    from: String,
    /// The author and their address, if they share it.
    reply_to: Option<(MemberId, String)>,
    /// Members in a block with the author. They get no announcement of theirs.
    blocked: HashSet<MemberId>,
}

impl Batch {
    async fn load(
        tx: &Tx,
        row: &announcement::Model,
        event_row: &event::Model,
        event: Event,
        members: &[member::Model],
    ) -> Result<Self, StoreError> {
        let writer = match row.by_id {
            Some(id) => member::Entity::find_by_id(id).one(tx.db()).await?,
            None => None,
        };
        let group = preferences::group_of(tx.db(), event_row.group_id).await?;
        let reply_to = writer
            .as_ref()
            .filter(|_| row.shares_address)
            .and_then(|writer| Some((MemberId(writer.id), members::recipient(writer)?.address)));
        let from = writer.map_or_else(String::new, member::Model::shown_name);
        let mut groups = HashMap::new();
        for id in event_row.group_id.into_iter().chain(cohosts_of(tx, event_row).await?) {
            let Some(facts) = preferences::group_of(tx.db(), Some(id)).await? else { continue };
            let members: Vec<Uuid> = group_member::Entity::find()
                .select_only()
                .column(group_member::Column::MemberId)
                .filter(group_member::Column::GroupId.eq(id))
                .filter(group_member::Column::MemberId.is_in(members.iter().map(|member| member.id)))
                .into_tuple()
                .all(tx.db())
                .await?;
            for member in members {
                groups.entry(member).or_insert_with(|| facts.clone());
            }
        }
        let blocked = match row.by_id {
            Some(writer) if row.kind == kind::MESSAGE => blocks::hidden(tx.db(), MemberId(writer)).await?,
            _ => HashSet::new(),
        };
        Ok(Self { event, groups, group, from, reply_to, blocked })
    }

    /// What members with an RSVP are told about the event. It includes the link to join for online seats.
    async fn facts_by_member(
        &self,
        tx: &Tx,
        members: &[member::Model],
    ) -> Result<HashMap<Uuid, EventFacts>, StoreError> {
        let rows = rsvp::Entity::find()
            .filter(rsvp::Column::EventId.eq(self.event.id.0))
            .filter(rsvp::Column::MemberId.is_in(members.iter().map(|member| member.id)))
            .all(tx.db())
            .await?;
        rows.into_iter().map(|row| Ok((row.member_id, facts(&self.event, &rsvp_from_row(row)?)))).collect()
    }

    fn email(&self, row: &announcement::Model, member: MemberId, facts: Option<EventFacts>) -> Email {
        let event = facts.unwrap_or_else(|| facts_for_all(&self.event));
        let group = self.groups.get(&member.0).or(self.group.as_ref()).cloned();
        let mailing = Mailing { member, group };
        if row.kind == kind::NEW_EVENT {
            return Email::from(emails::NewEvent {
                event,
                summary: self.event.details.summary.clone(),
                mailing,
            });
        }
        Email::from(emails::Announcement {
            id: Some(AnnouncementId(row.id)),
            event,
            from: self.from.clone(),
            subject: row.subject.clone(),
            words: row.message.clone(),
            trial: false,
            reply_to: self.reply_to.clone(),
            mailing,
        })
    }
}
