//! Conversion of rows to domain values, and counts taken from rows.
//!
//! An event is read together with the names of its group and its host, in one query.

use std::collections::HashMap;

use domain::{
    Actor, EventId, Instant, MemberId, Problem, Refusal, RsvpId, Slug, Zone,
    events::{Event, EventDetails, FewerOffer, Mode, Rsvp, RsvpState, Seating, Taken, UploadedCover},
    members::{Audience, Viewer},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, FromQueryResult, JoinType,
    QueryFilter as _, QuerySelect as _, RelationTrait as _, Select,
    sea_query::{Expr, ExprTrait as _},
};
use uuid::Uuid;

use super::visibility::visible_any;
pub(crate) use super::visibility::{edit_permit, relation, visible};
use crate::{
    StoreError,
    blocks::hidden_from,
    entities::{event, group, member, member_picture, profile, registration, rsvp},
    groups::{self, GroupName},
    members::shown_name,
    write::Tx,
};

/// Where and when a workshop takes place, from its session (D7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WorkshopSlot {
    pub(crate) title: String,
    pub(crate) room: String,
    pub(crate) starts_at: Instant,
    pub(crate) minutes: u32,
}

/// RSVPs of people who take part: they have a seat or an offer, wait, or requested a seat.
pub(crate) fn takes_part() -> Expr {
    rsvp::Column::State.is_in(RsvpState::ACTIVE.map(RsvpState::name))
}

/// RSVPs that may attend, on site or online. Same as [`Rsvp::is_seated`].
pub(crate) fn seated() -> Condition {
    Condition::any()
        .add(rsvp::Column::State.eq(RsvpState::Going.name()))
        .add(rsvp::Column::OnlineMeanwhile.eq(true))
}

/// An event's row with the names of its group and host.
#[derive(FromQueryResult)]
pub(crate) struct EventRow {
    #[sea_orm(nested)]
    pub(crate) row: event::Model,
    pub(crate) group_slug: Option<String>,
    pub(crate) group_name: Option<String>,
    host_name: Option<String>,
    host_seen_by: Option<String>,
    host_slug: Option<String>,
    host_picture: Option<String>,
    host_picture_seen_by: Option<String>,
}

impl EventRow {
    /// Converts the row to a domain event.
    pub(crate) fn event(self) -> Result<Event, StoreError> {
        event_from_row(self.row, self.group_slug.as_deref().and_then(Slug::parse))
    }

    /// The group that the event belongs to.
    pub(crate) fn group(&self) -> Option<GroupName> {
        let slug = Slug::parse(self.group_slug.as_ref()?)?;
        Some(GroupName { slug, name: self.group_name.clone()? })
    }

    /// The name of the host's page in URLs, if the reader may see their name.
    pub(crate) fn host_slug(&self, actor: &Actor) -> Option<Slug> {
        self.host(actor).and(self.host_slug.as_deref().and_then(Slug::parse))
    }

    /// The hash that names the host's picture, if they have one that the reader may see.
    pub(crate) fn host_picture(&self, actor: &Actor) -> Option<String> {
        let audience: Audience = self.host_picture_seen_by.as_ref()?.parse().ok()?;
        let seen = Viewer::of(actor, MemberId(self.row.host_id?)).audiences().contains(&audience);
        self.host(actor).and(self.host_picture.clone()).filter(|_| seen)
    }

    /// The host's name, if they have set one and the reader may see it.
    pub(crate) fn host(&self, actor: &Actor) -> Option<String> {
        let audience: Audience = self.host_seen_by.as_ref()?.parse().ok()?;
        let seen = Viewer::of(actor, MemberId(self.row.host_id?)).audiences().contains(&audience);
        self.host_name.clone().filter(|name| seen && !name.is_empty())
    }
}

