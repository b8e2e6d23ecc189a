//! The page of a submission. Speakers, organisers and reviewers each see their own part of it.

use domain::{
    Actor, Instant, MemberId, Slug, SubmissionId,
    policy::{
        permit,
        proposals::{
            EditSubmission, ReviewRelation, ReviewSubmission, RunCall, SeeOwnSubmission, SettleSubmission,
            SpeakerRelation,
        },
    },
    proposals::{Decision, ProposalText, SubmissionState},
};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use uuid::Uuid;

use super::{
    calls::{CallCard, call_cards},
    review::{is_reviewer, review_relation},
    rows::{call_relation, decision_of, seen_call, speaker_relation, state_of, text_of, window},
};
use crate::{
    Store, StoreError,
    entities::{
        call, proposal, proposal_speaker, submission, submission_change, submission_question,
        submission_review,
    },
    members,
};

/// The text of a submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubmissionText {
    /// The title.
    pub title: String,
    /// The abstract, in Markdown.
    pub summary: String,
    /// The kind of session.
    pub kind: String,
    /// The length in minutes.
    pub minutes: u32,
    /// The language.
    pub language: String,
    /// Notes for organisers and reviewers.
    pub notes: String,
    /// Whether the speakers do not want to be recorded.
    pub do_not_record: bool,
}

/// One of the speakers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeakerName {
    /// The member.
    pub member: MemberId,
    /// Their name, where the reader may see it.
    pub name: Option<String>,
    /// The page of the member, if the reader may open it.
    pub page: Option<Slug>,
    /// Whether they accepted the invitation. The speaker who wrote the proposal needs none.
    pub has_accepted: bool,
    /// Whether they wrote the proposal.
    pub is_first: bool,
}

/// A question of the organisers, and the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The question.
    pub question: String,
    /// When it was asked.
    pub posted_at: Instant,
    /// The answer, once there is one.
    pub answer: Option<String>,
}

/// What organisers and speakers know of each other's questions, and of the states that the submission had.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conversation {
    /// The questions, the oldest first.
    pub questions: Vec<Asked>,
    /// The states, the oldest first, each with its time and the name of the person.
    pub history: Vec<(SubmissionState, Instant, Option<String>)>,
}

/// The part for speakers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnView {
    /// The reader's relation to the proposal.
    pub relation: SpeakerRelation,
    /// Whether the reader can change the text now.
    pub can_edit: bool,
    /// Until when an accepted proposal is to be confirmed.
    pub confirm_by: Option<Instant>,
    /// All speakers, invited ones included.
    pub speakers: Vec<SpeakerName>,
    /// Questions, answers and states.
    pub conversation: Conversation,
}

/// A review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewView {
    /// Name of the reviewer, where the reader may see it.
    pub reviewer: Option<String>,
    /// The score. `None` when they abstained.
    pub score: Option<i32>,
    /// The comment. May be empty.
    pub comment: String,
}

/// The part for organisers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganiserView {
    /// The decision that was not sent yet.
    pub decision: Option<Decision>,
    /// Whether that decision is being sent right now.
    pub is_being_sent: bool,
    /// The speakers who accepted. `None` while the reader may not know them.
    pub speakers: Option<Vec<SpeakerName>>,
    /// The reviews. `None` for the reader's own proposals.
    pub reviews: Option<Vec<ReviewView>>,
    /// Questions, answers and states.
    pub conversation: Conversation,
    /// Whether it waits for an event: it was confirmed, and its call is rolling.
    pub needs_event: bool,
}

/// The part for reviewers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewerView {
    /// The reader's own review.
    pub own: Option<ReviewView>,
    /// The reviews of others. `None` until the reader gave a score.
    pub others: Option<Vec<ReviewView>>,
    /// The speakers. `None` in an anonymous call.
    pub speakers: Option<Vec<SpeakerName>>,
}

/// A submission as its reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubmissionPage {
    /// Its id.
    pub id: SubmissionId,
    /// Its call.
    pub call: CallCard,
    /// Its text.
    pub text: SubmissionText,
    /// Where it is.
    pub state: SubmissionState,
    /// The part for its speakers.
    pub own: Option<OwnView>,
    /// The part for the organisers of the call.
    pub organiser: Option<OrganiserView>,
    /// The part for reviewers.
    pub reviewer: Option<ReviewerView>,
}

