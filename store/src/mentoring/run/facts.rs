//! What is known about single pairs: wishes, blocks, earlier proposals, earlier rounds, and the decisions of
//! coordinators.

use std::collections::{BTreeSet, HashMap, HashSet};

use domain::mentoring::{
    DecisionKind, Fact, MAX_WISHES, Mentee, Mentor, MentorshipState, PairFact, PreferenceKind, ProposalState,
    RunOrder, RunState, SignUpRole,
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _, sea_query::ExprTrait as _,
};
use uuid::Uuid;

use super::{
    input::{member_ids, sign_up_ids},
    packed::{self, Packed, Word},
};
use crate::{
    StoreError,
    entities::{
        block, mentoring_decision, mentoring_pair, mentoring_preference, mentoring_proposal, mentoring_round,
        mentoring_run, mentoring_sign_up, mentoring_unmatched, mentorship,
    },
};

/// The proposals of one sign-up in this round.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Proposed {
    /// All of them. Those that were taken back before an answer don't count.
    pub(super) all: u32,
    pub(super) pending: u32,
    /// Mentorships that go on.
    pub(super) active: u32,
}

/// What happened in this round and in the one before it.
#[derive(Default)]
pub(super) struct History {
    proposals: Vec<mentoring_proposal::Model>,
    /// Proposals with a mentorship that goes on.
    active: HashSet<Uuid>,
    by_sign_up: HashMap<Uuid, Proposed>,
    /// Members whom the round before left without a mentor.
    pub(super) left_out: HashSet<Uuid>,
}

impl History {
    pub(super) fn of(&self, sign_up: Uuid) -> Proposed {
        self.by_sign_up.get(&sign_up).copied().unwrap_or_default()
    }
}

/// Reads the proposals of a round, and whom the round before left out.
pub(super) async fn history(
    db: &impl ConnectionTrait,
    round: &mentoring_round::Model,
) -> Result<History, StoreError> {
    let proposals = mentoring_proposal::Entity::find()
        .filter(mentoring_proposal::Column::RoundId.eq(round.id))
        .order_by_asc(mentoring_proposal::Column::Id)
        .all(db)
        .await?;
    let active: Vec<Option<Uuid>> = mentorship::Entity::find()
        .select_only()
        .column(mentorship::Column::ProposalId)
        .filter(mentorship::Column::RoundId.eq(round.id))
        .filter(mentorship::Column::State.ne(MentorshipState::Ended.name()))
        .into_tuple()
        .all(db)
        .await?;
    let active: HashSet<Uuid> = active.into_iter().flatten().collect();
    let mut by_sign_up: HashMap<Uuid, Proposed> = HashMap::new();
    for row in &proposals {
        for side in [row.mentee_id, row.mentor_id] {
            let proposed = by_sign_up.entry(side).or_default();
            proposed.all += u32::from(row.state != ProposalState::Withdrawn.name());
            proposed.pending += u32::from(row.state == ProposalState::Pending.name());
            proposed.active += u32::from(active.contains(&row.id));
        }
    }
    for sign_up in in_direct_pairs(db, round).await? {
        by_sign_up.entry(sign_up).or_default().active += 1;
    }
    Ok(History { proposals, active, by_sign_up, left_out: left_out(db, round).await? })
}

