//! Matching a published round again every night (M14). So people who sign up late (M6), and mentees whose
//! proposal has ended, get a new one without a coordinator's work. A draft that takes a proposal back waits for
//! a coordinator.

use std::collections::{HashMap, HashSet};

use chrono::{Duration, NaiveTime};
use domain::{
    Actor, Instant, Refusal, RunId, Slug,
    mentoring::{ProposalState, RoundState, RunState},
    policy::{
        mentoring::{CoordinateRound, ProgrammeRelation},
        permit,
    },
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    publish::{free_mentors, left_out_before, publish},
    rounds::{locked_by_id, locked_round},
    start,
};
use crate::{
    Store, StoreError, audit,
    entities::{mentoring_pair, mentoring_proposal, mentoring_round, mentoring_run, mentoring_unmatched},
    jobs::{self, Due, Job, Next},
    write::{Tx, verb},
};

/// The kind of job that matches a round again at night.
pub(crate) const MENTORING_REMATCH: &str = "mentoring_rematch";
/// How long after midnight in UTC rounds are matched again.
const HOUR: Duration = Duration::hours(2);

/// The next time after `now` at which rounds are matched again.
fn next_night(now: Instant) -> Instant {
    let today = now.date_naive().and_time(NaiveTime::MIN).and_utc() + HOUR;
    if today > now { today } else { today + Duration::days(1) }
}

/// Turns matching again every night on or off. Setting what is set already changes nothing.
///
/// # Errors
/// `Refused` for anyone but a coordinator.
pub async fn set_nightly(store: &Store, actor: &Actor, round: &Slug, is_on: bool) -> Result<(), StoreError> {
    verb!(store, |tx, actor, round, &is_on| {
        let (rows, permit) = locked_round(tx, actor, round).await?;
        if rows.round.rematch_at.is_some() == is_on {
            return Ok(());
        }
        set_next(tx, rows.round.id, is_on.then(|| next_night(tx.now()))).await?;
        let action = if is_on { "mentoring.nightly_on" } else { "mentoring.nightly_off" };
        audit::record(tx, &permit, action, rows.round.id).await
    })
}

async fn set_next(tx: &Tx, round: Uuid, next: Option<Instant>) -> Result<(), StoreError> {
    let change = mentoring_round::ActiveModel { id: Set(round), rematch_at: Set(next), ..Default::default() };
    change.update(tx.db()).await?;
    Ok(())
}

fn nightly() -> Select<mentoring_round::Entity> {
    mentoring_round::Entity::find()
        .filter(mentoring_round::Column::State.eq(RoundState::Published.name()))
        .filter(mentoring_round::Column::RematchAt.is_not_null())
        .order_by_asc(mentoring_round::Column::RematchAt)
}

/// The published rounds whose night has come.
pub(crate) async fn due_rematches(store: Store) -> Result<Due, StoreError> {
    let now = store.now();
    let subjects = nightly()
        .select_only()
        .column(mentoring_round::Column::Id)
        .filter(mentoring_round::Column::RematchAt.lte(now))
        .filter(mentoring_round::Column::Id.not_in_subquery(jobs::taken(MENTORING_REMATCH)))
        .limit(jobs::BATCH)
        .into_tuple()
        .all(store.db())
        .await?;
    let next = nightly().filter(mentoring_round::Column::RematchAt.gt(now)).one(store.db()).await?;
    Ok(Due { subjects, next: next.and_then(|round| round.rematch_at) })
}

/// Starts the run of a night.
pub(crate) async fn run_rematch(store: Store, job: Job) -> Result<Next, StoreError> {
    let round = job.subject()?;
    verb!(store, |tx, &round| {
        let rows = locked_by_id(tx, round).await?;
        let is_due = rows.round.rematch_at.is_some_and(|at| at <= tx.now());
        if !is_due || rows.state()? != RoundState::Published {
            return Ok(Next::Done);
        }
        if rows.round.ends_on < tx.now().date_naive() {
            // The round is over, so nobody needs a mentor in it.
            set_next(tx, round, None).await?;
            return Ok(Next::Done);
        }
        set_next(tx, round, Some(next_night(tx.now()))).await?;
        // Nobody asked for this run, so it is the portal's own.
        let permit = permit(&Actor::Operator, CoordinateRound, ProgrammeRelation::Other)?;
        match start::insert(tx, &permit, &rows, json!({ "nightly": true }), None).await {
            // A run that a coordinator started works right now. The next night comes.
            Ok(_) | Err(StoreError::Refused(Refusal::RunGoing)) => Ok(Next::Done),
            Err(error) => Err(error),
        }
    })
}