/// The page of a submission.
///
/// # Errors
/// `NotFound` for everybody but its speakers, and once it was sent, the organisers and the reviewers of its call.
pub async fn submission(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    id: SubmissionId,
) -> Result<SubmissionPage, StoreError> {
    let db = store.db();
    let call = seen_call(db, actor, slug).await?;
    let row = submission::Entity::find_by_id(id.0)
        .filter(submission::Column::CallId.eq(call.id))
        .one(db)
        .await?
        .ok_or(StoreError::NotFound)?;
    let proposal =
        proposal::Entity::find_by_id(row.proposal_id).one(db).await?.ok_or(StoreError::NotFound)?;
    let state = state_of(&row)?;
    let speaks = speaker_relation(db, actor, &proposal).await?;
    let own = match permit(actor, SeeOwnSubmission, speaks) {
        Ok(_) => Some(own_view(store, actor, &call, &row, &proposal, speaks).await?),
        Err(_) => None,
    };
    let (mut organiser, mut reviewer) = (None, None);
    if state.is_sent() {
        if permit(actor, RunCall, call_relation(db, actor, &call).await?).is_ok() {
            organiser = Some(organiser_view(db, actor, &call, &row, &proposal, speaks).await?);
        }
        let relation = review_relation(db, actor, &row).await?;
        // Somebody who speaks in it sees nothing of its reviews, whatever else they are.
        if relation == ReviewRelation::Reviewer
            && own.is_none()
            && permit(actor, ReviewSubmission, relation).is_ok()
        {
            reviewer = Some(reviewer_view(db, actor, &call, &row, &proposal).await?);
        }
    }
    if own.is_none() && organiser.is_none() && reviewer.is_none() {
        return Err(StoreError::NotFound);
    }
    let text = text_of(&row);
    let card = call_cards(db, actor, vec![call], store.now()).await?.pop().ok_or(StoreError::NotFound)?;
    Ok(SubmissionPage {
        id,
        call: card,
        text: SubmissionText {
            title: text.title,
            summary: text.summary,
            kind: text.kind,
            minutes: u32::try_from(row.minutes).unwrap_or(0),
            language: text.language,
            notes: text.notes,
            do_not_record: text.do_not_record,
        },
        state,
        own,
        organiser,
        reviewer,
    })
}

/// The form of a submission that the actor can change, where it is, and whether the actor can send it. Co-speakers can't.
///
/// # Errors
/// `NotFound` for other people's proposals, `Refused` after the deadline and after the decision.
pub async fn form_of(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    id: SubmissionId,
) -> Result<(ProposalText, SubmissionState, bool), StoreError> {
    let db = store.db();
    let call = seen_call(db, actor, slug).await?;
    let row = submission::Entity::find_by_id(id.0)
        .filter(submission::Column::CallId.eq(call.id))
        .one(db)
        .await?
        .ok_or(StoreError::NotFound)?;
    let proposal =
        proposal::Entity::find_by_id(row.proposal_id).one(db).await?.ok_or(StoreError::NotFound)?;
    let relation = speaker_relation(db, actor, &proposal).await?;
    if relation == SpeakerRelation::Other {
        return Err(StoreError::NotFound);
    }
    let _permit = permit(actor, EditSubmission, relation)?;
    let state = state_of(&row)?;
    window(&call, store.now()).check_edit(state, row.started_at)?;
    Ok((text_of(&row), state, permit(actor, SettleSubmission, relation).is_ok()))
}

async fn own_view(
    store: &Store,
    actor: &Actor,
    call: &call::Model,
    row: &submission::Model,
    proposal: &proposal::Model,
    relation: SpeakerRelation,
) -> Result<OwnView, StoreError> {
    let db = store.db();
    let state = state_of(row)?;
    let can_edit = permit(actor, EditSubmission, relation).is_ok()
        && window(call, store.now()).check_edit(state, row.started_at).is_ok();
    Ok(OwnView {
        relation,
        can_edit,
        confirm_by: row.confirm_by.filter(|_| state == SubmissionState::Accepted),
        speakers: speakers(db, actor, proposal, true).await?,
        conversation: conversation(db, actor, row.id, false).await?,
    })
}

async fn organiser_view(
    db: &impl ConnectionTrait,
    actor: &Actor,
    call: &call::Model,
    row: &submission::Model,
    proposal: &proposal::Model,
    speaks: SpeakerRelation,
) -> Result<OrganiserView, StoreError> {
    let is_reviewer = is_reviewer(db, actor, call.id).await?;
    let names_hidden = call.is_anonymous && is_reviewer;
    let speakers = match names_hidden {
        true => None,
        false => Some(speakers(db, actor, proposal, false).await?),
    };
    // An organiser who also reviews sees the reviews of others like a reviewer does.
    let reviews = match speaks {
        SpeakerRelation::Other if !is_reviewer => Some(reviews(db, actor, row.id).await?),
        _ => None,
    };
    Ok(OrganiserView {
        // Whoever speaks in it learns the decision when everybody does.
        decision: decision_of(row)?.filter(|_| speaks == SpeakerRelation::Other),
        is_being_sent: row.sent_at.is_some() && speaks == SpeakerRelation::Other,
        speakers,
        reviews: reviews.map(|all| all.into_iter().map(|(_, review)| review).collect()),
        conversation: conversation(db, actor, row.id, !names_hidden).await?,
        needs_event: call.event_id.is_none()
            && row.session_id.is_none()
            && state_of(row)? == SubmissionState::Confirmed,
    })
}

