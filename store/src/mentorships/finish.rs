//! Breaks and endings: pause, resume, leave without a reason (M19), finish, extend once, or go on as peers, and the
//! feedback at the end (M21).

use chrono::Duration;
use domain::{
    Actor, MentorshipId, Refusal,
    emails::{self, Email, PairEvent},
    mentoring::{MentorshipState, SignUpRole},
    mentorships::{ChangedBy, FeedbackText, PairChange, other_side},
    policy::{
        mentorships::{LeaveMentorship, WorkInMentorship},
        permit,
    },
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _,
};

use super::{
    leave::{save_step, tell_ended},
    pair::{Pair, locked, outcome_of},
    rows::schedule,
};
use crate::{
    Store, StoreError, audit,
    audit::Changes,
    blocks::between,
    entities::{mentorship, mentorship_feedback},
    mentoring::check_not_paused,
    write::{Tx, verb},
};

/// How much longer an extended mentorship is.
const EXTENSION: Duration = Duration::weeks(8);

/// Whether the other one's feedback can be read now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GivenFeedback {
    /// The other one has not given any.
    Waiting,
    /// Both have.
    Released,
}

pub(super) async fn news(tx: &Tx, pair: &Pair, to: SignUpRole, what: PairEvent) -> Result<(), StoreError> {
    let partner = pair.name(other_side(to));
    let email = Email::from(emails::PairNews { mentorship: pair.id(), partner, what });
    pair.post(tx, to, &email).await
}

/// Pauses, resumes, leaves, finishes, or goes on as peers. The other one is told what happened. After a leave they
/// are told only that it ended.
///
/// # Errors
/// `NotFound` for everybody but the two. `Refused` when it can't change like that now.
pub async fn change(
    store: &Store,
    actor: &Actor,
    id: MentorshipId,
    change: PairChange,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, &change| {
        let (pair, relation) = locked(tx, actor, id).await?;
        let saved = match change {
            PairChange::Leave => permit(actor, LeaveMentorship, relation)?.step(),
            _ => permit(actor, WorkInMentorship, relation)?.step(),
        };
        let state = pair.state()?;
        if change == PairChange::Resume {
            let people: Vec<_> = SignUpRole::ALL.iter().filter_map(|side| pair.member(*side)).collect();
            check_not_paused(tx.db(), pair.row.programme_id, &people).await?;
        }
        let step = state.step(change, ChangedBy::Pair)?;
        step_with(tx, &saved, &pair, step, change).await
    })
}

async fn step_with(
    tx: &Tx,
    permit: &domain::policy::Permit<domain::policy::mentorships::SaveStep>,
    pair: &Pair,
    step: domain::mentorships::PairStep,
    change: PairChange,
) -> Result<(), StoreError> {
    let cancelled = save_step(tx, &pair.row, step).await?;
    let other = other_side(pair.side);
    match change {
        PairChange::Pause => news(tx, pair, other, PairEvent::Paused).await?,
        PairChange::Resume => news(tx, pair, other, PairEvent::Resumed).await?,
        PairChange::Leave | PairChange::End => {
            tell_ended(tx, pair, other, &cancelled).await?;
            if !cancelled.is_empty() {
                tell_ended(tx, pair, pair.side, &cancelled).await?;
            }
        }
        PairChange::Finish | PairChange::Peers => {
            let what = if change == PairChange::Peers { PairEvent::Peers } else { PairEvent::Finished };
            news(tx, pair, other, what).await?;
            if !cancelled.is_empty() {
                for side in SignUpRole::ALL {
                    tell_ended(tx, pair, *side, &cancelled).await?;
                }
            }
        }
    }
    let changes = Changes::default().and("state", step.from().name(), step.to().name());
    audit::record_changes(tx, permit, "mentorship.change", pair.row.id, changes).await
}