/// Whether a job does the run of a night.
pub(super) fn is_nightly(job: &Job) -> bool {
    job.payload.get("nightly").and_then(Value::as_bool) == Some(true)
}

/// Decides about the draft of a night. If it has no new pair and leaves out nobody new, it is deleted. If it withdraws no
/// proposal, it is published. Otherwise it waits for a coordinator, because people lose something. Doing it twice
/// changes nothing.
pub(super) async fn settle(store: &Store, run: RunId) -> Result<(), StoreError> {
    let row = mentoring_run::Entity::find_by_id(run.0).one(store.db()).await?;
    let Some(row) = row.filter(|row| row.state == RunState::Draft.name()) else { return Ok(()) };
    let round = mentoring_round::Entity::find_by_id(row.round_id).one(store.db()).await?;
    let round = round.ok_or(StoreError::NotFound)?;
    let (has_new, takes_back) = changes(store.db(), &round, &row, store.now()).await?;
    if takes_back {
        return Ok(());
    }
    if !has_new {
        return verb!(store, |tx, &run| {
            mentoring_run::Entity::delete_many()
                .filter(mentoring_run::Column::Id.eq(run.0))
                .filter(mentoring_run::Column::State.eq(RunState::Draft.name()))
                .exec(tx.db())
                .await?;
            Ok(())
        });
    }
    let slug = Slug::parse(&round.slug).ok_or(StoreError::NotFound)?;
    match publish(store, &Actor::Operator, &slug, row.number).await {
        // Somebody changed a sign-up a moment ago. The draft waits, and the next night makes another one.
        Ok(_) | Err(StoreError::Refused(_)) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Whether a draft has a pair without a proposal or leaves out somebody who was not told, and
/// whether it leaves out a pending one.
async fn changes(
    db: &impl ConnectionTrait,
    round: &mentoring_round::Model,
    run: &mentoring_run::Model,
    now: Instant,
) -> Result<(bool, bool), StoreError> {
    let pairs: Vec<(Uuid, Uuid)> = mentoring_pair::Entity::find()
        .select_only()
        .columns([mentoring_pair::Column::MenteeId, mentoring_pair::Column::MentorId])
        .filter(mentoring_pair::Column::RunId.eq(run.id))
        .into_tuple()
        .all(db)
        .await?;
    let proposals: Vec<(Uuid, Uuid, String)> = mentoring_proposal::Entity::find()
        .select_only()
        .columns([
            mentoring_proposal::Column::MenteeId,
            mentoring_proposal::Column::MentorId,
            mentoring_proposal::Column::State,
        ])
        .filter(mentoring_proposal::Column::RoundId.eq(run.round_id))
        .filter(mentoring_proposal::Column::State.ne(ProposalState::Withdrawn.name()))
        .into_tuple()
        .all(db)
        .await?;
    let known: HashMap<(Uuid, Uuid), String> =
        proposals.into_iter().map(|(mentee, mentor, state)| ((mentee, mentor), state)).collect();
    let told = left_out_before(db, run.round_id, run.number).await?;
    let left_out: Vec<Uuid> = mentoring_unmatched::Entity::find()
        .select_only()
        .column(mentoring_unmatched::Column::MenteeId)
        .filter(mentoring_unmatched::Column::RunId.eq(run.id))
        .into_tuple()
        .all(db)
        .await?;
    let has_new = pairs.iter().any(|pair| !known.contains_key(pair))
        || left_out.iter().any(|mentee| !told.contains(mentee))
        || free_mentors(round, run.id, now).count(db).await? > 0;
    let pairs: HashSet<(Uuid, Uuid)> = pairs.into_iter().collect();
    let is_lost = |(pair, state): (&(Uuid, Uuid), &String)| {
        *state == ProposalState::Pending.name() && !pairs.contains(pair)
    };
    Ok((has_new, known.iter().any(is_lost)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_night_is_always_later() {
        let next = |now: &str| next_night(now.parse().unwrap()).to_rfc3339();
        assert_eq!(next("2026-11-26T01:59:59Z"), "2026-11-26T02:00:00+00:00");
        assert_eq!(next("2026-11-26T02:00:00Z"), "2026-11-27T02:00:00+00:00");
    }
}
