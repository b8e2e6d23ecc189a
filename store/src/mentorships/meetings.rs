//! Meetings of a pair: proposed, agreed, moved, cancelled and missed (M17). The audit log, which admins read, says
//! nothing about them.

use domain::{
    Actor, Instant, MeetingId, MentorshipId,
    emails::{self, Email, MeetingFacts, PairEvent},
    mentoring::{MentorshipState, SignUpRole},
    mentorships::{Meeting, MeetingPlan, MeetingState, other_side},
    policy::{Permit, mentorships::WorkInMentorship, permit},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _,
};

use super::{
    check_ins::alert_of_missed,
    finish::news,
    page::weeks,
    pair::{Pair, locked},
    rows::{check_active, meeting, meeting_columns, meetings, schedule},
};
use crate::{
    Store, StoreError,
    entities::mentorship_meeting,
    secrets::new_id,
    write::{Tx, create_key, verb},
};

/// The most meetings of a pair that wait for an answer.
const MAX_OPEN: usize = 5;
/// The most meetings of a pair, including those that are over.
const MAX_MEETINGS: usize = 200;

/// Proposes a meeting. The same `key` proposes one.
///
/// # Errors
/// `NotFound` for everybody but the two. `Invalid` when a time does not suit both. `Refused` while the mentorship is
/// paused.
pub async fn propose_meeting(
    store: &Store,
    actor: &Actor,
    id: MentorshipId,
    plan: MeetingPlan,
    key: &str,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, plan, key| {
        let (pair, relation) = locked(tx, actor, id).await?;
        let _permit = permit(actor, WorkInMentorship, relation)?;
        check_active(pair.state()?)?;
        let key = create_key(actor, key);
        if let Some(key) = &key {
            let same =
                mentorship_meeting::Entity::find().filter(mentorship_meeting::Column::CreateKey.eq(key));
            if same.count(tx.db()).await? > 0 {
                return Ok(());
            }
        }
        let known = meetings(tx.db(), id.0).await?;
        let open = known.iter().filter(|(_, meeting)| meeting.is_open(tx.now())).count();
        if open >= MAX_OPEN || known.len() >= MAX_MEETINGS {
            return Err(domain::Refusal::SlowDown { seconds: 3600 }.into());
        }
        plan.check_times(&weeks(tx.db(), &pair).await?, tx.now())?;
        let meeting = Meeting::propose(pair.side, plan);
        let row = mentorship_meeting::ActiveModel {
            id: Set(new_id()),
            mentorship_id: Set(id.0),
            place: Set(plan.place.clone()),
            proposed_at: Set(tx.now()),
            settled_at: Set(None),
            create_key: Set(key),
            ..meeting_columns(&meeting)
        };
        row.insert(tx.db()).await?;
        after_proposal(tx, &pair, &meeting).await
    })
}

/// Asks to move a meeting. An agreed time stays until the other one accepts another.
///
/// # Errors
/// Like [`propose_meeting`], and `Refused(MeetingOver)` when it is over.
pub async fn move_meeting(
    store: &Store,
    actor: &Actor,
    id: MentorshipId,
    meeting: MeetingId,
    times: Vec<Instant>,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, &meeting, times| {
        let (pair, permit, row, before) = open(tx, actor, id, meeting).await?;
        check_active(pair.state()?)?;
        let plan = MeetingPlan { times: times.clone(), minutes: before.minutes, place: String::new() };
        plan.check_times(&weeks(tx.db(), &pair).await?, tx.now())?;
        let after = before.propose_again(pair.side, times, tx.now())?;
        save(tx, &permit, &row, &after).await?;
        after_proposal(tx, &pair, &after).await
    })
}

/// A meeting of a pair, behind the lock.
async fn open(
    tx: &Tx,
    actor: &Actor,
    id: MentorshipId,
    wanted: MeetingId,
) -> Result<(Pair, Permit<WorkInMentorship>, mentorship_meeting::Model, Meeting), StoreError> {
    let (pair, relation) = locked(tx, actor, id).await?;
    let permit = permit(actor, WorkInMentorship, relation)?;
    let row = mentorship_meeting::Entity::find_by_id(wanted.0)
        .filter(mentorship_meeting::Column::MentorshipId.eq(id.0))
        .one(tx.db())
        .await?
        .ok_or(StoreError::NotFound)?;
    let meeting = meeting(&row)?;
    Ok((pair, permit, row, meeting))
}

