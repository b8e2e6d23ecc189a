//! What happens to proposals when somebody is erased or blocks somebody.

use domain::{
    MemberId,
    emails::{self, Email, EndedBecause},
    mentoring::ProposalState,
};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QuerySelect as _, QueryTrait as _,
    sea_query::SelectStatement,
};

use super::settle::{both, come_first, end, withdraw};
use crate::{
    StoreError,
    entities::{mentoring_proposal, mentoring_sign_up},
    outbox,
    write::Tx,
};

fn sign_ups_of(member: MemberId) -> SelectStatement {
    mentoring_sign_up::Entity::find()
        .select_only()
        .column(mentoring_sign_up::Column::Id)
        .filter(mentoring_sign_up::Column::MemberId.eq(member.0))
        .into_query()
}

/// The pending proposals of a member.
async fn pending(tx: &Tx, member: MemberId) -> Result<Vec<mentoring_proposal::Model>, StoreError> {
    let concerned = Condition::any()
        .add(mentoring_proposal::Column::MenteeId.in_subquery(sign_ups_of(member)))
        .add(mentoring_proposal::Column::MentorId.in_subquery(sign_ups_of(member)));
    let rows = mentoring_proposal::Entity::find()
        .filter(concerned)
        .filter(mentoring_proposal::Column::State.eq(ProposalState::Pending.name()))
        .all(tx.db())
        .await?;
    Ok(rows)
}

/// Ends a pending proposal, because one of the two is gone. The other one learns only that it ended.
async fn end_pending(tx: &Tx, row: &mentoring_proposal::Model, gone: MemberId) -> Result<(), StoreError> {
    let both = both(tx.db(), row).await?;
    if !end(tx, row, ProposalState::Withdrawn).await? {
        return Ok(());
    }
    let Some(side) = super::answer::side_of(&both, gone) else { return Ok(()) };
    let other = super::settle::other(side);
    if other == domain::mentoring::SignUpRole::Mentee {
        come_first(tx, row.mentee_id).await?;
    }
    let Some(to) = both.of(other).recipient() else { return Ok(()) };
    let email = Email::from(emails::MentorshipEnded {
        programme: both.programme.clone(),
        had_begun: false,
        meetings: Vec::new(),
    });
    outbox::post(tx, Some(both.of(other).member_id()), &to, &email).await
}

/// Ends the pending proposals of a sign-up that its author withdrew.
pub(crate) async fn end_of_sign_up(tx: &Tx, sign_up: &mentoring_sign_up::Model) -> Result<(), StoreError> {
    let gone = MemberId(sign_up.member_id);
    for row in pending(tx, gone).await? {
        if [row.mentee_id, row.mentor_id].contains(&sign_up.id) {
            end_pending(tx, &row, gone).await?;
        }
    }
    Ok(())
}

/// Prepares the erasure of a member: ends their pending proposals. The others learn only that it ended.
pub(crate) async fn forget(tx: &Tx, erased: MemberId) -> Result<(), StoreError> {
    for row in pending(tx, erased).await? {
        end_pending(tx, &row, erased).await?;
    }
    Ok(())
}

/// Takes back the pending proposals between two members, because one of them blocked the other. The emails do not
/// say so.
pub(crate) async fn withdraw_between(tx: &Tx, one: MemberId, other: MemberId) -> Result<(), StoreError> {
    for row in pending(tx, one).await? {
        let both = both(tx.db(), &row).await?;
        if super::answer::side_of(&both, other).is_some() {
            withdraw(tx, &row, EndedBecause::NotWanted).await?;
        }
    }
    Ok(())
}
