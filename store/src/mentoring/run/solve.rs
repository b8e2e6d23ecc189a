//! The computing part of a run: candidates, solving, verifying and explaining. No database and no clock.

use std::collections::{BTreeSet, HashMap};

use domain::mentoring::{
    Candidate, Exclusion, MenteeParts, Pool, RunFigures, RunOrder, RunStage, ShownFigures, UnmatchedReason,
    candidates, tenth_percentile,
};
use matching::{Instance, Matching};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{digest::Fold, input::Input};

/// A pair of a draft.
pub(super) struct SolvedPair {
    pub(super) mentee: Uuid,
    pub(super) mentor: Uuid,
    pub(super) parts: MenteeParts,
    pub(super) half_hours: u32,
    pub(super) is_kept: bool,
    pub(super) is_pinned: bool,
}

/// The result of a run.
pub(super) struct Solved {
    pub(super) pairs: Vec<SolvedPair>,
    pub(super) unmatched: Vec<(Uuid, UnmatchedReason)>,
    pub(super) figures: RunFigures,
    pub(super) certificate: String,
    pub(super) instance_digest: String,
}

/// Why there is no result.
#[derive(Debug)]
pub(super) enum Unsolved {
    /// It was asked to stop.
    Stopped,
    /// The input is broken, or the certificate is wrong. For the log.
    Wrong(String),
}

/// An input that is ready for the solver.
pub(super) struct Prepared {
    pub(super) pool: Pool,
    pub(super) candidates: Vec<Candidate>,
    pub(super) draft: matching::Draft,
    has_pins_left_out: bool,
}

/// Scores the input, and finds the candidate pairs.
pub(super) fn prepare(
    input: &Input,
    seed: i64,
    mut keep_going: impl FnMut() -> bool,
) -> Result<Prepared, Unsolved> {
    let pool = Pool::new(&input.pool).map_err(|error| Unsolved::Wrong(format!("{error:?}")))?;
    let mut found = candidates(&pool, input.limit, |_, _| keep_going()).ok_or(Unsolved::Stopped)?;
    add_candidates(&pool, &input.added, &mut found);
    let mut places = pool.free_places();
    let (pins, has_pins_left_out) = possible_pins(input, &pool, &places);
    // A mentor without a free place is in no pair, so the solver does not need to know the pairs.
    let candidate = |it: &Candidate| matching::Candidate {
        mentee: it.mentee,
        mentor: it.mentor,
        score: it.score,
        ranks: None,
    };
    places.resize(pool.mentor_count(), 0);
    let draft = matching::Draft {
        classes: input.first.iter().map(|first| u8::from(!first)).collect(),
        places,
        candidates: found.iter().map(candidate).collect(),
        kept: input.kept.clone(),
        bans: input.bans.clone(),
        pins,
        options: matching::Options {
            load: input.load,
            // The same bits. The database has no unsigned integers.
            seed: u64::from_le_bytes(seed.to_le_bytes()),
            order: match input.order {
                RunOrder::Cost => matching::Order::Cost,
                RunOrder::Kept => matching::Order::Kept,
            },
            ..matching::Options::default()
        },
    };
    Ok(Prepared { pool, candidates: found, draft, has_pins_left_out })
}

/// Adds pairs to sorted candidates, unless they are there already or a rule excludes them by now.
fn add_candidates(pool: &Pool, added: &[(u32, u32)], found: &mut Vec<Candidate>) {
    let is_known = |pair: &(u32, u32)| found.binary_search_by_key(pair, |it| (it.mentee, it.mentor)).is_ok();
    let new = added.iter().filter(|pair| !is_known(pair) && pool.exclusion(pair.0, pair.1).is_none());
    let candidate = |&(mentee, mentor): &(u32, u32)| {
        let parts = pool.parts(mentee, mentor);
        Candidate { mentee, mentor, score: parts.total(), shown: parts.shown().total(), is_best: false }
    };
    let new: Vec<Candidate> = new.map(candidate).collect();
    found.extend(new);
    found.sort_unstable();
}

