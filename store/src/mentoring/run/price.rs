//! Checks the pairs that the limit on candidates left out of a draft, after the draft is there. Either none of
//! them would make it better, which proves that the limit cost nothing, or they become candidates of another
//! run.

use std::time::{Duration, Instant};

use domain::{
    Actor,
    mentoring::{Prices, Pricing, PricingState, RunOrder, RunState, price},
    policy::{
        mentoring::{CoordinateRound, ProgrammeRelation},
        permit,
    },
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QuerySelect as _,
};
use serde_json::Value;
use uuid::Uuid;

use super::{
    input::{Input, load},
    rounds::{by_id, locked_by_id},
    solve::{Prepared, Unsolved, prepare},
    start,
};
use crate::{
    Store, StoreError,
    entities::mentoring_run,
    jobs::{self, Job, Next},
    write::Tx,
};

/// The kind of job that checks the pairs which a draft left out.
pub(crate) const MENTORING_PRICING: &str = "mentoring_pricing";
/// How long the check may take.
const TIME_LIMIT: Duration = Duration::from_secs(60);
/// How many pairs a round can have in addition to its usual candidates. They are stored with the run.
const MAX_ADDED: usize = 20_000;
/// How many runs follow a draft by themselves, one after the other.
const MAX_FOLLOWING: i32 = 5;
/// How long a result that needs a run waits while another run works.
const WAIT: chrono::Duration = chrono::Duration::seconds(30);

/// What the check of a draft found.
enum Checked {
    Complete,
    /// All pairs that are candidates in addition to the usual ones, as ids of sign-ups.
    Missing(Vec<(Uuid, Uuid)>),
    Stopped,
}

/// Checks the draft of a job's run. A draft that is not the newest state of its round any more is left alone.
pub(crate) async fn run_pricing(store: Store, job: Job) -> Result<Next, StoreError> {
    let run = mentoring_run::Entity::find_by_id(job.subject()?).one(store.db()).await?;
    let is_open = |run: &mentoring_run::Model| run.state == RunState::Draft.name() && run.pricing.is_none();
    let Some(run) = run.filter(is_open) else { return Ok(Next::Done) };
    let rounds = by_id(store.db(), run.round_id).await?;
    let order = run.run_order.parse().unwrap_or(RunOrder::Cost);
    let mut input = load(store.db(), &rounds, order, run.number, store.now()).await?;
    // Nothing can be said about an outdated draft.
    if run.input_digest.as_deref() != Some(&input.digest) {
        let args = (job, run.id, run.round_id, (PricingState::Stopped, None));
        let save =
            store.write(args, |tx, (job, run, round, result)| Box::pin(save(tx, job, *run, *round, result)));
        return save.await;
    }
    input.add(run.added_pairs.as_deref())?;
    let (stop, progress, started) = (job.stop.clone(), job.progress.clone(), Instant::now());
    let seed = run.seed;
    let found = jobs::compute(move || {
        check(&input, seed, |done, of| {
            progress.report(done, of);
            !stop.is_set() && started.elapsed() < TIME_LIMIT
        })
    });
    let found = found.await?.map_err(|error| StoreError::Corrupt(format!("{error:?}")))?;
    if job.stop.is_set() {
        return Ok(Next::At(store.now()));
    }
    let result = match found {
        Checked::Complete => (PricingState::Complete, None),
        Checked::Missing(pairs) => (PricingState::Improved, Some(serde_json::to_string(&pairs)?)),
        Checked::Stopped => (PricingState::Stopped, None),
    };
    let args = (job, run.id, run.round_id, result);
    store.write(args, |tx, (job, run, round, result)| Box::pin(save(tx, job, *run, *round, result))).await
}

