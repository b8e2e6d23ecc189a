//! Publishing a draft: one transaction with its emails, possible only if the certificate is right and what the
//! run read is unchanged (M8, M9).

use std::collections::{BTreeSet, HashMap, HashSet};

use domain::{
    Actor, Instant, MemberId, ProposalId, Refusal, Role, Slug,
    emails::{self, Email},
    mentoring::{
        ProposalAnswers, ProposalState, RoundState, RunFigures, RunOrder, RunState, SignUpRole, SignUpState,
        UnmatchedReason,
    },
    policy::{Permit, mentoring::CoordinateRound},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _, Select, sea_query::Expr,
};
use uuid::Uuid;

use super::{
    input::load,
    rounds::{RoundRows, coordinated, locked_round},
    solve::recheck,
};
use crate::{
    Store, StoreError, audit,
    entities::{
        mentoring_pair, mentoring_proposal, mentoring_round, mentoring_run, mentoring_sign_up,
        mentoring_unmatched,
    },
    mentoring::{
        people::{SignedUp, signed_up},
        proposals::{lock_proposed, shared_topics, withdraw},
        rows::slug as read_slug,
    },
    outbox,
    secrets::new_id,
    write::{Tx, verb},
};

/// Longer lists of ids are split into several queries.
const CHUNK: usize = 500;

/// What publishing did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// New proposals.
    pub proposed: u32,
    /// Pending proposals that were taken back, because another pair lets one more mentee have a mentor.
    pub withdrawn: u32,
    /// Mentees who were told that they have no mentor yet.
    pub left_out: u32,
}

/// Publishes the draft of a run: proposes its pairs and emails everybody, in one transaction (M9).
///
/// # Errors
/// `Refused` for anyone but a coordinator, if the run has no draft, if its certificate is wrong, if the round is in
/// another state by now, or if sign-ups or decisions changed after it read them.
pub async fn publish(
    store: &Store,
    actor: &Actor,
    round: &Slug,
    number: i32,
) -> Result<Published, StoreError> {
    let rows = coordinated(store.db(), actor, round).await?;
    let run = draft(store.db(), rows.round.id, number).await?;
    verify_again(store, &rows, &run).await?;
    verb!(store, |tx, actor, round, &number| {
        let (rows, permit) = locked_round(tx, actor, round).await?;
        let run = draft(tx.db(), rows.round.id, number).await?;
        let order = run.run_order.parse().unwrap_or(RunOrder::Cost);
        // Since the run, the round may have been cancelled or opened again.
        if RunOrder::of_round(rows.state()?) != Some(order) {
            return Err(Refusal::RoundStateChanged.into());
        }
        lock_proposed(tx, rows.round.id).await?;
        let input = load(tx.db(), &rows, order, run.number, tx.now()).await?;
        if run.verified_at.is_none() || run.input_digest.as_deref() != Some(&input.digest) {
            return Err(Refusal::RunOutdated.into());
        }
        publish_in(tx, &permit, &rows, &run).await
    })
}

/// The run of a round, if it has a draft that can be published.
async fn draft(
    db: &impl ConnectionTrait,
    round: Uuid,
    number: i32,
) -> Result<mentoring_run::Model, StoreError> {
    let run = mentoring_run::Entity::find()
        .filter(mentoring_run::Column::RoundId.eq(round))
        .filter(mentoring_run::Column::Number.eq(number))
        .one(db)
        .await?
        .ok_or(StoreError::NotFound)?;
    if run.state == RunState::Draft.name() { Ok(run) } else { Err(Refusal::RunNotDraft.into()) }
}

