//! What organisers ask people who register, and the answers (B11). Answers are read by hosts and by their author.
//!
//! An answer keeps the wording of its question, so changing or removing a question changes no answer. The event's row is
//! the lock of both.

use std::collections::{BTreeMap, HashMap};

use domain::{
    Actor, EventId, MemberId, Refusal, Slug,
    events::{Answers, Event, EventQuestion, EventQuestionChange, MAX_EVENT_QUESTIONS, NewEventQuestion},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
    sea_query::ExprTrait as _,
};
use uuid::Uuid;

use super::{
    question_news,
    read::seen,
    rows::{edit_permit, lock, seated, takes_part},
    visibility::{edits, readers},
};
use crate::{
    Store, StoreError, audit,
    entities::{event, event_answer, event_question, rsvp},
    secrets::new_id,
    write::{Tx, verb},
};

/// How many of a member's latest answers in a series are looked through.
const MAX_EARLIER: u64 = 100;
/// The most wordings of questions that become columns of a spreadsheet.
const MAX_WORDINGS: u64 = 100;

/// An answer with the wording of its question at that time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The question.
    pub question: String,
    /// The answer. Several options have a line each.
    pub text: String,
}

/// The questions of an event and the reader's own answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnAnswers {
    /// The questions in their order.
    pub questions: Vec<EventQuestion>,
    /// The reader's answers to them.
    pub answers: BTreeMap<Uuid, String>,
    /// The reader's answers to questions that were changed or removed since.
    pub earlier: Vec<Answer>,
}

impl OwnAnswers {
    /// Whether a required question has no answer yet.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        self.questions.iter().any(|one| one.question.required && !self.answers.contains_key(&one.id))
    }
}

fn question(row: event_question::Model) -> Result<EventQuestion, StoreError> {
    let kind = row.kind.parse();
    let kind =
        kind.map_err(|()| StoreError::Corrupt(format!("event question {}: unreadable kind", row.id)))?;
    let options = row.options.lines().map(str::to_owned).collect();
    Ok(EventQuestion {
        id: row.id,
        version: row.version,
        question: NewEventQuestion { text: row.text, kind, options, required: row.required },
    })
}

/// The questions of an event in their order.
pub(super) async fn questions_of(
    db: &impl ConnectionTrait,
    event: Uuid,
) -> Result<Vec<EventQuestion>, StoreError> {
    let rows = rows_of(db, event).await?;
    rows.into_iter().map(question).collect()
}

async fn rows_of(db: &impl ConnectionTrait, event: Uuid) -> Result<Vec<event_question::Model>, StoreError> {
    Ok(event_question::Entity::find()
        .filter(event_question::Column::EventId.eq(event))
        .order_by_asc(event_question::Column::Position)
        .order_by_asc(event_question::Column::Id)
        .all(db)
        .await?)
}

/// The questions of an event that the reader sees, and the reader's own answers.
///
/// # Errors
/// `NotFound` for hidden and absent events.
pub async fn own_answers(store: &Store, actor: &Actor, slug: &Slug) -> Result<OwnAnswers, StoreError> {
    let (event, _) = seen(store.db(), actor, slug).await?;
    let questions = questions_of(store.db(), event.id.0).await?;
    with_answers(store.db(), event.id.0, actor, questions).await
}

/// The questions of an event with the reader's own answers, for its page. Callers ask whether they see the event.
pub(super) async fn on_page(
    db: &impl ConnectionTrait,
    event: Uuid,
    actor: &Actor,
) -> Result<OwnAnswers, StoreError> {
    match questions_of(db, event).await? {
        questions if questions.is_empty() => Ok(OwnAnswers::default()),
        questions => with_answers(db, event, actor, questions).await,
    }
}