async fn save(
    tx: &Tx,
    job: &Job,
    run: Uuid,
    round: Uuid,
    (state, added): &(PricingState, Option<String>),
) -> Result<Next, StoreError> {
    jobs::checkpoint(tx, job, &Value::Null, 0, None).await?;
    let rounds = locked_by_id(tx, round).await?;
    let row = mentoring_run::Entity::find_by_id(run).lock_exclusive().one(tx.db()).await?;
    let Some(row) = row.filter(|row| row.state == RunState::Draft.name()) else { return Ok(Next::Done) };
    let mut state = *state;
    if added.is_some() && !may_follow(tx, &row).await? {
        state = PricingState::Stopped;
    } else if added.is_some() {
        // Nobody asked for this run, so it is the portal's own.
        let permit = permit(&Actor::Operator, CoordinateRound, ProgrammeRelation::Other)?;
        match start::insert(tx, &permit, &rounds, Value::Null, added.clone()).await {
            Ok(_) => {}
            Err(StoreError::Refused(domain::Refusal::RunGoing)) => return Ok(Next::At(tx.now() + WAIT)),
            // The round was opened again or cancelled, so nobody needs a better draft.
            Err(StoreError::Refused(_)) => state = PricingState::Stopped,
            Err(error) => return Err(error),
        }
    }
    let change = mentoring_run::ActiveModel {
        id: Set(run),
        pricing: Set(Some(state.name().to_owned())),
        ..Default::default()
    };
    change.update(tx.db()).await?;
    Ok(Next::Done)
}

/// Whether another run may follow this draft by itself. None follows the run of a night, and not more than
/// [`MAX_FOLLOWING`] follow each other.
async fn may_follow(tx: &Tx, run: &mentoring_run::Model) -> Result<bool, StoreError> {
    let is_nightly = run.started_by_id.is_none() && run.added_pairs.is_none();
    let following = mentoring_run::Entity::find()
        .filter(mentoring_run::Column::RoundId.eq(run.round_id))
        .filter(mentoring_run::Column::Number.gt(run.number - MAX_FOLLOWING))
        .filter(mentoring_run::Column::Number.lte(run.number))
        .filter(mentoring_run::Column::AddedPairs.is_not_null())
        .count(tx.db());
    Ok(!is_nightly && following.await? < MAX_FOLLOWING as u64)
}

/// Solves the input again, which gives the draft and its prices, and prices the pairs that were left out.
fn check(input: &Input, seed: i64, keep_going: impl Fn(u32, u32) -> bool) -> Result<Checked, Unsolved> {
    let prepared = match prepare(input, seed, || keep_going(0, 1)) {
        Err(Unsolved::Stopped) => return Ok(Checked::Stopped),
        prepared => prepared?,
    };
    let missing = match missing(input, prepared, |done, of| {
        keep_going(u32::try_from(done).unwrap_or(u32::MAX), u32::try_from(of).unwrap_or(u32::MAX))
    })? {
        Pricing::Complete => return Ok(Checked::Complete),
        Pricing::Stopped => return Ok(Checked::Stopped),
        Pricing::Missing(missing) => missing,
    };
    if missing.len() + input.added.len() > MAX_ADDED {
        return Ok(Checked::Stopped);
    }
    let new = missing.iter().map(|it| (it.mentee, it.mentor));
    Ok(Checked::Missing(input.added.iter().copied().chain(new).map(|pair| input.ids(pair)).collect()))
}

/// Prices the pairs that the candidates leave out.
pub(super) fn missing(
    input: &Input,
    Prepared { pool, candidates, draft, .. }: Prepared,
    keep_going: impl FnMut(usize, usize) -> bool,
) -> Result<Pricing, Unsolved> {
    let wrong = |why: &str| Unsolved::Wrong(why.to_owned());
    let (classes, pins) = (draft.classes.clone(), draft.pins.clone());
    let instance = draft.check().map_err(|error| Unsolved::Wrong(error.to_string()))?;
    let matching = matching::solve(&instance);
    let proof = matching.certificate.as_ref().ok_or_else(|| wrong("no certificate"))?;
    let [weight, bonus] = proof.weights;
    let mut pays: Vec<Option<i128>> =
        classes.iter().map(|class| Some(proof.multipliers[usize::from(*class)])).collect();
    for &(mentee, mentor) in &matching.pairs {
        let miss = 1000 - i128::from(pool.parts(mentee, mentor).total());
        let kept = if input.kept.binary_search(&(mentee, mentor)).is_ok() { bonus } else { 0 };
        pays[mentee as usize] = Some(miss * miss * weight - kept + proof.prices[mentor as usize]);
    }
    // A pinned mentee has no other choice.
    pins.iter().for_each(|pin| pays[pin.0 as usize] = None);
    let prices = Prices {
        weight,
        mentors: &proof.prices,
        mentees: &pays,
        deficient: [&proof.deficient, &proof.deficient_class0],
        bans: &input.bans,
    };
    Ok(price(&pool, &candidates, &prices, keep_going))
}

