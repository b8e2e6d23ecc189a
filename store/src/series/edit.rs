//! Changing several dates of a series (B5): this date and the following ones, or all dates ahead. A preview says what
//! would change and who would be emailed. The edited date changes at once, and a job changes the others.

use domain::{
    Actor, Instant, Problem, Refusal, Slug,
    events::{Event, EventDetails, EventForm, EventStatus, EventTime, Rsvp, RsvpState, moves::History},
    policy::{events::EditEvent, permit, series::ManageSeries},
    series::{DateOutcome, EditScope, SeriesChange, SeriesRule},
    time::ClockFlag,
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _,
    FromQueryResult, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::{
    edit_job::SERIES_EDIT,
    rows::{locked, rule_of, slug_of},
};
use crate::{
    Store, StoreError, audit,
    entities::{event, member, rsvp, series, series_edit},
    events::{
        cancel_locked, edit_in, edit_permit, event_with_group, lock, readers, relation, seated, seen_by,
        set_series_changed, takes_part,
    },
    jobs::{self, NewJob},
    secrets::new_id,
    write::{Tx, verb},
};

/// The most dates that one change looks at.
const MAX_ROWS: u64 = domain::series::MAX_DATES as u64;

/// The kind of a change of several dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EditKind {
    /// They get new details.
    Edit,
    /// They are cancelled.
    Cancel,
    /// They ask what the edited date asks.
    Questions,
}

impl EditKind {
    pub(crate) const ALL: [Self; 3] = [Self::Edit, Self::Cancel, Self::Questions];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Edit => "edit",
            Self::Cancel => "cancel",
            Self::Questions => "questions",
        }
    }
}

/// What happens to the dates.
#[derive(Clone, Debug)]
pub enum DatesChange {
    /// They follow the new details of the edited date.
    Edit(Box<EventDetails>),
    /// They are cancelled, and the series ends.
    Cancel,
}

/// What a change does with one date.
#[derive(Clone, Debug)]
pub struct DatePreview {
    /// Its page.
    pub slug: Slug,
    /// When and where it is before the change.
    pub was: EventTime,
    /// When and where it is afterwards. `None` where it is cancelled or stays as it is.
    pub now: Option<EventTime>,
    /// What happens to it.
    pub outcome: DateOutcome,
    /// Whether the new time falls where the clocks change (B2).
    pub flag: ClockFlag,
    /// How many people have a seat or an offer, wait, or requested a seat.
    pub people: u32,
}

/// What a change of several dates does, before anything is saved.
#[derive(Clone, Debug)]
pub struct DatesPreview {
    /// The date that the form is about.
    pub event: Event,
    /// The dates concerned, and those that stay as they are, the earliest first. Dates that are over are left out.
    pub dates: Vec<DatePreview>,
    /// How many dates change.
    pub changes: u32,
    /// How many people have a seat at a date that changes, or wait for one.
    pub people: u32,
    /// How many of them get an email. Each gets one.
    pub emails: u32,
    /// How many dates of the rule do not exist yet. They follow an edit, and are not created after a cancellation.
    pub to_create: u32,
}

/// The series, the edited date and the change, as both the preview and the job see them.
pub(super) struct Plan {
    pub(super) rule: SeriesRule,
    pub(super) kind: EditKind,
    /// The number of the edited date.
    pub(super) edited: i32,
    /// `None` for a cancellation.
    pub(super) change: Option<SeriesChange>,
}

