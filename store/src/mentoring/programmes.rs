//! Creating and editing programmes with their questions.

use domain::{
    Actor, Problem, Refusal, Slug,
    members::VisibleProfile,
    mentoring::{ProgrammeDetails, Question},
    policy::{
        NoRelation, Permit,
        mentoring::{CoordinateRound, CreateProgramme, EditProgramme, SaveQuestions},
        permit,
    },
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, sea_query::Expr,
};
use uuid::Uuid;

use super::{
    coordinators::save_coordinator,
    rows::{ProgrammeCard, RoundCard, details, programme_cards, questions, round_cards, slug as read_slug},
    visibility::{programmes_seen_by, relation, rounds_seen_by, seen_programme},
};
use crate::{
    Store, StoreError,
    audit::{self, Changes},
    entities::{
        mentoring_coordinator, mentoring_option, mentoring_programme, mentoring_question, mentoring_round,
    },
    groups,
    members::shown_briefly,
    secrets,
    write::{Tx, create_key, verb},
};

/// The page of a programme.
#[derive(Clone, Debug)]
pub struct ProgrammePage {
    /// Name, purpose and group.
    pub card: ProgrammeCard,
    /// What the form edits.
    pub details: ProgrammeDetails,
    /// Its version, for the form.
    pub version: i32,
    /// Its rounds, the newest first.
    pub rounds: Vec<RoundCard>,
    /// Its coordinators whose names the reader may see.
    pub coordinators: Vec<VisibleProfile>,
    /// Whether the reader can edit it and choose its coordinators.
    pub may_edit: bool,
    /// Whether the reader coordinates its rounds.
    pub may_coordinate: bool,
}

/// The page of a programme.
///
/// # Errors
/// `NotFound` for hidden and absent programmes.
pub async fn programme(store: &Store, actor: &Actor, slug: &Slug) -> Result<ProgrammePage, StoreError> {
    let row = seen_programme(store.db(), actor, slug).await?;
    let related = relation(store.db(), actor, row.id).await?;
    let rounds = mentoring_round::Entity::find()
        .filter(mentoring_round::Column::ProgrammeId.eq(row.id))
        .filter(rounds_seen_by(actor))
        .order_by_desc(mentoring_round::Column::StartsOn)
        .all(store.db())
        .await?;
    let coordinators: Vec<Uuid> = mentoring_coordinator::Entity::find()
        .select_only()
        .column(mentoring_coordinator::Column::MemberId)
        .filter(mentoring_coordinator::Column::ProgrammeId.eq(row.id))
        .order_by_asc(mentoring_coordinator::Column::AddedAt)
        .into_tuple()
        .all(store.db())
        .await?;
    let card = programme_cards(store.db(), vec![row.clone()]).await?.pop().ok_or(StoreError::NotFound)?;
    let asked = questions(store.db(), row.id).await?;
    Ok(ProgrammePage {
        details: details(&row, card.group.as_ref().map(|group| group.slug.clone()), asked)?,
        card,
        version: row.version,
        rounds: round_cards(store.db(), actor, rounds, store.now()).await?,
        coordinators: shown_briefly(store.db(), actor, &coordinators).await?,
        may_edit: permit(actor, EditProgramme, related).is_ok(),
        may_coordinate: permit(actor, CoordinateRound, related).is_ok(),
    })
}