#[cfg(test)]
mod tests {
    use domain::mentoring::{Calendar, LocalWeek, MatchingRules, Mentee, Mentor, Person, PoolInput};

    use super::{
        super::solve::{Solved, solve},
        *,
    };

    /// A round in which everybody could have everybody, but where nobody has more candidates than the limit.
    fn round(people: u32, limit: usize) -> Input {
        let person = |member: u32| Person {
            member: u128::from(member) * 0x9e37_79b9_7f4a_7c15,
            zone: domain::Zone::UTC,
            week: LocalWeek::from_hours([18, 19, 20, 21]),
            languages: 1,
            seniority: None,
            disciplines: 0,
            team: None,
            line: (member, member),
            answers: [0; 8],
            out: None,
        };
        let day = |text: &str| text.parse().unwrap();
        let id = |number: u32| Uuid::from_u128(u128::from(number));
        // One mentor teaches best, so that everybody's best candidate is the same.
        let confidence = |mentor: u32| if mentor == people { 3 } else { 1 };
        Input {
            pool: PoolInput {
                rules: MatchingRules::default(),
                calendar: Calendar::new(day("2027-02-01"), day("2027-07-31"), [domain::Zone::UTC]),
                mentees: (0..people).map(|at| Mentee { person: person(at), topics: vec![0] }).collect(),
                mentors: (people..2 * people)
                    .map(|at| Mentor { person: person(at), topics: vec![(0, confidence(at))], places: 1 })
                    .collect(),
                facts: Vec::new(),
            },
            mentees: (0..people).map(id).collect(),
            mentors: (people..2 * people).map(id).collect(),
            first: (0..people).map(|at| at % 3 == 0).collect(),
            aside: Vec::new(),
            kept: Vec::new(),
            pins: Vec::new(),
            bans: Vec::new(),
            limit,
            added: Vec::new(),
            topics: vec!["Rust".to_owned()],
            load: 2500,
            order: RunOrder::Cost,
            digest: String::new(),
        }
    }

    fn solved(input: &Input) -> Solved {
        solve(input, 1, |_| {}, || true).unwrap()
    }

    /// Adds what the check finds, as the runs after it do, until nothing is missing. Returns how often it added
    /// pairs.
    fn complete(input: &mut Input) -> u32 {
        for times in 0..20 {
            match check(input, 1, |_, _| true).unwrap() {
                Checked::Missing(pairs) => input.add(Some(&serde_json::to_string(&pairs).unwrap())).unwrap(),
                Checked::Complete => return times,
                Checked::Stopped => panic!("nobody stopped it"),
            }
        }
        panic!("it does not end");
    }

    #[test]
    fn pairs_that_the_limit_left_out_are_found_until_the_result_is_that_without_a_limit() {
        let best = solved(&round(12, 20));
        let mut limited = round(12, 1);
        let before = solved(&limited);
        assert!(before.figures.shown.matched < best.figures.shown.matched);
        assert!(complete(&mut limited) > 0);
        let after = solved(&limited);
        assert_eq!(after.figures.shown.matched, best.figures.shown.matched);
        assert_eq!(after.figures.cost, best.figures.cost);
        // Control: where the limit leaves nobody out, nothing is missing.
        assert_eq!(complete(&mut round(12, 20)), 0);
    }

    #[test]
    fn a_check_that_takes_too_long_says_so() {
        assert!(matches!(check(&round(3, 20), 1, |_, _| false), Ok(Checked::Stopped)));
    }
}
