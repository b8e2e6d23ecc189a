//! Reviewers and their reviews (D2).
//!
//! In an anonymous call, nothing that a reviewer reads says who proposes: no name, no link, no picture. The conflicts of
//! a reviewer are left out of their queue, and look like absent proposals.

use std::collections::HashMap;

use domain::{
    Actor, MemberId, Refusal, Slug, SubmissionId,
    policy::{
        permit,
        proposals::{ReviewRelation, ReviewSubmission, RunCall},
    },
    proposals::{Review, SubmissionState, fair_order},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
    sea_query::OnConflict,
};
use uuid::Uuid;

use super::{
    calls::{CallCard, call_cards},
    rows::{call_relation, lock, locked_call, seen_call, slug_of, state_of},
};
use crate::{
    Store, StoreError,
    audit::{self, Changes},
    entities::{
        call_reviewer, member, mentorship, proposal, proposal_speaker, submission, submission_review,
    },
    members,
    write::verb,
};

/// The most reviewers of a call.
const MAX_REVIEWERS: u64 = 50;
/// The most proposals of each list in a queue.
const MAX_QUEUE: usize = 100;

/// A reviewer of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviewer {
    /// The member.
    pub member: MemberId,
    /// Their name. May be empty.
    pub name: String,
    /// How many reviews they wrote in this call.
    pub reviews: u64,
}

/// A proposal in the queue of a reviewer. It has no speakers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueItem {
    /// The submission.
    pub id: SubmissionId,
    /// Its title.
    pub title: String,
    /// Its kind of session.
    pub kind: String,
    /// The reviewer's own review: `Some(None)` when they abstained.
    pub own: Option<Option<i32>>,
}

/// What a reviewer reads, in their own order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewQueue {
    /// The call.
    pub call: CallCard,
    /// The proposals that wait for their review, at most 100.
    pub open: Vec<QueueItem>,
    /// How many more wait. They follow as soon as some of `open` are reviewed.
    pub more: usize,
    /// The proposals that they reviewed, at most 100.
    pub done: Vec<QueueItem>,
}

/// Whether the actor reviews a call.
pub(super) async fn is_reviewer(
    db: &impl ConnectionTrait,
    actor: &Actor,
    call: Uuid,
) -> Result<bool, StoreError> {
    let Some(me) = actor.member() else { return Ok(false) };
    Ok(call_reviewer::Entity::find_by_id((call, me.0)).count(db).await? > 0)
}

/// Makes a member a reviewer, by their name or page. They must see the call. Doing it again changes nothing.
///
/// # Errors
/// `Invalid` for `person` when there is no such member, or when they can't see the call. `Refused` for everybody but the
/// organisers, and beyond 50.
pub async fn add_reviewer(store: &Store, actor: &Actor, call: &Slug, person: &str) -> Result<(), StoreError> {
    verb!(store, |tx, actor, call, person| {
        let row = locked_call(tx, actor, call).await?;
        let permit = permit(actor, RunCall, call_relation(tx.db(), actor, &row).await?)?;
        let member = members::by_page_or_name(tx, actor, person, "person").await?;
        let them = members::as_actor(members::load(tx.db(), member).await?)?;
        if let Err(error) = seen_call(tx.db(), &them, &slug_of(&row.slug)?).await {
            let why = Refusal::CannotSeeEvent;
            return Err(match error {
                StoreError::NotFound => {
                    StoreError::Invalid(vec![domain::Problem { field: "person".into(), why }])
                }
                other => other,
            });
        }
        if call_reviewer::Entity::find_by_id((row.id, member.0)).one(tx.db()).await?.is_some() {
            return Ok(());
        }
        let all = call_reviewer::Entity::find().filter(call_reviewer::Column::CallId.eq(row.id));
        if all.count(tx.db()).await? >= MAX_REVIEWERS {
            return Err(Refusal::TooManyReviewers { max: MAX_REVIEWERS.cast_signed() }.into());
        }
        let new = call_reviewer::ActiveModel {
            call_id: Set(row.id),
            member_id: Set(member.0),
            added_at: Set(tx.now()),
        };
        new.insert(tx.db()).await?;
        let about = Changes::default().about("member", member.0);
        audit::record_changes(tx, &permit, "call.add_reviewer", row.id, about).await
    })
}

