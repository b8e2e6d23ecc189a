//! What coordinators see of a run. Wishes and blocks are not part of it: they belong to their authors. No
//! number here depends on wishes either. So the board has no digest and no cost, which somebody could compute
//! for every wish that is possible and compare.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::{
    Actor, Instant, Slug,
    mentoring::{
        DecisionKind, MenteeParts, PricingState, ProposalState, RoundState, RunFigures, RunOrder, RunStage,
        RunState, ShownFigures, ShownParts, SignUpRole, SignUpState, UnmatchedReason,
    },
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::{
    compare::{Matched, Move, moves},
    execute::CHANGED,
    rounds::{RoundRows, coordinated},
};
use crate::{
    Store, StoreError,
    entities::{
        mentoring_decision, mentoring_pair, mentoring_proposal, mentoring_run, mentoring_sign_up,
        mentoring_unmatched,
    },
    mentoring::{
        people::{Participant, participants},
        proposals::shared_topics,
        rows::rules,
    },
};

/// Pairs on one page of the board.
pub const PAIRS_A_PAGE: u64 = 50;
/// People in a list of the board, at most. The figures count all of them.
const MAX_LISTED: u64 = 200;

/// A run in the list of a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunRow {
    /// The number in the round, from 1.
    pub number: i32,
    /// Where it is.
    pub state: RunState,
    /// What it is doing.
    pub stage: Option<RunStage>,
    /// What it prefers.
    pub order: RunOrder,
    /// When it was started.
    pub started_at: Instant,
    /// When it ended.
    pub finished_at: Option<Instant>,
    /// Its figures, if it has a draft.
    pub figures: Option<ShownFigures>,
    /// Whether it failed because people kept changing their sign-ups. Running it again helps.
    pub is_overtaken: bool,
}

/// The round of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundHead {
    /// Slug of the round.
    pub slug: Slug,
    /// Name of the round.
    pub name: String,
    /// Name of its programme.
    pub programme: String,
    /// Where the round is.
    pub state: RoundState,
    /// When the round is matched again, if it is every night.
    pub rematch_at: Option<Instant>,
}

/// A pair of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardPair {
    /// The sign-up of the mentee.
    pub mentee_id: Uuid,
    /// The sign-up of the mentor.
    pub mentor_id: Uuid,
    /// The mentee.
    pub mentee: Participant,
    /// The mentor.
    pub mentor: Participant,
    /// The parts of its score, as coordinators see them.
    pub parts: ShownParts,
    /// Whole hours a week that both have time.
    pub hours: u32,
    /// The topics that one asks for and the other teaches.
    pub topics: Vec<String>,
    /// The mentee's goal.
    pub goal: String,
    /// Whether the last draft had the pair too.
    pub is_kept: bool,
    /// Whether it was pinned when the run read it.
    pub is_pinned: bool,
    /// The decision about it for the next run.
    pub decision: Option<DecisionKind>,
    /// Where its proposal is, if it was proposed.
    pub proposal: Option<ProposalState>,
}

/// A mentee without a mentor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardUnmatched {
    /// The sign-up of the mentee.
    pub mentee_id: Uuid,
    /// The mentee.
    pub mentee: Participant,
    /// Why.
    pub reason: UnmatchedReason,
}

/// A mentor without a mentee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardMentor {
    /// The sign-up of the mentor.
    pub mentor_id: Uuid,
    /// The mentor.
    pub mentor: Participant,
    /// The places that they offer.
    pub places: u32,
}

/// A decision about a pair that this draft does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherDecision {
    /// The sign-up of the mentee.
    pub mentee_id: Uuid,
    /// The sign-up of the mentor.
    pub mentor_id: Uuid,
    /// The mentee.
    pub mentee: Participant,
    /// The mentor.
    pub mentor: Participant,
    /// The decision.
    pub decision: DecisionKind,
}