/// Creates a programme with the actor as its first coordinator. The same `key` returns the existing programme.
///
/// # Errors
/// `Refused` when the actor may not create programmes. `Invalid` when they don't see the group.
pub async fn create_programme(
    store: &Store,
    actor: &Actor,
    details: ProgrammeDetails,
    key: &str,
) -> Result<Slug, StoreError> {
    verb!(store, |tx, actor, details, key| {
        let permit = permit(actor, CreateProgramme, NoRelation)?;
        let key = create_key(actor, key);
        if let Some(key) = &key {
            let known =
                mentoring_programme::Entity::find().filter(mentoring_programme::Column::CreateKey.eq(key));
            if let Some(known) = known.one(tx.db()).await? {
                return read_slug(&known.slug, known.id);
            }
        }
        let group_id = group_id(tx, actor, details).await?;
        // Programmes of private groups get a random suffix, so that a taken slug reveals nothing.
        let is_hidden = match group_id {
            Some(group) => !groups::private_ids(tx.db(), [group]).await?.is_empty(),
            None => false,
        };
        let plain = details.slug();
        let mut slug = if is_hidden { plain.with_suffix(&secrets::suffix()) } else { plain };
        while mentoring_programme::Entity::find()
            .filter(mentoring_programme::Column::Slug.eq(slug.as_str()))
            .count(tx.db())
            .await?
            > 0
        {
            slug = details.slug().with_suffix(&secrets::suffix());
        }
        let mut row = mentoring_programme::ActiveModel {
            id: Set(secrets::new_id()),
            slug: Set(slug.to_string()),
            created_at: Set(tx.now()),
            archived_at: Set(None),
            version: Set(1),
            create_key: Set(key),
            ..Default::default()
        };
        set_details(&mut row, details, group_id);
        let row = row.insert(tx.db()).await?;
        save_questions(tx, &permit.step(), row.id, &details.questions).await?;
        if let Some(me) = actor.member() {
            save_coordinator(tx, &permit.step(), row.id, me).await?;
        }
        audit::record(tx, &permit, "mentoring.create_programme", row.id).await?;
        Ok(slug)
    })
}

/// Changes a programme. The slug stays. Questions that are no longer in the list are not asked any more.
///
/// # Errors
/// `Refused(ChangedMeanwhile)` when `version` is outdated, `NotFound` for hidden and absent programmes.
pub async fn edit_programme(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    details: ProgrammeDetails,
    version: i32,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, details, &version| {
        let row = lock_programme(tx, actor, slug).await?;
        let permit = permit(actor, EditProgramme, relation(tx.db(), actor, row.id).await?)?;
        if row.version != version {
            return Err(Refusal::ChangedMeanwhile { version: i64::from(row.version) }.into());
        }
        let before = super::rows::details(&row, group_slug(tx, row.group_id).await?, Vec::new())?;
        let group_id = group_id(tx, actor, details).await?;
        let mut change = mentoring_programme::ActiveModel {
            id: Set(row.id),
            version: Set(row.version + 1),
            ..Default::default()
        };
        set_details(&mut change, details, group_id);
        change.update(tx.db()).await?;
        save_questions(tx, &permit.step(), row.id, &details.questions).await?;
        let form = |details: &ProgrammeDetails| serde_json::to_value(details.to_form(None));
        let changes = Changes::between(form(&before)?, form(details)?);
        audit::record_changes(tx, &permit, "mentoring.edit_programme", row.id, changes).await
    })
}

/// The programme's row, locked. Rounds and coordinators change behind the same lock.
pub(super) async fn lock_programme(
    tx: &Tx,
    actor: &Actor,
    slug: &Slug,
) -> Result<mentoring_programme::Model, StoreError> {
    mentoring_programme::Entity::find()
        .filter(mentoring_programme::Column::Slug.eq(slug.as_str()))
        .filter(programmes_seen_by(actor))
        .lock_exclusive()
        .one(tx.db())
        .await?
        .ok_or(StoreError::NotFound)
}

async fn group_slug(tx: &Tx, id: Option<Uuid>) -> Result<Option<Slug>, StoreError> {
    let Some(id) = id else { return Ok(None) };
    let row = crate::entities::group::Entity::find_by_id(id).one(tx.db()).await?;
    Ok(row.and_then(|row| Slug::parse(&row.slug)))
}

/// The id of the group whose members may sign up, if the actor sees it.
async fn group_id(tx: &Tx, actor: &Actor, details: &ProgrammeDetails) -> Result<Option<Uuid>, StoreError> {
    let Some(slug) = &details.group else { return Ok(None) };
    let group = groups::seen(tx.db(), actor, slug).await?;
    group
        .map(|group| Some(group.id))
        .ok_or_else(|| StoreError::Invalid(vec![Problem { field: "group".into(), why: Refusal::BadChoice }]))
}