/// The pins that no rule excludes and that have a place, and whether there are others.
fn possible_pins(input: &Input, pool: &Pool, places: &[u32]) -> (Vec<(u32, u32)>, bool) {
    let mut left = places.to_vec();
    let (mut pins, mut last) = (Vec::new(), None);
    for &(mentee, mentor) in &input.pins {
        let is_possible = last != Some(mentee)
            && left[mentor as usize] > 0
            && input.bans.binary_search(&(mentee, mentor)).is_err()
            && pool.exclusion(mentee, mentor).is_none();
        if is_possible {
            left[mentor as usize] -= 1;
            last = Some(mentee);
            pins.push((mentee, mentor));
        }
    }
    let has_left_out = pins.len() < input.pins.len();
    (pins, has_left_out)
}

/// Solves an input from start to end. `stage` is told what it does, and `keep_going` stops it by returning false.
pub(super) fn solve(
    input: &Input,
    seed: i64,
    stage: impl Fn(RunStage),
    keep_going: impl Fn() -> bool,
) -> Result<Solved, Unsolved> {
    let stopped = || if keep_going() { Ok(()) } else { Err(Unsolved::Stopped) };
    stage(RunStage::Candidates);
    let Prepared { pool, candidates, draft, has_pins_left_out } = prepare(input, seed, &keep_going)?;
    stopped()?;
    stage(RunStage::Solving);
    let instance_digest = digest_of(&draft);
    let pins = draft.pins.clone();
    let instance = draft.check().map_err(|error| Unsolved::Wrong(error.to_string()))?;
    let matching = matching::solve(&instance);
    stopped()?;
    stage(RunStage::Verifying);
    matching::verify(&instance, &matching).map_err(|error| Unsolved::Wrong(error.to_string()))?;
    stopped()?;
    let pairs: Vec<SolvedPair> = matching
        .pairs
        .iter()
        .map(|&pair| {
            let (mentee, mentor) = input.ids(pair);
            SolvedPair {
                mentee,
                mentor,
                parts: pool.parts(pair.0, pair.1).for_mentee(),
                half_hours: pool.overlap_half_hours(pair.0, pair.1),
                is_kept: input.kept.binary_search(&pair).is_ok(),
                is_pinned: pins.binary_search(&pair).is_ok(),
            }
        })
        .collect();
    let known = Known { input, pool: &pool, instance: &instance, candidates: &candidates };
    let teachers = teachers(input);
    let unmatched = reasons(known, &teachers, &matching);
    let mut figures = figures(known, &teachers, &matching, &pairs);
    figures.shown.blocking = shown_blocking(input, &pool, &candidates, &matching);
    figures.shown.has_pins_left_out = has_pins_left_out;
    Ok(Solved { pairs, unmatched, figures, certificate: certificate_text(&matching), instance_digest })
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// What a run knows about its people.
#[derive(Clone, Copy)]
struct Known<'a> {
    input: &'a Input,
    pool: &'a Pool,
    instance: &'a Instance,
    candidates: &'a [Candidate],
}

impl Known<'_> {
    /// Whether these mentees compete for the same places as if nobody had a wish and nothing private excluded
    /// anybody. Otherwise their numbers would tell about wishes and blocks.
    fn is_public(&self, teachers: &[Vec<u32>], mentees: &[u32]) -> bool {
        let is_best = |pair: &matching::Pair| {
            let at = self
                .candidates
                .binary_search_by_key(&(pair.mentee, pair.mentor), |it| (it.mentee, it.mentor));
            at.is_ok_and(|at| self.candidates[at].is_best)
        };
        mentees.iter().all(|&mentee| {
            let open: BTreeSet<u32> = self
                .instance
                .pairs_of(mentee)
                .iter()
                .filter(|pair| pair.open)
                .map(|pair| pair.mentor)
                .collect();
            let taught = taught(self.input, teachers, mentee);
            taught.len() <= MAX_LOOKED_AT
                && self.instance.pairs_of(mentee).iter().filter(|pair| pair.open).all(is_best)
                && taught.iter().all(|mentor| {
                    open.contains(mentor) || self.pool.public_exclusion(mentee, *mentor).is_some()
                })
        })
    }
}

