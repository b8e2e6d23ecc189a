//! Standing RSVPs (B6): a member always wants a seat at the dates of a series, the existing and the future ones.

use domain::{
    Actor, MemberId, Refusal, Role, SeriesId, Slug,
    emails::{Email, GivenUp, SeriesSeats},
    events::EventStatus,
    policy::{Own, permit, seats::ManageSeat},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, sea_query::Expr,
};
use serde_json::Value;
use uuid::Uuid;

use super::rows::{locked, slug_of, template};
use crate::{
    Store, StoreError, audit,
    entities::{event, member, series, series_rsvp},
    events::{StandingSeat, event_with_group, needs_answers, opens_at, seen_by, take_standing},
    jobs::{self, Due, Job, Next},
    members, outbox,
    secrets::new_id,
    write::{Tx, verb},
};

/// The kind of job that gives seats at a new date to members who always want one.
pub(crate) const SERIES_SEATS: &str = "series_seats";
/// How many members get their seat in one transaction. It has the event's lock, and RSVPs wait for it.
const SEATS_AT_ONCE: u64 = 20;

/// Always saves the actor a seat: at the published dates ahead that they have not answered, and at future ones. They get
/// one email. Asking again changes nothing. Returns how many dates they got a seat or a position at.
///
/// # Errors
/// `NotFound` when they see none of its dates, `Refused` for suspended members, and when the next date asks questions
/// that they have not answered.
pub async fn always(store: &Store, actor: &Actor, slug: &Slug) -> Result<u32, StoreError> {
    verb!(store, |tx, actor, slug| {
        let (me, permit) = members::own(actor, ManageSeat)?;
        let row = seen(tx.db(), actor, slug).await?;
        // Behind this lock, every date that is not seen here is left to the job, which sees this member.
        let row = locked(tx, row.id).await?.ok_or(StoreError::NotFound)?;
        if is_hybrid(tx.db(), row.id).await? {
            return Err(Refusal::SeriesIsHybrid.into());
        }
        if standing(tx.db(), SeriesId(row.id), me).await? {
            return Ok(0);
        }
        let id = new_id();
        let new = series_rsvp::ActiveModel {
            id: Set(id),
            series_id: Set(row.id),
            member_id: Set(me.0),
            created_at: Set(tx.now()),
            ask_at: Set(None),
            asked_number: Set(0),
        };
        new.insert(tx.db()).await?;
        audit::record(tx, &permit, "series.always", row.id).await?;
        // Sorted, so that two members who ask at once lock events in the same order.
        let dates = event::Entity::find()
            .filter(event::Column::SeriesId.eq(row.id))
            .filter(event::Column::Status.eq(EventStatus::Published.name()))
            .filter(event::Column::StartsAt.gt(tx.now()))
            .filter(seen_by(actor))
            .order_by_asc(event::Column::Id)
            .all(tx.db())
            .await?;
        if let Some(next) = dates.iter().min_by_key(|date| date.starts_at)
            && needs_answers(tx, next.id, me).await?
        {
            return Err(Refusal::SeriesAnswersNeeded.into());
        }
        // Drafts and cancelled dates have no seats. A job gives them once such a date is published.
        event::Entity::update_many()
            .col_expr(event::Column::SeriesSeatsAt, Expr::value(tx.now()))
            .filter(event::Column::SeriesId.eq(row.id))
            .filter(event::Column::Status.ne(EventStatus::Published.name()))
            .exec(tx.db())
            .await?;
        let mut seats = Vec::new();
        for date in dates {
            match wait_until_open(tx, &date).await? {
                true => {}
                false => seats.extend(take_standing(tx, actor, &permit, date.id).await?),
            }
        }
        let count = u32::try_from(seats.len()).unwrap_or(u32::MAX);
        tell(tx, &row, me, seats).await?;
        Ok(count)
    })
}

/// Whether members choose at each date of a series how they come. Then nobody else can choose for them (A12).
pub(super) async fn is_hybrid(db: &impl ConnectionTrait, series: Uuid) -> Result<bool, StoreError> {
    match template(db, series).await? {
        Some(date) => Ok(event_with_group(db, date).await?.details.is_hybrid()),
        None => Ok(false),
    }
}

/// Whether registration for a date opens later. Then a job takes the seats at that time.
async fn wait_until_open(tx: &Tx, date: &event::Model) -> Result<bool, StoreError> {
    let opens = opens_at(&event_with_group(tx.db(), date.clone()).await?.details);
    let Some(opens) = opens.filter(|opens| *opens > tx.now()) else { return Ok(false) };
    let change =
        event::ActiveModel { id: Set(date.id), series_seats_at: Set(Some(opens)), ..Default::default() };
    change.update(tx.db()).await?;
    Ok(true)
}

/// Stops saving the actor a seat. The seats that they have stay. Stopping again changes nothing.
///
/// # Errors
/// `NotFound` when they see none of its dates and have no standing RSVP.
pub async fn stop(store: &Store, actor: &Actor, slug: &Slug) -> Result<(), StoreError> {
    verb!(store, |tx, actor, slug| {
        let (me, permit) = members::own(actor, ManageSeat)?;
        let found = series::Entity::find().filter(series::Column::Slug.eq(slug.as_str()));
        let row = found.one(tx.db()).await?.ok_or(StoreError::NotFound)?;
        let deleted = series_rsvp::Entity::delete_many()
            .filter(series_rsvp::Column::SeriesId.eq(row.id))
            .filter(series_rsvp::Column::MemberId.eq(me.0))
            .exec(tx.db())
            .await?;
        if deleted.rows_affected > 0 {
            return audit::record(tx, &permit, "series.stop", row.id).await;
        }
        seen(tx.db(), actor, slug).await.map(drop)
    })
}