async fn save(
    tx: &Tx,
    _: &Permit<WorkInMentorship>,
    row: &mentorship_meeting::Model,
    meeting: &Meeting,
) -> Result<(), StoreError> {
    let is_settled = meeting.times.is_empty();
    let change = mentorship_meeting::ActiveModel {
        id: Set(row.id),
        settled_at: Set(is_settled.then(|| tx.now())),
        ..meeting_columns(meeting)
    };
    change.update(tx.db()).await?;
    Ok(())
}

async fn after_proposal(tx: &Tx, pair: &Pair, meeting: &Meeting) -> Result<(), StoreError> {
    let email = Email::from(emails::MeetingProposed {
        mentorship: pair.id(),
        partner: pair.name(pair.side),
        times: meeting.times.clone(),
        was: meeting.starts_at,
    });
    pair.post(tx, other_side(pair.side), &email).await?;
    schedule(tx, pair.row.id).await
}

/// A meeting as the email to one side describes it. `None` without an agreed time.
pub(super) fn facts(
    pair: &Pair,
    row: &mentorship_meeting::Model,
    meeting: &Meeting,
    to: SignUpRole,
) -> Option<MeetingFacts> {
    Some(MeetingFacts {
        uid: MeetingId(row.id),
        mentorship: pair.id(),
        partner: pair.name(other_side(to)),
        starts_at: meeting.starts_at?,
        ends_at: meeting.ends_at()?,
        place: row.place.clone(),
    })
}

/// Accepts one of the proposed times. Both get a calendar invitation, or an update of it.
///
/// # Errors
/// `NotFound` for everybody but the two. `Refused` when the time is no longer proposed.
pub async fn accept_meeting(
    store: &Store,
    actor: &Actor,
    id: MentorshipId,
    meeting: MeetingId,
    time: Instant,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, &meeting, &time| {
        let (pair, permit, row, before) = open(tx, actor, id, meeting).await?;
        check_active(pair.state()?)?;
        let after = before.accept(pair.side, time, tx.now())?;
        if after == before {
            return Ok(());
        }
        save(tx, &permit, &row, &after).await?;
        for side in SignUpRole::ALL {
            let Some(meeting) = facts(&pair, &row, &after, *side) else { continue };
            let (sequence, was) = (after.sequence, before.starts_at);
            let email = Email::from(emails::MeetingAgreed { meeting, sequence, was });
            pair.post(tx, *side, &email).await?;
        }
        schedule(tx, id.0).await
    })
}

/// Cancels a meeting, or a proposal of one. Cancelling it again changes nothing.
///
/// # Errors
/// `NotFound` for everybody but the two. `Refused` when it has begun.
pub async fn cancel_meeting(
    store: &Store,
    actor: &Actor,
    id: MentorshipId,
    meeting: MeetingId,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, &meeting| {
        let (pair, permit, row, before) = open(tx, actor, id, meeting).await?;
        // During a break, the two can still cancel what they had planned.
        if pair.state()? == MentorshipState::Ended {
            return Err(domain::Refusal::MentorshipOver.into());
        }
        let after = before.cancel(tx.now())?;
        if after == before {
            return Ok(());
        }
        save(tx, &permit, &row, &after).await?;
        if after.starts_at.is_none() {
            news(tx, &pair, other_side(pair.side), PairEvent::TimesCancelled).await?;
        }
        for side in SignUpRole::ALL {
            let Some(meeting) = facts(&pair, &row, &after, *side) else { continue };
            let (sequence, by_recipient) = (after.sequence, *side == pair.side);
            let email = Email::from(emails::MeetingCancelled { meeting, sequence, by_recipient });
            pair.post(tx, *side, &email).await?;
        }
        schedule(tx, id.0).await
    })
}

/// Says that the other one did not come. After the second missed meeting, the coordinators are told (M18).
///
/// # Errors
/// `NotFound` for everybody but the two. `Refused(NotMissedYet)` before ten minutes after the start.
pub async fn report_missed(
    store: &Store,
    actor: &Actor,
    id: MentorshipId,
    meeting: MeetingId,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, &meeting| {
        let (pair, permit, row, before) = open(tx, actor, id, meeting).await?;
        check_active(pair.state()?)?;
        let after = before.report_missed(pair.side, tx.now())?;
        if after == before {
            return Ok(());
        }
        save(tx, &permit, &row, &after).await?;
        let known = meetings(tx.db(), id.0).await?;
        let missed = known.iter().filter(|(_, meeting)| meeting.state == MeetingState::Missed).count();
        alert_of_missed(tx, &pair, missed).await?;
        schedule(tx, id.0).await
    })
}
