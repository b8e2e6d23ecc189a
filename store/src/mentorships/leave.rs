//! What happens to mentorships when somebody is gone: erased, blocked, or excluded from a programme. The other one
//! learns only that it ended, and the meetings leave both calendars.

use domain::{
    MeetingId, MemberId,
    emails::{self, CancelledMeeting, Email, MeetingFacts},
    mentoring::{MentorshipState, SignUpRole},
    mentorships::{ChangedBy, Meeting, PairChange, PairStep, other_side},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _,
    QueryOrder as _,
};

use super::{
    pair::{Pair, lock, state_of, whole},
    rows::{meeting_columns, meetings, schedule},
};
use crate::{
    StoreError,
    entities::{mentorship, mentorship_agreement, mentorship_goal, mentorship_meeting},
    write::Tx,
};

/// Saves a step, and cancels the open meetings if it ends the mentorship. Returns the calendar entries to remove.
pub(super) async fn save_step(
    tx: &Tx,
    row: &mentorship::Model,
    step: PairStep,
) -> Result<Vec<CancelledMeeting>, StoreError> {
    let ends = step.to() == MentorshipState::Ended;
    let change = mentorship::ActiveModel {
        id: Set(row.id),
        state: Set(step.to().name().to_owned()),
        outcome: Set(step.outcome().map(|outcome| outcome.name().to_owned())),
        ended_at: Set(ends.then(|| tx.now())),
        extension_asked_by: if ends { Set(None) } else { sea_orm::ActiveValue::NotSet },
        ..Default::default()
    };
    change.update(tx.db()).await?;
    let cancelled = if ends { cancel_open(tx, row).await? } else { Vec::new() };
    schedule(tx, row.id).await?;
    Ok(cancelled)
}

/// Cancels every meeting that is still to come. The calendar entries name nobody.
async fn cancel_open(tx: &Tx, row: &mentorship::Model) -> Result<Vec<CancelledMeeting>, StoreError> {
    let mut cancelled = Vec::new();
    for (known, meeting) in meetings(tx.db(), row.id).await? {
        let Ok(after) = meeting.cancel(tx.now()) else { continue };
        if after == meeting {
            continue;
        }
        // Nobody cancelled it at the last minute: the whole mentorship has ended.
        let after = Meeting { is_late: false, ..after };
        let change = mentorship_meeting::ActiveModel {
            id: Set(known.id),
            settled_at: Set(Some(tx.now())),
            ..meeting_columns(&after)
        };
        change.update(tx.db()).await?;
        let (Some(starts_at), Some(ends_at)) = (after.starts_at, after.ends_at()) else { continue };
        let meeting = MeetingFacts {
            uid: MeetingId(known.id),
            mentorship: domain::MentorshipId(row.id),
            partner: String::new(),
            starts_at,
            ends_at,
            place: String::new(),
        };
        cancelled.push(CancelledMeeting { meeting, sequence: after.sequence });
    }
    Ok(cancelled)
}

/// Tells one of the two that it ended, and removes the meetings from their calendar. It says nothing else.
pub(super) async fn tell_ended(
    tx: &Tx,
    pair: &Pair,
    side: SignUpRole,
    meetings: &[CancelledMeeting],
) -> Result<(), StoreError> {
    let email = Email::from(emails::MentorshipEnded {
        programme: pair.programme.name.clone(),
        had_begun: true,
        meetings: meetings.to_vec(),
    });
    pair.post(tx, side, &email).await
}

/// Ends a mentorship that has not ended, because one of the two is gone.
pub(super) async fn end(
    tx: &Tx,
    row: mentorship::Model,
    by: ChangedBy,
    tell: &[SignUpRole],
) -> Result<(), StoreError> {
    let step = state_of(&row)?.step(PairChange::End, by)?;
    let cancelled = save_step(tx, &row, step).await?;
    let pair = whole(tx.db(), row, SignUpRole::Mentee).await?;
    for side in tell {
        tell_ended(tx, &pair, *side, &cancelled).await?;
    }
    Ok(())
}

/// The mentorships of a member that have not ended, locked in the order of their ids.
pub(super) async fn running(tx: &Tx, member: MemberId) -> Result<Vec<mentorship::Model>, StoreError> {
    let rows = mentorship::Entity::find()
        .filter(of_member(member))
        .filter(mentorship::Column::State.ne(MentorshipState::Ended.name()))
        .order_by_asc(mentorship::Column::Id)
        .all(tx.db())
        .await?;
    let mut locked = Vec::with_capacity(rows.len());
    for row in rows {
        let row = lock(tx, row.id).await?;
        locked.extend(row.filter(|row| row.state != MentorshipState::Ended.name()));
    }
    Ok(locked)
}

pub(super) fn of_member(member: MemberId) -> Condition {
    Condition::any()
        .add(mentorship::Column::MenteeId.eq(member.0))
        .add(mentorship::Column::MentorId.eq(member.0))
}

/// The side of a member in a row.
pub(super) fn side_in(row: &mentorship::Model, member: MemberId) -> SignUpRole {
    if row.mentee_id == Some(member.0) { SignUpRole::Mentee } else { SignUpRole::Mentor }
}

/// Prepares the erasure of a member: ends their mentorships, and deletes what a pair wrote together. Their own notes
/// and messages are erased with them.
pub(crate) async fn forget(tx: &Tx, erased: MemberId) -> Result<(), StoreError> {
    for row in running(tx, erased).await? {
        let partner = other_side(side_in(&row, erased));
        end(tx, row, ChangedBy::System, &[partner]).await?;
    }
    let all = mentorship::Entity::find().filter(of_member(erased)).all(tx.db()).await?;
    for row in all {
        mentorship_agreement::Entity::delete_many()
            .filter(mentorship_agreement::Column::MentorshipId.eq(row.id))
            .exec(tx.db())
            .await?;
        mentorship_goal::Entity::delete_many()
            .filter(mentorship_goal::Column::MentorshipId.eq(row.id))
            .exec(tx.db())
            .await?;
        mentorship_meeting::Entity::delete_many()
            .filter(mentorship_meeting::Column::MentorshipId.eq(row.id))
            .exec(tx.db())
            .await?;
    }
    Ok(())
}

/// Ends the mentorships between two members, because one blocked the other. The email does not say so. The one who
/// blocks gets one too, which clears their calendar.
pub(crate) async fn end_between(tx: &Tx, one: MemberId, other: MemberId) -> Result<(), StoreError> {
    for row in running(tx, one).await? {
        if [row.mentee_id, row.mentor_id].contains(&Some(other.0)) {
            end(tx, row, ChangedBy::System, SignUpRole::ALL).await?;
        }
    }
    Ok(())
}
