//! Calls and submissions, and the reader's relations to them.

use domain::{
    Actor, MemberId, Role, Slug, SubmissionId, Zone,
    emails::{self, Email, SubmissionEvent},
    events::EventStatus,
    policy::{
        events::EditEvent,
        groups::{GroupRelation, TendGroup},
        permit,
        proposals::{CallRelation, SpeakerRelation},
    },
    proposals::{CallDetails, Decision, ProposalText, SubmissionState, SubmissionWindow},
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    QueryTrait as _,
};
use uuid::Uuid;

use crate::{
    StoreError,
    entities::{call, event, group, proposal, proposal_speaker, submission},
    events, groups, members, outbox,
    write::Tx,
};

/// The calls that the actor may see, as a condition over calls: those of events and groups that they see.
pub(super) fn seen_by(actor: &Actor) -> Condition {
    let events = event::Entity::find().select_only().column(event::Column::Id).filter(events::seen_by(actor));
    let groups = group::Entity::find().select_only().column(group::Column::Id).filter(groups::seen_by(actor));
    Condition::any()
        .add(call::Column::EventId.in_subquery(events.into_query()))
        .add(call::Column::GroupId.in_subquery(groups.into_query()))
}

/// The calls whose event takes place and whose group is not closed, as a condition over calls.
pub(super) fn goes_on(now: domain::Instant) -> Condition {
    let events = event::Entity::find()
        .select_only()
        .column(event::Column::Id)
        .filter(event::Column::Status.ne(EventStatus::Cancelled.name()))
        .filter(event::Column::EndsAt.gt(now));
    let groups = group::Entity::find()
        .select_only()
        .column(group::Column::Id)
        .filter(group::Column::ArchivedAt.is_null());
    Condition::any()
        .add(call::Column::EventId.in_subquery(events.into_query()))
        .add(call::Column::GroupId.in_subquery(groups.into_query()))
}

/// The call with a slug. Hidden and absent calls give the same `NotFound`.
pub(super) async fn seen_call(
    db: &impl ConnectionTrait,
    actor: &Actor,
    slug: &Slug,
) -> Result<call::Model, StoreError> {
    let find = call::Entity::find().filter(call::Column::Slug.eq(slug.as_str())).filter(seen_by(actor));
    find.one(db).await?.ok_or(StoreError::NotFound)
}

/// The call behind its lock, if the actor may see it.
pub(super) async fn locked_call(tx: &Tx, actor: &Actor, slug: &Slug) -> Result<call::Model, StoreError> {
    let id = seen_call(tx.db(), actor, slug).await?.id;
    let row = call::Entity::find_by_id(id).lock_exclusive().one(tx.db()).await?;
    tx.read_clock();
    row.ok_or(StoreError::NotFound)
}

/// The slug of a row.
pub(super) fn slug_of(text: &str) -> Result<Slug, StoreError> {
    Slug::parse(text).ok_or_else(|| StoreError::Corrupt(format!("unreadable slug {text}")))
}

/// The details of a call.
pub(super) fn details_of(row: &call::Model) -> Result<CallDetails, StoreError> {
    Ok(CallDetails {
        title: row.title.clone(),
        text: row.text.clone(),
        kinds: serde_json::from_str(&row.kinds)?,
        zone: zone_of(row)?,
        closes_at: row.closes_at,
        is_anonymous: row.is_anonymous,
    })
}

/// The zone of a call's deadline.
pub(super) fn zone_of(row: &call::Model) -> Result<Zone, StoreError> {
    row.zone.parse().map_err(|_| StoreError::Corrupt(format!("call {}: unreadable zone", row.id)))
}

/// Whether a call takes submissions now.
pub(super) fn window(row: &call::Model, now: domain::Instant) -> SubmissionWindow {
    SubmissionWindow { closes_at: row.closes_at, now }
}

/// The actor's relation to a call: they run its event or its group, or they don't.
pub(super) async fn call_relation(
    db: &impl ConnectionTrait,
    actor: &Actor,
    row: &call::Model,
) -> Result<CallRelation, StoreError> {
    let organises = match (row.event_id, row.group_id) {
        (Some(id), _) => runs_event(db, actor, id).await?,
        (None, Some(id)) => runs_group(db, actor, id).await?,
        (None, None) => false,
    };
    Ok(if organises { CallRelation::Organises } else { CallRelation::Other })
}