impl Plan {
    /// What happens to a date, and its new details if it gets some.
    pub(super) fn outcome(
        &self,
        row: &event::Model,
        event: &Event,
        now: Instant,
    ) -> (DateOutcome, Option<EventDetails>) {
        let number = row.series_number.unwrap_or(1);
        if event.status == EventStatus::Cancelled {
            return (DateOutcome::Cancelled, None);
        }
        if event.starts_at <= now {
            return (DateOutcome::Begun, None);
        }
        let Some(change) = &self.change else {
            return match event.status {
                EventStatus::Draft => (DateOutcome::Draft, None),
                EventStatus::Published | EventStatus::Cancelled => (DateOutcome::Changes, None),
            };
        };
        if row.series_changed && number != self.edited {
            return (DateOutcome::ChangedOnItsOwn, None);
        }
        let details = match number == self.edited {
            true => change.now.clone(),
            false => {
                let place = |number: i32| self.rule.place(usize::try_from(number - 1).ok()?);
                let Some(places) = place(self.edited).zip(place(number)) else {
                    return (DateOutcome::Same, None);
                };
                change.applied_to(&event.details, places)
            }
        };
        if details == event.details {
            (DateOutcome::Same, None)
        } else if details.instants().0 <= now && event.details.moved_to(&details) {
            (DateOutcome::TooLate, None)
        } else {
            (DateOutcome::Changes, Some(details))
        }
    }
}

/// The number of the first date that a change looks at. `None` for one date only, which is an ordinary edit.
fn first_number(scope: EditScope, edited: i32) -> Option<i32> {
    match scope {
        EditScope::One => None,
        EditScope::Following => Some(edited),
        EditScope::All => Some(1),
    }
}

/// Refuses a change that nobody could follow: of a date that has begun, or by so many days that dates would change
/// places.
fn check(
    event: &Event,
    change: Option<&SeriesChange>,
    rule: &SeriesRule,
    now: Instant,
) -> Result<(), StoreError> {
    if event.starts_at <= now {
        return Err(Refusal::SeriesDateBegun.into());
    }
    let Some(change) = change else { return Ok(()) };
    let invalid = |why| Err(StoreError::Invalid(vec![Problem { field: "date".into(), why }]));
    let max = rule.cadence.max_days();
    if change.days().abs() > max {
        return invalid(Refusal::SeriesMovesTooFar { max });
    }
    if change.now.instants().0 <= now {
        return invalid(Refusal::InThePast);
    }
    Ok(())
}

/// What a change of several dates would do.
///
/// # Errors
/// `NotFound` for hidden and absent events and for events without a series, `Refused` when the actor may not, when the
/// date has begun, or for one date only, `Invalid` when the change moves dates too far.
pub async fn preview(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    scope: EditScope,
    change: DatesChange,
) -> Result<DatesPreview, StoreError> {
    let db = store.db();
    let find = event::Entity::find().filter(event::Column::Slug.eq(slug.as_str())).filter(seen_by(actor));
    let row = find.one(db).await?.ok_or(StoreError::NotFound)?;
    let (Some(id), Some(edited)) = (row.series_id, row.series_number) else {
        return Err(StoreError::NotFound);
    };
    let event = event_with_group(db, row).await?;
    let relation = relation(db, actor, &event).await?;
    let kind = match &change {
        DatesChange::Edit(_) => EditKind::Edit,
        DatesChange::Cancel => EditKind::Cancel,
    };
    let _edit = permit(actor, EditEvent, relation)?;
    if kind == EditKind::Cancel {
        let _end = permit(actor, ManageSeries, relation)?;
    }
    let from = first_number(scope, edited).ok_or(StoreError::NotFound)?;
    let series = series::Entity::find_by_id(id).one(db).await?.ok_or(StoreError::NotFound)?;
    let rule = rule_of(&series)?;
    let change = match change {
        DatesChange::Edit(now) => Some(SeriesChange { was: event.details.clone(), now: *now }),
        DatesChange::Cancel => None,
    };
    check(&event, change.as_ref(), &rule, store.now())?;
    let plan = Plan { rule, kind, edited, change };
    let rows = event::Entity::find()
        .filter(event::Column::SeriesId.eq(id))
        .filter(event::Column::SeriesNumber.gte(from))
        .filter(event::Column::EndsAt.gt(store.now()))
        .filter(seen_by(actor))
        .order_by_asc(event::Column::SeriesNumber)
        .limit(MAX_ROWS)
        .all(db)
        .await?;
    let people = people_of(db, rows.iter().map(|row| row.id).collect()).await?;
    let (mut dates, mut changing, mut told) = (Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        let event = event_with_group(db, row.clone()).await?;
        let (outcome, details) = plan.outcome(&row, &event, store.now());
        let after = details.map(|details| {
            let (starts_at, ends_at, flag) = details.instants();
            (Event { details, starts_at, ends_at, ..event.clone() }, flag)
        });
        if outcome == DateOutcome::Changes {
            changing.push(row.id);
            if event.status == EventStatus::Published {
                told.extend(who_is_told(&event, after.as_ref().map(|(after, _)| after), store.now()));
            }
        }
        dates.push(DatePreview {
            slug: event.slug.clone(),
            was: event.time(),
            now: after.as_ref().map(|(after, _)| after.time()),
            outcome,
            flag: after.map_or(ClockFlag::Exact, |(_, flag)| flag),
            people: people.iter().find(|(id, _)| *id == row.id).map_or(0, |(_, people)| *people),
        });
    }
    dates.sort_by_key(|date| date.was.starts);
    let created = usize::try_from(series.created_dates).unwrap_or(0);
    let to_create =
        if series.ended_at.is_some() { 0 } else { plan.rule.dates().len().saturating_sub(created) };
    Ok(DatesPreview {
        event,
        changes: u32::try_from(changing.len()).unwrap_or(u32::MAX),
        people: count_people(db, changing).await?,
        emails: count_told(db, told).await?,
        to_create: u32::try_from(to_create).unwrap_or(u32::MAX),
        dates,
    })
}

