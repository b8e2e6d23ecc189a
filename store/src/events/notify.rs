//! Emails to everyone who takes part in an event.

use domain::{
    EventId, MemberId, RsvpId,
    emails::{Email, EventFacts},
    events::{Event, Mode, Rsvp},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, SelectTwo,
};

use uuid::Uuid;

use super::{
    rows::{rsvp_from_row, takes_part},
    visibility::readers,
};
use crate::{
    StoreError,
    entities::{member, rsvp},
    members, outbox,
    write::Tx,
};

/// What an email says about an event to one member. Only people who join online get the link (A12).
pub(crate) fn facts(event: &Event, rsvp: &Rsvp) -> EventFacts {
    let mode = if rsvp.attends_online() { Mode::Online } else { Mode::OnSite };
    facts_as(event, rsvp.id, mode, rsvp.is_seated())
}

/// Like `facts`, for a given mode, with or without a seat.
pub(super) fn facts_as(event: &Event, uid: RsvpId, mode: Mode, seated: bool) -> EventFacts {
    let online = mode == Mode::Online;
    EventFacts {
        uid,
        slug: event.slug.clone(),
        cover: event.generated_cover().name(),
        title: event.details.title.clone(),
        starts_at: event.starts_at,
        ends_at: event.ends_at,
        zone: event.zone(),
        place: if online { String::new() } else { event.details.place.clone() },
        join_url: event.details.join_url.clone().filter(|_| online && seated),
    }
}

/// What an email says about an event to people who may have no RSVP. It leaves out the link to join.
pub(crate) fn facts_for_all(event: &Event) -> EventFacts {
    EventFacts {
        uid: RsvpId(Uuid::nil()),
        slug: event.slug.clone(),
        cover: event.generated_cover().name(),
        title: event.details.title.clone(),
        starts_at: event.starts_at,
        ends_at: event.ends_at,
        zone: event.zone(),
        place: event.details.place.clone(),
        join_url: None,
    }
}

/// Takes the SEQUENCE for the next calendar part of an RSVP.
pub(super) fn next_sequence(rsvp: &mut Rsvp) -> u32 {
    let sequence = rsvp.sequence;
    rsvp.sequence += 1;
    sequence
}

/// Emails everyone who takes part, where `email` returns one. It gets the RSVP and the SEQUENCE of the calendar
/// part, which only people with a seat have. Returns how many people are emailed.
pub(super) async fn notify_where(
    tx: &Tx,
    event: &Event,
    email: impl Fn(&Rsvp, Option<u32>) -> Option<Email>,
) -> Result<u32, StoreError> {
    let mut notified = 0;
    for (row, member) in participants(tx, event).await? {
        let mut rsvp = rsvp_from_row(row)?;
        let before = rsvp.sequence;
        let sequence = rsvp.is_seated().then(|| next_sequence(&mut rsvp));
        let Some(email) = email(&rsvp, sequence) else { continue };
        if rsvp.sequence != before {
            let row = rsvp::ActiveModel {
                id: Set(rsvp.id.0),
                sequence: Set(i32::try_from(rsvp.sequence).unwrap_or(i32::MAX)),
                ..Default::default()
            };
            row.update(tx.db()).await?;
        }
        let Some(to) = member.as_ref().and_then(members::recipient) else { continue };
        outbox::post(tx, Some(MemberId(rsvp.member.0)), &to, &email).await?;
        notified += 1;
    }
    Ok(notified)
}

/// The RSVPs of everyone who takes part and may still see the event, each with its member (C4, C5).
pub(super) async fn participants(
    tx: &Tx,
    event: &Event,
) -> Result<Vec<(rsvp::Model, Option<member::Model>)>, StoreError> {
    Ok(participants_query(event.id).all(tx.db()).await?)
}

/// Those of [`participants`] that are among these members.
pub(super) async fn participants_among(
    tx: &Tx,
    event: &Event,
    members: &[Uuid],
) -> Result<Vec<(rsvp::Model, Option<member::Model>)>, StoreError> {
    let among = rsvp::Column::MemberId.is_in(members.iter().copied());
    Ok(participants_query(event.id).filter(among).all(tx.db()).await?)
}

fn participants_query(event: EventId) -> SelectTwo<rsvp::Entity, member::Entity> {
    rsvp::Entity::find()
        .filter(rsvp::Column::EventId.eq(event.0))
        .filter(takes_part())
        .find_also_related(member::Entity)
        .filter(readers(event))
        .order_by_asc(rsvp::Column::Id)
}

/// How many people take part who have an email address and may see the event.
pub(super) async fn count_participants(tx: &Tx, event: &Event) -> Result<u32, StoreError> {
    let reached = rsvp::Entity::find()
        .filter(rsvp::Column::EventId.eq(event.id.0))
        .filter(takes_part())
        .inner_join(member::Entity)
        .filter(member::Column::Address.is_not_null())
        .filter(readers(event.id))
        .count(tx.db())
        .await?;
    Ok(u32::try_from(reached).unwrap_or(u32::MAX))
}