/// Whether the actor may edit an event that they see.
pub(super) async fn runs_event(
    db: &impl ConnectionTrait,
    actor: &Actor,
    id: Uuid,
) -> Result<bool, StoreError> {
    let find = event::Entity::find_by_id(id).filter(events::seen_by(actor));
    let Some(row) = find.one(db).await? else { return Ok(false) };
    let event = events::event_from_row(row, None)?;
    Ok(permit(actor, EditEvent, events::relation(db, actor, &event).await?).is_ok())
}

/// Whether the actor runs a group.
pub(super) async fn runs_group(
    db: &impl ConnectionTrait,
    actor: &Actor,
    id: Uuid,
) -> Result<bool, StoreError> {
    let role = groups::role_in(db, actor, id).await?;
    Ok(permit(actor, TendGroup, GroupRelation::of(role)).is_ok())
}

/// The state of a submission.
pub(super) fn state_of(row: &submission::Model) -> Result<SubmissionState, StoreError> {
    row.state.parse().map_err(|()| StoreError::Corrupt(format!("submission {}: unreadable state", row.id)))
}

/// The decision about a submission that was not sent yet.
pub(super) fn decision_of(row: &submission::Model) -> Result<Option<Decision>, StoreError> {
    let corrupt = |()| StoreError::Corrupt(format!("submission {}: unreadable decision", row.id));
    row.decision.as_deref().map(str::parse).transpose().map_err(corrupt)
}

/// The text of a submission.
pub(super) fn text_of(row: &submission::Model) -> ProposalText {
    ProposalText {
        title: row.title.clone(),
        summary: row.summary.clone(),
        kind: row.kind.clone(),
        language: row.language.clone(),
        notes: row.notes.clone(),
        do_not_record: row.do_not_record,
    }
}

/// The actor's relation to a proposal.
pub(super) async fn speaker_relation(
    db: &impl ConnectionTrait,
    actor: &Actor,
    proposal: &proposal::Model,
) -> Result<SpeakerRelation, StoreError> {
    let Some(me) = actor.member() else { return Ok(SpeakerRelation::Other) };
    if proposal.speaker_id == me.0 {
        return Ok(SpeakerRelation::Speaker);
    }
    let row = proposal_speaker::Entity::find_by_id((proposal.id, me.0)).one(db).await?;
    Ok(match row.filter(|row| row.ended_at.is_none()) {
        Some(row) if row.accepted_at.is_some() => SpeakerRelation::CoSpeaker,
        Some(_) => SpeakerRelation::Invited,
        None => SpeakerRelation::Other,
    })
}

/// A submission behind its lock, with its proposal and its call. The caller asks what the actor may do with it.
pub(super) struct Locked {
    pub(super) row: submission::Model,
    pub(super) proposal: proposal::Model,
    pub(super) call: call::Model,
}

/// Locks a submission.
pub(super) async fn lock(tx: &Tx, id: SubmissionId) -> Result<Locked, StoreError> {
    let row = submission::Entity::find_by_id(id.0).lock_exclusive().one(tx.db()).await?;
    tx.read_clock();
    let row = row.ok_or(StoreError::NotFound)?;
    let proposal = proposal::Entity::find_by_id(row.proposal_id).one(tx.db()).await?;
    let call = call::Entity::find_by_id(row.call_id).one(tx.db()).await?;
    Ok(Locked {
        row,
        proposal: proposal.ok_or(StoreError::NotFound)?,
        call: call.ok_or(StoreError::NotFound)?,
    })
}

/// A submission of the actor's own behind its lock, with their relation to it, if they still see its call. Other people's
/// drafts look like absent ones.
pub(super) async fn lock_own(
    tx: &Tx,
    actor: &Actor,
    id: SubmissionId,
) -> Result<(Locked, SpeakerRelation), StoreError> {
    let (locked, relation) = lock_own_anywhere(tx, actor, id).await?;
    check_sees(tx, actor, &locked).await?;
    Ok((locked, relation))
}

/// Checks that the actor sees the call of a submission.
pub(super) async fn check_sees(tx: &Tx, actor: &Actor, locked: &Locked) -> Result<(), StoreError> {
    seen_call(tx.db(), actor, &slug_of(&locked.call.slug)?).await.map(drop)
}

/// Like [`lock_own`], for steps that people take who don't see the call any more: leaving, withdrawing, declining.
pub(super) async fn lock_own_anywhere(
    tx: &Tx,
    actor: &Actor,
    id: SubmissionId,
) -> Result<(Locked, SpeakerRelation), StoreError> {
    let locked = lock(tx, id).await?;
    match speaker_relation(tx.db(), actor, &locked.proposal).await? {
        SpeakerRelation::Other => Err(StoreError::NotFound),
        relation => Ok((locked, relation)),
    }
}