/// Takes a reviewer away. Their reviews stay. Removing nobody changes nothing.
///
/// # Errors
/// `NotFound` for hidden and absent calls, `Refused` for everybody but its organisers.
pub async fn remove_reviewer(
    store: &Store,
    actor: &Actor,
    call: &Slug,
    member: MemberId,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, call, &member| {
        let row = locked_call(tx, actor, call).await?;
        let permit = permit(actor, RunCall, call_relation(tx.db(), actor, &row).await?)?;
        let gone = call_reviewer::Entity::delete_by_id((row.id, member.0)).exec(tx.db()).await?;
        if gone.rows_affected == 0 {
            return Ok(());
        }
        let about = Changes::default().about("member", member.0);
        audit::record_changes(tx, &permit, "call.remove_reviewer", row.id, about).await
    })
}

/// The reviewers of a call, for its organisers.
///
/// # Errors
/// `NotFound` for hidden and absent calls, `Refused` for everybody but its organisers.
pub async fn reviewers(store: &Store, actor: &Actor, call: &Slug) -> Result<Vec<Reviewer>, StoreError> {
    let db = store.db();
    let row = seen_call(db, actor, call).await?;
    let _permit = permit(actor, RunCall, call_relation(db, actor, &row).await?)?;
    let rows = call_reviewer::Entity::find()
        .filter(call_reviewer::Column::CallId.eq(row.id))
        .find_also_related(member::Entity)
        .order_by_asc(call_reviewer::Column::AddedAt)
        .order_by_asc(call_reviewer::Column::MemberId)
        .all(db)
        .await?;
    let counts: Vec<(Uuid, i64)> = submission_review::Entity::find()
        .select_only()
        .column(submission_review::Column::ReviewerId)
        .column_as(submission_review::Column::SubmissionId.count(), "reviews")
        .filter(submission_review::Column::SubmissionId.in_subquery(ids_of(row.id)))
        .group_by(submission_review::Column::ReviewerId)
        .into_tuple()
        .all(db)
        .await?;
    let reviewer = |(row, member): (call_reviewer::Model, Option<member::Model>)| Reviewer {
        member: MemberId(row.member_id),
        name: member.map(member::Model::shown_name).unwrap_or_default(),
        reviews: counts
            .iter()
            .find(|(id, _)| *id == row.member_id)
            .map_or(0, |(_, count)| u64::try_from(*count).unwrap_or(0)),
    };
    Ok(rows.into_iter().map(reviewer).collect())
}

/// The submissions of a call, as a subquery.
pub(super) fn ids_of(call: Uuid) -> sea_orm::sea_query::SelectStatement {
    submission::Entity::find()
        .select_only()
        .column(submission::Column::Id)
        .filter(submission::Column::CallId.eq(call))
        .into_query()
}

/// The people whose proposals a reviewer may not judge: themselves, those who speak with them, and their mentees and
/// mentors.
async fn conflicts(db: &impl ConnectionTrait, me: MemberId) -> Result<Vec<Uuid>, StoreError> {
    let mut people = vec![me.0];
    let pairs: Vec<(Option<Uuid>, Option<Uuid>)> = mentorship::Entity::find()
        .select_only()
        .columns([mentorship::Column::MenteeId, mentorship::Column::MentorId])
        .filter(
            Condition::any()
                .add(mentorship::Column::MenteeId.eq(me.0))
                .add(mentorship::Column::MentorId.eq(me.0)),
        )
        .into_tuple()
        .all(db)
        .await?;
    people.extend(pairs.into_iter().flat_map(|(mentee, mentor)| [mentee, mentor]).flatten());
    let own = proposal::Entity::find()
        .select_only()
        .column(proposal::Column::Id)
        .filter(proposal::Column::SpeakerId.eq(me.0));
    let shared = || {
        proposal_speaker::Entity::find()
            .select_only()
            .column(proposal_speaker::Column::ProposalId)
            .filter(proposal_speaker::Column::MemberId.eq(me.0))
            .into_query()
    };
    let with_me: Vec<Uuid> = proposal_speaker::Entity::find()
        .select_only()
        .column(proposal_speaker::Column::MemberId)
        .filter(
            Condition::any()
                .add(proposal_speaker::Column::ProposalId.in_subquery(own.into_query()))
                .add(proposal_speaker::Column::ProposalId.in_subquery(shared())),
        )
        .into_tuple()
        .all(db)
        .await?;
    people.extend(with_me);
    let hosts: Vec<Uuid> = proposal::Entity::find()
        .select_only()
        .column(proposal::Column::SpeakerId)
        .filter(proposal::Column::Id.in_subquery(shared()))
        .into_tuple()
        .all(db)
        .await?;
    people.extend(hosts);
    people.sort_unstable();
    people.dedup();
    Ok(people)
}