/// A date and the people there who get an email.
type Told = (domain::EventId, Condition);

/// Who is emailed about a date: everyone who takes part about a new time, place or link, and people with a seat about a
/// new title, because their calendar shows it. `None` when nobody is.
fn who_is_told(was: &Event, after: Option<&Event>, now: Instant) -> Option<Told> {
    let Some(after) = after else { return Some((was.id, Condition::all().add(takes_part()))) };
    let mut history = History::of(was);
    history.add(after, now);
    let before = Instant::UNIX_EPOCH;
    let is_news = |state| {
        let id = domain::RsvpId(Uuid::nil());
        let rsvp = Rsvp::unanswered(id, was.id, domain::MemberId(Uuid::nil()), before);
        history.news_for(&Rsvp { state, ..rsvp }, now).is_some()
    };
    match (is_news(RsvpState::Going), is_news(RsvpState::Waiting)) {
        (_, true) => Some((was.id, Condition::all().add(takes_part()))),
        (true, false) => Some((was.id, seated())),
        (false, false) => None,
    }
}

#[derive(FromQueryResult)]
struct PeopleOf {
    event_id: Uuid,
    people: i64,
}

/// How many people take part in each of these events.
pub(super) async fn people_of(
    db: &impl ConnectionTrait,
    ids: Vec<Uuid>,
) -> Result<Vec<(Uuid, u32)>, StoreError> {
    let rows = rsvp::Entity::find()
        .select_only()
        .column(rsvp::Column::EventId)
        .column_as(rsvp::Column::Id.count(), "people")
        .filter(rsvp::Column::EventId.is_in(ids))
        .filter(takes_part())
        .group_by(rsvp::Column::EventId)
        .into_model::<PeopleOf>()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.event_id, u32::try_from(row.people).unwrap_or(u32::MAX))).collect())
}

/// How many different people take part in these events.
async fn count_people(db: &impl ConnectionTrait, ids: Vec<Uuid>) -> Result<u32, StoreError> {
    let people = rsvp::Entity::find()
        .filter(rsvp::Column::EventId.is_in(ids))
        .filter(takes_part())
        .select_only()
        .column(rsvp::Column::MemberId)
        .distinct();
    Ok(u32::try_from(people.count(db).await?).unwrap_or(u32::MAX))
}