/// A series of which the actor sees a date.
async fn seen(db: &impl ConnectionTrait, actor: &Actor, slug: &Slug) -> Result<series::Model, StoreError> {
    let find = series::Entity::find().filter(series::Column::Slug.eq(slug.as_str()));
    let row = find.one(db).await?.ok_or(StoreError::NotFound)?;
    let dates = event::Entity::find().filter(event::Column::SeriesId.eq(row.id)).filter(seen_by(actor));
    if dates.count(db).await? == 0 { Err(StoreError::NotFound) } else { Ok(row) }
}

/// Whether a member always wants a seat at a series.
pub(super) async fn standing(
    db: &impl ConnectionTrait,
    series: SeriesId,
    member: MemberId,
) -> Result<bool, StoreError> {
    let own = series_rsvp::Entity::find()
        .filter(series_rsvp::Column::SeriesId.eq(series.0))
        .filter(series_rsvp::Column::MemberId.eq(member.0));
    Ok(own.count(db).await? > 0)
}

/// Emails a member about their new seats: about one date as usual, about several dates in one email.
async fn tell(
    tx: &Tx,
    series: &series::Model,
    member: MemberId,
    mut seats: Vec<StandingSeat>,
) -> Result<(), StoreError> {
    let row = members::load(tx.db(), member).await?;
    let Some(to) = members::recipient(&row) else { return Ok(()) };
    seats.sort_by_key(|seat| seat.event.starts_at);
    let email = match seats.len() {
        0 => None,
        1 => seats.pop().and_then(|seat| seat.email),
        _ => {
            let title = seats.first().map(|seat| seat.event.title.clone()).unwrap_or_default();
            let (mut taken, mut waits, mut offers) = (Vec::new(), Vec::new(), Vec::new());
            for seat in seats {
                match (seat.sequence, seat.email) {
                    (Some(_), _) => taken.push(GivenUp { event: seat.event, sequence: seat.sequence }),
                    // A seat that is held until questions are answered has a deadline of its own (A8).
                    (None, Some(Email::Offer(offer))) => offers.push(offer),
                    (None, _) => waits.push(seat.event),
                }
            }
            Some(Email::from(SeriesSeats {
                series: slug_of(series)?,
                title,
                seats: taken,
                waits,
                offers,
                from_waitlist: false,
            }))
        }
    };
    match email {
        Some(email) => outbox::post(tx, Some(member), &to, &email).await,
        None => Ok(()),
    }
}

/// The published dates at which members who always want a seat still have to get one.
pub(crate) async fn due_seats(store: Store) -> Result<Due, StoreError> {
    let now = store.now();
    let published = || {
        event::Entity::find()
            .filter(event::Column::Status.eq(EventStatus::Published.name()))
            .order_by_asc(event::Column::SeriesSeatsAt)
    };
    let subjects = published()
        .select_only()
        .column(event::Column::Id)
        .filter(event::Column::SeriesSeatsAt.lte(now))
        .filter(event::Column::Id.not_in_subquery(jobs::taken(SERIES_SEATS)))
        .limit(jobs::BATCH)
        .into_tuple()
        .all(store.db())
        .await?;
    let next = published().filter(event::Column::SeriesSeatsAt.gt(now)).one(store.db()).await?;
    Ok(Due { subjects, next: next.and_then(|date| date.series_seats_at) })
}

/// Gives the next batch of members their seat at a new date.
pub(crate) async fn run_seats(store: Store, job: Job) -> Result<Next, StoreError> {
    verb!(store, |tx, job| {
        let id = job.subject()?;
        let Some(date) = event::Entity::find_by_id(id).one(tx.db()).await? else { return Ok(Next::Done) };
        let Some(series_id) = date.series_id else { return Ok(Next::Done) };
        // The host may have moved the opening of registration.
        if wait_until_open(tx, &date).await? {
            return Ok(Next::Done);
        }
        let row = locked(tx, series_id).await?.ok_or(StoreError::NotFound)?;
        let after = job.payload.as_str().and_then(|text| text.parse().ok()).unwrap_or(Uuid::nil());
        let members = series_rsvp::Entity::find()
            .find_also_related(member::Entity)
            .filter(series_rsvp::Column::SeriesId.eq(series_id))
            .filter(series_rsvp::Column::Id.gt(after))
            .order_by_asc(series_rsvp::Column::Id)
            .limit(SEATS_AT_ONCE)
            .all(tx.db())
            .await?;
        let more = members.len() as u64 == SEATS_AT_ONCE;
        let mut position = after;
        for (wish, member) in members {
            position = wish.id;
            let Some(member) = member.filter(|member| member.role != Role::Suspended.name()) else {
                continue;
            };
            let me = MemberId(member.id);
            let actor = members::as_actor(member)?;
            let permit = permit(&actor, ManageSeat, Own)?;
            let seat = take_standing(tx, &actor, &permit, id).await?;
            tell(tx, &row, me, seat.into_iter().collect()).await?;
        }
        let due = more.then(|| tx.now());
        let change = event::ActiveModel { id: Set(id), series_seats_at: Set(due), ..Default::default() };
        change.update(tx.db()).await?;
        jobs::checkpoint(tx, job, &Value::String(position.to_string()), 0, None).await?;
        Ok(if more { Next::More } else { Next::Done })
    })
}