/// Verifies the stored draft once more, outside of any transaction: nobody trusts the rows because they were right
/// when they were written.
async fn verify_again(store: &Store, rows: &RoundRows, run: &mentoring_run::Model) -> Result<(), StoreError> {
    let order = run.run_order.parse().unwrap_or(RunOrder::Cost);
    let mut input = load(store.db(), rows, order, run.number, store.now()).await?;
    if run.input_digest.as_deref() != Some(&input.digest) {
        return Err(Refusal::RunOutdated.into());
    }
    input.add(run.added_pairs.as_deref())?;
    let pairs = mentoring_pair::Entity::find()
        .filter(mentoring_pair::Column::RunId.eq(run.id))
        .all(store.db())
        .await?;
    let stored: Vec<(Uuid, Uuid)> = pairs.into_iter().map(|row| (row.mentee_id, row.mentor_id)).collect();
    let figures: RunFigures = serde_json::from_str(run.figures.as_deref().unwrap_or_default())?;
    let (seed, certificate) = (run.seed, run.certificate.clone().unwrap_or_default());
    let checked =
        crate::jobs::compute(move || recheck(&input, seed, &stored, &figures, &certificate)).await?;
    checked.map_err(|_| Refusal::RunNotVerified.into())
}

async fn publish_in(
    tx: &Tx,
    permit: &Permit<CoordinateRound>,
    rows: &RoundRows,
    run: &mentoring_run::Model,
) -> Result<Published, StoreError> {
    let pairs = mentoring_pair::Entity::find()
        .filter(mentoring_pair::Column::RunId.eq(run.id))
        .order_by_asc(mentoring_pair::Column::MenteeId)
        .all(tx.db())
        .await?;
    let unmatched = mentoring_unmatched::Entity::find()
        .filter(mentoring_unmatched::Column::RunId.eq(run.id))
        .order_by_asc(mentoring_unmatched::Column::MenteeId)
        .all(tx.db())
        .await?;
    let known = mentoring_proposal::Entity::find()
        .filter(mentoring_proposal::Column::RoundId.eq(rows.round.id))
        .order_by_asc(mentoring_proposal::Column::Id)
        .all(tx.db())
        .await?;
    let everybody = pairs
        .iter()
        .flat_map(|pair| [pair.mentee_id, pair.mentor_id])
        .chain(unmatched.iter().map(|row| row.mentee_id));
    let people = signed_up(tx.db(), everybody).await?;
    let mut done = Published::default();
    let wanted: BTreeSet<(Uuid, Uuid)> = pairs.iter().map(|pair| (pair.mentee_id, pair.mentor_id)).collect();
    let mut by_pair: HashMap<(Uuid, Uuid), mentoring_proposal::Model> = HashMap::new();
    for row in known {
        let pair = (row.mentee_id, row.mentor_id);
        if row.state == ProposalState::Pending.name() && !wanted.contains(&pair) {
            // It was answered or has ended a moment ago, which the draft does not know.
            if !withdraw(tx, &row, emails::EndedBecause::Rematched).await? {
                return Err(Refusal::RunOutdated.into());
            }
            done.withdrawn += 1;
        } else {
            by_pair.insert(pair, row);
        }
    }
    let topics = shared_topics(tx.db(), run.id, None).await?;
    for pair in &pairs {
        let old = by_pair.remove(&(pair.mentee_id, pair.mentor_id));
        // A pair that is proposed already stays as it is, and so does one that was answered a moment before.
        if old.as_ref().is_some_and(|old| old.state != ProposalState::Withdrawn.name()) {
            continue;
        }
        let id = propose(tx, permit, rows, pair, old).await?;
        let mut shared = topics.get(&pair.mentee_id).cloned().unwrap_or_default();
        shared.truncate(domain::mentoring::MAX_ASKED);
        notify(tx, rows, pair, id, shared, &people).await?;
        done.proposed += 1;
    }
    let told = left_out_before(tx.db(), rows.round.id, run.number).await?;
    for row in unmatched.iter().filter(|row| !told.contains(&row.mentee_id)) {
        done.left_out += u32::from(tell_left_out(tx, rows, row, &people).await?);
    }
    tell_free_mentors(tx, rows, run.id).await?;
    let change = mentoring_run::ActiveModel {
        id: Set(run.id),
        state: Set(RunState::Published.name().to_owned()),
        ..Default::default()
    };
    change.update(tx.db()).await?;
    let change = mentoring_round::ActiveModel {
        id: Set(rows.round.id),
        state: Set(RoundState::Published.name().to_owned()),
        published_at: Set(Some(rows.round.published_at.unwrap_or(tx.now()))),
        ..Default::default()
    };
    change.update(tx.db()).await?;
    audit::record(tx, permit, "mentoring.publish", run.id).await?;
    Ok(done)
}

