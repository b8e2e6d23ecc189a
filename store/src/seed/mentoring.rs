//! The demo's mentoring programme, with a round at each stage: sign-up is open, there is a draft, proposals were
//! sent. The rows of sign-ups are inserted directly. The runs, the publication and the answers are verbs.

use std::collections::HashMap;

use chrono::{Duration, NaiveDate};
use domain::{
    Instant, RunId, Slug,
    mentoring::{
        Answer, LocalWeek, MatchingRules, PreferenceKind, ProposalState, RoundState, SignUpRole, SignUpState,
    },
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
    QueryOrder as _,
};
use uuid::Uuid;

use super::{
    People, actor_of,
    mentoring_people::{COORDINATORS, MATCHED, OPEN, PUBLISHED, QUESTIONS, SERVED, SignUp, more},
};
use crate::{
    Store, StoreError,
    entities::{
        job, member, mentoring_answer, mentoring_coordinator, mentoring_option, mentoring_preference,
        mentoring_programme, mentoring_proposal, mentoring_question, mentoring_round, mentoring_run,
        mentoring_sign_up, mentoring_sign_up_language, mentoring_sign_up_topic, topic,
    },
    mentoring::{proposals, run},
    secrets::new_id,
    speed_rounds,
    write::Tx,
};

const PROGRAMME: &str = "DevSecOps mentoring";
const PURPOSE: &str = "Three months with somebody who has done it before. Meet every two weeks, work on one goal, \
                       and stop when it is reached.";
/// The seed of each round's runs.
const SEED: i64 = 2026;

/// A round of the demo: its number, its state, and days from today.
struct Round {
    number: u8,
    state: RoundState,
    closes: i64,
    starts: i64,
    sign_ups: &'static [SignUp],
}

const ROUNDS: [Round; 3] = [
    Round { number: 1, state: RoundState::Closed, closes: -9, starts: 4, sign_ups: PUBLISHED },
    Round { number: 2, state: RoundState::Closed, closes: -1, starts: 25, sign_ups: MATCHED },
    Round { number: 3, state: RoundState::Open, closes: 45, starts: 60, sign_ups: OPEN },
];

fn slug(number: u8) -> Result<Slug, StoreError> {
    let slug = Slug::parse(&format!("devsecops-mentoring-round-{number}"));
    slug.ok_or_else(|| StoreError::Corrupt("the demo has an unreadable slug".into()))
}

/// Adds the programme and its rounds. `open` leaves some proposals without an answer, for people who try the demo.
/// Tests start without any, so that no reminder falls due in them.
pub(super) async fn add_mentoring(store: &Store, actors: &People, open: bool) -> Result<(), StoreError> {
    let members = actors.iter().filter_map(|(key, actor)| Some(((*key).to_owned(), actor.member()?.0)));
    let members: HashMap<String, Uuid> = members.collect();
    let then = store.at(store.now() - Duration::days(30));
    then.write((members, open), |tx, (members, open)| Box::pin(rows(tx, members, *open))).await?;
    let coordinator = actor_of(actors, COORDINATORS[0])?;
    // The proposals of the first round are two days old.
    let then = store.at(store.now() - Duration::days(2));
    for (store, number) in [(&then, 1), (store, 2)] {
        let slug = slug(number)?;
        let run = run::start(store, &coordinator, &slug).await?;
        let row = mentoring_run::Entity::find()
            .filter(mentoring_run::Column::FinishedAt.is_null())
            .one(store.db())
            .await?
            .ok_or(StoreError::NotFound)?;
        run::execute(store, RunId(row.id), || false).await?;
        if number == 1 {
            run::publish(store, &coordinator, &slug, run).await?;
        }
    }
    answer(&store.at(store.now() - Duration::days(1)), open).await
}

/// Answers the proposals: the best pairs accept, one mentor declines, and if `open`, some wait.
async fn answer(store: &Store, open: bool) -> Result<(), StoreError> {
    let rows = mentoring_proposal::Entity::find()
        .filter(mentoring_proposal::Column::State.eq(ProposalState::Pending.name()))
        .order_by_desc(mentoring_proposal::Column::Score)
        .order_by_asc(mentoring_proposal::Column::MenteeId)
        .all(store.db())
        .await?;
    let of_mei: Vec<Uuid> = mentoring_sign_up::Entity::find()
        .find_also_related(member::Entity)
        .filter(member::Column::DemoKey.eq(SERVED.key))
        .all(store.db())
        .await?
        .into_iter()
        .map(|(sign_up, _)| sign_up.id)
        .collect();
    for (at, row) in rows.into_iter().filter(|row| !of_mei.contains(&row.mentee_id)).enumerate() {
        let id = domain::ProposalId(row.id);
        let answers: &[(SignUpRole, Answer)] = match at {
            0 | 1 => &[(SignUpRole::Mentee, Answer::Accept), (SignUpRole::Mentor, Answer::Accept)],
            2 => &[(SignUpRole::Mentor, Answer::Decline)],
            3 if open => &[(SignUpRole::Mentee, Answer::Accept)],
            4 if open => &[(SignUpRole::Mentor, Answer::Accept)],
            _ if open => &[],
            _ => &[(SignUpRole::Mentor, Answer::Accept), (SignUpRole::Mentee, Answer::Accept)],
        };
        for (side, answer) in answers {
            proposals::answer_by_link(store, id, *side, *answer).await?;
        }
    }
    Ok(())
}

