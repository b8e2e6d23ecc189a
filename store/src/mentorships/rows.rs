//! Rows of meetings, goals and check-ins as domain values, and when a mentorship's job looks at it again.

use domain::{
    GoalId, Instant,
    mentoring::MentorshipState,
    mentorships::{CheckInKind, Goal, Meeting, MeetingState, Timeline},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    QueryFilter as _, QueryOrder as _,
};
use uuid::Uuid;

use super::pair::{corrupt, outcome_of, state_of, term_of};
use crate::{
    StoreError,
    entities::{mentorship, mentorship_check, mentorship_goal, mentorship_meeting},
    write::Tx,
};

/// A meeting of a row.
pub(super) fn meeting(row: &mentorship_meeting::Model) -> Result<Meeting, StoreError> {
    let missed_by = row.missed_by.as_ref().map(|name| name.parse()).transpose();
    Ok(Meeting {
        state: row.state.parse().map_err(|()| corrupt(row.id, "state"))?,
        starts_at: row.starts_at,
        minutes: u16::try_from(row.minutes).unwrap_or(60),
        times: [row.time_1, row.time_2, row.time_3].into_iter().flatten().collect(),
        asked_by: row.asked_by.parse().map_err(|()| corrupt(row.id, "side"))?,
        sequence: u32::try_from(row.sequence).unwrap_or(0),
        is_late: row.is_late,
        missed_by: missed_by.map_err(|()| corrupt(row.id, "side"))?,
    })
}

/// The columns of a meeting.
pub(super) fn meeting_columns(meeting: &Meeting) -> mentorship_meeting::ActiveModel {
    let time = |at: usize| meeting.times.get(at).copied();
    mentorship_meeting::ActiveModel {
        state: Set(meeting.state.name().to_owned()),
        asked_by: Set(meeting.asked_by.name().to_owned()),
        minutes: Set(i32::from(meeting.minutes)),
        starts_at: Set(meeting.starts_at),
        time_1: Set(time(0)),
        time_2: Set(time(1)),
        time_3: Set(time(2)),
        sequence: Set(i32::try_from(meeting.sequence).unwrap_or(i32::MAX)),
        is_late: Set(meeting.is_late),
        missed_by: Set(meeting.missed_by.map(|side| side.name().to_owned())),
        ..Default::default()
    }
}

/// The meetings of a mentorship with their rows, the latest first.
pub(super) async fn meetings(
    db: &impl ConnectionTrait,
    mentorship: Uuid,
) -> Result<Vec<(mentorship_meeting::Model, Meeting)>, StoreError> {
    let rows = mentorship_meeting::Entity::find()
        .filter(mentorship_meeting::Column::MentorshipId.eq(mentorship))
        .order_by_desc(mentorship_meeting::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(|row| meeting(&row).map(|meeting| (row, meeting))).collect()
}

/// The goals of a mentorship, the oldest first.
pub(super) async fn goals(db: &impl ConnectionTrait, mentorship: Uuid) -> Result<Vec<Goal>, StoreError> {
    let rows = mentorship_goal::Entity::find()
        .filter(mentorship_goal::Column::MentorshipId.eq(mentorship))
        .order_by_asc(mentorship_goal::Column::CreatedAt)
        .order_by_asc(mentorship_goal::Column::Id)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(goal).collect())
}

/// A goal of a row.
pub(super) fn goal(row: mentorship_goal::Model) -> Goal {
    Goal {
        id: Some(GoalId(row.id)),
        title: row.title,
        why: row.why,
        evidence: row.evidence,
        due_on: row.due_on,
        progress: u8::try_from(row.progress).unwrap_or(0),
    }
}

/// Everything that decides what falls due in a mentorship.
pub(super) async fn timeline(
    db: &impl ConnectionTrait,
    row: &mentorship::Model,
    now: Instant,
) -> Result<Timeline, StoreError> {
    let meetings = meetings(db, row.id).await?;
    let asked: Vec<CheckInKind> = mentorship_check::Entity::find()
        .filter(mentorship_check::Column::MentorshipId.eq(row.id))
        .all(db)
        .await?
        .into_iter()
        .filter_map(|row| row.kind.parse().ok())
        .collect();
    let agreed = meetings.iter().filter(|(_, meeting)| meeting.state == MeetingState::Agreed);
    let proposed = meetings.iter().filter(|(_, meeting)| meeting.is_open(now));
    let proposed_until = proposed.filter_map(|(_, meeting)| meeting.waits_until(now)).max();
    Ok(Timeline {
        state: state_of(row)?,
        outcome: outcome_of(row),
        term: term_of(row),
        ended_at: row.ended_at,
        last_meeting: agreed.filter_map(|(_, meeting)| meeting.ends_at()).max(),
        proposed_until,
        nudged_at: row.nudged_at,
        asked,
        term_told: row.term_told_at.is_some(),
        is_released: row.feedback_released_at.is_some(),
    })
}

/// Says when the job looks at a mentorship again. Every verb that changes what falls due ends with it.
pub(crate) async fn schedule(tx: &Tx, id: Uuid) -> Result<(), StoreError> {
    let row = mentorship::Entity::find_by_id(id).one(tx.db()).await?.ok_or(StoreError::NotFound)?;
    let due_at = timeline(tx.db(), &row, tx.now()).await?.next();
    if due_at != row.due_at {
        let change = mentorship::ActiveModel { id: Set(id), due_at: Set(due_at), ..Default::default() };
        change.update(tx.db()).await?;
    }
    Ok(())
}

/// Whether the two can meet, write and set goals now.
pub(super) fn check_active(state: MentorshipState) -> Result<(), StoreError> {
    Ok(state.check_active()?)
}
