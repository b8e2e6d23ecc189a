//! Who sees which programmes, rounds and sign-ups, and the actor's relation to them.

use domain::{
    Actor, MemberId, Slug,
    mentoring::{ProposalState, RoundState, SignUpState},
    policy::mentoring::{ProgrammeRelation, SignUpRelation},
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QuerySelect as _, QueryTrait as _, sea_query::SelectStatement,
};
use uuid::Uuid;

use crate::{
    StoreError,
    blocks::between,
    entities::{
        group, mentoring_coordinator, mentoring_programme, mentoring_proposal, mentoring_round,
        mentoring_sign_up,
    },
    groups,
};

/// The programmes that the actor coordinates.
fn coordinated_by(actor: &Actor) -> SelectStatement {
    // The nil id matches nobody.
    let me = actor.member().map_or_else(Uuid::nil, |me| me.0);
    mentoring_coordinator::Entity::find()
        .select_only()
        .column(mentoring_coordinator::Column::ProgrammeId)
        .filter(mentoring_coordinator::Column::MemberId.eq(me))
        .into_query()
}

/// The programmes that the actor sees: all of them, apart from those of private groups that they don't see.
pub(crate) fn programmes_seen_by(actor: &Actor) -> Condition {
    if *actor == Actor::Operator {
        return Condition::all();
    }
    let groups = group::Entity::find()
        .select_only()
        .column(group::Column::Id)
        .filter(groups::seen_by(actor))
        .into_query();
    Condition::any()
        .add(mentoring_programme::Column::GroupId.is_null())
        .add(mentoring_programme::Column::GroupId.in_subquery(groups))
        .add(mentoring_programme::Column::Id.in_subquery(coordinated_by(actor)))
}

/// The rounds that the actor sees. Drafts are for coordinators and the operator, whom policy permits
/// everything. Joins nothing, so it fits every query of rounds.
pub(crate) fn rounds_seen_by(actor: &Actor) -> Condition {
    if *actor == Actor::Operator {
        return Condition::all();
    }
    let programmes = mentoring_programme::Entity::find()
        .select_only()
        .column(mentoring_programme::Column::Id)
        .filter(programmes_seen_by(actor))
        .into_query();
    let is_public = Condition::any()
        .add(mentoring_round::Column::State.ne(RoundState::Draft.name()))
        .add(mentoring_round::Column::ProgrammeId.in_subquery(coordinated_by(actor)));
    Condition::all().add(mentoring_round::Column::ProgrammeId.in_subquery(programmes)).add(is_public)
}

/// A programme that the actor sees.
pub(crate) async fn seen_programme(
    db: &impl ConnectionTrait,
    actor: &Actor,
    slug: &Slug,
) -> Result<mentoring_programme::Model, StoreError> {
    mentoring_programme::Entity::find()
        .filter(mentoring_programme::Column::Slug.eq(slug.as_str()))
        .filter(programmes_seen_by(actor))
        .one(db)
        .await?
        .ok_or(StoreError::NotFound)
}

/// A round that the actor sees, with its programme.
pub(crate) async fn seen_round(
    db: &impl ConnectionTrait,
    actor: &Actor,
    slug: &Slug,
) -> Result<(mentoring_round::Model, mentoring_programme::Model), StoreError> {
    let round = mentoring_round::Entity::find()
        .filter(mentoring_round::Column::Slug.eq(slug.as_str()))
        .filter(rounds_seen_by(actor))
        .one(db)
        .await?
        .ok_or(StoreError::NotFound)?;
    let programme = mentoring_programme::Entity::find_by_id(round.programme_id).one(db).await?;
    Ok((round, programme.ok_or(StoreError::NotFound)?))
}

/// The actor's relation to a programme.
pub(crate) async fn relation(
    db: &impl ConnectionTrait,
    actor: &Actor,
    programme: Uuid,
) -> Result<ProgrammeRelation, StoreError> {
    let Some(me) = actor.member() else { return Ok(ProgrammeRelation::Other) };
    let row = mentoring_coordinator::Entity::find_by_id((programme, me.0)).one(db).await?;
    Ok(if row.is_some() { ProgrammeRelation::Coordinator } else { ProgrammeRelation::Other })
}

/// The actor's relation to a sign-up.
pub(super) async fn sign_up_relation(
    db: &impl ConnectionTrait,
    actor: &Actor,
    sign_up: &mentoring_sign_up::Model,
) -> Result<SignUpRelation, StoreError> {
    let Some(me) = actor.member() else { return Ok(SignUpRelation::Other) };
    if sign_up.member_id == me.0 {
        return Ok(SignUpRelation::Own);
    }
    let round = mentoring_round::Entity::find_by_id(sign_up.round_id).one(db).await?;
    let programme = round.ok_or(StoreError::NotFound)?.programme_id;
    // What was not sent yet is for its author only.
    let is_draft = sign_up.state == SignUpState::Draft.name();
    if !is_draft && relation(db, actor, programme).await? == ProgrammeRelation::Coordinator {
        return Ok(SignUpRelation::Coordinator);
    }
    let mine = mentoring_sign_up::Entity::find()
        .select_only()
        .column(mentoring_sign_up::Column::Id)
        .filter(mentoring_sign_up::Column::MemberId.eq(me.0))
        .into_query();
    let proposed = mentoring_proposal::Entity::find()
        .filter(mentoring_proposal::Column::MenteeId.eq(sign_up.id))
        .filter(mentoring_proposal::Column::MentorId.in_subquery(mine))
        .filter(
            mentoring_proposal::Column::State
                .is_in([ProposalState::Pending, ProposalState::Accepted].map(ProposalState::name)),
        )
        .count(db)
        .await?;
    // A block ends what a mentor may read, also after both accepted.
    if proposed > 0 && between(db, me, MemberId(sign_up.member_id)).await? {
        return Ok(SignUpRelation::Other);
    }
    Ok(if proposed > 0 { SignUpRelation::ProposedMentor } else { SignUpRelation::Other })
}