/// How many different people with an address are told about at least one date that they may see.
async fn count_told(db: &impl ConnectionTrait, told: Vec<Told>) -> Result<u32, StoreError> {
    if told.is_empty() {
        return Ok(0);
    }
    let any = told.into_iter().fold(Condition::any(), |any, (event, whom)| {
        let one = Condition::all().add(rsvp::Column::EventId.eq(event.0)).add(whom).add(readers(event));
        any.add(one)
    });
    let people = rsvp::Entity::find()
        .inner_join(member::Entity)
        .filter(member::Column::Address.is_not_null())
        .filter(any)
        .select_only()
        .column(rsvp::Column::MemberId)
        .distinct();
    Ok(u32::try_from(people.count(db).await?).unwrap_or(u32::MAX))
}

/// The series of an event, locked. The event is locked afterwards, as everywhere.
pub(super) async fn series_of(tx: &Tx, actor: &Actor, slug: &Slug) -> Result<series::Model, StoreError> {
    let find = event::Entity::find().filter(event::Column::Slug.eq(slug.as_str())).filter(seen_by(actor));
    let row = find.one(tx.db()).await?.ok_or(StoreError::NotFound)?;
    let id = row.series_id.ok_or(StoreError::NotFound)?;
    let series = locked(tx, id).await?.ok_or(StoreError::NotFound)?;
    refuse_busy(tx, id).await?;
    Ok(series)
}

/// One change at a time: two at once could each see half of the other.
pub(super) async fn refuse_busy(tx: &Tx, series: Uuid) -> Result<(), StoreError> {
    let running = series_edit::Entity::find()
        .filter(series_edit::Column::SeriesId.eq(series))
        .filter(series_edit::Column::FinishedAt.is_null());
    if running.count(tx.db()).await? > 0 { Err(Refusal::SeriesBusy.into()) } else { Ok(()) }
}

/// Changes a date, and queues the job that changes the others in the scope like it. Future dates follow too, because they
/// copy the last date. Each person gets one email when all dates are changed. Returns the series.
///
/// # Errors
/// `NotFound` for hidden and absent events and for events without a series. `Refused` when the actor may not, when the date
/// has begun, while an earlier change is being saved, and with `ChangedMeanwhile` when `version` is outdated. `Invalid` when
/// the date would move too far or into the past.
pub async fn edit_dates(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    scope: EditScope,
    details: EventDetails,
    version: u32,
) -> Result<Slug, StoreError> {
    verb!(store, |tx, actor, slug, &scope, details, &version| {
        let series = series_of(tx, actor, slug).await?;
        let (event, row) = lock(tx, actor, slug).await?;
        let permit = edit_permit(tx, actor, &event).await?;
        let edited = row.series_number.ok_or(StoreError::NotFound)?;
        let from = first_number(scope, edited).ok_or(StoreError::NotFound)?;
        let change = SeriesChange { was: event.details.clone(), now: details.clone() };
        check(&event, Some(&change), &rule_of(&series)?, tx.now())?;
        let json = |details: &EventDetails| serde_json::to_string(&details.to_form(0));
        let texts = (json(&change.was)?, json(&change.now)?, "");
        start(tx, actor, &series, (EditKind::Edit, edited, from), texts).await?;
        let _edited = edit_in(tx, actor, slug, details, version).await?;
        if row.series_changed && !has_like(tx, series.id, edited).await? {
            // Nothing else is left that future dates could copy.
            set_series_changed(tx, event.id, false).await?;
        }
        audit::record(tx, &permit, "series.edit", series.id).await?;
        slug_of(&series)
    })
}