/// Everything on the page of a run.
#[derive(Clone, Debug)]
pub struct Board {
    /// The round.
    pub round: RoundHead,
    /// The run.
    pub run: RunRow,
    /// The seed that decides between equal matchings.
    pub seed: i64,
    /// When the certificate was verified.
    pub verified_at: Option<Instant>,
    /// What the check of the pairs that were left out has found, if it has ended.
    pub pricing: Option<PricingState>,
    /// The most points that a pair can have without wishes.
    pub max_points: u16,
    /// A page of the pairs, those with the fewest points first.
    pub pairs: Vec<BoardPair>,
    /// Whether there is another page of pairs.
    pub has_more: bool,
    /// All mentees of the draft by name, for choosing two to swap. Empty in very large rounds.
    pub mentees: Vec<(Uuid, String)>,
    /// The mentees without a mentor.
    pub unmatched: Vec<BoardUnmatched>,
    /// The mentors without a mentee.
    pub free_mentors: Vec<BoardMentor>,
    /// Decisions for the next run about pairs that this draft does not have.
    pub other_decisions: Vec<OtherDecision>,
    /// The number of the draft before this one.
    pub before: Option<i32>,
    /// Whose mentor differs from the draft before this one. People who both accepted are not in the later draft, and
    /// not in this list.
    pub changes: Vec<Move>,
    /// Pairs that get a proposal when this draft is published.
    pub new_pairs: u32,
    /// Who loses a pending proposal when this draft is published: its pairs with a proposal that it does not keep.
    pub moved: Vec<Move>,
}

/// The runs of a round, the newest first.
///
/// # Errors
/// `Refused` for anyone but a coordinator. `NotFound` without such a round.
pub async fn runs(
    store: &Store,
    actor: &Actor,
    round: &Slug,
) -> Result<(RoundHead, Vec<RunRow>), StoreError> {
    let rows = coordinated(store.db(), actor, round).await?;
    let runs = mentoring_run::Entity::find()
        .filter(mentoring_run::Column::RoundId.eq(rows.round.id))
        .order_by_desc(mentoring_run::Column::Number)
        .limit(MAX_LISTED)
        .all(store.db())
        .await?;
    let runs = runs.iter().map(run_row).collect::<Result<_, _>>()?;
    Ok((head(&rows)?, runs))
}

fn head(rows: &RoundRows) -> Result<RoundHead, StoreError> {
    let slug = Slug::parse(&rows.round.slug)
        .ok_or_else(|| StoreError::Corrupt(format!("round {}: unreadable slug", rows.round.id)))?;
    let (name, programme) = (rows.round.name.clone(), rows.programme.name.clone());
    Ok(RoundHead { slug, name, programme, state: rows.state()?, rematch_at: rows.round.rematch_at })
}

fn run_row(row: &mentoring_run::Model) -> Result<RunRow, StoreError> {
    let corrupt = || StoreError::Corrupt(format!("run {}: unreadable", row.id));
    let figures: Option<RunFigures> = row.figures.as_deref().map(serde_json::from_str).transpose()?;
    Ok(RunRow {
        number: row.number,
        state: row.state.parse().map_err(|()| corrupt())?,
        stage: row.stage.as_ref().and_then(|stage| stage.parse().ok()),
        order: row.run_order.parse().map_err(|()| corrupt())?,
        started_at: row.started_at,
        finished_at: row.finished_at,
        figures: figures.map(|figures| figures.shown),
        is_overtaken: row.error.as_deref() == Some(CHANGED),
    })
}