async fn with_answers(
    db: &impl ConnectionTrait,
    event: Uuid,
    actor: &Actor,
    questions: Vec<EventQuestion>,
) -> Result<OwnAnswers, StoreError> {
    let mut own = OwnAnswers { questions, ..OwnAnswers::default() };
    let Some(me) = actor.member() else { return Ok(own) };
    let rows = event_answer::Entity::find()
        .filter(event_answer::Column::EventId.eq(event))
        .filter(event_answer::Column::MemberId.eq(me.0))
        .order_by_asc(event_answer::Column::AnsweredAt)
        .all(db)
        .await?;
    for row in rows {
        let known = own.questions.iter().find(|one| Some(one.id) == row.question_id);
        match (row.question_id, known) {
            (Some(id), Some(one)) if one.question.text == row.question => {
                own.answers.insert(id, row.answer);
            }
            (Some(id), Some(_)) => {
                own.earlier.push(Answer { question: row.question, text: row.answer.clone() });
                own.answers.insert(id, row.answer);
            }
            _ => own.earlier.push(Answer { question: row.question, text: row.answer }),
        }
    }
    Ok(own)
}

/// The questions of an event, for its hosts, and how many people answered each.
///
/// # Errors
/// `Refused` for others, `NotFound` for hidden and absent events.
pub async fn questions_to_edit(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
) -> Result<Vec<(EventQuestion, u64)>, StoreError> {
    let (event, _) = seen(store.db(), actor, slug).await?;
    if !edits(store.db(), actor, &event).await? {
        return Err(Refusal::NotAllowed.into());
    }
    let counts: Vec<(Option<Uuid>, i64)> = event_answer::Entity::find()
        .select_only()
        .column(event_answer::Column::QuestionId)
        .column_as(event_answer::Column::Id.count(), "answers")
        .filter(event_answer::Column::EventId.eq(event.id.0))
        .group_by(event_answer::Column::QuestionId)
        .into_tuple()
        .all(store.db())
        .await?;
    let count = |id: Uuid| counts.iter().find(|(known, _)| *known == Some(id)).map_or(0, |(_, count)| *count);
    let questions = questions_of(store.db(), event.id.0).await?;
    Ok(questions.into_iter().map(|one| (one.clone(), u64::try_from(count(one.id)).unwrap_or(0))).collect())
}

/// Adds a question, or changes the one with this id. Answers keep the wording that their authors read. People who have a seat
/// and now have to answer are emailed some minutes later.
///
/// # Errors
/// `Refused(TooManyEventQuestions)` with ten questions, and for others than hosts. `NotFound` for hidden and absent events and
/// questions.
pub async fn save_question(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    id: Option<Uuid>,
    new: NewEventQuestion,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, id, new| {
        let (event, row) = lock(tx, actor, slug).await?;
        let permit = edit_permit(tx, actor, &event).await?;
        let rows = rows_of(tx.db(), row.id).await?;
        let saved = event_question::ActiveModel {
            text: Set(new.text.clone()),
            kind: Set(new.kind.name().to_owned()),
            options: Set(new.options.join("\n")),
            required: Set(new.required),
            ..Default::default()
        };
        let mut is_required_already = false;
        match *id {
            Some(id) => {
                let known = rows.iter().find(|row| row.id == id).ok_or(StoreError::NotFound)?;
                is_required_already = known.required;
                let version = Set(known.version + 1);
                event_question::ActiveModel { id: Set(id), version, ..saved }.update(tx.db()).await?;
            }
            None => {
                if rows.len() >= MAX_EVENT_QUESTIONS {
                    let max = i64::try_from(MAX_EVENT_QUESTIONS).unwrap_or(i64::MAX);
                    return Err(Refusal::TooManyEventQuestions { max }.into());
                }
                let position = rows.last().map_or(0, |last| last.position + 1);
                let id = new_id();
                let new = event_question::ActiveModel {
                    id: Set(id),
                    event_id: Set(row.id),
                    position: Set(position),
                    version: Set(1),
                    origin: Set(id),
                    ..saved
                };
                new.insert(tx.db()).await?;
            }
        }
        if new.required && !is_required_already {
            question_news::plan(tx, &event).await?;
        }
        audit::record(tx, &permit, "event.question", row.id).await
    })
}

