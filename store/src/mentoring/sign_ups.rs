//! A member's own sign-up: starting it, saving its steps, sending and withdrawing it (M1 to M6).

use std::collections::HashMap;

use domain::{
    Actor, MemberId, Problem, Refusal, RoundId, SignUpId, Slug,
    members::Named,
    mentoring::{
        About, ChosenTopic, Hours, LocalWeek, SignUp, SignUpChange, SignUpChanger, SignUpRole, SignUpState,
    },
    policy::{
        Permit,
        mentoring::{SaveSignUp, SeeSignUp, SignUp as MaySignUp, WithdrawSignUp},
        permit,
    },
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbBackend, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::leave::check_not_excluded;
use super::{
    preferences::{StatedPreference, stated},
    proposals,
    rounds::{RoundPage, round},
    rows::{corrupt, questions, window},
    visibility::{rounds_seen_by, sign_up_relation},
};
use crate::{
    Store, StoreError, audit,
    entities::{
        group_member, member, mentoring_answer, mentoring_option, mentoring_programme, mentoring_question,
        mentoring_round, mentoring_sign_up, mentoring_sign_up_language, mentoring_sign_up_topic, topic,
    },
    error::is_lock_timeout,
    members::{self, own},
    secrets,
    write::{Tx, verb},
};

/// A member's sign-up for a round with everything that its pages need.
#[derive(Clone, Debug)]
pub struct SignUpForm {
    /// The round.
    pub round: RoundPage,
    /// The sign-up as it is saved. One that was not started yet has what the profile says.
    pub sign_up: SignUp,
    /// Whether it was started.
    pub is_started: bool,
    /// The people that it names, the wishes first. Private to the author.
    pub people: Vec<StatedPreference>,
    /// Why the author can't change it now.
    pub fixed: Option<Refusal>,
}

/// The actor's own sign-up for a round.
///
/// # Errors
/// `NotFound` for hidden and absent rounds, `Refused` for visitors.
pub async fn form(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    role: SignUpRole,
) -> Result<SignUpForm, StoreError> {
    let round = round(store, actor, slug).await?;
    // Suspended members can withdraw, so they see the page too.
    let (me, _) = own(actor, WithdrawSignUp)?;
    let row = own_row(store.db(), round.card.id.0, me, role).await?;
    let is_started = row.is_some();
    let (sign_up, people) = match row {
        Some(row) => {
            let people = stated(store.db(), actor, row.id).await?;
            (complete(store.db(), row).await?, people)
        }
        None => (prefilled(store.db(), round.card.id, me, role).await?, Vec::new()),
    };
    let mut fixed = own(actor, MaySignUp).err().map(|_| Refusal::Suspended);
    fixed = fixed.or_else(|| sign_up.check_editable(round.card.window).err());
    if fixed.is_none() && !may_join(store.db(), round.card.id.0, me).await? {
        fixed = Some(Refusal::OtherGroupOnly);
    }
    Ok(SignUpForm { round, sign_up, is_started, people, fixed })
}

/// The actor's own sign-up of this role.
pub(super) async fn own_row(
    db: &impl ConnectionTrait,
    round: Uuid,
    me: MemberId,
    role: SignUpRole,
) -> Result<Option<mentoring_sign_up::Model>, StoreError> {
    let query = mentoring_sign_up::Entity::find()
        .filter(mentoring_sign_up::Column::RoundId.eq(round))
        .filter(mentoring_sign_up::Column::MemberId.eq(me.0))
        .filter(mentoring_sign_up::Column::Role.eq(role.name()));
    Ok(query.one(db).await?)
}

/// A sign-up that was not started, with what the profile says.
async fn prefilled(
    db: &impl ConnectionTrait,
    round: RoundId,
    me: MemberId,
    role: SignUpRole,
) -> Result<SignUp, StoreError> {
    let profile = members::profiles_of(db, [me.0]).await?.remove(&me.0).ok_or(StoreError::NotFound)?;
    let wanted = match role {
        SignUpRole::Mentee => domain::members::Level::Learning,
        SignUpRole::Mentor => domain::members::Level::Teaching,
    };
    let max = match role {
        SignUpRole::Mentee => domain::mentoring::MAX_ASKED,
        SignUpRole::Mentor => domain::mentoring::MAX_TAUGHT,
    };
    let confidence = if role == SignUpRole::Mentor { 2 } else { 1 };
    let topics = profile.topics.into_iter().filter(|(_, level)| *level == wanted).take(max);
    Ok(SignUp {
        id: SignUpId(Uuid::nil()),
        round,
        role,
        state: SignUpState::Draft,
        topics: topics.map(|(topic, _)| ChosenTopic { topic, confidence }).collect(),
        goal: String::new(),
        places: 1,
        hours_a_month: if role == SignUpRole::Mentor { 2 } else { 0 },
        paused_until: None,
        answers: Vec::new(),
        languages: profile.languages,
        zone: profile.zone,
        week: LocalWeek::default(),
        consented_at: None,
        submitted_at: None,
    })
}

/// A row with its topics, answers and languages.
pub(super) async fn complete(
    db: &impl ConnectionTrait,
    row: mentoring_sign_up::Model,
) -> Result<SignUp, StoreError> {
    let id = row.id;
    complete_all(db, vec![row]).await?.pop().ok_or_else(|| corrupt("row", id))
}

/// Rows with their topics, answers and languages, in their order.
pub(super) async fn complete_all(
    db: &impl ConnectionTrait,
    rows: Vec<mentoring_sign_up::Model>,
) -> Result<Vec<SignUp>, StoreError> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let chosen = mentoring_sign_up_topic::Entity::find()
        .filter(mentoring_sign_up_topic::Column::SignUpId.is_in(ids.iter().copied()))
        .find_also_related(topic::Entity)
        .order_by_asc(mentoring_sign_up_topic::Column::Position)
        .order_by_asc(topic::Column::Position)
        .all(db)
        .await?;
    let mut topics: HashMap<Uuid, Vec<ChosenTopic>> = HashMap::new();
    for (row, topic) in chosen {
        let named = topic.and_then(|topic| Some(Named { slug: Slug::parse(&topic.slug)?, name: topic.name }));
        let confidence = u8::try_from(row.confidence).map_err(|_| corrupt("confidence", row.sign_up_id))?;
        if let Some(topic) = named {
            topics.entry(row.sign_up_id).or_default().push(ChosenTopic { topic, confidence });
        }
    }
    let mut answers: HashMap<Uuid, Vec<(Uuid, Uuid)>> = HashMap::new();
    let given = mentoring_answer::Entity::find()
        .filter(mentoring_answer::Column::SignUpId.is_in(ids.iter().copied()))
        .all(db)
        .await?;
    for row in given {
        answers.entry(row.sign_up_id).or_default().push((row.question_id, row.option_id));
    }
    let mut languages: HashMap<Uuid, Vec<domain::members::Language>> = HashMap::new();
    let spoken = mentoring_sign_up_language::Entity::find()
        .filter(mentoring_sign_up_language::Column::SignUpId.is_in(ids))
        .order_by_asc(mentoring_sign_up_language::Column::Tag)
        .all(db)
        .await?;
    for row in spoken {
        languages.entry(row.sign_up_id).or_default().extend(row.tag.parse::<domain::members::Language>());
    }
    let sign_up = |row: mentoring_sign_up::Model| {
        Ok(SignUp {
            id: SignUpId(row.id),
            round: RoundId(row.round_id),
            role: row.role.parse().map_err(|()| corrupt("role", row.id))?,
            state: row.state.parse().map_err(|()| corrupt("state", row.id))?,
            topics: topics.remove(&row.id).unwrap_or_default(),
            goal: row.goal,
            places: row.places,
            hours_a_month: row.hours_a_month,
            paused_until: row.paused_until,
            answers: answers.remove(&row.id).unwrap_or_default(),
            languages: languages.remove(&row.id).unwrap_or_default(),
            zone: row.zone.parse().map_err(|()| corrupt("zone", row.id))?,
            week: row.availability.parse().map_err(|()| corrupt("availability", row.id))?,
            consented_at: row.consented_at,
            submitted_at: row.submitted_at,
        })
    };
    rows.into_iter().map(sign_up).collect()
}