fn set_details(
    row: &mut mentoring_programme::ActiveModel,
    details: &ProgrammeDetails,
    group_id: Option<Uuid>,
) {
    let rules = details.rules;
    row.name = Set(details.name.clone());
    row.purpose = Set(details.purpose.clone());
    row.group_id = Set(group_id);
    row.topics_weight = Set(rules.weights.topics.into());
    row.answers_weight = Set(rules.weights.answers.into());
    row.wishes_weight = Set(rules.weights.wishes.into());
    row.hours_weight = Set(rules.weights.hours.into());
    row.seniority_weight = Set(rules.weights.seniority.into());
    row.language_weight = Set(rules.weights.language.into());
    row.variety_weight = Set(rules.weights.variety.into());
    row.min_overlap_hours = Set(rules.min_overlap_hours.into());
    row.min_seniority_gap = Set(rules.min_seniority_gap.map(i32::from));
    row.max_seniority_gap = Set(rules.max_seniority_gap.map(i32::from));
    row.same_team_allowed = Set(rules.same_team_allowed);
    row.load = Set(details.load);
    row.cool_down_rounds = Set(details.cool_down);
}

/// Saves the questions in their order. Known ones keep their id and so their answers.
async fn save_questions(
    tx: &Tx,
    _: &Permit<SaveQuestions>,
    programme: Uuid,
    wanted: &[Question],
) -> Result<(), StoreError> {
    let known = questions(tx.db(), programme).await?;
    let kept: Vec<Uuid> = wanted.iter().filter_map(|question| question.id).collect();
    mentoring_question::Entity::update_many()
        .col_expr(mentoring_question::Column::RetiredAt, Expr::value(tx.now()))
        .filter(mentoring_question::Column::ProgrammeId.eq(programme))
        .filter(mentoring_question::Column::RetiredAt.is_null())
        .filter(mentoring_question::Column::Id.is_not_in(kept))
        .exec(tx.db())
        .await?;
    for (position, question) in (0..).zip(wanted) {
        let old = known.iter().find(|old| old.id == question.id && old.id.is_some());
        let mut row = mentoring_question::ActiveModel {
            programme_id: Set(programme),
            position: Set(position),
            mentee_text: Set(question.mentee_text.clone()),
            mentor_text: Set(question.mentor_text.clone()),
            retired_at: Set(None),
            ..Default::default()
        };
        let id = match old.and_then(|old| old.id) {
            Some(id) => {
                row.id = Set(id);
                row.update(tx.db()).await?.id
            }
            None => {
                row.id = Set(secrets::new_id());
                row.insert(tx.db()).await?.id
            }
        };
        save_options(tx.db(), id, question, old).await?;
    }
    Ok(())
}

/// Saves the options of a question. An option with the same text keeps its id and so the answers with it.
async fn save_options(
    db: &impl ConnectionTrait,
    id: Uuid,
    question: &Question,
    old: Option<&Question>,
) -> Result<(), StoreError> {
    let same = |text: &str| {
        old.and_then(|old| old.options.iter().find(|option| option.text == text)).and_then(|option| option.id)
    };
    let kept: Vec<Uuid> = question.options.iter().filter_map(|option| same(&option.text)).collect();
    mentoring_option::Entity::delete_many()
        .filter(mentoring_option::Column::QuestionId.eq(id))
        .filter(mentoring_option::Column::Id.is_not_in(kept))
        .exec(db)
        .await?;
    for (position, option) in (0..).zip(&question.options) {
        let mut row = mentoring_option::ActiveModel {
            question_id: Set(id),
            position: Set(position),
            text: Set(option.text.clone()),
            ..Default::default()
        };
        match same(&option.text) {
            Some(known) => {
                row.id = Set(known);
                row.update(db).await?;
            }
            None => {
                row.id = Set(secrets::new_id());
                row.insert(db).await?;
            }
        }
    }
    Ok(())
}
