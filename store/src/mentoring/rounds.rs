//! Creating, editing, opening and closing rounds.

use domain::{
    Actor, Refusal, Slug,
    mentoring::{ChangedBy, Question, RoundChange, RoundDetails, RoundStep},
    policy::{
        Permit,
        mentoring::{CoordinateRound, EditProgramme},
        permit,
    },
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QuerySelect as _,
};

use super::{
    cancelled::CANCELLED,
    programmes::lock_programme,
    proposals::withdraw_pending,
    rows::{
        ProgrammeCard, RoundCard, programme_cards, questions, round_cards, round_details, round_state,
        slug as read_slug,
    },
    visibility::{relation, rounds_seen_by, seen_round},
};
use crate::{
    Store, StoreError,
    audit::{self, Changes},
    entities::mentoring_round,
    jobs::{self, NewJob},
    secrets,
    write::{Tx, create_key, verb},
};

/// The page of a round.
#[derive(Clone, Debug)]
pub struct RoundPage {
    /// Its dates, its state, and the reader's sign-ups.
    pub card: RoundCard,
    /// Its programme.
    pub programme: ProgrammeCard,
    /// The questions of the programme.
    pub questions: Vec<Question>,
    /// Its version, for the form.
    pub version: i32,
    /// Whether the reader coordinates it.
    pub may_coordinate: bool,
    /// Whether the reader can edit its programme.
    pub may_edit: bool,
}

/// The page of a round.
///
/// # Errors
/// `NotFound` for hidden and absent rounds. Drafts are hidden from everybody but coordinators.
pub async fn round(store: &Store, actor: &Actor, slug: &Slug) -> Result<RoundPage, StoreError> {
    let (row, programme) = seen_round(store.db(), actor, slug).await?;
    let related = relation(store.db(), actor, programme.id).await?;
    let (version, asked) = (row.version, questions(store.db(), programme.id).await?);
    let mut cards = round_cards(store.db(), actor, vec![row], store.now()).await?;
    let mut programmes = programme_cards(store.db(), vec![programme]).await?;
    Ok(RoundPage {
        card: cards.pop().ok_or(StoreError::NotFound)?,
        programme: programmes.pop().ok_or(StoreError::NotFound)?,
        questions: asked,
        version,
        may_coordinate: permit(actor, CoordinateRound, related).is_ok(),
        may_edit: permit(actor, EditProgramme, related).is_ok(),
    })
}

/// Creates a round as a draft. The same `key` returns the existing round.
///
/// # Errors
/// `Refused` when the actor does not coordinate the programme, `NotFound` for hidden and absent programmes.
pub async fn create_round(
    store: &Store,
    actor: &Actor,
    programme: &Slug,
    details: RoundDetails,
    key: &str,
) -> Result<Slug, StoreError> {
    verb!(store, |tx, actor, programme, details, key| {
        let programme = lock_programme(tx, actor, programme).await?;
        let permit = permit(actor, CoordinateRound, relation(tx.db(), actor, programme.id).await?)?;
        let key = create_key(actor, key);
        if let Some(key) = &key {
            let known = mentoring_round::Entity::find().filter(mentoring_round::Column::CreateKey.eq(key));
            if let Some(known) = known.one(tx.db()).await? {
                return read_slug(&known.slug, known.id);
            }
        }
        let wanted = details.slug(&programme.slug);
        let mut slug = wanted.clone();
        while mentoring_round::Entity::find()
            .filter(mentoring_round::Column::Slug.eq(slug.as_str()))
            .count(tx.db())
            .await?
            > 0
        {
            slug = wanted.with_suffix(&secrets::suffix());
        }
        let mut row = mentoring_round::ActiveModel {
            id: Set(secrets::new_id()),
            slug: Set(slug.to_string()),
            programme_id: Set(programme.id),
            state: Set(domain::mentoring::RoundState::Draft.name().to_owned()),
            seed: Set(secrets::seed()),
            review_sent_at: Set(None),
            published_at: Set(None),
            created_at: Set(tx.now()),
            version: Set(1),
            create_key: Set(key),
            ..Default::default()
        };
        set_details(&mut row, details);
        let row = row.insert(tx.db()).await?;
        audit::record(tx, &permit, "mentoring.create_round", row.id).await?;
        Ok(slug)
    })
}

