//! The job that changes or cancels the dates of a series one by one (B5). Members' changes get their turn in between.

use domain::{
    Actor, MemberId, Role,
    events::{Event, EventDetails},
    series::{DateOutcome, SeriesChange},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};
use serde_json::Value;

use super::{
    edit::{EditKind, Plan, details_of},
    questions::same_questions,
    rows::{locked, rule_of, slug_of},
};
use crate::{
    Store, StoreError,
    entities::{event, member, series_edit},
    events::{self, apply, cancel_locked, edit_permit, may_move, promoted_dates, series_news},
    jobs::{self, Job, Next},
    members,
    write::{Tx, verb},
};

/// The kind of job that changes several dates of one series.
pub(crate) const SERIES_EDIT: &str = "series_edit";

/// Changes the next date. When there is none left, people are told.
pub(crate) async fn run_edit(store: Store, job: Job) -> Result<Next, StoreError> {
    verb!(store, |tx, job| {
        let Some(edit) = series_edit::Entity::find_by_id(job.subject()?).one(tx.db()).await? else {
            return Ok(Next::Done);
        };
        if edit.finished_at.is_some() {
            return Ok(Next::Done);
        }
        let Some(series) = locked(tx, edit.series_id).await? else { return Ok(Next::Done) };
        let next = event::Entity::find()
            .filter(event::Column::SeriesId.eq(edit.series_id))
            .filter(event::Column::SeriesNumber.gt(edit.position))
            .order_by_asc(event::Column::SeriesNumber)
            .limit(1)
            .one(tx.db())
            .await?;
        let (Some(next), Some(actor)) = (next, actor_of(tx, &edit).await?) else {
            if promoted_dates::tell_next(tx, edit.series_id, &slug_of(&series)?).await? {
                let count = |n: i32| u64::try_from(n).unwrap_or(0);
                let (done, total) = (count(edit.done_dates), count(edit.total_dates));
                jobs::checkpoint(tx, job, &Value::Null, done, Some(total)).await?;
                return Ok(Next::More);
            }
            finish(tx, edit).await?;
            return Ok(Next::Done);
        };
        let kind = EditKind::ALL.into_iter().find(|kind| kind.name() == edit.kind);
        let kind = kind.unwrap_or(EditKind::Edit);
        let change = match kind {
            EditKind::Cancel | EditKind::Questions => None,
            EditKind::Edit => Some(SeriesChange {
                was: details_of(&edit.details_before)?,
                now: details_of(&edit.details_after)?,
            }),
        };
        let plan = Plan { rule: rule_of(&series)?, kind, edited: edit.edited_number, change };
        if let Some((event, row)) = events::locked(tx, event::Column::Id.eq(next.id)).await? {
            match kind {
                EditKind::Questions => same_questions(tx, &actor, &edit, (event, row)).await?,
                EditKind::Edit | EditKind::Cancel => {
                    change_one(tx, &actor, &plan, &edit.reason, (event, row)).await?;
                }
            }
        }
        let done = (edit.done_dates + 1).min(edit.total_dates);
        let count = |n: i32| u64::try_from(n).unwrap_or(0);
        jobs::checkpoint(tx, job, &Value::Null, count(done), Some(count(edit.total_dates))).await?;
        let change = series_edit::ActiveModel {
            id: Set(edit.id),
            position: Set(next.series_number.unwrap_or(i32::MAX)),
            done_dates: Set(done),
            ..Default::default()
        };
        change.update(tx.db()).await?;
        Ok(Next::More)
    })
}

/// The person who made the change, with the rights that they have now. `None` when they have lost their account or are
/// suspended.
async fn actor_of(tx: &Tx, edit: &series_edit::Model) -> Result<Option<Actor>, StoreError> {
    let Some(id) = edit.member_id else { return Ok(Some(Actor::Operator)) };
    let row = member::Entity::find_by_id(MemberId(id).0).one(tx.db()).await?;
    row.filter(|row| row.role != Role::Suspended.name()).map(members::as_actor).transpose()
}

/// Changes one date, unless it stays as it is or the actor may not change it.
async fn change_one(
    tx: &Tx,
    actor: &Actor,
    plan: &Plan,
    reason: &str,
    (event, row): (Event, event::Model),
) -> Result<(), StoreError> {
    let (outcome, details) = plan.outcome(&row, &event, tx.now());
    if outcome != DateOutcome::Changes {
        return Ok(());
    }
    let permit = match edit_permit(tx, actor, &event).await {
        Ok(permit) => permit,
        Err(StoreError::Refused(_)) => return Ok(()),
        Err(error) => return Err(error),
    };
    match (plan.kind, details) {
        (EditKind::Cancel, _) => cancel_locked(tx, &permit, (&event, &row), reason).await.map(drop),
        (EditKind::Edit, Some(details)) => match moves_freely(tx, actor, &event, &details).await? {
            true => apply(tx, &permit, &event, &row, &details).await.map(drop),
            false => Ok(()),
        },
        (EditKind::Edit, None) | (EditKind::Questions, _) => Ok(()),
    }
}

/// Whether the actor may move the date to the group that the change names.
async fn moves_freely(
    tx: &Tx,
    actor: &Actor,
    event: &Event,
    details: &EventDetails,
) -> Result<bool, StoreError> {
    if event.details.group == details.group {
        return Ok(true);
    }
    match may_move(tx, actor, event, details.group.as_ref()).await {
        Ok(()) => Ok(true),
        Err(StoreError::Refused(_) | StoreError::Invalid(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// All dates are changed: forgets the texts of the change, and plans the emails.
async fn finish(tx: &Tx, edit: series_edit::Model) -> Result<(), StoreError> {
    let series = edit.series_id;
    let change = series_edit::ActiveModel {
        id: Set(edit.id),
        details_before: Set(String::new()),
        details_after: Set(String::new()),
        reason: Set(String::new()),
        done_dates: Set(edit.total_dates),
        finished_at: Set(Some(tx.now())),
        ..Default::default()
    };
    change.update(tx.db()).await?;
    series_news::align(tx, series).await
}
