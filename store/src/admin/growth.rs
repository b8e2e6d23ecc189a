//! How the community grew in the last weeks, for admins. Figures only, without names.

use chrono::Duration;
use domain::{
    Actor, Instant,
    events::{EventStatus, RsvpState},
    policy::admin::ManageMembers,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait as _, QueryFilter as _, QuerySelect as _,
    Select,
    sea_query::{Alias, CaseStatement, Expr, ExprTrait as _, Func},
};

use super::rights::may;
use crate::{
    Store, StoreError,
    entities::{event, kudos, member, rsvp},
};

/// The number of weeks that the figures cover.
pub const WEEKS: usize = 12;

/// The figures of the last [`WEEKS`] weeks. A week is seven days, and the last one ends now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Growth {
    /// How many members there are.
    pub members: u64,
    /// When each week began, the oldest first.
    pub weeks: Vec<Instant>,
    /// Members who joined in each week.
    pub joined: Vec<u64>,
    /// Published events that began in each week.
    pub events: Vec<u64>,
    /// Seats taken at the events of each week, without guests.
    pub seats: Vec<u64>,
    /// Kudos given in each week, private ones too.
    pub kudos: Vec<u64>,
}

/// The growth of the community.
///
/// # Errors
/// `Refused` when the actor is not an admin.
pub async fn growth(store: &Store, actor: &Actor) -> Result<Growth, StoreError> {
    let _permit = may(actor, ManageMembers)?;
    let (db, now) = (store.db(), store.now());
    let weeks = weeks(now);
    // A workshop is a part of its event (D7).
    let published =
        event::Column::Status.eq(EventStatus::Published.name()).and(event::Column::ParentId.is_null());
    let seats = rsvp::Entity::find()
        .filter(rsvp::Column::State.eq(RsvpState::Going.name()))
        .inner_join(event::Entity)
        .filter(published.clone());
    Ok(Growth {
        members: member::Entity::find().count(db).await?,
        joined: each_week(db, member::Entity::find(), member::Column::JoinedAt, now).await?,
        events: each_week(db, event::Entity::find().filter(published), event::Column::StartsAt, now).await?,
        seats: each_week(db, seats, event::Column::StartsAt, now).await?,
        kudos: each_week(db, kudos::Entity::find(), kudos::Column::GivenAt, now).await?,
        weeks,
    })
}

/// When each week began, the oldest first.
fn weeks(now: Instant) -> Vec<Instant> {
    (1..=i64::try_from(WEEKS).unwrap_or(0)).rev().map(|week| now - Duration::weeks(week)).collect()
}

/// How many rows are in each week. One query, which reads a range of an index of the column.
async fn each_week<E, C>(
    db: &impl ConnectionTrait,
    rows: Select<E>,
    at: C,
    now: Instant,
) -> Result<Vec<u64>, StoreError>
where
    E: EntityTrait,
    C: ColumnTrait,
{
    let weeks = weeks(now);
    let mut week_of = CaseStatement::new();
    for (week, ends) in (0_i32..).zip(&weeks[1..]) {
        week_of = week_of.case(at.lt(*ends), week);
    }
    let last = i32::try_from(WEEKS - 1).unwrap_or(i32::MAX);
    let found: Vec<(i32, i64)> = rows
        .select_only()
        .expr_as(week_of.finally(last), "week")
        .expr_as(Func::count(Expr::value(1)), "number")
        .filter(at.gte(weeks[0]))
        .filter(at.lt(now))
        .group_by(Expr::col(Alias::new("week")))
        .into_tuple()
        .all(db)
        .await?;
    let mut figures = vec![0; WEEKS];
    for (week, number) in found {
        if let Some(figure) = usize::try_from(week).ok().and_then(|week| figures.get_mut(week)) {
            *figure = u64::try_from(number).unwrap_or(0);
        }
    }
    Ok(figures)
}