/// Events with the names of group and host, for `into_model` with [`EventRow`]. The host's name is left out
/// if either of the two blocked the other (F3).
pub(crate) fn find(actor: &Actor) -> Select<event::Entity> {
    let actor = *actor;
    let host = event::Relation::Host
        .def()
        .on_condition(move |_, _| hidden_from(&actor, Expr::col((member::Entity, member::Column::Id))));
    let profile_of_host = event::Entity::belongs_to(profile::Entity)
        .from(event::Column::HostId)
        .to(profile::Column::MemberId)
        .into();
    let picture_of_host = event::Entity::belongs_to(member_picture::Entity)
        .from(event::Column::HostId)
        .to(member_picture::Column::MemberId)
        .into();
    event::Entity::find()
        .column_as(group::Column::Slug, "group_slug")
        .column_as(group::Column::Name, "group_name")
        .expr_as(shown_name(), "host_name")
        .column_as(profile::Column::NameAudience, "host_seen_by")
        .column_as(profile::Column::Slug, "host_slug")
        .column_as(member_picture::Column::Hash, "host_picture")
        .column_as(profile::Column::PictureAudience, "host_picture_seen_by")
        .join(JoinType::LeftJoin, event::Relation::Group.def())
        .join(JoinType::LeftJoin, host)
        .join(JoinType::LeftJoin, profile_of_host)
        .join(JoinType::LeftJoin, picture_of_host)
}

/// Converts an event's row to a domain event. `group` is separate because the row only has the group's ID.
pub(crate) fn event_from_row(row: event::Model, group: Option<Slug>) -> Result<Event, StoreError> {
    let corrupt = |what: &str| StoreError::Corrupt(format!("event {}: unreadable {what}", row.id));
    let count = |n: i32| u32::try_from(n).unwrap_or(0);
    let zone: Zone = row.zone.parse().map_err(|()| corrupt("zone"))?;
    Ok(Event {
        id: EventId(row.id),
        slug: Slug::parse(&row.slug).ok_or_else(|| corrupt("slug"))?,
        parent: row.parent_id.map(EventId),
        status: row.status.parse().map_err(|()| corrupt("status"))?,
        host: row.host_id.map(MemberId),
        starts_at: row.starts_at,
        ends_at: row.ends_at,
        going: count(row.going),
        waiting: count(row.waiting),
        online_going: count(row.online_going),
        online_waiting: count(row.online_waiting),
        cover: row.cover_name.map(|hash| UploadedCover { hash, alternative: row.cover_alternative }),
        version: count(row.version),
        details: EventDetails {
            kind: row.kind.parse().map_err(|()| corrupt("kind"))?,
            title: row.title,
            summary: row.summary,
            description: row.description,
            group,
            place: row.place,
            join_url: row.join_url,
            starts: row.starts_wall,
            zone,
            minutes: count(row.minutes),
            capacity: row.capacity.map(count),
            guests_max: u8::try_from(row.guests_max).unwrap_or(0),
            opens: row.opens_wall,
            closes: row.closes_wall,
            attendee_list: row.attendee_list.parse().map_err(|()| corrupt("attendee list"))?,
            seating: Seating {
                approval: row.approval,
                promotion: row.promotion.parse().map_err(|()| corrupt("promotion"))?,
                hold_minutes: row.hold_minutes.map(count),
                freeze_minutes: row.freeze_minutes.map(count),
                online_capacity: row.online_capacity.map(count),
            },
        },
        cancel_reason: row.cancel_reason,
    })
}