/// Moves a question by one place, or removes it.
///
/// # Errors
/// `Refused` for others than hosts, `NotFound` for hidden and absent events and questions.
pub async fn change_question(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    id: Uuid,
    change: EventQuestionChange,
) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug, &id, &change| {
        let (event, row) = lock(tx, actor, slug).await?;
        let permit = edit_permit(tx, actor, &event).await?;
        let mut ids: Vec<Uuid> = rows_of(tx.db(), row.id).await?.into_iter().map(|row| row.id).collect();
        let at = ids.iter().position(|known| *known == id).ok_or(StoreError::NotFound)?;
        match change {
            EventQuestionChange::Remove => {
                event_question::Entity::delete_by_id(id).exec(tx.db()).await?;
                ids.remove(at);
            }
            EventQuestionChange::Up if at > 0 => ids.swap(at, at - 1),
            EventQuestionChange::Down if at + 1 < ids.len() => ids.swap(at, at + 1),
            EventQuestionChange::Up | EventQuestionChange::Down => return Ok(()),
        }
        for (position, id) in (0..).zip(ids) {
            let change =
                event_question::ActiveModel { id: Set(id), position: Set(position), ..Default::default() };
            change.update(tx.db()).await?;
        }
        audit::record(tx, &permit, "event.question", row.id).await
    })
}

/// Copies the questions of an event to another one, for a copy and for the next dates of a series.
pub(super) async fn copy_questions(tx: &Tx, from: Uuid, to: Uuid) -> Result<(), StoreError> {
    for row in rows_of(tx.db(), from).await? {
        copy_of(to, row).insert(tx.db()).await?;
    }
    Ok(())
}

fn copy_of(event: Uuid, row: event_question::Model) -> event_question::ActiveModel {
    event_question::ActiveModel {
        id: Set(new_id()),
        event_id: Set(event),
        position: Set(row.position),
        text: Set(row.text),
        kind: Set(row.kind),
        options: Set(row.options),
        required: Set(row.required),
        version: Set(1),
        origin: Set(row.origin),
    }
}

/// What happens to the questions of one date of a series when it gets those of another one (B5).
pub(crate) struct SameQuestions {
    /// Each question that it gets, with the one that it has already. Answers to that one count.
    pairs: Vec<(event_question::Model, Option<event_question::Model>)>,
    /// Those that are removed. Their answers stay.
    removed: Vec<Uuid>,
}

impl SameQuestions {
    /// Compares the questions of a date with those of another one.
    pub(crate) async fn plan(db: &impl ConnectionTrait, from: Uuid, to: Uuid) -> Result<Self, StoreError> {
        Ok(Self::compare(rows_of(db, from).await?, rows_of(db, to).await?))
    }

    /// Compares the questions of a date with those of each of some others, with two queries.
    pub(crate) async fn plans(
        db: &impl ConnectionTrait,
        from: Uuid,
        dates: &[Uuid],
    ) -> Result<HashMap<Uuid, Self>, StoreError> {
        let wanted = rows_of(db, from).await?;
        let mut known: HashMap<Uuid, Vec<event_question::Model>> = HashMap::new();
        let all = event_question::Entity::find()
            .filter(event_question::Column::EventId.is_in(dates.iter().copied()))
            .order_by_asc(event_question::Column::Position)
            .order_by_asc(event_question::Column::Id);
        for row in all.all(db).await? {
            known.entry(row.event_id).or_default().push(row);
        }
        let plan =
            |date: &Uuid| (*date, Self::compare(wanted.clone(), known.remove(date).unwrap_or_default()));
        Ok(dates.iter().map(plan).collect())
    }

    /// A copied question is known by its origin, and others by their text.
    fn compare(wanted: Vec<event_question::Model>, mut known: Vec<event_question::Model>) -> Self {
        let mut pairs: Vec<_> = wanted.into_iter().map(|row| (row, None)).collect();
        let same: [fn(&event_question::Model, &event_question::Model) -> bool; 2] =
            [|one, other| one.origin == other.origin, |one, other| one.text == other.text];
        for same in same {
            for (wanted, kept) in pairs.iter_mut().filter(|(_, kept)| kept.is_none()) {
                let at = known.iter().position(|row| same(wanted, row));
                *kept = at.map(|at| known.remove(at));
            }
        }
        Self { pairs, removed: known.into_iter().map(|row| row.id).collect() }
    }