/// Removes the jobs of the demo's runs and plans, which are done.
pub(super) async fn remove_jobs(tx: &Tx) -> Result<(), StoreError> {
    let kinds = [run::MENTORING_RUN, speed_rounds::SPEED_PLAN];
    job::Entity::delete_many().filter(job::Column::Kind.is_in(kinds)).exec(tx.db()).await?;
    Ok(())
}

async fn rows(tx: &Tx, members: &HashMap<String, Uuid>, open: bool) -> Result<(), StoreError> {
    let programme = programme(tx).await?;
    for key in COORDINATORS {
        let row = mentoring_coordinator::ActiveModel {
            programme_id: Set(programme),
            member_id: Set(member_of(members, key)?),
            added_at: Set(tx.now()),
        };
        row.insert(tx.db()).await?;
    }
    let questions = questions(tx, programme).await?;
    let topics: HashMap<String, Uuid> =
        topic::Entity::find().all(tx.db()).await?.into_iter().map(|row| (row.slug, row.id)).collect();
    let zones: HashMap<Uuid, String> =
        member::Entity::find().all(tx.db()).await?.into_iter().map(|row| (row.id, row.zone)).collect();
    let mut lists = Lists::default();
    for round in &ROUNDS {
        let id = insert_round(tx, programme, round).await?;
        let served = (open && round.number == 1).then_some(&SERVED);
        // The first round is published, and its proposals are part of the demo's story. The others are as large as real ones.
        let more = if open && round.number != 1 { more(round.number, round.sign_ups) } else { Vec::new() };
        for sign_up in round.sign_ups.iter().chain(served).chain(&more) {
            lists.add(tx.now(), id, sign_up, members, &topics, &zones, &questions)?;
        }
    }
    mentoring_sign_up::Entity::insert_many(lists.sign_ups).exec_without_returning(tx.db()).await?;
    mentoring_sign_up_topic::Entity::insert_many(lists.topics).exec_without_returning(tx.db()).await?;
    mentoring_sign_up_language::Entity::insert_many(lists.languages).exec_without_returning(tx.db()).await?;
    mentoring_answer::Entity::insert_many(lists.answers).exec_without_returning(tx.db()).await?;
    mentoring_preference::Entity::insert_many(lists.preferences).exec_without_returning(tx.db()).await?;
    Ok(())
}

fn member_of(members: &HashMap<String, Uuid>, key: &str) -> Result<Uuid, StoreError> {
    let id = members.get(key).copied();
    id.ok_or_else(|| StoreError::Corrupt(format!("the demo has no person with the key {key}")))
}

async fn programme(tx: &Tx) -> Result<Uuid, StoreError> {
    let weights = MatchingRules::default().weights;
    let row = mentoring_programme::ActiveModel {
        id: Set(new_id()),
        slug: Set("devsecops-mentoring".to_owned()),
        name: Set(PROGRAMME.to_owned()),
        purpose: Set(PURPOSE.to_owned()),
        group_id: Set(None),
        topics_weight: Set(i32::from(weights.topics)),
        answers_weight: Set(i32::from(weights.answers)),
        wishes_weight: Set(i32::from(weights.wishes)),
        hours_weight: Set(i32::from(weights.hours)),
        seniority_weight: Set(i32::from(weights.seniority)),
        language_weight: Set(i32::from(weights.language)),
        variety_weight: Set(i32::from(weights.variety)),
        min_overlap_hours: Set(1),
        min_seniority_gap: Set(None),
        max_seniority_gap: Set(None),
        same_team_allowed: Set(false),
        load: Set(2500),
        cool_down_rounds: Set(2),
        created_at: Set(tx.now()),
        archived_at: Set(None),
        version: Set(1),
        create_key: Set(None),
    };
    Ok(row.insert(tx.db()).await?.id)
}

/// The ids of the questions, each with those of its options.
async fn questions(tx: &Tx, programme: Uuid) -> Result<Vec<(Uuid, Vec<Uuid>)>, StoreError> {
    let mut all = Vec::with_capacity(QUESTIONS.len());
    for (position, (mentee, mentor, options)) in (0..).zip(QUESTIONS) {
        let question = mentoring_question::ActiveModel {
            id: Set(new_id()),
            programme_id: Set(programme),
            position: Set(position),
            mentee_text: Set(mentee.to_owned()),
            mentor_text: Set(mentor.to_owned()),
            retired_at: Set(None),
        };
        let question = question.insert(tx.db()).await?.id;
        let mut ids = Vec::with_capacity(options.len());
        for (position, text) in (0..).zip(options) {
            let option = mentoring_option::ActiveModel {
                id: Set(new_id()),
                question_id: Set(question),
                position: Set(position),
                text: Set(text.to_owned()),
            };
            ids.push(option.insert(tx.db()).await?.id);
        }
        all.push((question, ids));
    }
    Ok(all)
}