/// Sets the details that a host edits into an event's row. Instants are derived here and nowhere else.
///
/// # Errors
/// `Invalid` when the group doesn't exist.
pub(crate) async fn set_details(
    tx: &Tx,
    row: &mut event::ActiveModel,
    details: &EventDetails,
) -> Result<(), StoreError> {
    let group = match &details.group {
        Some(slug) => match groups::id_of(tx.db(), slug).await? {
            Some(id) => Some(id),
            None => {
                let problem = Problem { field: "group".into(), why: Refusal::BadChoice };
                return Err(StoreError::Invalid(vec![problem]));
            }
        },
        None => None,
    };
    let (starts_at, ends_at, _) = details.instants();
    let number = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
    row.title = Set(details.title.clone());
    row.kind = Set(details.kind.name().to_owned());
    row.summary = Set(details.summary.clone());
    row.description = Set(details.description.clone());
    row.group_id = Set(group);
    row.place = Set(details.place.clone());
    row.join_url = Set(details.join_url.clone());
    row.starts_wall = Set(details.starts);
    row.zone = Set(details.zone.name().to_owned());
    row.minutes = Set(number(details.minutes));
    row.starts_at = Set(starts_at);
    row.ends_at = Set(ends_at);
    row.capacity = Set(details.capacity.map(number));
    row.guests_max = Set(i32::from(details.guests_max));
    row.opens_wall = Set(details.opens);
    row.closes_wall = Set(details.closes);
    row.attendee_list = Set(details.attendee_list.name().to_owned());
    row.approval = Set(details.seating.approval);
    row.promotion = Set(details.seating.promotion.name().to_owned());
    row.hold_minutes = Set(details.seating.hold_minutes.map(number));
    row.freeze_minutes = Set(details.seating.freeze_minutes.map(number));
    row.online_capacity = Set(details.seating.online_capacity.map(number));
    row.updated_at = Set(tx.now());
    Ok(())
}

/// Converts an RSVP's row to a domain RSVP.
pub(crate) fn rsvp_from_row(row: rsvp::Model) -> Result<Rsvp, StoreError> {
    let corrupt = |what: &str| StoreError::Corrupt(format!("rsvp {}: unknown {what}", row.id));
    let seats = u32::try_from(row.fewer_offer_seats).unwrap_or(0);
    Ok(Rsvp {
        id: RsvpId(row.id),
        event: EventId(row.event_id),
        member: MemberId(row.member_id),
        state: row.state.parse().map_err(|()| corrupt("state"))?,
        mode: row.mode.parse().map_err(|()| corrupt("mode"))?,
        guests: u8::try_from(row.guests).unwrap_or(0),
        guests_waiting: u8::try_from(row.guests_waiting).unwrap_or(0),
        online_meanwhile: row.online_meanwhile,
        waitlist_seq: row.waitlist_seq,
        seat_seq: row.seat_seq,
        sequence: u32::try_from(row.sequence).unwrap_or(0),
        since: row.answered_at,
        holds_until: row.holds_until,
        fewer_offer: row.fewer_offer_until.map(|until| FewerOffer { seats, until }),
        skips: u32::try_from(row.skips).unwrap_or(0),
        message: row.message,
    })
}

/// An event and its row, locked until the transaction ends. Everything about seats is decided behind this
/// lock. Hidden and absent events give the same `NotFound`.
pub(crate) async fn lock(tx: &Tx, actor: &Actor, slug: &Slug) -> Result<(Event, event::Model), StoreError> {
    let (event, row) =
        locked(tx, event::Column::Slug.eq(slug.as_str())).await?.ok_or(StoreError::NotFound)?;
    if !visible(tx.db(), actor, &event).await? {
        return Err(StoreError::NotFound);
    }
    Ok((event, row))
}

/// Like [`lock`], also for a workshop of an event (D7).
pub(crate) async fn lock_any(
    tx: &Tx,
    actor: &Actor,
    slug: &Slug,
) -> Result<(Event, event::Model), StoreError> {
    let (event, row) =
        locked(tx, event::Column::Slug.eq(slug.as_str())).await?.ok_or(StoreError::NotFound)?;
    if !visible_any(tx.db(), actor, &event).await? {
        return Err(StoreError::NotFound);
    }
    Ok((event, row))
}

/// The event that matches a condition, locked until the transaction ends.
pub(crate) async fn locked(tx: &Tx, condition: Expr) -> Result<Option<(Event, event::Model)>, StoreError> {
    let Some(row) = event::Entity::find().filter(condition).lock_exclusive().one(tx.db()).await? else {
        return Ok(None);
    };
    tx.read_clock();
    // A separate query: after waiting for a lock, PostgreSQL doesn't read joined rows again.
    let group = match row.group_id {
        Some(id) => group::Entity::find_by_id(id).one(tx.db()).await?.and_then(|row| Slug::parse(&row.slug)),
        None => None,
    };
    Ok(Some((event_from_row(row.clone(), group)?, row)))
}