    /// Whether people see other questions afterwards.
    pub(crate) fn is_change(&self) -> bool {
        let is_same = |(wanted, kept): &(event_question::Model, Option<event_question::Model>)| {
            kept.as_ref().is_some_and(|kept| kept.position == wanted.position && !reads_other(wanted, kept))
        };
        !self.removed.is_empty() || !self.pairs.iter().all(is_same)
    }

    /// Whether a person who takes part is asked something that they have not answered, as a condition over the member of an
    /// RSVP. `None` when nobody is, because there are no questions.
    pub(crate) fn is_asked(&self) -> Option<Condition> {
        if self.pairs.is_empty() {
            return None;
        }
        let kept: Vec<Uuid> = self.pairs.iter().filter_map(|(_, kept)| Some(kept.as_ref()?.id)).collect();
        if kept.len() < self.pairs.len() {
            return Some(Condition::all());
        }
        let all = i64::try_from(kept.len()).unwrap_or(i64::MAX);
        let answered = event_answer::Entity::find()
            .select_only()
            .column(event_answer::Column::MemberId)
            .filter(event_answer::Column::QuestionId.is_in(kept))
            .group_by(event_answer::Column::MemberId)
            .having(event_answer::Column::Id.count().gte(all))
            .into_query();
        Some(Condition::all().add(rsvp::Column::MemberId.not_in_subquery(answered)))
    }

    /// Whether everybody has to answer something that was not required before.
    pub(crate) fn requires_more(&self) -> bool {
        self.pairs
            .iter()
            .any(|(wanted, kept)| wanted.required && kept.as_ref().is_none_or(|kept| !kept.required))
    }

    /// The people who are emailed because they have a seat and have not answered everything that is required then, as a
    /// condition over RSVPs. `None` when nobody is. An answer at the date that the questions come from counts.
    pub(crate) fn is_told(&self) -> Option<Condition> {
        if !self.requires_more() {
            return None;
        }
        let required = self.pairs.iter().filter(|(wanted, _)| wanted.required);
        let lacks = required.fold(Condition::any(), |any, (wanted, kept)| {
            let same = kept.as_ref().map(|kept| kept.id).into_iter().chain([wanted.id]);
            let answered = event_answer::Entity::find()
                .select_only()
                .column(event_answer::Column::MemberId)
                .filter(event_answer::Column::QuestionId.is_in(same))
                .into_query();
            any.add(rsvp::Column::MemberId.not_in_subquery(answered))
        });
        Some(Condition::all().add(seated()).add(lacks))
    }

    /// Changes the questions of the second date, which is locked.
    pub(crate) async fn save(self, tx: &Tx, to: Uuid) -> Result<(), StoreError> {
        event_question::Entity::delete_many()
            .filter(event_question::Column::Id.is_in(self.removed))
            .exec(tx.db())
            .await?;
        for (wanted, kept) in self.pairs {
            let Some(kept) = kept else {
                copy_of(to, wanted).insert(tx.db()).await?;
                continue;
            };
            let version = kept.version + i32::from(reads_other(&wanted, &kept));
            let change = event_question::ActiveModel {
                id: Set(kept.id),
                version: Set(version),
                ..copy_of(to, wanted)
            };
            change.update(tx.db()).await?;
        }
        Ok(())
    }
}

fn reads_other(one: &event_question::Model, other: &event_question::Model) -> bool {
    let shown =
        |row: &event_question::Model| (row.text.clone(), row.kind.clone(), row.options.clone(), row.required);
    shown(one) != shown(other)
}

/// Copies a member's answers at one date of a series to the other dates ahead at which they take part and have not answered
/// the same questions (B11).
pub(super) async fn answer_other_dates(tx: &Tx, date: Uuid, me: MemberId) -> Result<(), StoreError> {
    let Some(series) = series_of(tx, date).await? else { return Ok(()) };
    let own = rsvp::Entity::find()
        .select_only()
        .column(rsvp::Column::EventId)
        .filter(rsvp::Column::MemberId.eq(me.0))
        .filter(takes_part())
        .into_query();
    let dates: Vec<Uuid> = event::Entity::find()
        .select_only()
        .column(event::Column::Id)
        .filter(event::Column::SeriesId.eq(series))
        .filter(event::Column::Id.ne(date))
        .filter(event::Column::StartsAt.gt(tx.now()))
        .filter(event::Column::Id.in_subquery(own))
        .order_by_asc(event::Column::Id)
        .into_tuple()
        .all(tx.db())
        .await?;
    for date in dates {
        needs_answers(tx, date, me).await?;
    }
    Ok(())
}