/// A sign-up with its goal, for readers who may see it: its author, a coordinator, and a mentor to whom its author
/// was proposed. Everybody else gets the same answer as for an absent one.
///
/// # Errors
/// `NotFound` for everybody else.
pub async fn shown(store: &Store, actor: &Actor, id: SignUpId) -> Result<ShownSignUp, StoreError> {
    let db = store.db();
    let row = mentoring_sign_up::Entity::find_by_id(id.0).one(db).await?.ok_or(StoreError::NotFound)?;
    let relation = sign_up_relation(db, actor, &row).await?;
    let _permit = permit(actor, SeeSignUp, relation).map_err(|_| StoreError::NotFound)?;
    let author = member::Entity::find_by_id(row.member_id).one(db).await?.ok_or(StoreError::NotFound)?;
    let round =
        mentoring_round::Entity::find_by_id(row.round_id).one(db).await?.ok_or(StoreError::NotFound)?;
    let asked = questions(db, round.programme_id).await?;
    let slug = super::rows::slug(&round.slug, round.id)?;
    Ok(ShownSignUp {
        sign_up: complete(db, row).await?,
        name: author.shown_name(),
        round: Named { slug, name: round.name },
        questions: asked,
    })
}

/// A sign-up for a reader who may see its goal.
#[derive(Clone, Debug)]
pub struct ShownSignUp {
    /// The sign-up.
    pub sign_up: SignUp,
    /// The name of its author. Signing up is the consent to show it to these readers.
    pub name: String,
    /// Its round.
    pub round: Named,
    /// The questions of the programme.
    pub questions: Vec<domain::mentoring::Question>,
}