/// Seats of an event including guests, counted from its RSVPs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Taken seats, including offers that are still held, and seats that are held for visitors.
    pub(crate) going: Taken,
    /// Seats wanted on the waitlists, including more guests for people who have a seat.
    pub(crate) waiting: Taken,
}

impl Tally {
    /// The seats of one RSVP.
    fn of(rsvp: &Rsvp, hybrid: bool) -> Self {
        let mut tally = Self::default();
        let add = |to: &mut Taken, seats: u32| {
            *(if hybrid && rsvp.mode == Mode::Online { &mut to.online } else { &mut to.room }) += seats;
        };
        match rsvp.state {
            RsvpState::Going | RsvpState::Offered => {
                add(&mut tally.going, rsvp.seats());
                add(&mut tally.waiting, u32::from(rsvp.guests_waiting));
            }
            RsvpState::Waiting => add(&mut tally.waiting, rsvp.seats()),
            RsvpState::Pending | RsvpState::Left | RsvpState::Declined => return tally,
        }
        if rsvp.online_meanwhile {
            tally.going.online += rsvp.seats();
        }
        tally
    }

    /// The tally after one RSVP changed.
    pub(crate) fn after(self, was: &Rsvp, now: &Rsvp, hybrid: bool) -> Self {
        let (was, now) = (Self::of(was, hybrid), Self::of(now, hybrid));
        let moved = |counted: u32, was: u32, now: u32| (counted + now).saturating_sub(was);
        let pools = |counted: Taken, was: Taken, now: Taken| Taken {
            room: moved(counted.room, was.room, now.room),
            online: moved(counted.online, was.online, now.online),
        };
        Self {
            going: pools(self.going, was.going, now.going),
            waiting: pools(self.waiting, was.waiting, now.waiting),
        }
    }
}

/// Sums over the RSVPs of one event, state and mode.
#[derive(FromQueryResult)]
struct SeatSum {
    event_id: Uuid,
    state: String,
    mode: String,
    online_meanwhile: bool,
    seats: i64,
    guests_waiting: i64,
}

/// Counts the seats of an event (A3).
pub(crate) async fn tally(db: &impl ConnectionTrait, event: Uuid, hybrid: bool) -> Result<Tally, StoreError> {
    Ok(tallies(db, Some(event), |_| hybrid).await?.remove(&event).unwrap_or_default())
}

/// Counts the seats of one event or of all, with one query for the RSVPs and one for seats that are held. Events that
/// nobody wants to visit are not in it.
pub(crate) async fn tallies(
    db: &impl ConnectionTrait,
    event: Option<Uuid>,
    is_hybrid: impl Fn(Uuid) -> bool,
) -> Result<HashMap<Uuid, Tally>, StoreError> {
    use RsvpState::{Going, Offered, Waiting};
    let sums = rsvp::Entity::find()
        .select_only()
        .columns([rsvp::Column::EventId, rsvp::Column::State, rsvp::Column::Mode])
        .column(rsvp::Column::OnlineMeanwhile)
        .expr_as(Expr::col(rsvp::Column::Guests).add(1).sum().cast_as("bigint"), "seats")
        .expr_as(Expr::col(rsvp::Column::GuestsWaiting).sum().cast_as("bigint"), "guests_waiting")
        .filter(Condition::all().add_option(event.map(|event| rsvp::Column::EventId.eq(event))))
        .filter(rsvp::Column::State.is_in([Going, Offered, Waiting].map(RsvpState::name)))
        .group_by(rsvp::Column::EventId)
        .group_by(rsvp::Column::State)
        .group_by(rsvp::Column::Mode)
        .group_by(rsvp::Column::OnlineMeanwhile)
        .into_model::<SeatSum>()
        .all(db)
        .await?;
    let mut tallies: HashMap<Uuid, Tally> = HashMap::new();
    let number = |n: i64| u32::try_from(n).unwrap_or(0);
    let is_online = |event: Uuid, mode: &str| mode == Mode::Online.name() && is_hybrid(event);
    for sum in sums {
        let tally = tallies.entry(sum.event_id).or_default();
        let online = is_online(sum.event_id, &sum.mode);
        let add = |to: &mut Taken, n: i64| {
            *(if online { &mut to.online } else { &mut to.room }) += number(n);
        };
        if sum.state == Waiting.name() {
            add(&mut tally.waiting, sum.seats);
        } else {
            add(&mut tally.going, sum.seats);
            add(&mut tally.waiting, sum.guests_waiting);
        }
        if sum.online_meanwhile {
            tally.going.online += number(sum.seats);
        }
    }
    for (event, mode) in held(db, event).await? {
        let going = &mut tallies.entry(event).or_default().going;
        *(if is_online(event, &mode) { &mut going.online } else { &mut going.room }) += 1;
    }
    Ok(tallies)
}

