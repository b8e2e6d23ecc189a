//! Asking at the following dates of a series what one date asks (B5, B11). A preview says at which dates that is something
//! else, and how many people are asked. A job changes the dates one by one.

use domain::{
    Actor, Slug,
    events::{Event, EventStatus, EventTime},
    policy::{events::EditEvent, permit},
    series::DateOutcome,
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::{
    edit::{EditKind, people_of, series_of, start},
    rows::{rule_of, slug_of},
};
use crate::{
    Store, StoreError, audit,
    entities::{event, member, rsvp, series, series_edit},
    events::{
        SameQuestions, edit_permit, event_from_row, event_with_group, lock, question_news, readers, relation,
        seen_by, takes_part,
    },
    write::{Tx, verb},
};

/// The most dates that one change looks at.
const MAX_ROWS: u64 = domain::series::MAX_DATES as u64;

/// One of the following dates.
#[derive(Clone, Debug)]
pub struct QuestionsDate {
    /// When and where it is.
    pub time: EventTime,
    /// What happens to it.
    pub outcome: DateOutcome,
    /// How many people have a seat or an offer, wait, or requested a seat.
    pub people: u32,
}

/// What happens when the following dates ask what one date asks, before anything is saved.
#[derive(Clone, Debug)]
pub struct QuestionsPreview {
    /// The date whose questions the others get.
    pub event: Event,
    /// The following dates, the earliest first.
    pub dates: Vec<QuestionsDate>,
    /// How many of them change.
    pub changes: u32,
    /// How many people take part in a date that changes and have not answered all of its questions then. They are asked on the
    /// page of the event.
    pub asked: u32,
    /// How many of them have a seat and get one email, because they have to answer something.
    pub emails: u32,
    /// How many dates of the rule do not exist yet. They copy the last date.
    pub to_create: u32,
}

/// What would change if the following dates asked what this one asks.
///
/// # Errors
/// `NotFound` for hidden and absent events and for events without a series, `Refused` when the actor may not edit it.
pub async fn questions_preview(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
) -> Result<QuestionsPreview, StoreError> {
    let db = store.db();
    let find = event::Entity::find().filter(event::Column::Slug.eq(slug.as_str())).filter(seen_by(actor));
    let row = find.one(db).await?.ok_or(StoreError::NotFound)?;
    let (Some(id), Some(number)) = (row.series_id, row.series_number) else {
        return Err(StoreError::NotFound);
    };
    let from = row.id;
    let event = event_with_group(db, row).await?;
    let _edit = permit(actor, EditEvent, relation(db, actor, &event).await?)?;
    let series = series::Entity::find_by_id(id).one(db).await?.ok_or(StoreError::NotFound)?;
    let rows = event::Entity::find()
        .filter(event::Column::SeriesId.eq(id))
        .filter(event::Column::SeriesNumber.gt(number))
        .filter(event::Column::EndsAt.gt(store.now()))
        .filter(seen_by(actor))
        .order_by_asc(event::Column::StartsAt)
        .limit(MAX_ROWS)
        .all(db)
        .await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut plans = SameQuestions::plans(db, from, &ids).await?;
    let people = people_of(db, ids).await?;
    let (mut dates, mut changes, mut asked, mut told) = (Vec::new(), 0, Vec::new(), Vec::new());
    for row in rows {
        let id = row.id;
        let date = event_from_row(row, None)?;
        let Some(same) = plans.remove(&id) else { continue };
        let outcome = outcome(&date, &same, store.now());
        if outcome == DateOutcome::Changes {
            changes += 1;
            if date.status == EventStatus::Published {
                let here = || Condition::all().add(rsvp::Column::EventId.eq(id)).add(readers(date.id));
                asked.extend(same.is_asked().map(|missing| here().add(takes_part()).add(missing)));
                told.extend(same.is_told().map(|missing| here().add(missing)));
            }
        }
        dates.push(QuestionsDate {
            time: date.time(),
            outcome,
            people: people.iter().find(|(known, _)| *known == id).map_or(0, |(_, people)| *people),
        });
    }
    let created = usize::try_from(series.created_dates).unwrap_or(0);
    let all = if series.ended_at.is_some() { 0 } else { rule_of(&series)?.dates().len() };
    Ok(QuestionsPreview {
        event,
        dates,
        changes,
        asked: count_people(db, asked).await?,
        emails: count_people(db, told).await?,
        to_create: u32::try_from(all.saturating_sub(created)).unwrap_or(u32::MAX),
    })
}

fn outcome(date: &Event, same: &SameQuestions, now: domain::Instant) -> DateOutcome {
    if date.status == EventStatus::Cancelled {
        DateOutcome::Cancelled
    } else if date.starts_at <= now {
        DateOutcome::Begun
    } else if same.is_change() {
        DateOutcome::Changes
    } else {
        DateOutcome::Same
    }
}

/// To how many different people any of these conditions over their RSVPs applies.
async fn count_people(db: &impl ConnectionTrait, conditions: Vec<Condition>) -> Result<u32, StoreError> {
    if conditions.is_empty() {
        return Ok(0);
    }
    let any = conditions.into_iter().fold(Condition::any(), Condition::add);
    let people = rsvp::Entity::find()
        .inner_join(member::Entity)
        .filter(any)
        .select_only()
        .column(rsvp::Column::MemberId)
        .distinct();
    Ok(u32::try_from(people.count(db).await?).unwrap_or(u32::MAX))
}

/// Queues the job that lets the following dates ask what this one asks. Answers stay, and people keep their seats. Those who
/// have to answer something get one email some minutes later. Returns the series.
///
/// # Errors
/// `NotFound` for hidden and absent events and for events without a series. `Refused` when the actor may not, and while an
/// earlier change is being saved.
pub async fn apply_questions(store: &Store, actor: &Actor, slug: &Slug) -> Result<Slug, StoreError> {
    verb!(store, |tx, actor, slug| {
        let series = series_of(tx, actor, slug).await?;
        let (event, row) = lock(tx, actor, slug).await?;
        let permit = edit_permit(tx, actor, &event).await?;
        let number = row.series_number.ok_or(StoreError::NotFound)?;
        let texts = (String::new(), String::new(), "");
        start(tx, actor, &series, (EditKind::Questions, number, number + 1), texts).await?;
        audit::record(tx, &permit, "series.questions", series.id).await?;
        slug_of(&series)
    })
}

/// Lets a locked date ask what the date of a change asks.
pub(super) async fn same_questions(
    tx: &Tx,
    actor: &Actor,
    edit: &series_edit::Model,
    (date, row): (Event, event::Model),
) -> Result<(), StoreError> {
    let from = event::Entity::find()
        .select_only()
        .column(event::Column::Id)
        .filter(event::Column::SeriesId.eq(edit.series_id))
        .filter(event::Column::SeriesNumber.eq(edit.edited_number));
    let Some(from) = from.into_tuple::<Uuid>().one(tx.db()).await? else { return Ok(()) };
    let same = SameQuestions::plan(tx.db(), from, row.id).await?;
    if outcome(&date, &same, tx.now()) != DateOutcome::Changes {
        return Ok(());
    }
    let permit = match edit_permit(tx, actor, &date).await {
        Ok(permit) => permit,
        Err(StoreError::Refused(_)) => return Ok(()),
        Err(error) => return Err(error),
    };
    let requires_more = same.requires_more();
    same.save(tx, row.id).await?;
    if requires_more {
        question_news::plan(tx, &date).await?;
    }
    audit::record(tx, &permit, "event.question", row.id).await
}
