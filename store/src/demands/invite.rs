//! The job that invites everybody who wanted to learn something, once an event for it is published.

use domain::{
    MemberId, Role,
    demands::DemandState,
    emails::{self, Delivery, Email, Mailing},
    events::EventStatus,
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _, sea_query::Expr,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Store, StoreError, blocks,
    entities::{demand, demand_supporter, event, member, rsvp},
    events::{self, facts_for_all, locked},
    jobs::{self, Due, Job, Next},
    members, outbox, preferences,
    write::Tx,
};

/// The kind of job that invites people to an event that they asked for.
pub const DEMAND_INVITATIONS: &str = "demand_invitations";

/// How far the invitations of one request have come.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Reached {
    /// The last member who was looked at.
    after: Uuid,
    /// How many members were looked at.
    done: u64,
}

/// The requests whose events are published.
pub(crate) async fn due_invitations(store: Store) -> Result<Due, StoreError> {
    let published = event::Entity::find()
        .select_only()
        .column(event::Column::Id)
        .filter(event::Column::Status.eq(EventStatus::Published.name()))
        .into_query();
    let subjects = demand::Entity::find()
        .select_only()
        .column(demand::Column::Id)
        .filter(demand::Column::State.eq(DemandState::Open.name()))
        .filter(demand::Column::EventId.is_not_null())
        .filter(demand::Column::EventId.in_subquery(published))
        .filter(demand::Column::Id.not_in_subquery(jobs::taken(DEMAND_INVITATIONS)))
        .order_by_asc(demand::Column::Id)
        .limit(jobs::BATCH)
        .into_tuple()
        .all(store.db())
        .await?;
    Ok(Due { subjects, next: None })
}

/// Invites the next batch of members.
pub(crate) async fn run_invitations(store: Store, job: Job) -> Result<Next, StoreError> {
    store.write(job, |tx, job| Box::pin(invite_batch(tx, job))).await
}

async fn invite_batch(tx: &Tx, job: &Job) -> Result<Next, StoreError> {
    let id = job.subject()?;
    let planned = demand::Entity::find_by_id(id).one(tx.db()).await?;
    let Some(event_id) = planned.and_then(|row| row.event_id) else { return Ok(Next::Done) };
    // The event is locked first, like by every edit, so it stays as it is during this batch.
    let Some((event, event_row)) = locked(tx, event::Column::Id.eq(event_id)).await? else {
        return Ok(Next::Done);
    };
    let row = demand::Entity::find_by_id(id).lock_exclusive().one(tx.db()).await?;
    let Some(row) = row.filter(|row| row.event_id == Some(event_id)) else { return Ok(Next::Done) };
    if event.status != EventStatus::Published || event.ends_at <= tx.now() {
        return Ok(Next::Done);
    }
    let scheduled = DemandState::Scheduled.name();
    let before = serde_json::from_value::<Option<Reached>>(job.payload.clone())?;
    match (before.is_some(), row.state.as_str()) {
        (false, state) if state == DemandState::Open.name() => {
            let change = demand::ActiveModel {
                id: Set(row.id),
                state: Set(scheduled.to_owned()),
                ..Default::default()
            };
            change.update(tx.db()).await?;
        }
        (true, state) if state == scheduled => {}
        // It was taken back or removed meanwhile, or everybody was invited.
        _ => return Ok(Next::Done),
    }
    let reached = before.unwrap_or_default();
    let ids: Vec<Uuid> = demand_supporter::Entity::find()
        .select_only()
        .column(demand_supporter::Column::MemberId)
        .filter(demand_supporter::Column::DemandId.eq(row.id))
        .filter(demand_supporter::Column::MemberId.gt(reached.after))
        .order_by_asc(demand_supporter::Column::MemberId)
        .limit(jobs::BATCH)
        .into_tuple()
        .all(tx.db())
        .await?;
    let invited = invited(tx, &event, &event_row, &ids).await?;
    let mut emailed = Vec::new();
    for member in invited {
        let Some(to) = members::recipient(&member) else { continue };
        let email = Email::from(emails::DemandScheduled {
            event: facts_for_all(&event),
            demand: row.title.clone(),
            mailing: Mailing { member: MemberId(member.id), group: None },
        });
        outbox::post(tx, Some(MemberId(member.id)), &to, &email).await?;
        if preferences::delivery(tx, Some(MemberId(member.id)), &email).await? != Delivery::Off {
            emailed.push(member.id);
        }
    }
    // They get no other news that there is a new event.
    demand_supporter::Entity::update_many()
        .col_expr(demand_supporter::Column::InvitedAt, Expr::value(tx.now()))
        .filter(demand_supporter::Column::DemandId.eq(row.id))
        .filter(demand_supporter::Column::MemberId.is_in(emailed))
        .exec(tx.db())
        .await?;
    let reached = Reached {
        after: ids.last().copied().unwrap_or(reached.after),
        done: reached.done + ids.len() as u64,
    };
    jobs::checkpoint(tx, job, &serde_json::to_value(&reached)?, reached.done, None).await?;
    Ok(if ids.len() as u64 == jobs::BATCH { Next::More } else { Next::Done })
}

/// Those of some members who are invited: they see the event, have no answer to it yet, are no hosts of it, and no block is
/// between them and its host.
async fn invited(
    tx: &Tx,
    event: &domain::events::Event,
    event_row: &event::Model,
    ids: &[Uuid],
) -> Result<Vec<member::Model>, StoreError> {
    let answered = rsvp::Entity::find()
        .select_only()
        .column(rsvp::Column::MemberId)
        .filter(rsvp::Column::EventId.eq(event.id.0))
        .into_query();
    let mut members = member::Entity::find()
        .filter(member::Column::Id.is_in(ids.iter().copied()))
        .filter(member::Column::Role.ne(Role::Suspended.name()))
        .filter(member::Column::Id.not_in_subquery(answered))
        .filter(events::readers(event.id))
        .order_by_asc(member::Column::Id)
        .all(tx.db())
        .await?;
    if let Some(host) = event_row.host_id {
        let blocked = blocks::hidden(tx.db(), MemberId(host)).await?;
        members.retain(|member| member.id != host && !blocked.contains(&MemberId(member.id)));
    }
    Ok(members)
}