/// The sign-ups of the round whose members work together after a direct request (M25), once for each mentorship.
async fn in_direct_pairs(
    db: &impl ConnectionTrait,
    round: &mentoring_round::Model,
) -> Result<Vec<Uuid>, StoreError> {
    let direct = || {
        mentorship::Entity::find()
            .filter(mentorship::Column::RoundId.eq(round.id))
            .filter(mentorship::Column::ProposalId.is_null())
            .filter(mentorship::Column::State.ne(MentorshipState::Ended.name()))
    };
    // A subquery and not a list, because no statement takes a list of 100,000 members.
    let side = |column: mentorship::Column, role: SignUpRole| {
        let members = direct().select_only().column(column).filter(column.is_not_null()).into_query();
        mentoring_sign_up::Column::Role
            .eq(role.name())
            .and(mentoring_sign_up::Column::MemberId.in_subquery(members))
    };
    let sign_ups: Vec<(Uuid, String, Uuid)> = mentoring_sign_up::Entity::find()
        .select_only()
        .columns([
            mentoring_sign_up::Column::MemberId,
            mentoring_sign_up::Column::Role,
            mentoring_sign_up::Column::Id,
        ])
        .filter(mentoring_sign_up::Column::RoundId.eq(round.id))
        .filter(
            side(mentorship::Column::MenteeId, SignUpRole::Mentee)
                .or(side(mentorship::Column::MentorId, SignUpRole::Mentor)),
        )
        .into_tuple()
        .all(db)
        .await?;
    let sign_ups: HashMap<(Uuid, bool), Uuid> = sign_ups
        .into_iter()
        .map(|(member, role, id)| ((member, role == SignUpRole::Mentor.name()), id))
        .collect();
    let pairs = direct().all(db).await?;
    let both = |pair: &mentorship::Model| [(pair.mentee_id, false), (pair.mentor_id, true)];
    let of = |(member, is_mentor): (Option<Uuid>, bool)| sign_ups.get(&(member?, is_mentor)).copied();
    Ok(pairs.iter().flat_map(both).filter_map(of).collect())
}

/// The members who wanted a mentor in the programme's last round and got none.
async fn left_out(
    db: &impl ConnectionTrait,
    round: &mentoring_round::Model,
) -> Result<HashSet<Uuid>, StoreError> {
    let Some(before) = rounds_before(db, round, 1).await?.pop() else { return Ok(HashSet::new()) };
    let published = mentoring_run::Entity::find()
        .select_only()
        .column(mentoring_run::Column::Id)
        .filter(mentoring_run::Column::RoundId.eq(before))
        .filter(mentoring_run::Column::State.eq(RunState::Published.name()))
        .into_query();
    let unmatched = mentoring_unmatched::Entity::find()
        .select_only()
        .column(mentoring_unmatched::Column::MenteeId)
        .filter(mentoring_unmatched::Column::RunId.in_subquery(published))
        .into_query();
    let members: Vec<Uuid> = mentoring_sign_up::Entity::find()
        .select_only()
        .column(mentoring_sign_up::Column::MemberId)
        .filter(mentoring_sign_up::Column::Id.in_subquery(unmatched))
        .into_tuple()
        .all(db)
        .await?;
    let matched: Vec<Option<Uuid>> = mentorship::Entity::find()
        .select_only()
        .column(mentorship::Column::MenteeId)
        .filter(mentorship::Column::RoundId.eq(before))
        .into_tuple()
        .all(db)
        .await?;
    let matched: HashSet<Uuid> = matched.into_iter().flatten().collect();
    Ok(members.into_iter().filter(|member| !matched.contains(member)).collect())
}

/// The rounds of the same programme before this one, the latest first.
async fn rounds_before(
    db: &impl ConnectionTrait,
    round: &mentoring_round::Model,
    many: u64,
) -> Result<Vec<Uuid>, StoreError> {
    let rounds = mentoring_round::Entity::find()
        .select_only()
        .column(mentoring_round::Column::Id)
        .filter(mentoring_round::Column::ProgrammeId.eq(round.programme_id))
        .filter(mentoring_round::Column::StartsOn.lt(round.starts_on))
        .filter(mentoring_round::Column::PublishedAt.is_not_null())
        .order_by_desc(mentoring_round::Column::StartsOn)
        .order_by_desc(mentoring_round::Column::Id)
        .limit(many);
    Ok(rounds.into_tuple().all(db).await?)
}

/// Finds people by their ids.
pub(super) struct Pairs {
    mentees: HashMap<Uuid, u32>,
    mentors: HashMap<Uuid, u32>,
    mentee_members: HashMap<u128, u32>,
    mentor_members: HashMap<u128, u32>,
}

