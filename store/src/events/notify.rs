//! Writing to everyone who has a seat or waits, in one pass.

use domain::{
    MemberId, RsvpId,
    emails::{Email, EventFacts},
    events::{Event, Mode, Rsvp},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _,
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

/// What a letter tells one member of an event. Only who comes online is told where to join (A12).
pub(crate) fn facts(event: &Event, answer: &Rsvp) -> EventFacts {
    let mode = if answer.attends_online() { Mode::Online } else { Mode::OnSite };
    facts_as(event, answer.id, mode, answer.seated())
}

/// The same of coming in one way, with a seat or without.
pub(super) fn facts_as(event: &Event, uid: RsvpId, mode: Mode, seated: bool) -> EventFacts {
    let online = mode == Mode::Online;
    EventFacts {
        uid,
        slug: event.slug.clone(),
        title: event.details.title.clone(),
        starts_at: event.starts_at,
        ends_at: event.ends_at,
        zone: event.zone(),
        place: if online { String::new() } else { event.details.place.clone() },
        join_url: event.details.join_url.clone().filter(|_| online && seated),
    }
}

/// What a letter tells of an event to somebody who may not have answered it: not where to join.
pub(crate) fn facts_for_all(event: &Event) -> EventFacts {
    EventFacts {
        uid: RsvpId(Uuid::nil()),
        slug: event.slug.clone(),
        title: event.details.title.clone(),
        starts_at: event.starts_at,
        ends_at: event.ends_at,
        zone: event.zone(),
        place: event.details.place.clone(),
        join_url: None,
    }
}

/// Takes the SEQUENCE of the next calendar object for an answer.
pub(super) fn next_sequence(answer: &mut Rsvp) -> u32 {
    let sequence = answer.sequence;
    answer.sequence += 1;
    sequence
}

/// Writes to everyone who has a seat, waits or asked, and for whom there is a letter. `email` gets the answer and
/// the SEQUENCE of its calendar part, which only those with a seat have. Returns how many people are told.
pub(super) async fn notify_where(
    tx: &Tx,
    event: &Event,
    email: impl Fn(&Rsvp, Option<u32>) -> Option<Email>,
) -> Result<u32, StoreError> {
    let mut told = 0;
    for (row, member) in participants(tx, event).await? {
        let mut answer = rsvp_from_row(row)?;
        let before = answer.sequence;
        let sequence = answer.seated().then(|| next_sequence(&mut answer));
        let Some(email) = email(&answer, sequence) else { continue };
        if answer.sequence != before {
            let row = rsvp::ActiveModel {
                id: Set(answer.id.0),
                sequence: Set(i32::try_from(answer.sequence).unwrap_or(i32::MAX)),
                ..Default::default()
            };
            row.update(tx.db()).await?;
        }
        let Some(to) = member.as_ref().and_then(members::recipient) else { continue };
        outbox::post(tx, Some(MemberId(answer.member.0)), &to, &email).await?;
        told += 1;
    }
    Ok(told)
}

/// The answers of everyone whom a change of an event concerns, each with its member: people who come, wait or
/// asked (C4, C5).
pub(super) async fn participants(
    tx: &Tx,
    event: &Event,
) -> Result<Vec<(rsvp::Model, Option<member::Model>)>, StoreError> {
    Ok(rsvp::Entity::find()
        .filter(rsvp::Column::EventId.eq(event.id.0))
        .filter(takes_part())
        .find_also_related(member::Entity)
        .filter(readers(event.id))
        .order_by_asc(rsvp::Column::Id)
        .all(tx.db())
        .await?)
}

/// How many people a change of an event concerns who can be written to.
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