/// The events and modes of the seats that are held for visitors who have not confirmed their address (A14). Expired holds
/// count until they are removed behind the event's lock.
async fn held(db: &impl ConnectionTrait, event: Option<Uuid>) -> Result<Vec<(Uuid, String)>, StoreError> {
    Ok(registration::Entity::find()
        .select_only()
        .columns([registration::Column::EventId, registration::Column::Mode])
        .filter(Condition::all().add_option(event.map(|event| registration::Column::EventId.eq(event))))
        .filter(registration::Column::IsHeld.eq(true))
        .into_tuple()
        .all(db)
        .await?)
}

#[cfg(test)]
mod tests {
    use domain::{EventId, MemberId, RsvpId};

    use super::*;

    fn rsvp(state: RsvpState, mode: Mode, guests: u8) -> Rsvp {
        let since = "2026-11-20T00:00:00Z".parse().unwrap();
        let (id, nil) = (RsvpId(Uuid::nil()), Uuid::nil());
        Rsvp { state, mode, guests, ..Rsvp::unanswered(id, EventId(nil), MemberId(nil), since) }
    }

    fn seats(going: (u32, u32), waiting: (u32, u32)) -> Tally {
        let taken = |(room, online)| Taken { room, online };
        Tally { going: taken(going), waiting: taken(waiting) }
    }

    #[test]
    fn a_saved_rsvp_keeps_the_count_up_to_date() {
        use RsvpState::{Going, Left, Offered, Waiting};
        let before = seats((5, 3), (4, 2));
        let room = |state, guests| rsvp(state, Mode::OnSite, guests);
        let both = Rsvp { online_meanwhile: true, ..room(Waiting, 1) };
        let more = Rsvp { guests_waiting: 2, ..room(Going, 0) };
        let rows = [
            (room(Left, 0), room(Going, 2), seats((8, 3), (4, 2))),
            (room(Waiting, 1), room(Offered, 1), seats((7, 3), (2, 2))),
            (room(Going, 1), room(Left, 1), seats((3, 3), (4, 2))),
            (room(Going, 0), more, seats((5, 3), (6, 2))),
            (room(Waiting, 1), both.clone(), seats((5, 5), (4, 2))),
            (both, room(Going, 1), seats((7, 1), (2, 2))),
            (rsvp(Going, Mode::Online, 0), room(Waiting, 0), seats((5, 2), (5, 2))),
        ];
        for (was, now, after) in rows {
            assert_eq!(before.after(&was, &now, true), after, "{was:?} → {now:?}");
        }
        // All seats of an event that is not hybrid are in one pool.
        let online = before.after(&room(Left, 0), &rsvp(Going, Mode::Online, 0), false);
        assert_eq!(online, seats((6, 3), (4, 2)));
    }
}