fn figures(known: Known<'_>, teachers: &[Vec<u32>], matching: &Matching, pairs: &[SolvedPair]) -> RunFigures {
    let Known { input, pool, instance, .. } = known;
    let mut taken = vec![false; input.mentors.len()];
    matching.pairs.iter().for_each(|(_, mentor)| taken[*mentor as usize] = true);
    let totals = || pairs.iter().map(|pair| pair.parts.shown().total());
    let places = pool.free_places();
    let short: &[u32] = matching.certificate.as_ref().map_or(&[], |proof| &proof.deficient);
    let short = if known.is_public(teachers, short) { short } else { &[] };
    let mut reached = vec![false; input.mentors.len()];
    for pair in instance.pairs().iter().filter(|pair| pair.open) {
        if short.binary_search(&pair.mentee).is_ok() {
            reached[pair.mentor as usize] = true;
        }
    }
    let competed = places.iter().zip(&reached).filter(|(_, reached)| **reached).map(|(places, _)| places);
    let shown = ShownFigures {
        mentees: count(input.mentees.len() + input.aside.len()),
        mentors: count(input.mentors.len()),
        places: places.iter().sum(),
        matched: matching.matched,
        first: count(input.first.iter().filter(|first| **first).count()),
        matched_first: matching.matched_class0,
        tenth_percentile: tenth_percentile(totals()),
        lowest: totals().min(),
        blocking: 0,
        kept: matching.kept,
        mentors_free: count(
            taken.iter().zip(&places).filter(|(taken, places)| !**taken && **places > 0).count(),
        ),
        has_pins_left_out: false,
        competing: count(short.len()),
        competed_places: competed.sum(),
    };
    RunFigures {
        candidates: instance.pairs().len() as u64,
        cost: matching.cost.to_string(),
        blocking: matching.blocking,
        shown,
    }
}

/// The blocking pairs that coordinators see: those among the best in which both people would have more points
/// with each other, wishes left out. What coordinators decided themselves does not count.
fn shown_blocking(input: &Input, pool: &Pool, candidates: &[Candidate], matching: &Matching) -> u64 {
    let points = |(mentee, mentor): (u32, u32)| pool.parts(mentee, mentor).shown().total();
    let mut of_mentee = vec![None; pool.mentee_count()];
    let (mut free, mut lowest) = (pool.free_places(), vec![u16::MAX; pool.mentor_count()]);
    for &pair in &matching.pairs {
        let (mentee, mentor) = (pair.0 as usize, pair.1 as usize);
        of_mentee[mentee] = Some(points(pair));
        free[mentor] = free[mentor].saturating_sub(1);
        lowest[mentor] = lowest[mentor].min(points(pair));
    }
    let is_blocking = |it: &&Candidate| {
        let mentor = it.mentor as usize;
        it.is_best
            && input.bans.binary_search(&(it.mentee, it.mentor)).is_err()
            && of_mentee[it.mentee as usize].is_none_or(|points| it.shown > points)
            && (free[mentor] > 0 || it.shown > lowest[mentor])
    };
    candidates.iter().filter(is_blocking).count() as u64
}