/// Whether a member belongs to the group that the round's programme is for.
async fn may_join(db: &impl ConnectionTrait, round: Uuid, me: MemberId) -> Result<bool, StoreError> {
    let group: Option<Option<Uuid>> = mentoring_round::Entity::find_by_id(round)
        .select_only()
        .column(mentoring_programme::Column::GroupId)
        .join(
            sea_orm::JoinType::InnerJoin,
            sea_orm::RelationTrait::def(&mentoring_round::Relation::Programme),
        )
        .into_tuple()
        .one(db)
        .await?;
    let Some(group) = group.ok_or(StoreError::NotFound)? else { return Ok(true) };
    Ok(group_member::Entity::find_by_id((group, me.0)).one(db).await?.is_some())
}

/// A round for a member's sign-up. The row is locked against changes of its state, but not against other sign-ups.
/// The member's own row is locked, so that two forms at once do not overwrite each other.
pub(super) struct SigningUp {
    pub(super) round: mentoring_round::Model,
    pub(super) me: MemberId,
    pub(super) permit: Permit<MaySignUp>,
    pub(super) row: Option<mentoring_sign_up::Model>,
}

/// A round that the actor sees, locked against publishing until the transaction ends. Publishing a large round
/// takes long. So on PostgreSQL this gives up after two seconds, before all connections for writing wait for
/// one round. SQLite has one writer and nothing to wait for.
async fn shared_round(tx: &Tx, actor: &Actor, slug: &Slug) -> Result<mentoring_round::Model, StoreError> {
    let find = mentoring_round::Entity::find()
        .filter(mentoring_round::Column::Slug.eq(slug.as_str()))
        .filter(rounds_seen_by(actor))
        .lock_shared();
    let has_locks = tx.db().get_database_backend() == DbBackend::Postgres;
    if has_locks {
        tx.db().execute_unprepared("SET LOCAL lock_timeout = '2s'").await?;
    }
    let round = find.one(tx.db()).await.map_err(|error| match is_lock_timeout(&error) {
        true => Refusal::RoundBusy.into(),
        false => StoreError::from(error),
    })?;
    if has_locks {
        tx.db().execute_unprepared("SET LOCAL lock_timeout TO DEFAULT").await?;
    }
    round.ok_or(StoreError::NotFound)
}