impl Pairs {
    pub(super) fn new(mentees: &[Uuid], mentors: &[Uuid], people: &(Vec<Mentee>, Vec<Mentor>)) -> Self {
        Self {
            mentees: mentees.iter().copied().zip(0..).collect(),
            mentors: mentors.iter().copied().zip(0..).collect(),
            mentee_members: people.0.iter().map(|it| it.person.member).zip(0..).collect(),
            mentor_members: people.1.iter().map(|it| it.person.member).zip(0..).collect(),
        }
    }

    /// A pair of sign-ups.
    fn sign_ups(&self, mentee: Uuid, mentor: Uuid) -> Option<(u32, u32)> {
        Some((*self.mentees.get(&mentee)?, *self.mentors.get(&mentor)?))
    }

    /// A pair of members.
    fn members(&self, mentee: Uuid, mentor: Uuid) -> Option<(u32, u32)> {
        let (mentee, mentor) = (mentee.as_u128(), mentor.as_u128());
        Some((*self.mentee_members.get(&mentee)?, *self.mentor_members.get(&mentor)?))
    }
}

/// What a run knows about pairs. All lists are sorted.
#[derive(Default)]
pub(super) struct PairFacts {
    pub(super) facts: Vec<PairFact>,
    pub(super) kept: Vec<(u32, u32)>,
    pub(super) pins: Vec<(u32, u32)>,
    pub(super) bans: Vec<(u32, u32)>,
}

impl PairFacts {
    fn add(&mut self, pair: Option<(u32, u32)>, fact: Fact) {
        self.facts.extend(pair.map(|(mentee, mentor)| PairFact { mentee, mentor, fact }));
    }
}

/// Reads what is known about pairs of this round.
pub(super) async fn load(
    db: &impl ConnectionTrait,
    round: &mentoring_round::Model,
    cool_down_rounds: i32,
    order: RunOrder,
    before: i32,
    index: &Pairs,
    history: &History,
) -> Result<PairFacts, StoreError> {
    let mut found = PairFacts::default();
    preferences(db, round.id, index, &mut found).await?;
    blocks(db, round.id, index, &mut found).await?;
    cool_down(db, round, cool_down_rounds, index, &mut found).await?;
    let mut kept = BTreeSet::new();
    for row in &history.proposals {
        let pair = index.sign_ups(row.mentee_id, row.mentor_id);
        match row.state.parse() {
            // Nobody is asked twice about the same person in a round (M12).
            Ok(ProposalState::Declined | ProposalState::Expired) => found.add(pair, Fact::Declined),
            Ok(ProposalState::Accepted) if !history.active.contains(&row.id) => {
                found.add(pair, Fact::Declined);
            }
            Ok(ProposalState::Pending) => kept.extend(pair),
            Ok(ProposalState::Accepted | ProposalState::Withdrawn) | Err(()) => {}
        }
    }
    let pending: Vec<(u32, u32)> = kept.iter().copied().collect();
    if order == RunOrder::Cost {
        for pair in last_draft(db, round.id, before, index).await? {
            found.add(Some(pair), Fact::Before);
            kept.insert(pair);
        }
    }
    let decisions = mentoring_decision::Entity::find()
        .filter(mentoring_decision::Column::RoundId.eq(round.id))
        .all(db)
        .await?;
    for row in decisions {
        let Some(pair) = index.sign_ups(row.mentee_id, row.mentor_id) else { continue };
        match row.kind.parse() {
            Ok(DecisionKind::Pin) => found.pins.push(pair),
            Ok(DecisionKind::Forbid) => found.bans.push(pair),
            Err(()) => {}
        }
    }
    found.pins.sort_unstable();
    found.bans.sort_unstable();
    pending.iter().chain(&found.pins.clone()).for_each(|pair| found.add(Some(*pair), Fact::Keep));
    found.kept = kept.into_iter().collect();
    found.facts.sort_unstable();
    found.facts.dedup();
    Ok(found)
}

