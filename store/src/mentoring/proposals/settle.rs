//! What ends a proposal, and what follows for the two people.

use domain::{
    Actor, MemberId, Refusal, RoundId,
    emails::{self, Email, EndedBecause},
    mentoring::{MAX_MISSED, ProposalState, SignUpRole, Weights},
    policy::{Own, mentoring::AnswerProposal, permit},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    entities::{mentoring_programme, mentoring_proposal, mentoring_round, mentoring_sign_up},
    mentoring::{
        people::{SignedUp, signed_up},
        rows::rules,
    },
    outbox,
    write::{Tx, verb},
};

/// Both people of a proposal.
pub(super) struct Both {
    pub(super) mentee: SignedUp,
    pub(super) mentor: SignedUp,
    /// The name of the programme.
    pub(super) programme: String,
    /// The weights of the programme.
    pub(super) weights: Weights,
}

impl Both {
    pub(super) fn of(&self, side: SignUpRole) -> &SignedUp {
        match side {
            SignUpRole::Mentee => &self.mentee,
            SignUpRole::Mentor => &self.mentor,
        }
    }

    pub(super) fn partner_of(&self, side: SignUpRole) -> &SignedUp {
        self.of(other(side))
    }
}

/// The other side.
pub(super) fn other(side: SignUpRole) -> SignUpRole {
    match side {
        SignUpRole::Mentee => SignUpRole::Mentor,
        SignUpRole::Mentor => SignUpRole::Mentee,
    }
}

/// Loads both people of a proposal.
pub(super) async fn both(
    db: &impl sea_orm::ConnectionTrait,
    row: &mentoring_proposal::Model,
) -> Result<Both, StoreError> {
    let mut people = signed_up(db, [row.mentee_id, row.mentor_id]).await?;
    let (mentee, mentor) = (people.remove(&row.mentee_id), people.remove(&row.mentor_id));
    let (Some(mentee), Some(mentor)) = (mentee, mentor) else { return Err(StoreError::NotFound) };
    let programme = mentoring_round::Entity::find_by_id(row.round_id)
        .find_also_related(mentoring_programme::Entity)
        .one(db)
        .await?
        .and_then(|(_, programme)| programme);
    let programme = programme.ok_or(StoreError::NotFound)?;
    Ok(Both { mentee, mentor, weights: rules(&programme)?.weights, programme: programme.name })
}

/// Tells one person that a proposal has ended. It never says who declined.
pub(super) async fn tell_ended(
    tx: &Tx,
    both: &Both,
    side: SignUpRole,
    because: EndedBecause,
) -> Result<(), StoreError> {
    let person = both.of(side);
    let Some(to) = person.recipient() else { return Ok(()) };
    let email = Email::from(emails::ProposalEnded {
        programme: both.programme.clone(),
        partner: both.partner_of(side).name(),
        is_mentee: side == SignUpRole::Mentee,
        because,
    });
    outbox::post(tx, Some(person.member_id()), &to, &email).await
}

/// Ends a pending proposal, and returns whether it was still pending. Not everybody holds the lock of the
/// mentor's sign-up, so somebody may have answered a moment before. Then the answer stays.
pub(super) async fn end(
    tx: &Tx,
    row: &mentoring_proposal::Model,
    state: ProposalState,
) -> Result<bool, StoreError> {
    let ended = mentoring_proposal::Entity::update_many()
        .col_expr(mentoring_proposal::Column::State, Expr::value(state.name()))
        .col_expr(mentoring_proposal::Column::SettledAt, Expr::value(tx.now()))
        .filter(mentoring_proposal::Column::Id.eq(row.id))
        .filter(mentoring_proposal::Column::State.eq(ProposalState::Pending.name()))
        .exec(tx.db())
        .await?;
    Ok(ended.rows_affected == 1)
}

