//! The submissions of a call for its organisers: a page of them, and all of them as a table.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::{
    Actor, MemberId, Slug, SubmissionId,
    policy::{permit, proposals::RunCall},
    proposals::{Decision, MAX_SUBMISSIONS, SubmissionState, median},
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::{
    calls::{CallCard, call_cards},
    review::is_reviewer,
    rows::{call_relation, decision_of, proposals_of, seen_call, state_of},
};
use crate::{
    Store, StoreError,
    entities::{call, proposal, proposal_speaker, submission, submission_review},
    members,
};

/// How many submissions a page shows.
pub const PAGE_SIZE: u64 = 100;

/// A submission as its organisers see it.
#[derive(Clone, Debug, PartialEq)]
pub struct ManagedSubmission {
    /// The submission.
    pub id: SubmissionId,
    /// Its title.
    pub title: String,
    /// Its kind of session.
    pub kind: String,
    /// Its length in minutes.
    pub minutes: u32,
    /// Its language.
    pub language: String,
    /// Where it is, as its speaker knows.
    pub state: SubmissionState,
    /// The decision that was not sent yet.
    pub decision: Option<Decision>,
    /// The names of its speakers. Empty while the reader may not know them.
    pub speakers: Vec<String>,
    /// The median of the scores. `None` without scores, and for the reader's own proposals.
    pub median: Option<f64>,
    /// The number of scores.
    pub scores: u64,
    /// The number of abstentions.
    pub abstentions: u64,
    /// Whether the reader is one of its speakers. Then they see no reviews of it.
    pub is_own: bool,
}

/// The page of the organisers of a call.
#[derive(Clone, Debug, PartialEq)]
pub struct ManagePage {
    /// The call.
    pub call: CallCard,
    /// How many submissions are in each state. Drafts are not counted.
    pub counts: BTreeMap<&'static str, u64>,
    /// Decisions that were not sent.
    pub unsent: u64,
    /// Decisions that are being sent right now.
    pub sending: u64,
    /// One page of submissions, the oldest first.
    pub submissions: Vec<ManagedSubmission>,
    /// Whether there is another page.
    pub has_more: bool,
    /// Whether names are hidden, because the reader also reviews this anonymous call.
    pub names_hidden: bool,
}

/// The submissions that organisers may see. Drafts and what was withdrawn belong to their speakers alone.
fn sent(call: Uuid) -> sea_orm::Select<submission::Entity> {
    let states = SubmissionState::ALL.iter().filter(|state| state.is_sent());
    submission::Entity::find()
        .filter(submission::Column::CallId.eq(call))
        .filter(submission::Column::State.is_in(states.map(|state| state.name())))
        .order_by_asc(submission::Column::SubmittedAt)
        .order_by_asc(submission::Column::Id)
}

/// A page of the submissions of a call. `page` counts from 0.
///
/// # Errors
/// `NotFound` for hidden and absent calls, `Refused` for everybody but its organisers.
pub async fn manage(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    state: Option<SubmissionState>,
    page: u64,
) -> Result<ManagePage, StoreError> {
    let db = store.db();
    let call = seen_call(db, actor, slug).await?;
    let _permit = permit(actor, RunCall, call_relation(db, actor, &call).await?)?;
    let reviews = is_reviewer(db, actor, call.id).await?;
    let counts: Vec<(String, i64)> = submission::Entity::find()
        .select_only()
        .column(submission::Column::State)
        .column_as(submission::Column::Id.count(), "count")
        .filter(submission::Column::CallId.eq(call.id))
        .filter(submission::Column::SubmittedAt.is_not_null())
        .group_by(submission::Column::State)
        .into_tuple()
        .all(db)
        .await?;
    let mut by_state = BTreeMap::new();
    for (name, count) in counts {
        if let Some(state) = name.parse::<SubmissionState>().ok().filter(|state| state.is_sent()) {
            by_state.insert(state.name(), u64::try_from(count).unwrap_or(0));
        }
    }
    let decided = || {
        submission::Entity::find()
            .filter(submission::Column::CallId.eq(call.id))
            .filter(submission::Column::Decision.is_not_null())
    };
    let mut find = sent(call.id);
    if let Some(state) = state {
        find = find.filter(submission::Column::State.eq(state.name()));
    }
    let mut rows = find.offset(page.min(MAX_SUBMISSIONS) * PAGE_SIZE).limit(PAGE_SIZE + 1).all(db).await?;
    let has_more = rows.len() as u64 > PAGE_SIZE;
    rows.truncate(usize::try_from(PAGE_SIZE).unwrap_or(usize::MAX));
    Ok(ManagePage {
        unsent: decided().filter(submission::Column::SentAt.is_null()).count(db).await?,
        sending: decided().filter(submission::Column::SentAt.is_not_null()).count(db).await?,
        submissions: managed(db, actor, rows, &call, reviews).await?,
        names_hidden: call.is_anonymous && reviews,
        call: call_cards(db, actor, vec![call], store.now()).await?.pop().ok_or(StoreError::NotFound)?,
        counts: by_state,
        has_more,
    })
}

