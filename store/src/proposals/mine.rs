//! What concerns the reader in calls for proposals: their own submissions, invitations to speak, and reviews to write.

use domain::{
    Actor, Instant, Slug, SubmissionId,
    proposals::{SubmissionState, SubmissionWindow},
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _, Select,
};

use super::{
    calls::{CallCard, call_cards},
    review::waiting_for,
    rows::{proposals_of, seen_by, slug_of, state_of},
};
use crate::{
    Store, StoreError,
    entities::{call, call_reviewer, proposal_speaker, submission},
};

/// The most records of one list.
const MAX_LISTED: u64 = 50;
/// The most records of one kind in the to-do list.
const MAX_TO_DO: u64 = 10;

/// A submission of the reader's own in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubmissionCard {
    /// The submission.
    pub id: SubmissionId,
    /// Its call.
    pub call: Slug,
    /// The title of the call.
    pub call_title: String,
    /// The title of the proposal.
    pub title: String,
    /// Where it is, as far as its speaker knows.
    pub state: SubmissionState,
    /// When it was started, for the time of grace.
    pub started_at: Instant,
    /// When the call closes.
    pub closes_at: Option<Instant>,
    /// Until when an accepted proposal is to be confirmed.
    pub confirm_by: Option<Instant>,
}

impl SubmissionCard {
    /// Whether its speaker can change it now.
    #[must_use]
    pub fn can_edit(&self, now: Instant) -> bool {
        let window = SubmissionWindow { closes_at: self.closes_at, now };
        window.check_edit(self.state, self.started_at).is_ok()
    }
}

/// An invitation to speak together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoSpeakerToDo {
    /// The submission.
    pub id: SubmissionId,
    /// Its call.
    pub call: Slug,
    /// The title of the proposal.
    pub title: String,
}

/// A call with proposals that wait for the reader's review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewToDo {
    /// The call.
    pub call: Slug,
    /// Its title.
    pub title: String,
    /// How many proposals wait.
    pub count: u64,
}

/// A submission that waits for its speaker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubmissionToDo {
    /// The submission.
    pub card: SubmissionCard,
    /// Whether the organisers ask something. Otherwise it is to be confirmed.
    pub is_question: bool,
}

/// Everything that waits for the reader.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ToDo {
    /// Questions to answer, and talks to confirm.
    pub submissions: Vec<SubmissionToDo>,
    /// Invitations to speak together.
    pub invitations: Vec<CoSpeakerToDo>,
    /// Reviews to write.
    pub reviews: Vec<ReviewToDo>,
}

impl ToDo {
    /// Whether nothing waits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.submissions.is_empty() && self.invitations.is_empty() && self.reviews.is_empty()
    }
}

/// The reader's part of `/proposals`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MyProposals {
    /// Their own submissions, and those where they speak too. The newest first.
    pub submissions: Vec<SubmissionCard>,
    /// What waits for them.
    pub to_do: ToDo,
    /// The calls that they opened, the newest first.
    pub opened: Vec<CallCard>,
}

/// Submissions with their calls as cards.
pub(super) async fn cards(
    db: &impl ConnectionTrait,
    find: Select<submission::Entity>,
) -> Result<Vec<SubmissionCard>, StoreError> {
    let rows = find
        .find_also_related(call::Entity)
        .order_by_desc(submission::Column::ChangedAt)
        .order_by_desc(submission::Column::Id)
        .limit(MAX_LISTED)
        .all(db)
        .await?;
    let card = |(row, call): (submission::Model, Option<call::Model>)| {
        let call = call.ok_or(StoreError::NotFound)?;
        Ok(SubmissionCard {
            id: SubmissionId(row.id),
            call: slug_of(&call.slug)?,
            call_title: call.title,
            state: state_of(&row)?,
            title: row.title,
            started_at: row.started_at,
            closes_at: call.closes_at,
            confirm_by: row.confirm_by.filter(|_| row.state == SubmissionState::Accepted.name()),
        })
    };
    rows.into_iter().map(card).collect()
}