async fn reviewer_view(
    db: &impl ConnectionTrait,
    actor: &Actor,
    call: &call::Model,
    row: &submission::Model,
    proposal: &proposal::Model,
) -> Result<ReviewerView, StoreError> {
    let me = actor.member();
    let (own, others): (Vec<_>, Vec<_>) =
        reviews(db, actor, row.id).await?.into_iter().partition(|(by, _)| Some(*by) == me);
    let own = own.into_iter().next().map(|(_, review)| review);
    // Somebody who abstained could read the others first and score then, so abstaining opens nothing.
    let has_score = own.as_ref().is_some_and(|own| own.score.is_some());
    Ok(ReviewerView {
        own,
        others: has_score.then(|| others.into_iter().map(|(_, review)| review).collect()),
        speakers: match call.is_anonymous {
            true => None,
            false => Some(speakers(db, actor, proposal, false).await?),
        },
    })
}

async fn speakers(
    db: &impl ConnectionTrait,
    actor: &Actor,
    proposal: &proposal::Model,
    invited: bool,
) -> Result<Vec<SpeakerName>, StoreError> {
    let others = proposal_speaker::Entity::find()
        .filter(proposal_speaker::Column::ProposalId.eq(proposal.id))
        .filter(proposal_speaker::Column::EndedAt.is_null())
        .order_by_asc(proposal_speaker::Column::InvitedAt)
        .order_by_asc(proposal_speaker::Column::MemberId)
        .all(db)
        .await?;
    let others = others.into_iter().filter(|row| invited || row.accepted_at.is_some());
    let people: Vec<(Uuid, bool, bool)> = [(proposal.speaker_id, true, true)]
        .into_iter()
        .chain(others.map(|row| (row.member_id, row.accepted_at.is_some(), false)))
        .collect();
    let ids = || people.iter().map(|(id, ..)| *id);
    let names = members::names(db, actor, ids()).await?;
    let pages = members::page_slugs(db, actor, ids()).await?;
    let speaker = |(id, has_accepted, is_first): &(Uuid, bool, bool)| SpeakerName {
        member: MemberId(*id),
        name: names.get(id).cloned(),
        page: pages.get(id).cloned(),
        has_accepted: *has_accepted,
        is_first: *is_first,
    };
    Ok(people.iter().map(speaker).collect())
}

async fn conversation(
    db: &impl ConnectionTrait,
    actor: &Actor,
    id: Uuid,
    with_names: bool,
) -> Result<Conversation, StoreError> {
    let questions = submission_question::Entity::find()
        .filter(submission_question::Column::SubmissionId.eq(id))
        .order_by_asc(submission_question::Column::PostedAt)
        .all(db)
        .await?;
    let changes = submission_change::Entity::find()
        .filter(submission_change::Column::SubmissionId.eq(id))
        .order_by_asc(submission_change::Column::At)
        .order_by_asc(submission_change::Column::Id)
        .all(db)
        .await?;
    let names = match with_names {
        true => members::names(db, actor, changes.iter().filter_map(|row| row.by_id)).await?,
        false => Default::default(),
    };
    let mut history = Vec::with_capacity(changes.len());
    for row in changes {
        let corrupt = |()| StoreError::Corrupt(format!("submission {id}: unreadable state"));
        let state = row.state.parse().map_err(corrupt)?;
        history.push((state, row.at, row.by_id.and_then(|by| names.get(&by).cloned())));
    }
    let questions = questions
        .into_iter()
        .map(|row| Asked { question: row.question, posted_at: row.posted_at, answer: row.answer })
        .collect();
    Ok(Conversation { questions, history })
}

async fn reviews(
    db: &impl ConnectionTrait,
    actor: &Actor,
    id: Uuid,
) -> Result<Vec<(MemberId, ReviewView)>, StoreError> {
    let rows = submission_review::Entity::find()
        .filter(submission_review::Column::SubmissionId.eq(id))
        .order_by_asc(submission_review::Column::ReviewedAt)
        .order_by_asc(submission_review::Column::ReviewerId)
        .all(db)
        .await?;
    let names = members::names(db, actor, rows.iter().map(|row| row.reviewer_id)).await?;
    let view = |row: submission_review::Model| {
        let reviewer = names.get(&row.reviewer_id).cloned();
        (MemberId(row.reviewer_id), ReviewView { reviewer, score: row.score, comment: row.comment })
    };
    Ok(rows.into_iter().map(view).collect())
}