pub(super) async fn signing_up(
    tx: &Tx,
    actor: &Actor,
    slug: &Slug,
    role: SignUpRole,
) -> Result<SigningUp, StoreError> {
    let (me, permit) = own(actor, MaySignUp)?;
    members::lock(tx, me).await?;
    let round = shared_round(tx, actor, slug).await?;
    let row = own_row(tx.db(), round.id, me, role).await?;
    let state = row.as_ref().map_or(Ok(SignUpState::Draft), state_of)?;
    domain::mentoring::check_editable(state, window(&round, tx.now())?)?;
    if !may_join(tx.db(), round.id, me).await? {
        return Err(Refusal::OtherGroupOnly.into());
    }
    Ok(SigningUp { round, me, permit, row })
}

fn state_of(row: &mentoring_sign_up::Model) -> Result<SignUpState, StoreError> {
    row.state.parse().map_err(|()| corrupt("state", row.id))
}

/// Starts a sign-up, with the topics, the languages and the zone of the profile, or returns the one that was started.
pub(super) async fn start(
    tx: &Tx,
    signing_up: &SigningUp,
    role: SignUpRole,
) -> Result<mentoring_sign_up::Model, StoreError> {
    if let Some(row) = &signing_up.row {
        return Ok(row.clone());
    }
    let row = insert(tx, &signing_up.permit.step(), signing_up.round.id, signing_up.me, role).await?;
    let from_profile = prefilled(tx.db(), RoundId(row.round_id), signing_up.me, role).await?;
    let topics = from_profile.topics.into_iter().map(|chosen| (chosen.topic.slug, chosen.confidence));
    set_topics(tx, row.id, &topics.collect::<Vec<_>>()).await?;
    let tags = from_profile.languages.iter().map(|language| language.tag().to_owned()).collect();
    set_languages(tx, row.id, tags).await?;
    Ok(row)
}

/// Inserts an empty draft.
pub(super) async fn insert(
    tx: &Tx,
    _: &Permit<SaveSignUp>,
    round: Uuid,
    member: MemberId,
    role: SignUpRole,
) -> Result<mentoring_sign_up::Model, StoreError> {
    let zone = member::Entity::find_by_id(member.0).one(tx.db()).await?.ok_or(StoreError::NotFound)?.zone;
    let row = mentoring_sign_up::ActiveModel {
        id: Set(secrets::new_id()),
        round_id: Set(round),
        member_id: Set(member.0),
        role: Set(role.name().to_owned()),
        state: Set(SignUpState::Draft.name().to_owned()),
        goal: Set(String::new()),
        places: Set(1),
        hours_a_month: Set(0),
        paused_until: Set(None),
        zone: Set(zone),
        availability: Set(LocalWeek::default().to_string()),
        consented_at: Set(None),
        submitted_at: Set(None),
        updated_at: Set(tx.now()),
        is_first: Set(false),
        missed_proposals: Set(0),
        no_mentee_told_at: Set(None),
        version: Set(1),
    };
    Ok(row.insert(tx.db()).await?)
}

/// The change of a sign-up's row, with its version counted up. A run compares versions before it is published.
pub(super) fn changed(tx: &Tx, row: &mentoring_sign_up::Model) -> mentoring_sign_up::ActiveModel {
    mentoring_sign_up::ActiveModel {
        id: Set(row.id),
        updated_at: Set(tx.now()),
        version: Set(row.version + 1),
        ..Default::default()
    }
}

/// Saves the first step of the actor's sign-up, and starts it if needed. What is missing stays empty.
///
/// # Errors
/// `Refused` when it can't be changed now. `Invalid` when a topic or an answer is not offered.
pub async fn save_about(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    role: SignUpRole,
    about: About,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, role, about| {
        let signing_up = signing_up(tx, actor, slug, *role).await?;
        let row = start(tx, &signing_up, *role).await?;
        write_about(tx, &signing_up.permit.step(), &signing_up.round, &row, about).await
    })
}