async fn insert_round(tx: &Tx, programme: Uuid, round: &Round) -> Result<Uuid, StoreError> {
    // The rows are written 30 days ago.
    let today = tx.now() + Duration::days(30);
    let day = |days: i64| -> NaiveDate { (today + Duration::days(days)).date_naive() };
    let row = mentoring_round::ActiveModel {
        id: Set(new_id()),
        slug: Set(slug(round.number)?.to_string()),
        programme_id: Set(programme),
        name: Set(format!("Round {}", round.number)),
        state: Set(round.state.name().to_owned()),
        sign_up_closes_at: Set(today + Duration::days(round.closes)),
        starts_on: Set(day(round.starts)),
        ends_on: Set(day(round.starts + 90)),
        seed: Set(SEED),
        review_sent_at: Set((round.state == RoundState::Closed).then_some(tx.now())),
        published_at: Set(None),
        rematch_at: Set(None),
        created_at: Set(tx.now()),
        version: Set(1),
        create_key: Set(None),
    };
    Ok(row.insert(tx.db()).await?.id)
}

/// The rows of all sign-ups.
#[derive(Default)]
struct Lists {
    sign_ups: Vec<mentoring_sign_up::ActiveModel>,
    topics: Vec<mentoring_sign_up_topic::ActiveModel>,
    languages: Vec<mentoring_sign_up_language::ActiveModel>,
    answers: Vec<mentoring_answer::ActiveModel>,
    preferences: Vec<mentoring_preference::ActiveModel>,
}

impl Lists {
    #[expect(clippy::too_many_arguments, reason = "each is a list that the rows refer to")]
    fn add(
        &mut self,
        now: Instant,
        round: Uuid,
        it: &SignUp,
        members: &HashMap<String, Uuid>,
        topics: &HashMap<String, Uuid>,
        zones: &HashMap<Uuid, String>,
        questions: &[(Uuid, Vec<Uuid>)],
    ) -> Result<(), StoreError> {
        let (id, member) = (new_id(), member_of(members, it.key)?);
        let is_mentor = it.role == SignUpRole::Mentor;
        let state = if it.is_draft { SignUpState::Draft } else { SignUpState::Submitted };
        let weekdays = (0..5_u8).flat_map(|day| {
            it.times.iter().flat_map(move |time| time.hours().map(move |hour| day * 24 + hour))
        });
        self.sign_ups.push(mentoring_sign_up::ActiveModel {
            id: Set(id),
            round_id: Set(round),
            member_id: Set(member),
            role: Set(it.role.name().to_owned()),
            state: Set(state.name().to_owned()),
            goal: Set(it.goal.to_owned()),
            places: Set(it.places),
            hours_a_month: Set(if is_mentor { 4 } else { 0 }),
            paused_until: Set(None),
            zone: Set(zones.get(&member).cloned().unwrap_or_default()),
            availability: Set(LocalWeek::from_hours(weekdays).to_string()),
            consented_at: Set((!it.is_draft).then_some(now)),
            submitted_at: Set((!it.is_draft).then_some(now)),
            updated_at: Set(now),
            is_first: Set(false),
            missed_proposals: Set(0),
            no_mentee_told_at: Set(None),
            version: Set(1),
        });
        for (position, slug) in (1..).zip(it.topics) {
            let topic = topics.get(*slug).copied();
            let topic = topic.ok_or_else(|| StoreError::Corrupt(format!("the demo has no topic {slug}")))?;
            self.topics.push(mentoring_sign_up_topic::ActiveModel {
                sign_up_id: Set(id),
                topic_id: Set(topic),
                position: Set(if is_mentor { 1 } else { position }),
                confidence: Set(if is_mentor { (4 - position).max(1) } else { 1 }),
            });
        }
        self.languages
            .push(mentoring_sign_up_language::ActiveModel { sign_up_id: Set(id), tag: Set("en".into()) });
        for (answer, (question, options)) in it.answers.iter().zip(questions) {
            self.answers.push(mentoring_answer::ActiveModel {
                sign_up_id: Set(id),
                question_id: Set(*question),
                option_id: Set(options[*answer]),
            });
        }
        for (position, key) in (1..).zip(it.wishes) {
            let kind = if is_mentor { PreferenceKind::WouldLike } else { PreferenceKind::Wish };
            self.preferences.push(mentoring_preference::ActiveModel {
                sign_up_id: Set(id),
                member_id: Set(member_of(members, key)?),
                kind: Set(kind.name().to_owned()),
                position: Set(if is_mentor { 0 } else { position }),
            });
        }
        Ok(())
    }
}