async fn series_of(tx: &Tx, date: Uuid) -> Result<Option<Uuid>, StoreError> {
    let series: Option<Option<Uuid>> = event::Entity::find_by_id(date)
        .select_only()
        .column(event::Column::SeriesId)
        .into_tuple()
        .one(tx.db())
        .await?;
    Ok(series.flatten())
}

/// Copies the questions of one event of the actor's to another one. Questions that the other one has stay alone.
///
/// # Errors
/// `NotFound` for hidden and absent events, `Refused` for events that the actor does not edit.
pub async fn copy_from(store: &Store, actor: &Actor, from: &Slug, to: &Slug) -> Result<(), StoreError> {
    verb!(store, |tx, actor, from, to| {
        let (event, row) = lock(tx, actor, to).await?;
        let _permit = edit_permit(tx, actor, &event).await?;
        let (source, _) = seen(tx.db(), actor, from).await?;
        if !edits(tx.db(), actor, &source).await? || !rows_of(tx.db(), row.id).await?.is_empty() {
            return Ok(());
        }
        copy_questions(tx, source.id.0, row.id).await
    })
}

/// Saves a member's answers. The event is locked. What they answered before is replaced.
///
/// # Errors
/// `Invalid` with the fields that are wrong.
pub(super) async fn save_answers(
    tx: &Tx,
    event: Uuid,
    me: MemberId,
    answers: &Answers,
) -> Result<(), StoreError> {
    let questions = questions_of(tx.db(), event).await?;
    let read = answers.check(&questions)?;
    let mut rows = Vec::new();
    event_answer::Entity::delete_many()
        .filter(event_answer::Column::EventId.eq(event))
        .filter(event_answer::Column::MemberId.eq(me.0))
        .filter(event_answer::Column::QuestionId.is_in(questions.iter().map(|one| one.id)))
        .exec(tx.db())
        .await?;
    for (id, text) in read {
        let known = questions.iter().find(|one| one.id == id);
        let (Some(question), Some(text)) = (known, text) else { continue };
        rows.push(answer_row(tx, event, me, question, text));
    }
    insert(tx, rows).await
}

fn answer_row(
    tx: &Tx,
    event: Uuid,
    me: MemberId,
    question: &EventQuestion,
    text: String,
) -> event_answer::ActiveModel {
    event_answer::ActiveModel {
        id: Set(new_id()),
        event_id: Set(event),
        member_id: Set(me.0),
        question_id: Set(Some(question.id)),
        question: Set(question.question.text.clone()),
        answer: Set(text),
        answered_at: Set(tx.now()),
    }
}

async fn insert(tx: &Tx, rows: Vec<event_answer::ActiveModel>) -> Result<(), StoreError> {
    if !rows.is_empty() {
        event_answer::Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
    }
    Ok(())
}

/// Whether a member has to answer a required question of an event before they get a seat (A8). What they answered to the
/// same question at another date of a series counts, and is copied (B6).
pub(crate) async fn needs_answers(tx: &Tx, event: Uuid, me: MemberId) -> Result<bool, StoreError> {
    if !is_missing(tx.db(), event, me).await? {
        return Ok(false);
    }
    let Some(series) = series_of(tx, event).await? else { return Ok(true) };
    let dates = event::Entity::find()
        .select_only()
        .column(event::Column::Id)
        .filter(event::Column::SeriesId.eq(series))
        .into_query();
    let earlier = event_answer::Entity::find()
        .filter(event_answer::Column::MemberId.eq(me.0))
        .filter(event_answer::Column::EventId.in_subquery(dates))
        .order_by_desc(event_answer::Column::AnsweredAt)
        .limit(MAX_EARLIER)
        .all(tx.db())
        .await?;
    let rows = questions_of(tx.db(), event).await?.into_iter().filter_map(|question| {
        if earlier.iter().any(|answer| answer.question_id == Some(question.id)) {
            return None;
        }
        let same = |answer: &&event_answer::Model| {
            answer.question == question.question.text && question.accepts(&answer.answer)
        };
        let answer = earlier.iter().find(same)?.answer.clone();
        Some(answer_row(tx, event, me, &question, answer))
    });
    insert(tx, rows.collect()).await?;
    is_missing(tx.db(), event, me).await
}

