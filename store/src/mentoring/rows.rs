//! Rows of programmes, rounds and questions as domain values.

use std::collections::HashMap;

use domain::{
    Actor, Instant, RoundId, Slug,
    members::Named,
    mentoring::{
        MatchingRules, ProgrammeDetails, Question, QuestionOption, RoundDetails, RoundState, SignUpRole,
        SignUpState, SignUpWindow, Weights,
    },
};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use uuid::Uuid;

use crate::{
    StoreError,
    entities::{
        group, mentoring_option, mentoring_programme, mentoring_question, mentoring_round, mentoring_sign_up,
    },
};

/// A programme in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgrammeCard {
    /// Slug of its page.
    pub slug: Slug,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// The group whose members may sign up. All members may when it is `None`.
    pub group: Option<Named>,
}

/// A round in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundCard {
    /// Its id.
    pub id: RoundId,
    /// Slug of its page.
    pub slug: Slug,
    /// Its programme.
    pub programme: Named,
    /// What a coordinator entered.
    pub details: RoundDetails,
    /// Where it is.
    pub state: RoundState,
    /// Whether members can sign up now.
    pub window: SignUpWindow,
    /// The reader's sign-ups.
    pub mine: Vec<(SignUpRole, SignUpState)>,
}

pub(super) fn corrupt(what: &str, id: Uuid) -> StoreError {
    StoreError::Corrupt(format!("mentoring {id}: unreadable {what}"))
}

pub(super) fn slug(text: &str, id: Uuid) -> Result<Slug, StoreError> {
    Slug::parse(text).ok_or_else(|| corrupt("slug", id))
}

/// Programmes with the names of their groups, in the order of the rows.
pub(super) async fn programme_cards(
    db: &impl ConnectionTrait,
    rows: Vec<mentoring_programme::Model>,
) -> Result<Vec<ProgrammeCard>, StoreError> {
    let groups: Vec<Uuid> = rows.iter().filter_map(|row| row.group_id).collect();
    // Whoever sees a programme sees the name of its group.
    let groups = match groups.is_empty() {
        true => Vec::new(),
        false => group::Entity::find().filter(group::Column::Id.is_in(groups)).all(db).await?,
    };
    let named = |id: Uuid| {
        let group = groups.iter().find(|group| group.id == id)?;
        Some(Named { slug: Slug::parse(&group.slug)?, name: group.name.clone() })
    };
    let card = |row: mentoring_programme::Model| {
        Ok(ProgrammeCard {
            slug: slug(&row.slug, row.id)?,
            name: row.name,
            purpose: row.purpose,
            group: row.group_id.and_then(named),
        })
    };
    rows.into_iter().map(card).collect()
}

/// The details of a programme as the form edits them.
pub(super) fn details(
    row: &mentoring_programme::Model,
    group: Option<Slug>,
    questions: Vec<Question>,
) -> Result<ProgrammeDetails, StoreError> {
    Ok(ProgrammeDetails {
        name: row.name.clone(),
        purpose: row.purpose.clone(),
        group,
        rules: rules(row)?,
        load: row.load,
        cool_down: row.cool_down_rounds,
        questions,
    })
}

/// How a programme scores pairs.
pub(super) fn rules(row: &mentoring_programme::Model) -> Result<MatchingRules, StoreError> {
    let weight = |number: i32| u16::try_from(number).map_err(|_| corrupt("weight", row.id));
    let gap = |number: Option<i32>| number.map(i8::try_from).transpose().map_err(|_| corrupt("gap", row.id));
    Ok(MatchingRules {
        weights: Weights {
            topics: weight(row.topics_weight)?,
            answers: weight(row.answers_weight)?,
            wishes: weight(row.wishes_weight)?,
            hours: weight(row.hours_weight)?,
            seniority: weight(row.seniority_weight)?,
            language: weight(row.language_weight)?,
            variety: weight(row.variety_weight)?,
        },
        min_overlap_hours: u8::try_from(row.min_overlap_hours).map_err(|_| corrupt("overlap", row.id))?,
        min_seniority_gap: gap(row.min_seniority_gap)?,
        max_seniority_gap: gap(row.max_seniority_gap)?,
        same_team_allowed: row.same_team_allowed,
    })
}

