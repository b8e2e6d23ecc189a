//! Seats from the waitlist that several dates of a series give or offer at once, such as when all of them get more seats.
//! Their members get one email about all their dates when the change is done (A5, A8, B5).

use std::collections::BTreeMap;

use domain::{
    Slug,
    emails::{self, Email, GivenUp, Offer, SeriesSeats},
    events::{Event, EventStatus, Rsvp, RsvpState},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _, sea_query::OnConflict,
};
use uuid::Uuid;

use super::{
    notify::{facts, facts_as, participants_among},
    questions,
    rows::{locked, rsvp_from_row},
};
use crate::{
    StoreError,
    entities::{event, member, rsvp, series_edit, series_promotion},
    members, outbox,
    write::Tx,
};

/// What a member got at the dates.
#[derive(Default)]
struct Got {
    member: Option<member::Model>,
    /// Seats, each with its date.
    seats: Vec<(Event, Rsvp)>,
    /// Seats that are held.
    offers: Vec<Offer>,
}

/// How many members are told in one transaction. It has the locks of their dates, and RSVPs wait for it.
const MEMBERS_AT_ONCE: u64 = 40;

/// Notes that a member got a seat or an offer, if several dates of the series are being changed. Returns whether they are told later.
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
    let mut all: BTreeMap<Uuid, Got> = BTreeMap::new();
    for (date, promoted) in dates {
        let Some((event, _)) = locked(tx, event::Column::Id.eq(date)).await? else { continue };
        if event.status != EventStatus::Published || tx.now() >= event.ends_at {
            continue;
        }
        for (row, to) in participants_among(tx, &event, &members).await? {
            let rsvp = rsvp_from_row(row)?;
            if !promoted.contains(&rsvp.id.0) {
                continue;
            }
            let held_until = rsvp.holds_until.filter(|until| *until > tx.now());
            match (rsvp.state, held_until) {
                (RsvpState::Going, _) => {
                    let got = all.entry(rsvp.member.0).or_default();
                    got.member = to;
                    got.seats.push((event.clone(), rsvp));
                }
                (RsvpState::Offered, Some(until)) => {
                    let questions = questions::is_missing(tx.db(), event.id.0, rsvp.member).await?;
                    // The link to join is for people with a seat.
                    let wanted = facts_as(&event, rsvp.id, rsvp.mode, false);
                    let got = all.entry(rsvp.member.0).or_default();
                    got.member = to;
                    got.offers.push(Offer { event: wanted, guests: rsvp.guests, until, questions });
                }
                _ => {}
            }
        }
    }
    for mut got in all.into_values() {
        let Some(member) = got.member.take() else { continue };
        let Some(to) = members::recipient(&member) else { continue };
        outbox::post(tx, Some(domain::MemberId(member.id)), &to, &email(slug, got)).await?;
    }
    series_promotion::Entity::delete_many()
        .filter(series_promotion::Column::RsvpId.is_in(rsvps.iter().map(|rsvp| rsvp.id)))
        .exec(tx.db())
        .await?;
    Ok(true)
}

/// About one date as usual, about several dates in one email.
fn email(slug: &Slug, mut got: Got) -> Email {
    // The promotion took the last SEQUENCE.
    let sequence = |rsvp: &Rsvp| rsvp.sequence.saturating_sub(1);
    got.seats.sort_by_key(|(event, _)| event.starts_at);
    got.offers.sort_by_key(|offer| offer.event.starts_at);
    match (got.seats.as_slice(), got.offers.as_slice()) {
        ([(event, rsvp)], []) => {
            let (event, sequence) = (facts(event, rsvp), sequence(rsvp));
            return emails::Promoted { event, guests: rsvp.guests, sequence, by_host: false }.into();
        }
        ([], [offer]) => return offer.clone().into(),
        _ => {}
    }
    let title = got.seats.first().map(|(event, _)| event.details.title.clone());
    let title = title.or_else(|| got.offers.first().map(|offer| offer.event.title.clone()));
    let seat =
        |(event, rsvp): &(Event, Rsvp)| GivenUp { event: facts(event, rsvp), sequence: Some(sequence(rsvp)) };
    SeriesSeats {
        series: slug.clone(),
        title: title.unwrap_or_default(),
        seats: got.seats.iter().map(seat).collect(),
        waits: Vec::new(),
        offers: got.offers,
        from_waitlist: true,
    }
    .into()
}