/// The submissions with one of these people, as a condition over submissions.
fn with_any_of(people: &[Uuid]) -> Condition {
    let own = proposal::Entity::find()
        .select_only()
        .column(proposal::Column::Id)
        .filter(proposal::Column::SpeakerId.is_in(people.iter().copied()));
    let shared = proposal_speaker::Entity::find()
        .select_only()
        .column(proposal_speaker::Column::ProposalId)
        .filter(proposal_speaker::Column::MemberId.is_in(people.iter().copied()));
    Condition::any()
        .add(submission::Column::ProposalId.in_subquery(own.into_query()))
        .add(submission::Column::ProposalId.in_subquery(shared.into_query()))
}

/// The actor's relation to a submission as a reviewer.
pub(super) async fn review_relation(
    db: &impl ConnectionTrait,
    actor: &Actor,
    row: &submission::Model,
) -> Result<ReviewRelation, StoreError> {
    let Some(me) = actor.member() else { return Ok(ReviewRelation::Other) };
    if !is_reviewer(db, actor, row.call_id).await? {
        return Ok(ReviewRelation::Other);
    }
    let people = conflicts(db, me).await?;
    let conflicted = submission::Entity::find_by_id(row.id).filter(with_any_of(&people)).count(db).await?;
    Ok(if conflicted > 0 { ReviewRelation::Conflicted } else { ReviewRelation::Reviewer })
}

/// The submissions of a call that a reviewer may judge, in no order. There are at most as many as a call takes.
async fn for_reviewer(db: &impl ConnectionTrait, me: MemberId, call: Uuid) -> Result<Vec<Uuid>, StoreError> {
    let undecided = SubmissionState::UNDECIDED.map(SubmissionState::name);
    let people = conflicts(db, me).await?;
    Ok(submission::Entity::find()
        .select_only()
        .column(submission::Column::Id)
        .filter(submission::Column::CallId.eq(call))
        .filter(submission::Column::State.is_in(undecided))
        .filter(with_any_of(&people).not())
        .into_tuple()
        .all(db)
        .await?)
}

