//! Co-speakers of a proposal, by invitation (D1).

use domain::{
    Actor, MemberId, Problem, Refusal, SubmissionId,
    emails::{self, Email},
    policy::{
        permit,
        proposals::{JoinSpeakers, LeaveSpeakers, SettleSubmission, SpeakerRelation},
    },
    proposals::{MAX_CO_SPEAKERS, SubmissionState},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QuerySelect as _,
};

use super::{
    pool,
    rows::{Locked, check_sees, lock_own, lock_own_anywhere, seen_call, slug_of, state_of},
};
use crate::{
    Store, StoreError, audit,
    entities::{proposal, proposal_speaker},
    members,
    write::{Tx, verb},
};

/// Invites a member to speak together, by their name or their page. They get an email and decide. Inviting them again
/// changes nothing.
///
/// # Errors
/// `Invalid` for `person` when there is no such member, or when they can't see the call. `Refused` for everybody but the
/// speaker, for the speaker themselves, and beyond five.
pub async fn invite_speaker(
    store: &Store,
    actor: &Actor,
    id: SubmissionId,
    person: &str,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, person| {
        let (locked, relation) = lock_own(tx, actor, id).await?;
        let permit = permit(actor, SettleSubmission, relation)?;
        let member = members::by_page_or_name(tx, actor, person, "person").await?;
        if member.0 == locked.proposal.speaker_id {
            return Err(Refusal::SpeaksAlready.into());
        }
        let slug = slug_of(&locked.call.slug)?;
        let them = members::as_actor(members::load(tx.db(), member).await?)?;
        if let Err(error) = seen_call(tx.db(), &them, &slug).await {
            return Err(match error {
                StoreError::NotFound => StoreError::Invalid(vec![Problem {
                    field: "person".into(),
                    why: Refusal::CannotSeeEvent,
                }]),
                other => other,
            });
        }
        refuse_decided(&locked)?;
        let key = (locked.proposal.id, member.0);
        if let Some(row) = proposal_speaker::Entity::find_by_id(key).one(tx.db()).await? {
            return match row.ended_at {
                None => Ok(()),
                Some(_) => Err(Refusal::SpokeBefore.into()),
            };
        }
        // The proposal may have been sent to several calls, and each has a lock of its own.
        proposal::Entity::find_by_id(key.0).lock_exclusive().one(tx.db()).await?;
        let others = proposal_speaker::Entity::find()
            .filter(proposal_speaker::Column::ProposalId.eq(key.0))
            .filter(proposal_speaker::Column::EndedAt.is_null());
        if others.count(tx.db()).await? >= MAX_CO_SPEAKERS {
            return Err(Refusal::TooManyCoSpeakers { max: MAX_CO_SPEAKERS.cast_signed() }.into());
        }
        let new = proposal_speaker::ActiveModel {
            proposal_id: Set(key.0),
            member_id: Set(key.1),
            invited_at: Set(tx.now()),
            accepted_at: Set(None),
            ended_at: Set(None),
        };
        new.insert(tx.db()).await?;
        let from = match permit.by() {
            Some(by) => members::load(tx.db(), by).await?.shown_name(),
            None => String::new(),
        };
        let title = locked.row.title.clone();
        let email = Email::from(emails::CoSpeakerInvited { call: slug, submission: id, title, from });
        members::post_news(tx, member.0, &email).await?;
        audit::record(tx, &permit, "proposal.invite_speaker", id.0).await
    })
}

/// Accepts or declines an invitation to speak together. Declining also ends what was accepted before. The same answer
/// again changes nothing.
///
/// # Errors
/// `NotFound` for everybody who was not invited.
pub async fn answer_invitation(
    store: &Store,
    actor: &Actor,
    id: SubmissionId,
    accepts: bool,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, &accepts| {
        let (locked, relation) = lock_own_anywhere(tx, actor, id).await?;
        let me = actor.member().ok_or(Refusal::SignInFirst)?;
        if !accepts {
            let permit = permit(actor, LeaveSpeakers, relation)?;
            end(tx, &locked, me).await?;
            return audit::record(tx, &permit, "proposal.leave", id.0).await;
        }
        let permit = permit(actor, JoinSpeakers, relation)?;
        if relation == SpeakerRelation::CoSpeaker {
            return Ok(());
        }
        check_sees(tx, actor, &locked).await?;
        refuse_decided(&locked)?;
        let accepted = proposal_speaker::ActiveModel {
            proposal_id: Set(locked.proposal.id),
            member_id: Set(me.0),
            accepted_at: Set(Some(tx.now())),
            ..Default::default()
        };
        accepted.update(tx.db()).await?;
        audit::record(tx, &permit, "proposal.join", id.0).await
    })
}

/// The speaker removes a co-speaker or withdraws an invitation. Removing nobody changes nothing.
///
/// # Errors
/// `NotFound` for other people's proposals, `Refused` for co-speakers.
pub async fn remove_speaker(
    store: &Store,
    actor: &Actor,
    id: SubmissionId,
    member: MemberId,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, &member| {
        let (locked, relation) = lock_own(tx, actor, id).await?;
        let permit = permit(actor, SettleSubmission, relation)?;
        end(tx, &locked, member).await?;
        audit::record(tx, &permit, "proposal.remove_speaker", id.0).await
    })
}

/// The speakers of a proposal are fixed once it is decided, because the agenda names them.
fn refuse_decided(locked: &Locked) -> Result<(), StoreError> {
    match state_of(&locked.row)? {
        SubmissionState::Draft | SubmissionState::Submitted | SubmissionState::InfoNeeded => Ok(()),
        _ => Err(Refusal::SubmissionOver.into()),
    }
}

/// Ends an invitation, or what was accepted. The row stays, so that the member still has a conflict as a reviewer. A
/// session in the pool loses the speaker.
async fn end(tx: &Tx, locked: &Locked, member: MemberId) -> Result<(), StoreError> {
    proposal_speaker::Entity::update_many()
        .set(proposal_speaker::ActiveModel { ended_at: Set(Some(tx.now())), ..Default::default() })
        .filter(proposal_speaker::Column::ProposalId.eq(locked.proposal.id))
        .filter(proposal_speaker::Column::MemberId.eq(member.0))
        .filter(proposal_speaker::Column::EndedAt.is_null())
        .exec(tx.db())
        .await?;
    pool::without_speaker(tx, &locked.row, member).await
}