/// Writes a proposal. The permit proves that a coordinator publishes it.
async fn propose(
    tx: &Tx,
    _permit: &Permit<CoordinateRound>,
    rows: &RoundRows,
    pair: &mentoring_pair::Model,
    old: Option<mentoring_proposal::Model>,
) -> Result<ProposalId, StoreError> {
    let answers = ProposalAnswers::new(tx.now());
    let is_new = old.is_none();
    let row = mentoring_proposal::ActiveModel {
        id: Set(old.map_or_else(new_id, |old| old.id)),
        round_id: Set(rows.round.id),
        run_id: Set(pair.run_id),
        mentee_id: Set(pair.mentee_id),
        mentor_id: Set(pair.mentor_id),
        state: Set(answers.state.name().to_owned()),
        score: Set(pair.score),
        topics_part: Set(pair.topics_part),
        answers_part: Set(pair.answers_part),
        hours_part: Set(pair.hours_part),
        other_part: Set(pair.other_part),
        own_wish_part: Set(pair.own_wish_part),
        overlap_hours: Set(pair.overlap_hours),
        mentee_answer: Set(None),
        mentee_answered_at: Set(None),
        mentor_answer: Set(None),
        mentor_answered_at: Set(None),
        proposed_at: Set(answers.proposed_at),
        expires_at: Set(answers.expires_at),
        reminders_sent: Set(0),
        settled_at: Set(None),
    };
    let row = if is_new { row.insert(tx.db()).await? } else { row.update(tx.db()).await? };
    Ok(ProposalId(row.id))
}

/// Emails both people of a proposal, in different words.
async fn notify(
    tx: &Tx,
    rows: &RoundRows,
    pair: &mentoring_pair::Model,
    proposal: ProposalId,
    topics: Vec<String>,
    people: &HashMap<Uuid, SignedUp>,
) -> Result<(), StoreError> {
    let (Some(mentee), Some(mentor)) = (people.get(&pair.mentee_id), people.get(&pair.mentor_id)) else {
        return Err(StoreError::Corrupt(format!("proposal {proposal}: somebody is missing")));
    };
    let until: Instant = ProposalAnswers::new(tx.now()).expires_at;
    let facts = |partner: &SignedUp| emails::ProposalFacts {
        proposal,
        programme: rows.programme.name.clone(),
        partner: partner.name(),
        until,
    };
    let hours = u32::try_from(pair.overlap_hours).unwrap_or(0);
    let to_mentee = emails::ProposalToMentee { facts: facts(mentor), topics: topics.clone(), hours };
    let to_mentor = emails::ProposalToMentor { facts: facts(mentee), topics, hours };
    for (person, email) in [(mentee, Email::from(to_mentee)), (mentor, Email::from(to_mentor))] {
        if let Some(to) = person.recipient() {
            outbox::post(tx, Some(person.member_id()), &to, &email).await?;
        }
    }
    Ok(())
}

/// The mentees whom the draft that was published last left out. They were told, and know it still.
pub(super) async fn left_out_before(
    db: &impl ConnectionTrait,
    round: Uuid,
    number: i32,
) -> Result<HashSet<Uuid>, StoreError> {
    let last = mentoring_run::Entity::find()
        .filter(mentoring_run::Column::RoundId.eq(round))
        .filter(mentoring_run::Column::Number.lt(number))
        .filter(mentoring_run::Column::State.eq(RunState::Published.name()))
        .order_by_desc(mentoring_run::Column::Number)
        .one(db)
        .await?;
    let Some(last) = last else { return Ok(HashSet::new()) };
    let mentees: Vec<Uuid> = mentoring_unmatched::Entity::find()
        .select_only()
        .column(mentoring_unmatched::Column::MenteeId)
        .filter(mentoring_unmatched::Column::RunId.eq(last.id))
        .into_tuple()
        .all(db)
        .await?;
    Ok(mentees.into_iter().collect())
}