/// Says that one wants eight more weeks. When both have said so, the term is longer. It can be extended once (M21).
///
/// # Errors
/// `NotFound` for everybody but the two. `Refused(ExtendedBefore)` the second time.
pub async fn extend(store: &Store, actor: &Actor, id: MentorshipId) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id| {
        let (pair, relation) = locked(tx, actor, id).await?;
        let permit = permit(actor, WorkInMentorship, relation)?;
        super::rows::check_active(pair.state()?)?;
        if pair.row.extended_at.is_some() {
            return Err(Refusal::ExtendedBefore.into());
        }
        let other = other_side(pair.side);
        let mut row = mentorship::ActiveModel { id: Set(id.0), ..Default::default() };
        let what = match pair.row.extension_asked_by.as_deref() {
            Some(asked) if asked == pair.side.name() => return Ok(()),
            Some(_) => {
                row.extension_asked_by = Set(None);
                row.extended_at = Set(Some(tx.now()));
                row.ends_on = Set(pair.row.ends_on.max(tx.now().date_naive()) + EXTENSION);
                row.term_told_at = Set(None);
                PairEvent::Extended
            }
            None => {
                row.extension_asked_by = Set(Some(pair.side.name().to_owned()));
                PairEvent::ExtensionAsked
            }
        };
        row.update(tx.db()).await?;
        news(tx, &pair, other, what).await?;
        schedule(tx, id.0).await?;
        audit::record(tx, &permit, "mentorship.extend", id.0).await
    })
}

/// Gives feedback to the other one, once. It is shown when both have given theirs, or after 14 days (M21).
///
/// # Errors
/// `NotFound` for everybody but the two. `Refused(CheckInOver)` before the end, without a graduation, after it was
/// released, and the second time with another text.
pub async fn give_feedback(
    store: &Store,
    actor: &Actor,
    id: MentorshipId,
    text: FeedbackText,
) -> Result<GivenFeedback, StoreError> {
    verb!(store, |tx, actor, &id, text| {
        let (pair, relation) = locked(tx, actor, id).await?;
        let permit = permit(actor, WorkInMentorship, relation)?;
        let me = permit.by().ok_or(Refusal::NotAllowed)?;
        let graduated = outcome_of(&pair.row).is_some_and(domain::mentorships::Outcome::is_graduation);
        let known = mentorship_feedback::Entity::find_by_id((id.0, me.0)).one(tx.db()).await?;
        let is_released = pair.row.feedback_released_at.is_some();
        match known {
            Some(known) if known.helped == text.helped && known.better == text.better => {
                return Ok(if is_released { GivenFeedback::Released } else { GivenFeedback::Waiting });
            }
            Some(_) => return Err(Refusal::CheckInOver.into()),
            None => {}
        }
        if pair.state()? != MentorshipState::Ended || !graduated || is_released {
            return Err(Refusal::CheckInOver.into());
        }
        let row = mentorship_feedback::ActiveModel {
            mentorship_id: Set(id.0),
            author_id: Set(me.0),
            helped: Set(text.helped.clone()),
            better: Set(text.better.clone()),
            given_at: Set(tx.now()),
        };
        row.insert(tx.db()).await?;
        let given = mentorship_feedback::Entity::find()
            .filter(mentorship_feedback::Column::MentorshipId.eq(id.0))
            .count(tx.db())
            .await?;
        if given < 2 {
            return Ok(GivenFeedback::Waiting);
        }
        release(tx, &pair).await?;
        Ok(GivenFeedback::Released)
    })
}

/// Shows each the other's feedback, and tells those who got some.
pub(super) async fn release(tx: &Tx, pair: &Pair) -> Result<(), StoreError> {
    let row = mentorship::ActiveModel {
        id: Set(pair.row.id),
        feedback_released_at: Set(Some(tx.now())),
        ..Default::default()
    };
    row.update(tx.db()).await?;
    let (mentee, mentor) = (pair.member(SignUpRole::Mentee), pair.member(SignUpRole::Mentor));
    let is_blocked = match (mentee, mentor) {
        (Some(mentee), Some(mentor)) => between(tx.db(), mentee, mentor).await?,
        _ => false,
    };
    for side in SignUpRole::ALL.iter().filter(|_| !is_blocked) {
        let Some(author) = pair.member(other_side(*side)) else { continue };
        let given = mentorship_feedback::Entity::find_by_id((pair.row.id, author.0)).one(tx.db()).await?;
        if given.is_some() {
            news(tx, pair, *side, PairEvent::FeedbackReleased).await?;
        }
    }
    schedule(tx, pair.row.id).await
}