/// Writes the first step.
pub(super) async fn write_about(
    tx: &Tx,
    _: &Permit<SaveSignUp>,
    round: &mentoring_round::Model,
    row: &mentoring_sign_up::Model,
    about: &About,
) -> Result<(), StoreError> {
    set_topics(tx, row.id, &about.topics).await?;
    set_answers(tx, round.programme_id, row.id, &about.answers).await?;
    set_languages(tx, row.id, about.languages.iter().map(|language| language.tag().to_owned()).collect())
        .await?;
    let mut change = changed(tx, row);
    change.goal = Set(about.goal.clone());
    change.places = Set(about.places);
    change.hours_a_month = Set(about.hours_a_month);
    change.paused_until = Set(about.paused_until);
    change.update(tx.db()).await?;
    Ok(())
}

fn invalid(field: &str, why: Refusal) -> StoreError {
    StoreError::Invalid(vec![Problem { field: field.to_owned(), why }])
}

async fn set_topics(tx: &Tx, sign_up: Uuid, topics: &[(Slug, u8)]) -> Result<(), StoreError> {
    // A topic that was chosen before it was retired can stay.
    let offered =
        topic::Entity::find().filter(topic::Column::Slug.is_in(topics.iter().map(|(slug, _)| slug.as_str())));
    let offered = offered.all(tx.db()).await?;
    mentoring_sign_up_topic::Entity::delete_many()
        .filter(mentoring_sign_up_topic::Column::SignUpId.eq(sign_up))
        .exec(tx.db())
        .await?;
    for (position, (slug, confidence)) in (1..).zip(topics) {
        let topic = offered.iter().find(|topic| topic.slug == slug.as_str());
        let row = mentoring_sign_up_topic::ActiveModel {
            sign_up_id: Set(sign_up),
            topic_id: Set(topic.ok_or_else(|| invalid("topics", Refusal::BadChoice))?.id),
            position: Set(position),
            confidence: Set((*confidence).into()),
        };
        mentoring_sign_up_topic::Entity::insert(row).exec_without_returning(tx.db()).await?;
    }
    Ok(())
}

async fn set_answers(
    tx: &Tx,
    programme: Uuid,
    sign_up: Uuid,
    answers: &[(Uuid, Uuid)],
) -> Result<(), StoreError> {
    mentoring_answer::Entity::delete_many()
        .filter(mentoring_answer::Column::SignUpId.eq(sign_up))
        .exec(tx.db())
        .await?;
    for (question, option) in answers {
        let offered = mentoring_option::Entity::find_by_id(*option)
            .filter(mentoring_option::Column::QuestionId.eq(*question))
            .join(
                sea_orm::JoinType::InnerJoin,
                sea_orm::RelationTrait::def(&mentoring_option::Relation::Question),
            )
            .filter(mentoring_question::Column::ProgrammeId.eq(programme))
            .filter(mentoring_question::Column::RetiredAt.is_null());
        if offered.count(tx.db()).await? == 0 {
            return Err(invalid("answers", Refusal::BadChoice));
        }
        let row = mentoring_answer::ActiveModel {
            sign_up_id: Set(sign_up),
            question_id: Set(*question),
            option_id: Set(*option),
        };
        // An answer to the same question twice is a broken form.
        mentoring_answer::Entity::insert(row)
            .exec_without_returning(tx.db())
            .await
            .map_err(|_| invalid("answers", Refusal::BadChoice))?;
    }
    Ok(())
}

async fn set_languages(tx: &Tx, sign_up: Uuid, tags: Vec<String>) -> Result<(), StoreError> {
    mentoring_sign_up_language::Entity::delete_many()
        .filter(mentoring_sign_up_language::Column::SignUpId.eq(sign_up))
        .exec(tx.db())
        .await?;
    let rows = tags
        .into_iter()
        .map(|tag| mentoring_sign_up_language::ActiveModel { sign_up_id: Set(sign_up), tag: Set(tag) });
    let rows: Vec<_> = rows.collect();
    if !rows.is_empty() {
        mentoring_sign_up_language::Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
    }
    Ok(())
}

