//! Reverse mentoring (M32): a member offers to teach somebody with more experience. An offer is a direct request with the
//! roles exchanged, and an accepted one is a normal mentorship.

use domain::{
    Actor, MemberId, MentorRequestId, Refusal,
    mentoring::RoundState,
    mentorships::{RequestKind, RequestState},
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::requests::{NOT_RUNNING, send};
use crate::{
    Store, StoreError,
    entities::{group_member, mentor_request, mentoring_programme, mentoring_round},
    members,
    mentoring::{check_not_excluded, check_not_paused, visibility::rounds_seen_by},
    write::{Tx, verb},
};

/// Offers to teach a member, who is named by their page or their name. The same `key` offers once.
///
/// # Errors
/// `Invalid` without such a member. `Refused` with three open requests and offers, with an open one to this member, and
/// when no programme is running in which both can take part.
pub async fn offer_to_teach(
    store: &Store,
    actor: &Actor,
    person: &str,
    sentence: &str,
    key: &str,
) -> Result<MentorRequestId, StoreError> {
    verb!(store, |tx, actor, person, sentence, key| {
        let me = actor.member().ok_or(Refusal::SignInFirst)?;
        let person = members::by_page_or_name(tx, actor, person, "person").await?;
        if person == me {
            return Err(Refusal::Oneself.into());
        }
        send(tx, actor, RequestKind::Offer, person, sentence, key).await
    })
}

/// The newest running round of a programme in which both can take part. The mentorship belongs to it, so that the
/// coordinators of its programme look after the pair.
pub(super) async fn round_for(
    tx: &Tx,
    actor: &Actor,
    mentor: MemberId,
    mentee: MemberId,
) -> Result<mentoring_round::Model, StoreError> {
    let rounds = mentoring_round::Entity::find()
        .find_also_related(mentoring_programme::Entity)
        .filter(mentoring_round::Column::State.is_not_in(NOT_RUNNING.map(RoundState::name)))
        .filter(rounds_seen_by(actor))
        .order_by_desc(mentoring_round::Column::Id)
        .all(tx.db())
        .await?;
    for (round, programme) in rounds {
        let group = programme.ok_or(StoreError::NotFound)?.group_id;
        if is_member(tx.db(), group, mentor).await?
            && is_member(tx.db(), group, mentee).await?
            && may_take_part(tx.db(), round.programme_id, &[mentor, mentee]).await?
        {
            return Ok(round);
        }
    }
    Err(Refusal::NoSharedProgramme.into())
}

async fn is_member(
    db: &impl ConnectionTrait,
    group: Option<Uuid>,
    member: MemberId,
) -> Result<bool, StoreError> {
    let Some(group) = group else { return Ok(true) };
    Ok(group_member::Entity::find_by_id((group, member.0)).one(db).await?.is_some())
}

/// Whether no coordinator has excluded or paused one of them. The reason stays private.
async fn may_take_part(
    db: &impl ConnectionTrait,
    programme: Uuid,
    people: &[MemberId],
) -> Result<bool, StoreError> {
    for member in people {
        match check_not_excluded(db, programme, *member).await {
            Err(StoreError::Refused(_)) => return Ok(false),
            checked => checked?,
        }
    }
    match check_not_paused(db, programme, people).await {
        Err(StoreError::Refused(_)) => Ok(false),
        checked => checked.map(|()| true),
    }
}

/// The reader's offers that wait for an answer, each with the name of the member.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn open_offers(store: &Store, actor: &Actor) -> Result<Vec<(MentorRequestId, String)>, StoreError> {
    let Some(me) = actor.member() else { return Ok(Vec::new()) };
    let rows = mentor_request::Entity::find()
        .filter(mentor_request::Column::FromId.eq(me.0))
        .filter(mentor_request::Column::Kind.eq(RequestKind::Offer.name()))
        .filter(mentor_request::Column::State.eq(RequestState::Pending.name()))
        .filter(mentor_request::Column::ExpiresAt.gt(store.now()))
        .order_by_desc(mentor_request::Column::Id)
        .limit(10)
        .all(store.db())
        .await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let name = members::load(store.db(), MemberId(row.to_id)).await?.shown_name();
        found.push((MentorRequestId(row.id), name));
    }
    Ok(found)
}
