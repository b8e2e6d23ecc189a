//! What coordinators decide about pairs before the next run: pins, bans and swaps (M7).

use domain::{
    Actor, Problem, Refusal, Slug,
    mentoring::{DecisionKind, SignUpRole},
    policy::{Permit, mentoring::CoordinateRound},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
};
use uuid::Uuid;

use super::rounds::locked_round;
use crate::{
    Store, StoreError, audit,
    entities::{mentoring_decision, mentoring_pair, mentoring_run, mentoring_sign_up},
    write::{Tx, verb},
};

/// Pins or forbids a pair of sign-ups, or removes that decision. A pin replaces another pin of the same mentee.
/// The next run follows it. The drafts stay as they are.
///
/// # Errors
/// `Refused` for anyone but a coordinator. `NotFound` for people who did not sign up for the round.
pub async fn decide(
    store: &Store,
    actor: &Actor,
    round: &Slug,
    mentee: Uuid,
    mentor: Uuid,
    decision: Option<DecisionKind>,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, round, &mentee, &mentor, &decision| {
        let (rows, permit) = locked_round(tx, actor, round).await?;
        save(tx, &permit, rows.round.id, (mentee, mentor), decision).await
    })
}

/// Exchanges the mentors of two mentees of a draft, by pinning each to the other's mentor.
///
/// # Errors
/// `Refused` for anyone but a coordinator. `Invalid` when one of them has no mentor in the draft, or both are the
/// same. `NotFound` without such a run.
pub async fn swap(
    store: &Store,
    actor: &Actor,
    round: &Slug,
    number: i32,
    one: Uuid,
    other: Uuid,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, round, &number, &one, &other| {
        let (rows, permit) = locked_round(tx, actor, round).await?;
        let run = mentoring_run::Entity::find()
            .filter(mentoring_run::Column::RoundId.eq(rows.round.id))
            .filter(mentoring_run::Column::Number.eq(number))
            .one(tx.db())
            .await?
            .ok_or(StoreError::NotFound)?;
        let mentor_of = async |mentee: Uuid| {
            let pair = mentoring_pair::Entity::find_by_id((run.id, mentee)).one(tx.db()).await?;
            let problem = |field: &str| Problem { field: field.to_owned(), why: Refusal::BadChoice };
            pair.map(|pair| pair.mentor_id).ok_or_else(|| StoreError::Invalid(vec![problem("other")]))
        };
        let (mentor, other_mentor) = (mentor_of(one).await?, mentor_of(other).await?);
        if mentor == other_mentor {
            let why = Refusal::BadChoice;
            return Err(StoreError::Invalid(vec![Problem { field: "other".to_owned(), why }]));
        }
        let pin = Some(DecisionKind::Pin);
        save(tx, &permit, rows.round.id, (one, other_mentor), pin).await?;
        save(tx, &permit, rows.round.id, (other, mentor), pin).await
    })
}

async fn save(
    tx: &Tx,
    permit: &Permit<CoordinateRound>,
    round: Uuid,
    (mentee, mentor): (Uuid, Uuid),
    decision: Option<DecisionKind>,
) -> Result<(), StoreError> {
    for (id, role) in [(mentee, SignUpRole::Mentee), (mentor, SignUpRole::Mentor)] {
        let row = mentoring_sign_up::Entity::find_by_id(id).one(tx.db()).await?;
        row.filter(|row| row.round_id == round && row.role == role.name()).ok_or(StoreError::NotFound)?;
    }
    mentoring_decision::Entity::delete_by_id((round, mentee, mentor)).exec(tx.db()).await?;
    if decision == Some(DecisionKind::Pin) {
        mentoring_decision::Entity::delete_many()
            .filter(mentoring_decision::Column::RoundId.eq(round))
            .filter(mentoring_decision::Column::MenteeId.eq(mentee))
            .filter(mentoring_decision::Column::Kind.eq(DecisionKind::Pin.name()))
            .exec(tx.db())
            .await?;
    }
    if let Some(kind) = decision {
        let row = mentoring_decision::ActiveModel {
            round_id: Set(round),
            mentee_id: Set(mentee),
            mentor_id: Set(mentor),
            kind: Set(kind.name().to_owned()),
            by_id: Set(permit.by().map(|member| member.0)),
            at: Set(tx.now()),
        };
        row.insert(tx.db()).await?;
    }
    let action = match decision {
        Some(DecisionKind::Pin) => "mentoring.pin",
        Some(DecisionKind::Forbid) => "mentoring.forbid",
        None => "mentoring.undecide",
    };
    audit::record(tx, permit, action, mentee).await
}