/// The mentors of a round to whom a run gives no mentee and who were not told of that yet. Paused ones are left out,
/// because they expect none, and so are those who accepted a proposal or can still answer one.
pub(super) fn free_mentors(
    round: &mentoring_round::Model,
    run: Uuid,
    now: Instant,
) -> Select<mentoring_sign_up::Entity> {
    let in_run = mentoring_pair::Entity::find()
        .select_only()
        .column(mentoring_pair::Column::MentorId)
        .filter(mentoring_pair::Column::RunId.eq(run))
        .into_query();
    let with_mentee = mentoring_proposal::Entity::find()
        .select_only()
        .column(mentoring_proposal::Column::MentorId)
        .filter(mentoring_proposal::Column::RoundId.eq(round.id))
        .filter(
            mentoring_proposal::Column::State
                .is_in([ProposalState::Pending, ProposalState::Accepted].map(ProposalState::name)),
        )
        .into_query();
    let expects_one = Condition::any()
        .add(mentoring_sign_up::Column::PausedUntil.is_null())
        .add(mentoring_sign_up::Column::PausedUntil.lte(round.starts_on.max(now.date_naive())));
    mentoring_sign_up::Entity::find()
        .filter(mentoring_sign_up::Column::RoundId.eq(round.id))
        .filter(mentoring_sign_up::Column::Role.eq(SignUpRole::Mentor.name()))
        .filter(mentoring_sign_up::Column::State.eq(SignUpState::Submitted.name()))
        .filter(mentoring_sign_up::Column::Places.gt(0))
        .filter(mentoring_sign_up::Column::NoMenteeToldAt.is_null())
        .filter(expects_one)
        .filter(mentoring_sign_up::Column::Id.not_in_subquery(in_run))
        .filter(mentoring_sign_up::Column::Id.not_in_subquery(with_mentee))
}

/// Tells mentors that there is no mentee for them this time, once a round.
async fn tell_free_mentors(tx: &Tx, rows: &RoundRows, run: Uuid) -> Result<(), StoreError> {
    let free = free_mentors(&rows.round, run, tx.now());
    let free: Vec<Uuid> = free
        .select_only()
        .column(mentoring_sign_up::Column::Id)
        .order_by_asc(mentoring_sign_up::Column::Id)
        .into_tuple()
        .all(tx.db())
        .await?;
    let email = Email::from(emails::NoMentee {
        programme: rows.programme.name.clone(),
        round: rows.round.name.clone(),
        slug: read_slug(&rows.round.slug, rows.round.id)?,
    });
    let people = signed_up(tx.db(), free.iter().copied()).await?;
    for id in &free {
        let person = people.get(id).filter(|person| person.member.role != Role::Suspended.name());
        let Some(person) = person else { continue };
        if let Some(to) = person.recipient() {
            outbox::post(tx, Some(person.member_id()), &to, &email).await?;
        }
    }
    for ids in free.chunks(CHUNK) {
        mentoring_sign_up::Entity::update_many()
            .col_expr(mentoring_sign_up::Column::NoMenteeToldAt, Expr::value(tx.now()))
            .filter(mentoring_sign_up::Column::Id.is_in(ids.iter().copied()))
            .exec(tx.db())
            .await?;
    }
    Ok(())
}

/// Tells a mentee that there is no mentor yet, and puts them first next time.
async fn tell_left_out(
    tx: &Tx,
    rows: &RoundRows,
    row: &mentoring_unmatched::Model,
    people: &HashMap<Uuid, SignedUp>,
) -> Result<bool, StoreError> {
    let Some(person) = people.get(&row.mentee_id) else { return Ok(false) };
    if person.sign_up.role != SignUpRole::Mentee.name() {
        return Ok(false);
    }
    let change =
        mentoring_sign_up::ActiveModel { id: Set(row.mentee_id), is_first: Set(true), ..Default::default() };
    change.update(tx.db()).await?;
    let reason: UnmatchedReason = serde_json::from_str(&row.arguments)?;
    let had_enough = matches!(reason, UnmatchedReason::AskedEnough { .. });
    if let Some(to) = person.recipient() {
        let email = Email::from(emails::NotMatched { programme: rows.programme.name.clone(), had_enough });
        outbox::post(tx, Some(MemberId(person.member.id)), &to, &email).await?;
    }
    Ok(true)
}