/// The pairs of the newest draft before this run.
async fn last_draft(
    db: &impl ConnectionTrait,
    round: Uuid,
    before: i32,
    index: &Pairs,
) -> Result<Vec<(u32, u32)>, StoreError> {
    let last = mentoring_run::Entity::find()
        .filter(mentoring_run::Column::RoundId.eq(round))
        .filter(mentoring_run::Column::Number.lt(before))
        .filter(mentoring_run::Column::State.is_in([RunState::Draft.name(), RunState::Published.name()]))
        .order_by_desc(mentoring_run::Column::Number)
        .one(db)
        .await?;
    let Some(last) = last else { return Ok(Vec::new()) };
    let pairs =
        mentoring_pair::Entity::find().filter(mentoring_pair::Column::RunId.eq(last.id)).all(db).await?;
    Ok(pairs.into_iter().filter_map(|row| index.sign_ups(row.mentee_id, row.mentor_id)).collect())
}

/// What people say about each other in their sign-ups.
async fn preferences(
    db: &impl ConnectionTrait,
    round: Uuid,
    index: &Pairs,
    found: &mut PairFacts,
) -> Result<(), StoreError> {
    let query = mentoring_preference::Entity::find()
        .inner_join(mentoring_sign_up::Entity)
        .filter(mentoring_preference::Column::SignUpId.in_subquery(sign_up_ids(round)))
        .into_query();
    let columns: [Word; 5] = [
        mentoring_sign_up::Column::MemberId.into(),
        mentoring_sign_up::Column::Role.into(),
        mentoring_preference::Column::MemberId.into(),
        mentoring_preference::Column::Kind.into(),
        mentoring_preference::Column::Position.into(),
    ];
    for [author, role, other, kind, position] in Packed::read(db, query, columns).await?.rows() {
        let (author, other, position) = (packed::id(author)?, packed::id(other)?, packed::number(position)?);
        let is_mentee = role == SignUpRole::Mentee.name();
        let pair = if is_mentee { index.members(author, other) } else { index.members(other, author) };
        let fact = match kind.parse() {
            Ok(PreferenceKind::Wish) if is_mentee => {
                Fact::Wish(u8::try_from(position).unwrap_or(MAX_WISHES).clamp(1, MAX_WISHES))
            }
            Ok(PreferenceKind::WouldLike) if !is_mentee => Fact::WouldLike,
            Ok(PreferenceKind::RatherNot) if !is_mentee => Fact::RatherNot,
            Ok(PreferenceKind::Never) => Fact::Dismissed,
            Ok(PreferenceKind::Wish | PreferenceKind::WouldLike | PreferenceKind::RatherNot) | Err(()) => {
                continue;
            }
        };
        found.add(pair, fact);
    }
    Ok(())
}

/// The blocks between people of the round, in either direction.
async fn blocks(
    db: &impl ConnectionTrait,
    round: Uuid,
    index: &Pairs,
    found: &mut PairFacts,
) -> Result<(), StoreError> {
    // With a second condition on the blocked member, SQLite looks up every pair of people in the index.
    let rows =
        block::Entity::find().filter(block::Column::ById.in_subquery(member_ids(round))).all(db).await?;
    for row in rows {
        found.add(index.members(row.by_id, row.blocked_id), Fact::Blocked);
        found.add(index.members(row.blocked_id, row.by_id), Fact::Blocked);
    }
    Ok(())
}

/// Pairs of the programme's last rounds (M22).
async fn cool_down(
    db: &impl ConnectionTrait,
    round: &mentoring_round::Model,
    many: i32,
    index: &Pairs,
    found: &mut PairFacts,
) -> Result<(), StoreError> {
    let before = rounds_before(db, round, u64::try_from(many).unwrap_or(0)).await?;
    if before.is_empty() {
        return Ok(());
    }
    let rows = mentorship::Entity::find().filter(mentorship::Column::RoundId.is_in(before)).all(db).await?;
    for row in rows {
        if let (Some(mentee), Some(mentor)) = (row.mentee_id, row.mentor_id) {
            found.add(index.members(mentee, mentor), Fact::CoolDown);
        }
    }
    Ok(())
}