/// A submission that was sent to a call of the actor's, behind its lock. Drafts look like absent ones.
pub(super) async fn lock_sent(
    tx: &Tx,
    actor: &Actor,
    id: SubmissionId,
) -> Result<(Locked, CallRelation), StoreError> {
    let locked = lock(tx, id).await?;
    let relation = call_relation(tx.db(), actor, &locked.call).await?;
    if relation == CallRelation::Other || !state_of(&locked.row)?.is_sent() {
        return Err(StoreError::NotFound);
    }
    Ok((locked, relation))
}

/// The people of a proposal: its speaker, and the co-speakers who accepted. With `invited`, those who were asked too.
pub(super) async fn people(
    db: &impl ConnectionTrait,
    proposal: &proposal::Model,
    invited: bool,
) -> Result<Vec<MemberId>, StoreError> {
    let mut find = proposal_speaker::Entity::find()
        .select_only()
        .column(proposal_speaker::Column::MemberId)
        .filter(proposal_speaker::Column::ProposalId.eq(proposal.id))
        .filter(proposal_speaker::Column::EndedAt.is_null());
    if !invited {
        find = find.filter(proposal_speaker::Column::AcceptedAt.is_not_null());
    }
    let others: Vec<Uuid> = find.into_tuple().all(db).await?;
    Ok([proposal.speaker_id].into_iter().chain(others).map(MemberId).collect())
}

/// The proposals of a member, as a subquery: their own, and those where they speak too. With `invited`, those to which
/// they were asked too.
pub(super) fn proposals_of(me: MemberId, invited: bool) -> Condition {
    let own = proposal::Entity::find()
        .select_only()
        .column(proposal::Column::Id)
        .filter(proposal::Column::SpeakerId.eq(me.0));
    let mut shared = proposal_speaker::Entity::find()
        .select_only()
        .column(proposal_speaker::Column::ProposalId)
        .filter(proposal_speaker::Column::MemberId.eq(me.0))
        .filter(proposal_speaker::Column::EndedAt.is_null());
    if !invited {
        shared = shared.filter(proposal_speaker::Column::AcceptedAt.is_not_null());
    }
    Condition::any()
        .add(submission::Column::ProposalId.in_subquery(own.into_query()))
        .add(submission::Column::ProposalId.in_subquery(shared.into_query()))
}

/// The email about something that happened to a submission.
pub(super) fn news(
    call: &call::Model,
    row: &submission::Model,
    what: SubmissionEvent,
) -> Result<Email, StoreError> {
    Ok(Email::from(emails::SubmissionNews {
        call: slug_of(&call.slug)?,
        call_title: call.title.clone(),
        submission: SubmissionId(row.id),
        title: row.title.clone(),
        what,
    }))
}

/// Emails the people of a proposal who see its call, however many decisions there are.
pub(super) async fn notify_speakers(
    tx: &Tx,
    call: &call::Model,
    proposal: &proposal::Model,
    email: &Email,
) -> Result<(), StoreError> {
    let slug = slug_of(&call.slug)?;
    for member in people(tx.db(), proposal, false).await? {
        let row = members::load(tx.db(), member).await?;
        let to = members::recipient(&row).filter(|_| row.role != Role::Suspended.name());
        let reader = members::as_actor(row)?;
        match (to, seen_call(tx.db(), &reader, &slug).await) {
            (Some(to), Ok(_)) => outbox::post(tx, Some(member), &to, email).await?,
            (None, _) | (_, Err(StoreError::NotFound)) => {}
            (Some(_), Err(error)) => return Err(error),
        }
    }
    Ok(())
}

/// Emails the organiser who opened the call, if they still run it and didn't cause the news.
pub(super) async fn notify_organiser(
    tx: &Tx,
    call: &call::Model,
    by: Option<MemberId>,
    email: &Email,
) -> Result<(), StoreError> {
    let Some(to) = call.opened_by_id.filter(|to| by != Some(MemberId(*to))) else { return Ok(()) };
    let organiser = members::as_actor(members::load(tx.db(), MemberId(to)).await?)?;
    match call_relation(tx.db(), &organiser, call).await? {
        CallRelation::Organises => members::post_news(tx, to, email).await,
        CallRelation::Other => Ok(()),
    }
}