/// The page of a run.
///
/// # Errors
/// `Refused` for anyone but a coordinator. `NotFound` without such a run.
pub async fn board(
    store: &Store,
    actor: &Actor,
    round: &Slug,
    number: i32,
    page: u64,
) -> Result<Board, StoreError> {
    let db = store.db();
    let rows = coordinated(db, actor, round).await?;
    let of_round = || mentoring_run::Entity::find().filter(mentoring_run::Column::RoundId.eq(rows.round.id));
    let run = of_round().filter(mentoring_run::Column::Number.eq(number)).one(db).await?;
    let run = run.ok_or(StoreError::NotFound)?;
    let before = of_round()
        .filter(mentoring_run::Column::Number.lt(number))
        .filter(mentoring_run::Column::State.is_in([RunState::Draft.name(), RunState::Published.name()]))
        .order_by_desc(mentoring_run::Column::Number)
        .one(db)
        .await?;
    let matched = matched(db, run.id).await?;
    let is_draft = run.state == RunState::Draft.name();
    let proposals = proposals(db, rows.round.id).await?;
    let is_settled = |pair: &(Uuid, Uuid)| proposals.get(pair) == Some(&ProposalState::Accepted);
    let changes = match &before {
        Some(before) if run.figures.is_some() => {
            let mut earlier = self::matched(db, before.id).await?;
            earlier.retain(|mentee, mentor| !is_settled(&(*mentee, *mentor)));
            moves(db, &earlier, &matched).await?
        }
        Some(_) | None => Vec::new(),
    };
    let is_new = |(mentee, mentor): &(&Uuid, &Uuid)| {
        matches!(proposals.get(&(**mentee, **mentor)), None | Some(ProposalState::Withdrawn))
    };
    let new_pairs = u32::try_from(matched.iter().filter(is_new).count()).unwrap_or(u32::MAX);
    let accepted: Vec<Uuid> = proposals.keys().filter(|pair| is_settled(pair)).map(|pair| pair.1).collect();
    let pending: Matched = proposals
        .iter()
        .filter(|(pair, state)| {
            **state == ProposalState::Pending && is_draft && matched.get(&pair.0) != Some(&pair.1)
        })
        .map(|(pair, _)| *pair)
        .collect();
    let lost = pending.keys().filter_map(|mentee| Some((*mentee, *matched.get(mentee)?))).collect();
    let decisions = mentoring_decision::Entity::find()
        .filter(mentoring_decision::Column::RoundId.eq(rows.round.id))
        .limit(MAX_LISTED)
        .all(db)
        .await?;
    let (pairs, has_more) = pairs(db, &run, page, &decisions, &proposals).await?;
    Ok(Board {
        round: head(&rows)?,
        seed: run.seed,
        verified_at: run.verified_at,
        pricing: run.pricing.as_ref().and_then(|state| state.parse().ok()),
        max_points: rules(&rows.programme)?.weights.max_shown(),
        pairs,
        has_more,
        mentees: mentees(db, &matched).await?,
        unmatched: unmatched(db, run.id).await?,
        free_mentors: if run.figures.is_some() {
            free_mentors(db, rows.round.id, &matched, &accepted).await?
        } else {
            vec![]
        },
        other_decisions: other_decisions(db, &matched, &decisions).await?,
        before: before.map(|before| before.number),
        changes,
        new_pairs,
        moved: moves(db, &pending, &lost).await?,
        run: run_row(&run)?,
    })
}