/// The questions of a programme that are asked, with their options.
pub(super) async fn questions(
    db: &impl ConnectionTrait,
    programme: Uuid,
) -> Result<Vec<Question>, StoreError> {
    let rows = mentoring_question::Entity::find()
        .filter(mentoring_question::Column::ProgrammeId.eq(programme))
        .filter(mentoring_question::Column::RetiredAt.is_null())
        .order_by_asc(mentoring_question::Column::Position)
        .all(db)
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let options = mentoring_option::Entity::find()
        .filter(mentoring_option::Column::QuestionId.is_in(rows.iter().map(|row| row.id)))
        .order_by_asc(mentoring_option::Column::Position)
        .all(db)
        .await?;
    let mut of: HashMap<Uuid, Vec<QuestionOption>> = HashMap::new();
    for row in options {
        of.entry(row.question_id).or_default().push(QuestionOption { id: Some(row.id), text: row.text });
    }
    let question = |row: mentoring_question::Model| Question {
        id: Some(row.id),
        mentee_text: row.mentee_text,
        mentor_text: row.mentor_text,
        options: of.remove(&row.id).unwrap_or_default(),
    };
    Ok(rows.into_iter().map(question).collect())
}

/// The state of a round.
pub(super) fn round_state(row: &mentoring_round::Model) -> Result<RoundState, StoreError> {
    row.state.parse().map_err(|()| corrupt("state", row.id))
}

/// Whether members can sign up for a round now.
pub(super) fn window(row: &mentoring_round::Model, now: Instant) -> Result<SignUpWindow, StoreError> {
    Ok(SignUpWindow::of(round_state(row)?, row.sign_up_closes_at, now))
}

/// The details of a round as the form edits them.
pub(super) fn round_details(row: &mentoring_round::Model) -> RoundDetails {
    RoundDetails {
        name: row.name.clone(),
        closes_at: row.sign_up_closes_at,
        starts_on: row.starts_on,
        ends_on: row.ends_on,
    }
}

/// Rounds with their programmes and the actor's sign-ups, in the order of the rows.
pub(super) async fn round_cards(
    db: &impl ConnectionTrait,
    actor: &Actor,
    rows: Vec<mentoring_round::Model>,
    now: Instant,
) -> Result<Vec<RoundCard>, StoreError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let programmes = mentoring_programme::Entity::find()
        .filter(mentoring_programme::Column::Id.is_in(rows.iter().map(|row| row.programme_id)))
        .all(db)
        .await?;
    let mine = match actor.member() {
        None => Vec::new(),
        Some(me) => {
            mentoring_sign_up::Entity::find()
                .filter(mentoring_sign_up::Column::MemberId.eq(me.0))
                .filter(mentoring_sign_up::Column::RoundId.is_in(rows.iter().map(|row| row.id)))
                .order_by_asc(mentoring_sign_up::Column::Role)
                .all(db)
                .await?
        }
    };
    let card = |row: mentoring_round::Model| {
        let programme = programmes.iter().find(|programme| programme.id == row.programme_id);
        let programme = programme.ok_or_else(|| corrupt("programme", row.id))?;
        let own = mine.iter().filter(|own| own.round_id == row.id);
        let own = own.filter_map(|own| Some((own.role.parse().ok()?, own.state.parse().ok()?)));
        Ok(RoundCard {
            id: RoundId(row.id),
            slug: slug(&row.slug, row.id)?,
            programme: Named { slug: slug(&programme.slug, programme.id)?, name: programme.name.clone() },
            details: round_details(&row),
            state: round_state(&row)?,
            window: window(&row, now)?,
            mine: own.collect(),
        })
    };
    rows.into_iter().map(card).collect()
}