/// All submissions of a call, for a table.
///
/// # Errors
/// `NotFound` for hidden and absent calls, `Refused` for everybody but its organisers.
pub async fn export(store: &Store, actor: &Actor, slug: &Slug) -> Result<Vec<ManagedSubmission>, StoreError> {
    let db = store.db();
    let call = seen_call(db, actor, slug).await?;
    let _permit = permit(actor, RunCall, call_relation(db, actor, &call).await?)?;
    let reviews = is_reviewer(db, actor, call.id).await?;
    let rows = sent(call.id).limit(MAX_SUBMISSIONS).all(db).await?;
    managed(db, actor, rows, &call, reviews).await
}

async fn managed(
    db: &impl ConnectionTrait,
    actor: &Actor,
    rows: Vec<submission::Model>,
    call: &call::Model,
    is_reviewer: bool,
) -> Result<Vec<ManagedSubmission>, StoreError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let own = own_ids(db, actor, &rows).await?;
    let names = match call.is_anonymous && is_reviewer {
        true => HashMap::new(),
        false => speakers_of(db, actor, &rows).await?,
    };
    let mut scores: HashMap<Uuid, Vec<(Uuid, Option<i32>)>> = HashMap::new();
    for ids in rows.chunks(500) {
        let found: Vec<(Uuid, Uuid, Option<i32>)> = submission_review::Entity::find()
            .select_only()
            .columns([
                submission_review::Column::SubmissionId,
                submission_review::Column::ReviewerId,
                submission_review::Column::Score,
            ])
            .filter(submission_review::Column::SubmissionId.is_in(ids.iter().map(|row| row.id)))
            .into_tuple()
            .all(db)
            .await?;
        for (id, by, score) in found {
            scores.entry(id).or_default().push((by, score));
        }
    }
    let managed = |row: submission::Model| {
        let is_own = own.contains(&row.id);
        let all = scores.remove(&row.id).unwrap_or_default();
        // An organiser who also reviews sees the scores of others once they gave their own.
        let has_scored =
            all.iter().any(|(by, score)| Some(MemberId(*by)) == actor.member() && score.is_some());
        let all = if is_own || (is_reviewer && !has_scored) { Vec::new() } else { all };
        let given: Vec<i32> = all.iter().filter_map(|(_, score)| *score).collect();
        Ok(ManagedSubmission {
            id: SubmissionId(row.id),
            state: state_of(&row)?,
            decision: decision_of(&row)?.filter(|_| !is_own),
            speakers: names.get(&row.proposal_id).cloned().unwrap_or_default(),
            median: median(&given),
            scores: given.len() as u64,
            abstentions: (all.len() - given.len()) as u64,
            title: row.title,
            kind: row.kind,
            minutes: u32::try_from(row.minutes).unwrap_or(0),
            language: row.language,
            is_own,
        })
    };
    rows.into_iter().map(managed).collect()
}

/// Which of the submissions have the actor as a speaker, invited or not.
async fn own_ids(
    db: &impl ConnectionTrait,
    actor: &Actor,
    rows: &[submission::Model],
) -> Result<HashSet<Uuid>, StoreError> {
    let (Some(me), Some(first)) = (actor.member(), rows.first()) else { return Ok(HashSet::new()) };
    let ids: Vec<Uuid> = submission::Entity::find()
        .select_only()
        .column(submission::Column::Id)
        .filter(submission::Column::CallId.eq(first.call_id))
        .filter(proposals_of(me, true))
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids.into_iter().collect())
}

/// The names of the speakers of each proposal, as the actor may see them.
async fn speakers_of(
    db: &impl ConnectionTrait,
    actor: &Actor,
    rows: &[submission::Model],
) -> Result<HashMap<Uuid, Vec<String>>, StoreError> {
    let (mut people, mut found) = (Vec::new(), HashMap::<Uuid, Vec<String>>::new());
    for rows in rows.chunks(500) {
        let ids = || rows.iter().map(|row| row.proposal_id);
        let own = proposal::Entity::find().filter(proposal::Column::Id.is_in(ids())).all(db).await?;
        people.extend(own.into_iter().map(|row| (row.id, row.speaker_id)));
        let shared = proposal_speaker::Entity::find()
            .filter(proposal_speaker::Column::ProposalId.is_in(ids()))
            .filter(proposal_speaker::Column::AcceptedAt.is_not_null())
            .filter(proposal_speaker::Column::EndedAt.is_null())
            .order_by_asc(proposal_speaker::Column::InvitedAt)
            .all(db)
            .await?;
        people.extend(shared.into_iter().map(|row| (row.proposal_id, row.member_id)));
    }
    let mut names = HashMap::new();
    for ids in people.chunks(500) {
        names.extend(members::names(db, actor, ids.iter().map(|(_, member)| *member)).await?);
    }
    for (proposal, member) in people {
        if let Some(name) = names.get(&member) {
            found.entry(proposal).or_default().push(name.clone());
        }
    }
    Ok(found)
}