async fn matched(db: &impl ConnectionTrait, run: Uuid) -> Result<Matched, StoreError> {
    let rows: Vec<(Uuid, Uuid)> = mentoring_pair::Entity::find()
        .select_only()
        .columns([mentoring_pair::Column::MenteeId, mentoring_pair::Column::MentorId])
        .filter(mentoring_pair::Column::RunId.eq(run))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// The state of each pair that was proposed in a round.
async fn proposals(
    db: &impl ConnectionTrait,
    round: Uuid,
) -> Result<BTreeMap<(Uuid, Uuid), ProposalState>, StoreError> {
    let rows = mentoring_proposal::Entity::find()
        .filter(mentoring_proposal::Column::RoundId.eq(round))
        .all(db)
        .await?;
    let state =
        |row: mentoring_proposal::Model| Some(((row.mentee_id, row.mentor_id), row.state.parse().ok()?));
    Ok(rows.into_iter().filter_map(state).collect())
}

/// The parts of a stored pair, in the order of their columns.
pub(crate) fn parts(parts: [i32; 5]) -> MenteeParts {
    let [topics, answers, hours, other, own_wish] = parts.map(|points| u16::try_from(points).unwrap_or(0));
    MenteeParts { topics, answers, hours, own_wish, other }
}

async fn pairs(
    db: &impl ConnectionTrait,
    run: &mentoring_run::Model,
    page: u64,
    decisions: &[mentoring_decision::Model],
    proposals: &BTreeMap<(Uuid, Uuid), ProposalState>,
) -> Result<(Vec<BoardPair>, bool), StoreError> {
    let mut rows = mentoring_pair::Entity::find()
        .filter(mentoring_pair::Column::RunId.eq(run.id))
        .order_by_asc(mentoring_pair::Column::Score)
        .order_by_asc(mentoring_pair::Column::MenteeId)
        .offset(page.saturating_mul(PAIRS_A_PAGE))
        .limit(PAIRS_A_PAGE + 1)
        .all(db)
        .await?;
    let has_more = rows.len() as u64 > PAIRS_A_PAGE;
    rows.truncate(PAIRS_A_PAGE as usize);
    let people = participants(db, rows.iter().flat_map(|row| [row.mentee_id, row.mentor_id])).await?;
    let goals: Vec<(Uuid, String)> = mentoring_sign_up::Entity::find()
        .select_only()
        .columns([mentoring_sign_up::Column::Id, mentoring_sign_up::Column::Goal])
        .filter(mentoring_sign_up::Column::Id.is_in(rows.iter().map(|row| row.mentee_id)))
        .into_tuple()
        .all(db)
        .await?;
    let mut goals: HashMap<Uuid, String> = goals.into_iter().collect();
    let mut topics = shared_topics(db, run.id, Some(rows.iter().map(|row| row.mentee_id).collect())).await?;
    let decided: HashMap<(Uuid, Uuid), DecisionKind> = decisions
        .iter()
        .filter_map(|row| Some(((row.mentee_id, row.mentor_id), row.kind.parse().ok()?)))
        .collect();
    let mut shown = Vec::with_capacity(rows.len());
    for row in rows {
        let pair = (row.mentee_id, row.mentor_id);
        let (Some(mentee), Some(mentor)) = (people.get(&pair.0), people.get(&pair.1)) else { continue };
        let parts =
            parts([row.topics_part, row.answers_part, row.hours_part, row.other_part, row.own_wish_part]);
        shown.push(BoardPair {
            mentee_id: pair.0,
            mentor_id: pair.1,
            mentee: mentee.clone(),
            mentor: mentor.clone(),
            parts: parts.shown(),
            hours: u32::try_from(row.overlap_hours).unwrap_or(0),
            topics: topics.remove(&pair.0).unwrap_or_default(),
            goal: goals.remove(&pair.0).unwrap_or_default(),
            is_kept: row.is_kept,
            is_pinned: row.is_pinned,
            decision: decided.get(&pair).copied(),
            proposal: proposals.get(&pair).copied(),
        });
    }
    Ok((shown, has_more))
}

/// The mentees of a draft by name. Choosing from more than a list holds makes no sense.
async fn mentees(db: &impl ConnectionTrait, matched: &Matched) -> Result<Vec<(Uuid, String)>, StoreError> {
    if matched.len() as u64 > MAX_LISTED {
        return Ok(Vec::new());
    }
    let people = participants(db, matched.keys().copied()).await?;
    let mut names: Vec<_> = people.into_iter().map(|(id, person)| (id, person.name)).collect();
    names.sort_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
    Ok(names)
}

async fn unmatched(db: &impl ConnectionTrait, run: Uuid) -> Result<Vec<BoardUnmatched>, StoreError> {
    let rows = mentoring_unmatched::Entity::find()
        .filter(mentoring_unmatched::Column::RunId.eq(run))
        .order_by_asc(mentoring_unmatched::Column::Reason)
        .order_by_asc(mentoring_unmatched::Column::MenteeId)
        .limit(MAX_LISTED)
        .all(db)
        .await?;
    let people = participants(db, rows.iter().map(|row| row.mentee_id)).await?;
    let mut shown = Vec::with_capacity(rows.len());
    for row in rows {
        if let Some(mentee) = people.get(&row.mentee_id).cloned() {
            let reason = serde_json::from_str(&row.arguments)?;
            shown.push(BoardUnmatched { mentee_id: row.mentee_id, mentee, reason });
        }
    }
    Ok(shown)
}

/// The mentors who signed up with a place and are in no pair, neither in the draft nor since an earlier one.
async fn free_mentors(
    db: &impl ConnectionTrait,
    round: Uuid,
    matched: &Matched,
    accepted: &[Uuid],
) -> Result<Vec<BoardMentor>, StoreError> {
    let rows: Vec<(Uuid, i32)> = mentoring_sign_up::Entity::find()
        .select_only()
        .columns([mentoring_sign_up::Column::Id, mentoring_sign_up::Column::Places])
        .filter(mentoring_sign_up::Column::RoundId.eq(round))
        .filter(mentoring_sign_up::Column::Role.eq(SignUpRole::Mentor.name()))
        .filter(mentoring_sign_up::Column::State.eq(SignUpState::Submitted.name()))
        .filter(mentoring_sign_up::Column::Places.gt(0))
        .order_by_asc(mentoring_sign_up::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    let taken: HashSet<&Uuid> = matched.values().chain(accepted).collect();
    let free = rows.into_iter().filter(|(id, _)| !taken.contains(id));
    let mut free: Vec<(Uuid, i32)> = free.take(MAX_LISTED as usize).collect();
    let people = participants(db, free.iter().map(|(id, _)| *id)).await?;
    free.sort_by_key(|(id, _)| people.get(id).map(|person| person.name.clone()));
    let mentor = |(id, places): (Uuid, i32)| {
        let mentor = people.get(&id)?.clone();
        Some(BoardMentor { mentor_id: id, mentor, places: u32::try_from(places).unwrap_or(0) })
    };
    Ok(free.into_iter().filter_map(mentor).collect())
}

async fn other_decisions(
    db: &impl ConnectionTrait,
    matched: &Matched,
    decisions: &[mentoring_decision::Model],
) -> Result<Vec<OtherDecision>, StoreError> {
    let others: Vec<_> =
        decisions.iter().filter(|row| matched.get(&row.mentee_id) != Some(&row.mentor_id)).collect();
    let people = participants(db, others.iter().flat_map(|row| [row.mentee_id, row.mentor_id])).await?;
    let other = |row: &&mentoring_decision::Model| {
        Some(OtherDecision {
            mentee_id: row.mentee_id,
            mentor_id: row.mentor_id,
            mentee: people.get(&row.mentee_id)?.clone(),
            mentor: people.get(&row.mentor_id)?.clone(),
            decision: row.kind.parse().ok()?,
        })
    };
    Ok(others.iter().filter_map(other).collect())
}

/// The number of people who signed up, for the page that starts a run.
///
/// # Errors
/// `Refused` for anyone but a coordinator.
pub async fn signed_up_for(store: &Store, actor: &Actor, round: &Slug) -> Result<[u64; 2], StoreError> {
    let rows = coordinated(store.db(), actor, round).await?;
    let count = async |role: SignUpRole| {
        mentoring_sign_up::Entity::find()
            .filter(mentoring_sign_up::Column::RoundId.eq(rows.round.id))
            .filter(mentoring_sign_up::Column::Role.eq(role.name()))
            .filter(mentoring_sign_up::Column::State.eq(SignUpState::Submitted.name()))
            .count(store.db())
            .await
    };
    Ok([count(SignUpRole::Mentee).await?, count(SignUpRole::Mentor).await?])
}