/// Whether a member has not answered a required question of an event (A8).
pub(super) async fn is_missing(
    db: &impl ConnectionTrait,
    event: Uuid,
    member: MemberId,
) -> Result<bool, StoreError> {
    let answered = event_answer::Entity::find()
        .select_only()
        .column(event_answer::Column::QuestionId)
        .filter(event_answer::Column::EventId.eq(event))
        .filter(event_answer::Column::MemberId.eq(member.0))
        .filter(event_answer::Column::QuestionId.is_not_null())
        .into_query();
    let open = event_question::Entity::find()
        .filter(event_question::Column::EventId.eq(event))
        .filter(event_question::Column::Required.eq(true))
        .filter(event_question::Column::Id.not_in_subquery(answered));
    Ok(open.count(db).await? > 0)
}

/// The people with a seat at some events who have not answered all required questions there and may still see the event, as a
/// condition over RSVPs with their members. `None` when nothing is required.
pub(super) async fn missing_answers(
    db: &impl ConnectionTrait,
    events: &[Event],
) -> Result<Option<Condition>, StoreError> {
    let rows: Vec<(Uuid, Uuid)> = event_question::Entity::find()
        .select_only()
        .columns([event_question::Column::EventId, event_question::Column::Id])
        .filter(event_question::Column::EventId.is_in(events.iter().map(|event| event.id.0)))
        .filter(event_question::Column::Required.eq(true))
        .into_tuple()
        .all(db)
        .await?;
    let mut required: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    for (event, question) in rows {
        required.entry(event).or_default().push(question);
    }
    if required.is_empty() {
        return Ok(None);
    }
    let any = required.into_iter().fold(Condition::any(), |any, (event, questions)| {
        let all = i64::try_from(questions.len()).unwrap_or(i64::MAX);
        let answered = event_answer::Entity::find()
            .select_only()
            .column(event_answer::Column::MemberId)
            .filter(event_answer::Column::QuestionId.is_in(questions))
            .group_by(event_answer::Column::MemberId)
            .having(event_answer::Column::Id.count().gte(all))
            .into_query();
        let here = Condition::all()
            .add(rsvp::Column::EventId.eq(event))
            .add(seated())
            .add(readers(EventId(event)))
            .add(rsvp::Column::MemberId.not_in_subquery(answered));
        any.add(here)
    });
    Ok(Some(any))
}

/// The answers of people of an event, by member, for hosts. Callers ask whether the reader is one.
pub(super) async fn answers_of(
    db: &impl ConnectionTrait,
    event: Uuid,
    members: Vec<Uuid>,
) -> Result<BTreeMap<Uuid, Vec<Answer>>, StoreError> {
    let rows = event_answer::Entity::find()
        .filter(event_answer::Column::EventId.eq(event))
        .filter(event_answer::Column::MemberId.is_in(members))
        .order_by_asc(event_answer::Column::Id)
        .all(db)
        .await?;
    Ok(by_member(rows))
}

/// The wordings of the questions that people of an event answered, sorted, for the spreadsheet of its hosts.
pub(super) async fn answered_questions(
    db: &impl ConnectionTrait,
    event: Uuid,
) -> Result<Vec<String>, StoreError> {
    Ok(event_answer::Entity::find()
        .select_only()
        .column(event_answer::Column::Question)
        .filter(event_answer::Column::EventId.eq(event))
        .distinct()
        .order_by_asc(event_answer::Column::Question)
        .limit(MAX_WORDINGS)
        .into_tuple()
        .all(db)
        .await?)
}

fn by_member(rows: Vec<event_answer::Model>) -> BTreeMap<Uuid, Vec<Answer>> {
    let mut answers: BTreeMap<Uuid, Vec<Answer>> = BTreeMap::new();
    for row in rows {
        answers.entry(row.member_id).or_default().push(Answer { question: row.question, text: row.answer });
    }
    answers
}