/// Takes a pending proposal back, and tells both people. Returns false and changes nothing if it is over
/// already.
pub(in crate::mentoring) async fn withdraw(
    tx: &Tx,
    row: &mentoring_proposal::Model,
    because: EndedBecause,
) -> Result<bool, StoreError> {
    let both = both(tx.db(), row).await?;
    if !end(tx, row, ProposalState::Withdrawn).await? {
        return Ok(false);
    }
    for side in SignUpRole::ALL {
        tell_ended(tx, &both, *side, because).await?;
    }
    come_first(tx, row.mentee_id).await?;
    Ok(true)
}

/// Locks the sign-ups of pending proposals until the transaction ends, so that nobody answers one meanwhile. The
/// mentors come first, as in an answer.
pub(in crate::mentoring) async fn lock_proposed(tx: &Tx, round: Uuid) -> Result<(), StoreError> {
    for column in [mentoring_proposal::Column::MentorId, mentoring_proposal::Column::MenteeId] {
        let pending = mentoring_proposal::Entity::find()
            .select_only()
            .column(column)
            .filter(mentoring_proposal::Column::RoundId.eq(round))
            .filter(mentoring_proposal::Column::State.eq(ProposalState::Pending.name()))
            .into_query();
        mentoring_sign_up::Entity::find()
            .filter(mentoring_sign_up::Column::Id.in_subquery(pending))
            .order_by_asc(mentoring_sign_up::Column::Id)
            .lock_exclusive()
            .all(tx.db())
            .await?;
    }
    Ok(())
}

/// Takes every pending proposal of a round back, because the round is over.
pub(in crate::mentoring) async fn withdraw_pending(tx: &Tx, round: Uuid) -> Result<(), StoreError> {
    lock_proposed(tx, round).await?;
    let pending = mentoring_proposal::Entity::find()
        .filter(mentoring_proposal::Column::RoundId.eq(round))
        .filter(mentoring_proposal::Column::State.eq(ProposalState::Pending.name()))
        .order_by_asc(mentoring_proposal::Column::Id)
        .all(tx.db())
        .await?;
    for row in pending {
        withdraw(tx, &row, EndedBecause::RoundOver).await?;
    }
    Ok(())
}

/// Puts a mentee first in the next run.
pub(super) async fn come_first(tx: &Tx, mentee: Uuid) -> Result<(), StoreError> {
    let change =
        mentoring_sign_up::ActiveModel { id: Set(mentee), is_first: Set(true), ..Default::default() };
    change.update(tx.db()).await?;
    Ok(())
}

/// Counts a proposal that somebody left unanswered. After two in a row they are paused, and told so (M13).
pub(super) async fn count_missed(tx: &Tx, both: &Both, side: SignUpRole) -> Result<(), StoreError> {
    let person = both.of(side);
    let missed = person.sign_up.missed_proposals + 1;
    set_missed(tx, person.sign_up.id, missed).await?;
    if u32::try_from(missed) == Ok(MAX_MISSED)
        && let Some(to) = person.recipient()
    {
        let email = Email::from(emails::MatchingPaused {
            programme: both.programme.clone(),
            round: RoundId(person.sign_up.round_id),
        });
        outbox::post(tx, Some(person.member_id()), &to, &email).await?;
    }
    Ok(())
}

pub(super) async fn set_missed(tx: &Tx, sign_up: Uuid, missed: i32) -> Result<(), StoreError> {
    let change = mentoring_sign_up::ActiveModel {
        id: Set(sign_up),
        missed_proposals: Set(missed),
        ..Default::default()
    };
    change.update(tx.db()).await?;
    Ok(())
}

/// Takes part in matching again, after a pause for unanswered proposals. Changes nothing for others.
///
/// # Errors
/// `Refused` for visitors and suspended members.
pub async fn resume(store: &Store, actor: &Actor, round: RoundId) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &round| {
        let permit = permit(actor, AnswerProposal, Own)?;
        let MemberId(me) = permit.by().ok_or(Refusal::NotAllowed)?;
        mentoring_sign_up::Entity::update_many()
            .col_expr(mentoring_sign_up::Column::MissedProposals, Expr::value(0))
            .filter(mentoring_sign_up::Column::RoundId.eq(round.0))
            .filter(mentoring_sign_up::Column::MemberId.eq(me))
            .exec(tx.db())
            .await?;
        Ok(())
    })
}
