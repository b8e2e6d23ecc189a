//! Co-speakers of a proposal, by invitation (D1).

use domain::{
    Actor, MemberId, Problem, Refusal, SubmissionId,
    emails::{self, Email},
    policy::{
        permit,
        proposals::{JoinSpeakers, LeaveSpeakers, SettleSubmission, SpeakerRelation},
    },
    proposals::MAX_CO_SPEAKERS,
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _,
};

use super::rows::{lock_own, seen_call, slug_of};
use crate::{
    Store, StoreError, audit,
    entities::proposal_speaker,
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
        let key = (locked.proposal.id, member.0);
        if proposal_speaker::Entity::find_by_id(key).one(tx.db()).await?.is_some() {
            return Ok(());
        }
        let others = proposal_speaker::Entity::find().filter(proposal_speaker::Column::ProposalId.eq(key.0));
        if others.count(tx.db()).await? >= MAX_CO_SPEAKERS {
            return Err(Refusal::TooManyCoSpeakers { max: MAX_CO_SPEAKERS.cast_signed() }.into());
        }
        let new = proposal_speaker::ActiveModel {
            proposal_id: Set(key.0),
            member_id: Set(key.1),
            invited_at: Set(tx.now()),
            accepted_at: Set(None),
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
        let (locked, relation) = lock_own(tx, actor, id).await?;
        let me = actor.member().ok_or(Refusal::SignInFirst)?;
        if !accepts {
            let permit = permit(actor, LeaveSpeakers, relation)?;
            forget(tx, locked.proposal.id, me).await?;
            return audit::record(tx, &permit, "proposal.leave", id.0).await;
        }
        let permit = permit(actor, JoinSpeakers, relation)?;
        if relation == SpeakerRelation::CoSpeaker {
            return Ok(());
        }
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
        forget(tx, locked.proposal.id, member).await?;
        audit::record(tx, &permit, "proposal.remove_speaker", id.0).await
    })
}

async fn forget(tx: &Tx, proposal: uuid::Uuid, member: MemberId) -> Result<(), StoreError> {
    proposal_speaker::Entity::delete_by_id((proposal, member.0)).exec(tx.db()).await?;
    Ok(())
}