/// Whether a date from this number on was not changed on its own.
async fn has_like(tx: &Tx, series: Uuid, from: i32) -> Result<bool, StoreError> {
    let like = event::Entity::find()
        .filter(event::Column::SeriesId.eq(series))
        .filter(event::Column::SeriesNumber.gte(from))
        .filter(event::Column::SeriesChanged.eq(false))
        .filter(event::Column::Status.ne(EventStatus::Cancelled.name()));
    Ok(like.count(tx.db()).await? > 0)
}

/// Cancels a date and the following ones, or all dates ahead, and ends the series. A job cancels them. Each person gets one
/// email two minutes later. Returns the series.
///
/// # Errors
/// `NotFound` for hidden and absent events and for events without a series. `Refused` when the actor may not, when the date
/// has begun, and while an earlier change is being saved.
pub async fn cancel_dates(
    store: &Store,
    actor: &Actor,
    slug: &Slug,
    scope: EditScope,
    reason: &str,
) -> Result<Slug, StoreError> {
    verb!(store, |tx, actor, slug, &scope, reason| {
        let series = series_of(tx, actor, slug).await?;
        let (event, row) = lock(tx, actor, slug).await?;
        let edit = edit_permit(tx, actor, &event).await?;
        let permit = permit(actor, ManageSeries, relation(tx.db(), actor, &event).await?)?;
        let edited = row.series_number.ok_or(StoreError::NotFound)?;
        let from = first_number(scope, edited).ok_or(StoreError::NotFound)?;
        check(&event, None, &rule_of(&series)?, tx.now())?;
        stop_creating(tx, &series).await?;
        let texts = (String::new(), String::new(), reason.as_str());
        start(tx, actor, &series, (EditKind::Cancel, edited, from), texts).await?;
        if event.status == EventStatus::Published {
            cancel_locked(tx, &edit, (&event, &row), reason).await?;
        }
        audit::record(tx, &permit, "series.cancel", series.id).await?;
        slug_of(&series)
    })
}

/// No further dates are created.
pub(super) async fn stop_creating(tx: &Tx, series: &series::Model) -> Result<(), StoreError> {
    if series.ended_at.is_none() {
        let change = series::ActiveModel {
            id: Set(series.id),
            creates_at: Set(None),
            ended_at: Set(Some(tx.now())),
            ..Default::default()
        };
        change.update(tx.db()).await?;
    }
    Ok(())
}

/// Records a change and queues its job.
pub(super) async fn start(
    tx: &Tx,
    actor: &Actor,
    series: &series::Model,
    (kind, edited, from): (EditKind, i32, i32),
    (before, after, reason): (String, String, &str),
) -> Result<(), StoreError> {
    let total = event::Entity::find()
        .filter(event::Column::SeriesId.eq(series.id))
        .filter(event::Column::SeriesNumber.gte(from))
        .filter(event::Column::StartsAt.gt(tx.now()))
        .filter(event::Column::Status.ne(EventStatus::Cancelled.name()))
        .count(tx.db())
        .await?;
    let id = new_id();
    let new = series_edit::ActiveModel {
        id: Set(id),
        series_id: Set(series.id),
        member_id: Set(actor.member().map(|member| member.0)),
        kind: Set(kind.name().to_owned()),
        edited_number: Set(edited),
        from_number: Set(from),
        details_before: Set(before),
        details_after: Set(after),
        reason: Set(reason.to_owned()),
        position: Set(from - 1),
        done_dates: Set(0),
        total_dates: Set(i32::try_from(total).unwrap_or(i32::MAX)),
        created_at: Set(tx.now()),
        finished_at: Set(None),
    };
    new.insert(tx.db()).await?;
    jobs::enqueue(tx, NewJob::about(SERIES_EDIT, id, tx.now())).await
}

/// The details in a row.
pub(super) fn details_of(text: &str) -> Result<EventDetails, StoreError> {
    let form: EventForm = serde_json::from_str(text)?;
    form.check().map_err(|_| StoreError::Corrupt("a change of a series has unreadable details".to_owned()))
}