fn set_details(row: &mut mentoring_round::ActiveModel, details: &RoundDetails) {
    row.name = Set(details.name.clone());
    row.sign_up_closes_at = Set(details.closes_at);
    row.starts_on = Set(details.starts_on);
    row.ends_on = Set(details.ends_on);
}

/// A round that the actor coordinates, locked, with the permit. Everything that changes a round, and every sign-up
/// that is sent, goes through this row's lock or through [`lock_for_sign_up`](super::sign_ups).
pub(super) async fn lock_round(
    tx: &Tx,
    actor: &Actor,
    slug: &Slug,
) -> Result<(mentoring_round::Model, Permit<CoordinateRound>), StoreError> {
    let row = mentoring_round::Entity::find()
        .filter(mentoring_round::Column::Slug.eq(slug.as_str()))
        .filter(rounds_seen_by(actor))
        .lock_exclusive()
        .one(tx.db())
        .await?
        .ok_or(StoreError::NotFound)?;
    let permit = permit(actor, CoordinateRound, relation(tx.db(), actor, row.programme_id).await?)?;
    Ok((row, permit))
}

/// Changes the name and the dates of a round. The slug stays.
///
/// # Errors
/// `Refused(ChangedMeanwhile)` when `version` is outdated, `Refused` when the actor does not coordinate it.
pub async fn edit_round(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    details: RoundDetails,
    version: i32,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, details, &version| {
        let (row, permit) = lock_round(tx, actor, slug).await?;
        if row.version != version {
            return Err(Refusal::ChangedMeanwhile { version: i64::from(row.version) }.into());
        }
        let mut change = mentoring_round::ActiveModel {
            id: Set(row.id),
            version: Set(row.version + 1),
            ..Default::default()
        };
        set_details(&mut change, details);
        // A later closing time asks everybody to check again.
        if details.closes_at > row.sign_up_closes_at {
            change.review_sent_at = Set(None);
        }
        change.update(tx.db()).await?;
        let form = |details: &RoundDetails| serde_json::to_value(details.to_form(domain::Zone::UTC, 0));
        let changes = Changes::between(form(&round_details(&row))?, form(details)?);
        audit::record_changes(tx, &permit, "mentoring.edit_round", row.id, changes).await
    })
}

/// Opens, closes, reopens, finishes or cancels a round (M24). Publishing needs a verified draft and has its own
/// verb. The end of a round takes its pending proposals back. When it is cancelled, everybody in it is emailed.
///
/// # Errors
/// `Refused(RoundStateChanged)` when the round can't change like that now, `Refused` when the actor does not
/// coordinate it.
pub async fn change_round(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    change: RoundChange,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, change| {
        let (row, permit) = lock_round(tx, actor, slug).await?;
        if *change == RoundChange::Publish {
            return Err(Refusal::RoundStateChanged.into());
        }
        let step = round_state(&row)?.step(*change, ChangedBy::Coordinator)?;
        // The clock would close it again at once.
        if *change == RoundChange::Reopen && row.sign_up_closes_at <= tx.now() {
            return Err(Refusal::InThePast.into());
        }
        save_step(tx, &row, step).await?;
        if matches!(change, RoundChange::Finish | RoundChange::Cancel) {
            withdraw_pending(tx, row.id).await?;
        }
        if *change == RoundChange::Cancel {
            jobs::enqueue(tx, NewJob::about(CANCELLED, row.id, tx.now())).await?;
        }
        let changes = Changes::default().and("state", step.from().name(), step.to().name());
        audit::record_changes(tx, &permit, "mentoring.change_round", row.id, changes).await
    })
}

/// Saves an allowed step of a round whose row is locked.
pub(super) async fn save_step(
    tx: &Tx,
    row: &mentoring_round::Model,
    step: RoundStep,
) -> Result<(), StoreError> {
    if row.state != step.from().name() {
        return Err(Refusal::RoundStateChanged.into());
    }
    let change = mentoring_round::ActiveModel {
        id: Set(row.id),
        state: Set(step.to().name().to_owned()),
        version: Set(row.version + 1),
        ..Default::default()
    };
    change.update(tx.db()).await?;
    Ok(())
}