/// Why each mentee without a mentor has none.
fn reasons(known: Known<'_>, teachers: &[Vec<u32>], matching: &Matching) -> Vec<(Uuid, UnmatchedReason)> {
    let Known { input, pool, instance, .. } = known;
    let mut all = input.aside.clone();
    // People who compete with each other get the same numbers, which are computed once. They get none if the
    // numbers would tell something private.
    let mut competitions: HashMap<u32, Option<(u32, u32)>> = HashMap::new();
    for mentee in 0..count(input.mentees.len()) {
        if matching.pairs.binary_search_by_key(&mentee, |pair| pair.0).is_ok() {
            continue;
        }
        // A wish for a mentor of other topics must not look like a competition.
        let asked = &input.pool.mentees[mentee as usize].topics;
        let is_taught = asked.iter().any(|topic| !teachers[usize::from(*topic)].is_empty());
        let topics: Vec<String> =
            asked.iter().map(|topic| input.topics[usize::from(*topic)].clone()).collect();
        if is_taught
            && !competitions.contains_key(&mentee)
            && let Some(shortage) =
                matching::explain(instance, matching, mentee).and_then(|explanation| explanation.shortage)
            && shortage.places > 0
        {
            let numbers = (count(shortage.mentees.len()), u32::try_from(shortage.places).unwrap_or(u32::MAX));
            let numbers = known.is_public(teachers, &shortage.mentees).then_some(numbers);
            competitions.extend(shortage.mentees.into_iter().map(|mentee| (mentee, numbers)));
        }
        let reason = match competitions.get(&mentee) {
            Some(&Some((people, places))) if is_taught => {
                UnmatchedReason::Competition { people, places, topics }
            }
            Some(_) | None => excluded(input, pool, teachers, mentee, topics),
        };
        all.push((input.mentees[mentee as usize], reason));
    }
    all.sort_by_key(|(id, _)| *id);
    all
}

/// The mentors who teach each topic.
fn teachers(input: &Input) -> Vec<Vec<u32>> {
    let mut teachers = vec![Vec::new(); input.topics.len()];
    for (mentor, row) in (0..).zip(&input.pool.mentors) {
        row.topics.iter().for_each(|(topic, _)| teachers[usize::from(*topic)].push(mentor));
    }
    teachers
}

/// The mentors who teach one of a mentee's topics. If there are too many, one more than [`MAX_LOOKED_AT`].
fn taught(input: &Input, teachers: &[Vec<u32>], mentee: u32) -> BTreeSet<u32> {
    let asked = &input.pool.mentees[mentee as usize].topics;
    let mut taught = BTreeSet::new();
    for mentor in asked.iter().flat_map(|topic| &teachers[usize::from(*topic)]) {
        if taught.len() > MAX_LOOKED_AT {
            break;
        }
        taught.insert(*mentor);
    }
    taught
}

/// How many mentors are looked at for one mentee, at most. So a large round takes no longer for each person
/// than a small one.
const MAX_LOOKED_AT: usize = 500;

/// Why a mentee has no candidate with a place, from the mentors who teach one of the topics. It looks only at
/// reasons that everybody knows. If one of these mentors has no such reason, something private or a
/// coordinator's decision is in the way, and the answer is the neutral one.
fn excluded(
    input: &Input,
    pool: &Pool,
    teachers: &[Vec<u32>],
    mentee: u32,
    topics: Vec<String>,
) -> UnmatchedReason {
    let asked = &input.pool.mentees[mentee as usize];
    let looked_at = taught(input, teachers, mentee);
    if looked_at.len() > MAX_LOOKED_AT {
        return UnmatchedReason::Several;
    }
    let mut by_reason: HashMap<Option<Exclusion>, u32> = HashMap::new();
    for mentor in looked_at {
        *by_reason.entry(pool.public_exclusion(mentee, mentor)).or_default() += 1;
    }
    by_reason.remove(&Some(Exclusion::Myself));
    let mentors: u32 = by_reason.values().sum();
    let only = |reasons: &[Exclusion]| {
        by_reason.keys().all(|reason| reason.is_some_and(|reason| reasons.contains(&reason)))
    };
    match mentors {
        0 => UnmatchedReason::NoTopic { topics },
        _ if only(&[Exclusion::Full, Exclusion::Paused, Exclusion::Suspended, Exclusion::NoConsent]) => {
            UnmatchedReason::Full { mentors, topics }
        }
        _ if only(&[Exclusion::Overlap]) => {
            UnmatchedReason::Hours { mentors, zone: asked.person.zone.name().to_owned() }
        }
        _ if only(&[Exclusion::Language]) => UnmatchedReason::Language { mentors },
        _ if only(&[Exclusion::SameTeam, Exclusion::ReportingLine, Exclusion::SeniorityGap]) => {
            UnmatchedReason::Rules { mentors }
        }
        _ => UnmatchedReason::Several,
    }
}

