//! Rows as domain values, and the numbers that are counted from rows.

use domain::{
    Actor, EventId, Instant, MemberId, RsvpId, Slug, Zone,
    events::{Event, EventDetails, Rsvp, RsvpState},
    policy::{Action, Permit, Relation, permit},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    sea_query::{Expr, ExprTrait as _},
};
use uuid::Uuid;

use crate::{
    Fault,
    entities::{event, rsvp},
    write::Tx,
};

/// An event's row as the domain's event.
pub(crate) fn event_from_row(row: event::Model) -> Result<Event, Fault> {
    let broken = |what: &str| Fault::Broken(format!("event {}: unreadable {what}", row.id));
    let count = |n: i32| u32::try_from(n).unwrap_or(0);
    let zone: Zone = row.zone.parse().map_err(|()| broken("zone"))?;
    Ok(Event {
        id: EventId(row.id),
        slug: Slug::parse(&row.slug).ok_or_else(|| broken("slug"))?,
        status: row.status.parse().map_err(|()| broken("status"))?,
        host: row.host_id.map(MemberId),
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        going: count(row.going),
        waiting: count(row.waiting),
        version: count(row.version),
        details: EventDetails {
            kind: row.kind.parse().map_err(|()| broken("kind"))?,
            title: row.title,
            summary: row.summary,
            description: row.description,
            place: row.place,
            join_url: row.join_url,
            starts: row.starts_wall,
            zone,
            minutes: count(row.minutes),
            capacity: row.capacity.map(count),
            guests_most: u8::try_from(row.guests_most).unwrap_or(0),
            opens: row.opens_wall,
            closes: row.closes_wall,
        },
        cancel_reason: row.cancel_reason,
    })
}

/// What a host says of an event, set into its row. Instants are derived here and nowhere else.
pub(crate) fn set_details(row: &mut event::ActiveModel, details: &EventDetails, now: Instant) {
    let (starts_at, ends_at, _) = details.instants();
    let number = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
    row.title = Set(details.title.clone());
    row.kind = Set(details.kind.name().to_owned());
    row.summary = Set(details.summary.clone());
    row.description = Set(details.description.clone());
    row.place = Set(details.place.clone());
    row.join_url = Set(details.join_url.clone());
    row.starts_wall = Set(details.starts);
    row.zone = Set(details.zone.name().to_owned());
    row.minutes = Set(number(details.minutes));
    row.starts_at = Set(starts_at);
    row.ends_at = Set(ends_at);
    row.capacity = Set(details.capacity.map(number));
    row.guests_most = Set(i32::from(details.guests_most));
    row.opens_wall = Set(details.opens);
    row.closes_wall = Set(details.closes);
    row.updated_at = Set(now);
}

/// An answer's row as the domain's answer.
pub(crate) fn rsvp_from_row(row: rsvp::Model) -> Result<Rsvp, Fault> {
    Ok(Rsvp {
        id: RsvpId(row.id),
        event: EventId(row.event_id),
        member: MemberId(row.member_id),
        state: row.state.parse().map_err(|()| Fault::Broken(format!("rsvp {}: unknown state", row.id)))?,
        guests: u8::try_from(row.guests).unwrap_or(0),
        place: row.place,
        sequence: u32::try_from(row.sequence).unwrap_or(0),
    })
}

/// An event and its row, locked until the transaction ends: everything about its seats is decided
/// behind this lock. Hidden and absent events answer alike.
pub(crate) async fn lock(tx: &Tx, who: &Actor, slug: &Slug) -> Result<(Event, event::Model), Fault> {
    let found = event::Entity::find().filter(event::Column::Slug.eq(slug.as_str())).lock_exclusive();
    let row = found.one(tx.db()).await?.ok_or(Fault::NotFound)?;
    let event = event_from_row(row.clone())?;
    if !visible(who, &event) {
        return Err(Fault::NotFound);
    }
    Ok((event, row))
}

/// How the actor stands to an event.
pub(crate) fn relation(who: &Actor, event: &Event) -> Relation {
    if event.host.is_some() && event.host == who.member() { Relation::Own } else { Relation::Other }
}

/// Whether the actor may see it at all.
pub(crate) fn visible(who: &Actor, event: &Event) -> bool {
    use domain::events::EventStatus::{Cancelled, Draft, Published};
    match event.status {
        Published | Cancelled => true,
        Draft => permit(who, Action::SeeDraftEvent, relation(who, event)).is_ok(),
    }
}

/// The permit to change an event.
pub(crate) fn edit_permit(who: &Actor, event: &Event) -> Result<Permit, Fault> {
    Ok(permit(who, Action::EditEvent, relation(who, event))?)
}

/// Seats of all answers of one state, guests counted, from the rows themselves.
pub(crate) async fn seats_of(db: &impl ConnectionTrait, event: Uuid, state: RsvpState) -> Result<u32, Fault> {
    let sum: Option<Option<i64>> = rsvp::Entity::find()
        .select_only()
        .expr(Expr::col(rsvp::Column::Guests).add(1).sum().cast_as("bigint"))
        .filter(rsvp::Column::EventId.eq(event))
        .filter(rsvp::Column::State.eq(state.name()))
        .into_tuple()
        .one(db)
        .await?;
    Ok(u32::try_from(sum.flatten().unwrap_or(0)).unwrap_or(0))
}