/// The reader's own proposals, and what waits for them. Empty for visitors.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn mine(store: &Store, actor: &Actor) -> Result<MyProposals, StoreError> {
    let Some(me) = actor.member() else { return Ok(MyProposals::default()) };
    let db = store.db();
    let own = submission::Entity::find().filter(proposals_of(me, false)).filter(of_seen_calls(actor));
    let opened = call::Entity::find()
        .filter(call::Column::OpenedById.eq(me.0))
        .filter(seen_by(actor))
        .order_by_desc(call::Column::OpenedAt)
        .limit(MAX_LISTED)
        .all(db)
        .await?;
    Ok(MyProposals {
        submissions: cards(db, own).await?,
        to_do: to_do(store, actor).await?,
        opened: call_cards(db, actor, opened, store.now()).await?,
    })
}

/// The submissions to calls that the reader sees, as a condition over submissions.
fn of_seen_calls(actor: &Actor) -> sea_orm::sea_query::Expr {
    let calls = call::Entity::find().select_only().column(call::Column::Id).filter(seen_by(actor));
    submission::Column::CallId.in_subquery(calls.into_query())
}

/// What waits for the reader: questions, talks to confirm, invitations and reviews. Empty for visitors.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn to_do(store: &Store, actor: &Actor) -> Result<ToDo, StoreError> {
    let Some(me) = actor.member() else { return Ok(ToDo::default()) };
    let db = store.db();
    let waiting = [SubmissionState::InfoNeeded, SubmissionState::Accepted].map(SubmissionState::name);
    let waiting = submission::Entity::find()
        .filter(submission::Column::State.is_in(waiting))
        .filter(proposals_of(me, false))
        .filter(of_seen_calls(actor));
    let submissions = cards(db, waiting)
        .await?
        .into_iter()
        .map(|card| SubmissionToDo { is_question: card.state == SubmissionState::InfoNeeded, card });
    let asked = proposal_speaker::Entity::find()
        .select_only()
        .column(proposal_speaker::Column::ProposalId)
        .filter(proposal_speaker::Column::MemberId.eq(me.0))
        .filter(proposal_speaker::Column::AcceptedAt.is_null())
        .filter(proposal_speaker::Column::EndedAt.is_null());
    let over = [SubmissionState::Withdrawn, SubmissionState::Declined, SubmissionState::Rejected];
    let asked = submission::Entity::find()
        .filter(
            Condition::all()
                .add(submission::Column::ProposalId.in_subquery(asked.into_query()))
                .add(submission::Column::State.is_not_in(over.map(SubmissionState::name)))
                .add(of_seen_calls(actor)),
        )
        .limit(MAX_TO_DO);
    let mut invitations: Vec<CoSpeakerToDo> = Vec::new();
    for card in cards(db, asked).await? {
        invitations.push(CoSpeakerToDo { id: card.id, call: card.call, title: card.title });
    }
    Ok(ToDo { submissions: submissions.collect(), invitations, reviews: reviews(store, actor).await? })
}

async fn reviews(store: &Store, actor: &Actor) -> Result<Vec<ReviewToDo>, StoreError> {
    let Some(me) = actor.member() else { return Ok(Vec::new()) };
    let db = store.db();
    let own = call_reviewer::Entity::find()
        .select_only()
        .column(call_reviewer::Column::CallId)
        .filter(call_reviewer::Column::MemberId.eq(me.0));
    let calls = call::Entity::find()
        .filter(call::Column::Id.in_subquery(own.into_query()))
        .filter(seen_by(actor))
        .order_by_desc(call::Column::OpenedAt)
        .limit(MAX_TO_DO)
        .all(db)
        .await?;
    let ids: Vec<_> = calls.iter().map(|row| row.id).collect();
    let waiting = waiting_for(db, me, &ids).await?;
    let mut found = Vec::new();
    for row in calls {
        if let Some(&count) = waiting.get(&row.id) {
            found.push(ReviewToDo { call: slug_of(&row.slug)?, title: row.title, count });
        }
    }
    Ok(found)
}
