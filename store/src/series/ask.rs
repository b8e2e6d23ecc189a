//! "Do you still want the seat?" (B9): a member with a standing RSVP who missed two dates in a row is asked once. The link in
//! the email works without signing in.

use chrono::Months;
use domain::{
    MemberId, Role, SeriesRsvpId, Slug,
    emails::SeatStillWanted,
    events::{EventStatus, NO_SHOW_MONTHS, RsvpState},
    policy::{Own, permit, seats::ManageSeat},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};

use super::rows::{locked, slug_of};
use crate::{
    Store, StoreError, audit,
    entities::{event, member, rsvp, series, series_rsvp},
    events::{event_with_group, facts_for_all},
    jobs::{self, Due, Job, Next},
    members, outbox,
    write::verb,
};

/// The kind of job that asks one member.
pub(crate) const SERIES_ASK: &str = "series_ask";
/// How many dates in a row somebody misses before they are asked.
const MISSED: usize = 2;

/// The standing RSVPs of members who may have missed two dates.
pub(crate) async fn due_asks(store: Store) -> Result<Due, StoreError> {
    let now = store.now();
    let subjects = series_rsvp::Entity::find()
        .select_only()
        .column(series_rsvp::Column::Id)
        .filter(series_rsvp::Column::AskAt.lte(now))
        .filter(series_rsvp::Column::Id.not_in_subquery(jobs::taken(SERIES_ASK)))
        .order_by_asc(series_rsvp::Column::AskAt)
        .limit(jobs::BATCH)
        .into_tuple()
        .all(store.db())
        .await?;
    let next = series_rsvp::Entity::find()
        .filter(series_rsvp::Column::AskAt.gt(now))
        .order_by_asc(series_rsvp::Column::AskAt)
        .one(store.db())
        .await?;
    Ok(Due { subjects, next: next.and_then(|row| row.ask_at) })
}

/// Asks one member, if they missed the last two dates at which they had a seat and were not asked about them.
pub(crate) async fn run_ask(store: Store, job: Job) -> Result<Next, StoreError> {
    verb!(store, |tx, job| {
        let id = job.subject()?;
        let Some(standing) = series_rsvp::Entity::find_by_id(id).one(tx.db()).await? else {
            return Ok(Next::Done);
        };
        // Behind this lock, nobody stops the standing RSVP.
        let series = locked(tx, standing.series_id).await?.ok_or(StoreError::NotFound)?;
        let found = series_rsvp::Entity::find_by_id(id).one(tx.db()).await?;
        let Some(standing) = found.filter(|row| row.ask_at.is_some_and(|at| at <= tx.now())) else {
            return Ok(Next::Done);
        };
        let had_seats = rsvp::Entity::find()
            .find_also_related(event::Entity)
            .filter(event::Column::SeriesId.eq(series.id))
            .filter(event::Column::Status.eq(EventStatus::Published.name()))
            .filter(event::Column::EndsAt.lte(tx.now()))
            .filter(event::Column::SeriesNumber.gt(standing.asked_number))
            .filter(rsvp::Column::MemberId.eq(standing.member_id))
            .filter(rsvp::Column::State.eq(RsvpState::Going.name()))
            .order_by_desc(event::Column::SeriesNumber)
            .limit(MISSED as u64)
            .all(tx.db())
            .await?;
        let remembers = tx.now() - Months::new(NO_SHOW_MONTHS);
        let missed: Vec<event::Model> = had_seats
            .into_iter()
            .filter(|(rsvp, _)| rsvp.no_show_at.is_some_and(|at| at > remembers))
            .filter_map(|(_, event)| event)
            .collect();
        let asks = missed.len() == MISSED;
        let last = missed.first().and_then(|date| date.series_number);
        let change = series_rsvp::ActiveModel {
            id: Set(id),
            ask_at: Set(None),
            asked_number: Set(last.filter(|_| asks).unwrap_or(standing.asked_number)),
            ..Default::default()
        };
        change.update(tx.db()).await?;
        let row = members::load(tx.db(), MemberId(standing.member_id)).await?;
        let Some(to) = members::recipient(&row).filter(|_| asks && row.role != Role::Suspended.name()) else {
            return Ok(Next::Done);
        };
        let mut dates = Vec::new();
        for date in missed.into_iter().rev() {
            dates.push(facts_for_all(&event_with_group(tx.db(), date).await?));
        }
        let email = SeatStillWanted { standing: SeriesRsvpId(id), series: slug_of(&series)?, dates };
        outbox::post(tx, Some(MemberId(standing.member_id)), &to, &email.into()).await?;
        Ok(Next::Done)
    })
}

/// A standing RSVP as the page behind its link shows it.
#[derive(Clone, Debug)]
pub struct StandingRsvp {
    /// The series, at `/series/{slug}`.
    pub series: Slug,
    /// The title of its last date.
    pub title: String,
}

/// The standing RSVP behind a link. `None` when the member has stopped it.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database fails.
pub async fn standing_by_link(store: &Store, id: SeriesRsvpId) -> Result<Option<StandingRsvp>, StoreError> {
    let Some(row) = series_rsvp::Entity::find_by_id(id.0).one(store.db()).await? else { return Ok(None) };
    let series =
        series::Entity::find_by_id(row.series_id).one(store.db()).await?.ok_or(StoreError::NotFound)?;
    let last = event::Entity::find()
        .filter(event::Column::SeriesId.eq(series.id))
        .order_by_desc(event::Column::SeriesNumber)
        .limit(1)
        .one(store.db())
        .await?;
    let title = last.map(|date| date.title).unwrap_or_default();
    Ok(Some(StandingRsvp { series: slug_of(&series)?, title }))
}

/// Stops a standing RSVP for the holder of its link. The seats that they have stay. Stopping again changes nothing.
///
/// # Errors
/// `Refused` for suspended members.
pub async fn stop_by_link(store: &Store, id: SeriesRsvpId) -> Result<(), StoreError> {
    verb!(store, |tx, &id| {
        let Some(row) = series_rsvp::Entity::find_by_id(id.0).one(tx.db()).await? else { return Ok(()) };
        let owner =
            member::Entity::find_by_id(row.member_id).one(tx.db()).await?.ok_or(StoreError::NotFound)?;
        let permit = permit(&members::as_actor(owner)?, ManageSeat, Own)?;
        series_rsvp::Entity::delete_by_id(id.0).exec(tx.db()).await?;
        audit::record(tx, &permit, "series.stop", row.series_id).await
    })
}