/// A digest of what the solver gets.
pub(super) fn digest_of(draft: &matching::Draft) -> String {
    let mut fold = Fold::new();
    fold.text(&format!("{:?}", draft.options));
    fold.bytes(&draft.classes);
    draft.places.iter().for_each(|places| fold.number(i128::from(*places)));
    for it in &draft.candidates {
        fold.number(i128::from(it.mentee) << 64 | i128::from(it.mentor) << 32 | i128::from(it.score));
    }
    for list in [&draft.kept, &draft.bans, &draft.pins] {
        fold.number(list.len() as i128);
        list.iter().for_each(|(mentee, mentor)| fold.number(i128::from(*mentee) << 32 | i128::from(*mentor)));
    }
    fold.finish()
}

/// The certificate as JSON. Numbers with 128 bits are texts.
fn certificate_text(matching: &Matching) -> String {
    let Some(proof) = &matching.certificate else { return Value::Null.to_string() };
    let texts = |numbers: &[i128]| numbers.iter().map(i128::to_string).collect::<Vec<_>>();
    json!({
        "weights": texts(&proof.weights),
        "prices": texts(&proof.prices),
        "multipliers": texts(&proof.multipliers),
        "deficient": proof.deficient,
        "deficient_class0": proof.deficient_class0,
    })
    .to_string()
}

/// Reads a certificate back. `None` if it is not one.
pub(super) fn read_certificate(text: &str) -> Option<matching::Certificate> {
    let json: Value = serde_json::from_str(text).ok()?;
    let texts = |name: &str| {
        let list = json.get(name)?.as_array()?;
        list.iter().map(|it| it.as_str()?.parse().ok()).collect::<Option<Vec<i128>>>()
    };
    let indexes = |name: &str| {
        let list = json.get(name)?.as_array()?;
        list.iter().map(|it| u32::try_from(it.as_u64()?).ok()).collect::<Option<Vec<u32>>>()
    };
    Some(matching::Certificate {
        weights: texts("weights")?.try_into().ok()?,
        prices: texts("prices")?,
        multipliers: texts("multipliers")?.try_into().ok()?,
        deficient: indexes("deficient")?,
        deficient_class0: indexes("deficient_class0")?,
    })
}

/// Checks a stored draft against the input once more: solves nothing, and only verifies.
pub(super) fn recheck(
    input: &Input,
    seed: i64,
    stored: &[(Uuid, Uuid)],
    figures: &RunFigures,
    certificate: &str,
) -> Result<(), Unsolved> {
    let Prepared { draft, .. } = prepare(input, seed, || true)?;
    let wrong = |what: &str| Unsolved::Wrong(what.to_owned());
    let index_of = |list: &[Uuid], id: &Uuid| list.binary_search(id).ok().map(count);
    let mut pairs = Vec::with_capacity(stored.len());
    for (mentee, mentor) in stored {
        let pair = index_of(&input.mentees, mentee).zip(index_of(&input.mentors, mentor));
        pairs.push(pair.ok_or_else(|| wrong("a pair of people who are not in the round"))?);
    }
    pairs.sort_unstable();
    let instance = draft.check().map_err(|error| Unsolved::Wrong(error.to_string()))?;
    let matching = Matching {
        pairs,
        matched: figures.shown.matched,
        matched_class0: figures.shown.matched_first,
        cost: figures.cost.parse().map_err(|_| wrong("the cost is not a number"))?,
        kept: figures.shown.kept,
        blocking: figures.blocking,
        certificate: read_certificate(certificate),
    };
    matching::verify(&instance, &matching).map_err(|error| Unsolved::Wrong(error.to_string()))
}
