//! Seats from the waitlist that several dates of a series give at once, such as when all of them get more seats. Their
//! members get one email about all their dates when the change is done (A5, B5).

use std::collections::BTreeMap;

use domain::{
    Slug,
    emails::{self, Email, GivenUp, SeriesSeats},
    events::{Event, EventStatus, Rsvp, RsvpState},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _, sea_query::OnConflict,
};
use uuid::Uuid;

use super::{
    notify::{facts, participants_among},
    rows::{locked, rsvp_from_row},
};
use crate::{
    StoreError,
    entities::{event, member, rsvp, series_edit, series_promotion},
    members, outbox,
    write::Tx,
};

/// The seats of a member, each with its date.
type Seats = Vec<(Event, Rsvp)>;

/// How many members are told in one transaction. It has the locks of their dates, and RSVPs wait for it.
const MEMBERS_AT_ONCE: u64 = 40;

/// Notes that a member got a seat, if several dates of the series are being changed. Returns whether they are told later.
pub(super) async fn tell_later(tx: &Tx, rsvp: &Rsvp) -> Result<bool, StoreError> {
    let running = series_edit::Entity::find()
        .select_only()
        .column(series_edit::Column::SeriesId)
        .filter(series_edit::Column::FinishedAt.is_null())
        .into_query();
    let series: Option<Option<Uuid>> = event::Entity::find_by_id(rsvp.event.0)
        .select_only()
        .column(event::Column::SeriesId)
        .filter(event::Column::SeriesId.in_subquery(running))
        .into_tuple()
        .one(tx.db())
        .await?;
    let Some(series) = series.flatten() else { return Ok(false) };
    let row = series_promotion::ActiveModel { rsvp_id: Set(rsvp.id.0), series_id: Set(series) };
    let known = OnConflict::column(series_promotion::Column::RsvpId)
        .update_column(series_promotion::Column::SeriesId)
        .to_owned();
    series_promotion::Entity::insert(row).on_conflict(known).exec_without_returning(tx.db()).await?;
    Ok(true)
}

/// Tells the next members about their seats. Returns whether there were any.
pub(crate) async fn tell_next(tx: &Tx, series: Uuid, slug: &Slug) -> Result<bool, StoreError> {
    let promoted = || {
        series_promotion::Entity::find()
            .select_only()
            .column(series_promotion::Column::RsvpId)
            .filter(series_promotion::Column::SeriesId.eq(series))
            .into_query()
    };
    let members: Vec<Uuid> = rsvp::Entity::find()
        .select_only()
        .column(rsvp::Column::MemberId)
        .distinct()
        .filter(rsvp::Column::Id.in_subquery(promoted()))
        .order_by_asc(rsvp::Column::MemberId)
        .limit(MEMBERS_AT_ONCE)
        .into_tuple()
        .all(tx.db())
        .await?;
    if members.is_empty() {
        return Ok(false);
    }
    let rsvps = rsvp::Entity::find()
        .filter(rsvp::Column::Id.in_subquery(promoted()))
        .filter(rsvp::Column::MemberId.is_in(members.iter().copied()))
        .all(tx.db())
        .await?;
    // Sorted, so that two jobs lock events in the same order.
    let mut dates: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    for rsvp in &rsvps {
        dates.entry(rsvp.event_id).or_default().push(rsvp.id);
    }
    let mut seats: BTreeMap<Uuid, (Option<member::Model>, Seats)> = BTreeMap::new();
    for (date, promoted) in dates {
        let Some((event, _)) = locked(tx, event::Column::Id.eq(date)).await? else { continue };
        if event.status != EventStatus::Published || tx.now() >= event.ends_at {
            continue;
        }
        for (row, to) in participants_among(tx, &event, &members).await? {
            let rsvp = rsvp_from_row(row)?;
            if rsvp.state == RsvpState::Going && promoted.contains(&rsvp.id.0) {
                let (member, own) = seats.entry(rsvp.member.0).or_default();
                *member = to;
                own.push((event.clone(), rsvp));
            }
        }
    }
    for (member, mut own) in seats.into_values() {
        let Some(member) = member else { continue };
        let Some(to) = members::recipient(&member) else { continue };
        own.sort_by_key(|(event, _)| event.starts_at);
        outbox::post(tx, Some(domain::MemberId(member.id)), &to, &email(slug, &own)).await?;
    }
    series_promotion::Entity::delete_many()
        .filter(series_promotion::Column::RsvpId.is_in(rsvps.iter().map(|rsvp| rsvp.id)))
        .exec(tx.db())
        .await?;
    Ok(true)
}

/// About one date as usual, about several dates in one email.
fn email(slug: &Slug, own: &[(Event, Rsvp)]) -> Email {
    // The promotion took the last SEQUENCE.
    let sequence = |rsvp: &Rsvp| rsvp.sequence.saturating_sub(1);
    if let [(event, rsvp)] = own {
        let (event, sequence) = (facts(event, rsvp), sequence(rsvp));
        return emails::Promoted { event, guests: rsvp.guests, sequence, by_host: false }.into();
    }
    let seat =
        |(event, rsvp): &(Event, Rsvp)| GivenUp { event: facts(event, rsvp), sequence: Some(sequence(rsvp)) };
    SeriesSeats {
        series: slug.clone(),
        title: own.first().map(|(event, _)| event.details.title.clone()).unwrap_or_default(),
        seats: own.iter().map(seat).collect(),
        waits: Vec::new(),
        from_waitlist: true,
    }
    .into()
}