/// How many proposals of each of these calls wait for the review of a member. Calls without any are left out.
pub(super) async fn waiting_for(
    db: &impl ConnectionTrait,
    me: MemberId,
    calls: &[Uuid],
) -> Result<HashMap<Uuid, u64>, StoreError> {
    if calls.is_empty() {
        return Ok(HashMap::new());
    }
    let undecided = SubmissionState::UNDECIDED.map(SubmissionState::name);
    let people = conflicts(db, me).await?;
    let reviewed = submission_review::Entity::find()
        .select_only()
        .column(submission_review::Column::SubmissionId)
        .filter(submission_review::Column::ReviewerId.eq(me.0));
    let counts: Vec<(Uuid, i64)> = submission::Entity::find()
        .select_only()
        .column(submission::Column::CallId)
        .column_as(submission::Column::Id.count(), "proposals")
        .filter(submission::Column::CallId.is_in(calls.iter().copied()))
        .filter(submission::Column::State.is_in(undecided))
        .filter(submission::Column::Id.not_in_subquery(reviewed.into_query()))
        .filter(with_any_of(&people).not())
        .group_by(submission::Column::CallId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(counts.into_iter().map(|(call, count)| (call, u64::try_from(count).unwrap_or(0))).collect())
}

/// What the actor reviews in a call, in their own order: those with the fewest reviews first, and a random order among
/// equals.
///
/// # Errors
/// `NotFound` for hidden and absent calls, and for everybody but its reviewers.
pub async fn queue(store: &Store, actor: &Actor, call: &Slug) -> Result<ReviewQueue, StoreError> {
    let db = store.db();
    let row = seen_call(db, actor, call).await?;
    let me = actor.member().ok_or(Refusal::SignInFirst)?;
    if !is_reviewer(db, actor, row.id).await? {
        return Err(StoreError::NotFound);
    }
    let _permit = permit(actor, ReviewSubmission, ReviewRelation::Reviewer)?;
    let of_call = || {
        submission_review::Entity::find()
            .select_only()
            .column(submission_review::Column::SubmissionId)
            .filter(submission_review::Column::SubmissionId.in_subquery(ids_of(row.id)))
    };
    let counts: Vec<(Uuid, i64)> = of_call()
        .column_as(submission_review::Column::ReviewerId.count(), "reviews")
        .group_by(submission_review::Column::SubmissionId)
        .into_tuple()
        .all(db)
        .await?;
    let counts: HashMap<Uuid, i64> = counts.into_iter().collect();
    let own: Vec<(Uuid, Option<i32>)> = of_call()
        .column(submission_review::Column::Score)
        .filter(submission_review::Column::ReviewerId.eq(me.0))
        .into_tuple()
        .all(db)
        .await?;
    let own: HashMap<Uuid, Option<i32>> = own.into_iter().collect();
    // The order is decided by ids alone. The titles are read for what the page shows.
    let ids = for_reviewer(db, me, row.id).await?.into_iter();
    let count = |id| u64::try_from(counts.get(&id).copied().unwrap_or(0)).unwrap_or(0);
    let ids = fair_order(me, ids.map(|id| (id, count(id))).collect());
    let (mut done, mut open): (Vec<_>, Vec<_>) = ids.into_iter().partition(|id| own.contains_key(id));
    let more = open.len().saturating_sub(MAX_QUEUE);
    open.truncate(MAX_QUEUE);
    done.truncate(MAX_QUEUE);
    let open = items(db, open, &own).await?;
    let mut done = items(db, done, &own).await?;
    done.sort_by(|one, other| one.title.cmp(&other.title));
    let call = call_cards(db, actor, vec![row], store.now()).await?.pop().ok_or(StoreError::NotFound)?;
    Ok(ReviewQueue { call, open, more, done })
}

/// The submissions with these ids, in the same order, with the reviewer's own reviews.
async fn items(
    db: &impl ConnectionTrait,
    ids: Vec<Uuid>,
    own: &HashMap<Uuid, Option<i32>>,
) -> Result<Vec<QueueItem>, StoreError> {
    let rows: Vec<(Uuid, String, String)> = submission::Entity::find()
        .select_only()
        .columns([submission::Column::Id, submission::Column::Title, submission::Column::Kind])
        .filter(submission::Column::Id.is_in(ids.iter().copied()))
        .into_tuple()
        .all(db)
        .await?;
    let mut rows: HashMap<Uuid, (String, String)> =
        rows.into_iter().map(|(id, title, kind)| (id, (title, kind))).collect();
    let item = |id: Uuid| {
        let (title, kind) = rows.remove(&id)?;
        Some(QueueItem { id: SubmissionId(id), title, kind, own: own.get(&id).copied() })
    };
    Ok(ids.into_iter().filter_map(item).collect())
}

/// Saves the review of the actor, in place of an earlier one of theirs.
///
/// # Errors
/// `NotFound` for everybody but the reviewers of the call, for drafts, and for conflicts of interest. `Refused` after the
/// decision.
pub async fn review(
    store: &Store,
    actor: &Actor,
    id: SubmissionId,
    review: Review,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, &id, review| {
        let locked = lock(tx, id).await?;
        seen_call(tx.db(), actor, &slug_of(&locked.call.slug)?).await?;
        let relation = review_relation(tx.db(), actor, &locked.row).await?;
        if relation != ReviewRelation::Reviewer || !state_of(&locked.row)?.is_sent() {
            return Err(StoreError::NotFound);
        }
        let permit = permit(actor, ReviewSubmission, relation)?;
        if !state_of(&locked.row)?.is_undecided() {
            return Err(Refusal::SubmissionOver.into());
        }
        let me = permit.by().ok_or(Refusal::NotAllowed)?;
        let row = submission_review::ActiveModel {
            submission_id: Set(id.0),
            reviewer_id: Set(me.0),
            score: Set(review.score.ok()),
            comment: Set(review.comment.clone()),
            reviewed_at: Set(tx.now()),
        };
        let replace = OnConflict::columns([
            submission_review::Column::SubmissionId,
            submission_review::Column::ReviewerId,
        ])
        .update_columns([
            submission_review::Column::Score,
            submission_review::Column::Comment,
            submission_review::Column::ReviewedAt,
        ])
        .to_owned();
        submission_review::Entity::insert(row).on_conflict(replace).exec_without_returning(tx.db()).await?;
        audit::record(tx, &permit, "proposal.review", id.0).await
    })
}
