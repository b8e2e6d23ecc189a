//! What matching knows about people besides their sign-up: their seniority, team, disciplines and managers, and
//! the languages and answers of their sign-ups.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use domain::{
    Zone,
    members::{Language, Seniority},
    mentoring::{Exclusion, LocalWeek, MAX_QUESTIONS, Person, language_set, reporting_lines},
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _,
};
use uuid::Uuid;

use super::{
    input::{SignUp, member_ids, numbered, numbers, sign_up_ids},
    packed::{self, Packed},
};
use crate::{
    StoreError,
    entities::{
        member_discipline, mentoring_answer, mentoring_option, mentoring_question, mentoring_round,
        mentoring_sign_up_language, profile,
    },
};

/// The most managers above somebody that are looked at.
const MAX_LEVELS: usize = 64;

pub(super) struct Traits {
    seniority: HashMap<Uuid, Seniority>,
    teams: HashMap<Uuid, u32>,
    disciplines: HashMap<Uuid, u128>,
    lines: HashMap<Uuid, (u32, u32)>,
    managers: HashMap<u128, u128>,
    in_round: HashSet<u128>,
    /// By sign-up.
    languages: HashMap<Uuid, u128>,
    /// By sign-up.
    answers: HashMap<Uuid, [u8; MAX_QUESTIONS]>,
}

/// Reads the traits of everybody in a round.
pub(super) async fn load(
    db: &impl ConnectionTrait,
    round: &mentoring_round::Model,
    rows: &[SignUp],
) -> Result<Traits, StoreError> {
    let query = profile::Entity::find()
        .filter(profile::Column::MemberId.in_subquery(member_ids(round.id)))
        .into_query();
    let columns = [profile::Column::MemberId, profile::Column::Seniority, profile::Column::TeamId];
    let profiles = Packed::read(db, query, columns).await?;
    let (mut seniority, mut team_ids) = (HashMap::new(), HashMap::new());
    for [member, level, team] in profiles.rows() {
        let member = packed::id(member)?;
        seniority.extend(level.parse().ok().map(|level: Seniority| (member, level)));
        if !team.is_empty() {
            team_ids.insert(member, packed::id(team)?);
        }
    }
    let team_numbers = numbered(team_ids.values().copied());
    let in_round: BTreeSet<Uuid> = rows.iter().map(|row| row.member).collect();
    let (lines, managers) = reporting(db, &in_round).await?;
    Ok(Traits {
        seniority,
        teams: team_ids.into_iter().map(|(member, team)| (member, team_numbers[&team])).collect(),
        disciplines: disciplines(db, round.id).await?,
        lines,
        managers,
        in_round: numbers(in_round),
        languages: languages(db, round.id).await?,
        answers: answers(db, round).await?,
    })
}

async fn disciplines(db: &impl ConnectionTrait, round: Uuid) -> Result<HashMap<Uuid, u128>, StoreError> {
    let query = member_discipline::Entity::find()
        .filter(member_discipline::Column::MemberId.in_subquery(member_ids(round)))
        .into_query();
    let columns = [member_discipline::Column::MemberId, member_discipline::Column::DisciplineId];
    let packed = Packed::read(db, query, columns).await?;
    let ids = |[member, discipline]: [&str; 2]| Ok((packed::id(member)?, packed::id(discipline)?));
    let rows: Vec<(Uuid, Uuid)> = packed.rows().map(ids).collect::<Result<_, StoreError>>()?;
    let index = numbered(rows.iter().map(|(_, discipline)| *discipline));
    let mut sets: HashMap<Uuid, u128> = HashMap::new();
    for (member, discipline) in rows {
        let bit = index.get(&discipline).and_then(|at| 1_u128.checked_shl(*at)).unwrap_or(0);
        *sets.entry(member).or_default() |= bit;
    }
    Ok(sets)
}

async fn languages(db: &impl ConnectionTrait, round: Uuid) -> Result<HashMap<Uuid, u128>, StoreError> {
    let query = mentoring_sign_up_language::Entity::find()
        .filter(mentoring_sign_up_language::Column::SignUpId.in_subquery(sign_up_ids(round)))
        .into_query();
    let columns = [mentoring_sign_up_language::Column::SignUpId, mentoring_sign_up_language::Column::Tag];
    let packed = Packed::read(db, query, columns).await?;
    let mut known: HashMap<&str, u128> = HashMap::new();
    let mut sets: HashMap<Uuid, u128> = HashMap::new();
    for [sign_up, tag] in packed.rows() {
        let set = *known.entry(tag).or_insert_with(|| language_set(tag.parse::<Language>()));
        *sets.entry(packed::id(sign_up)?).or_default() |= set;
    }
    Ok(sets)
}