/// Saves the hours of the actor's sign-up, and starts it if needed.
///
/// # Errors
/// `Refused` when it can't be changed now.
pub async fn save_hours(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    role: SignUpRole,
    hours: Hours,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, role, hours| {
        let signing_up = signing_up(tx, actor, slug, *role).await?;
        let row = start(tx, &signing_up, *role).await?;
        write_hours(tx, &signing_up.permit.step(), &row, *hours).await
    })
}

/// Writes the hours.
pub(super) async fn write_hours(
    tx: &Tx,
    _: &Permit<SaveSignUp>,
    row: &mentoring_sign_up::Model,
    hours: Hours,
) -> Result<(), StoreError> {
    let mut change = changed(tx, row);
    change.zone = Set(hours.zone.name().to_owned());
    change.availability = Set(hours.week.to_string());
    change.update(tx.db()).await?;
    Ok(())
}

/// Sends the actor's sign-up. Sending it again changes nothing.
///
/// # Errors
/// `Refused(SignUpIncomplete)` with the number of missing parts, `Refused(ConsentMissing)`, or `Refused` when it
/// can't be sent now.
pub async fn submit(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    role: SignUpRole,
    has_consented: bool,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, role, &has_consented| {
        let (me, _) = own(actor, MaySignUp)?;
        let known = seen_own(tx, actor, slug, me, *role).await?;
        if known.as_ref().map(state_of).transpose()? == Some(SignUpState::Submitted) {
            return Ok(());
        }
        let signing_up = signing_up(tx, actor, slug, *role).await?;
        check_not_excluded(tx.db(), signing_up.round.programme_id, me).await?;
        let row = start(tx, &signing_up, *role).await?;
        let to = state_of(&row)?.after(SignUpChange::Submit, SignUpChanger::Author)?;
        let asked = questions(tx.db(), signing_up.round.programme_id).await?;
        let missing = complete(tx.db(), row.clone()).await?.missing(&asked).len();
        if missing > 0 {
            return Err(
                Refusal::SignUpIncomplete { parts: i64::try_from(missing).unwrap_or(i64::MAX) }.into()
            );
        }
        if !has_consented && row.consented_at.is_none() {
            return Err(Refusal::ConsentMissing.into());
        }
        let mut change = changed(tx, &row);
        change.state = Set(to.name().to_owned());
        change.submitted_at = Set(Some(tx.now()));
        change.consented_at = Set(row.consented_at.or(Some(tx.now())));
        change.update(tx.db()).await?;
        audit::record(tx, &signing_up.permit, "mentoring.sign_up", signing_up.round.id).await
    })
}

/// The actor's own sign-up, if they see the round. The round's row is locked against publishing, but not
/// against other sign-ups.
async fn seen_own(
    tx: &Tx,
    actor: &Actor,
    slug: &Slug,
    me: MemberId,
    role: SignUpRole,
) -> Result<Option<mentoring_sign_up::Model>, StoreError> {
    let round = shared_round(tx, actor, slug).await?;
    own_row(tx.db(), round.id, me, role).await
}

/// Withdraws the actor's sign-up, whatever the state of the round. Withdrawing twice changes nothing. Suspended
/// members can withdraw too.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn withdraw(store: &Store, actor: &Actor, slug: &Slug, role: SignUpRole) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, role| {
        let (me, permit) = own(actor, WithdrawSignUp)?;
        members::lock(tx, me).await?;
        let row = seen_own(tx, actor, slug, me, *role).await?.ok_or(StoreError::NotFound)?;
        let state = state_of(&row)?;
        if state == SignUpState::Withdrawn {
            return Ok(());
        }
        let mut change = changed(tx, &row);
        change.state = Set(state.after(SignUpChange::Withdraw, SignUpChanger::Author)?.name().to_owned());
        change.update(tx.db()).await?;
        proposals::end_of_sign_up(tx, &row).await?;
        audit::record(tx, &permit, "mentoring.withdraw", row.round_id).await
    })
}