/// The answers of each sign-up, as the number of the chosen option from 1.
async fn answers(
    db: &impl ConnectionTrait,
    round: &mentoring_round::Model,
) -> Result<HashMap<Uuid, [u8; MAX_QUESTIONS]>, StoreError> {
    let questions: Vec<Uuid> = mentoring_question::Entity::find()
        .select_only()
        .column(mentoring_question::Column::Id)
        .filter(mentoring_question::Column::ProgrammeId.eq(round.programme_id))
        .filter(mentoring_question::Column::RetiredAt.is_null())
        .order_by_asc(mentoring_question::Column::Position)
        .order_by_asc(mentoring_question::Column::Id)
        .limit(MAX_QUESTIONS as u64)
        .into_tuple()
        .all(db)
        .await?;
    let position: HashMap<Uuid, usize> = questions.iter().copied().zip(0..).collect();
    let options = mentoring_option::Entity::find()
        .filter(mentoring_option::Column::QuestionId.is_in(questions))
        .order_by_asc(mentoring_option::Column::Position)
        .order_by_asc(mentoring_option::Column::Id)
        .all(db)
        .await?;
    let mut numbers: HashMap<Uuid, u8> = HashMap::new();
    let mut next: HashMap<Uuid, u8> = HashMap::new();
    for option in options {
        let number = next.entry(option.question_id).or_default();
        *number = number.saturating_add(1);
        numbers.insert(option.id, *number);
    }
    let query = mentoring_answer::Entity::find()
        .filter(mentoring_answer::Column::SignUpId.in_subquery(sign_up_ids(round.id)))
        .into_query();
    let columns = [
        mentoring_answer::Column::SignUpId,
        mentoring_answer::Column::QuestionId,
        mentoring_answer::Column::OptionId,
    ];
    let mut answers: HashMap<Uuid, [u8; MAX_QUESTIONS]> = HashMap::new();
    for [sign_up, question, option] in Packed::read(db, query, columns).await?.rows() {
        let (question, option) = (packed::id(question)?, packed::id(option)?);
        if let (Some(at), Some(number)) = (position.get(&question), numbers.get(&option)) {
            answers.entry(packed::id(sign_up)?).or_default()[*at] = *number;
        }
    }
    Ok(answers)
}

/// The position of people in the organisation, and everybody's manager.
type Reporting = (HashMap<Uuid, (u32, u32)>, HashMap<u128, u128>);

async fn reporting(db: &impl ConnectionTrait, in_round: &BTreeSet<Uuid>) -> Result<Reporting, StoreError> {
    let query = profile::Entity::find().filter(profile::Column::ManagerId.is_not_null()).into_query();
    let columns = [profile::Column::MemberId, profile::Column::ManagerId];
    let packed = Packed::read(db, query, columns).await?;
    let ids = |[member, manager]: [&str; 2]| Ok((packed::id(member)?, packed::id(manager)?));
    let rows: Vec<(Uuid, Uuid)> = packed.rows().map(ids).collect::<Result<_, StoreError>>()?;
    let managed = rows.iter().flat_map(|(member, manager)| [*member, *manager]);
    let people: BTreeSet<Uuid> = in_round.iter().copied().chain(managed).collect();
    let index: BTreeMap<Uuid, usize> = people.iter().copied().zip(0..).collect();
    let mut managers = vec![None; people.len()];
    for (member, manager) in &rows {
        managers[index[member]] = index.get(manager).copied();
    }
    let lines = people.into_iter().zip(reporting_lines(&managers)).collect();
    Ok((lines, rows.iter().map(|(member, manager)| (member.as_u128(), manager.as_u128())).collect()))
}

impl Traits {
    pub(super) fn person(&self, row: &SignUp, zone: Zone, week: LocalWeek, out: Option<Exclusion>) -> Person {
        Person {
            member: row.member.as_u128(),
            zone,
            week,
            languages: self.languages.get(&row.id).copied().unwrap_or(0),
            seniority: self.seniority.get(&row.member).copied(),
            disciplines: self.disciplines.get(&row.member).copied().unwrap_or(0),
            team: self.teams.get(&row.member).copied(),
            line: self.lines.get(&row.member).copied().unwrap_or_default(),
            answers: self.answers.get(&row.id).copied().unwrap_or_default(),
            out,
        }
    }

    /// The managers above somebody, if they are in the round.
    pub(super) fn managers_in_round(&self, member: u128) -> impl Iterator<Item = u128> {
        std::iter::successors(self.managers.get(&member), |manager| self.managers.get(*manager))
            .take(MAX_LEVELS)
            .copied()
            .filter(|manager| self.in_round.contains(manager))
    }
}
