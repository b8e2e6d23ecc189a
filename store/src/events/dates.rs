//! A new date of a series: an event that copies another one (B7).

use domain::{
    Instant, MemberId,
    events::{Event, EventDetails},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _, QuerySelect as _,
};
use uuid::Uuid;

use super::{
    change::free_slug,
    questions::copy_questions,
    rows::{event_from_row, set_details},
};
use crate::{
    StoreError, audit,
    entities::{event, event_cover, event_subject, group, series_rsvp},
    search, secrets,
    write::Tx,
};

/// An event with the slug of its group.
pub(crate) async fn event_with_group(
    db: &impl ConnectionTrait,
    row: event::Model,
) -> Result<Event, StoreError> {
    let group = match row.group_id {
        Some(id) => {
            group::Entity::find_by_id(id).one(db).await?.and_then(|row| domain::Slug::parse(&row.slug))
        }
        None => None,
    };
    event_from_row(row, group)
}

/// When registration for an event opens. `None` for an event without such a time.
pub(crate) fn opens_at(details: &EventDetails) -> Option<Instant> {
    details.opens.map(|wall| details.zone.resolve(wall).at)
}

/// Inserts a date of a series with these details. Host, state, cover and topics are those of `copied`. Nobody is
/// emailed, because a series would send many emails at once. The caller has the series' lock.
pub(crate) async fn insert_date(
    tx: &Tx,
    by: Option<MemberId>,
    copied: &event::Model,
    details: &EventDetails,
    (series, number): (Uuid, i32),
) -> Result<(), StoreError> {
    let title = format!("{} {}", details.title, details.starts.date());
    let slug = free_slug(tx, &title, details.group.as_ref()).await?;
    let id = secrets::new_id();
    // A member who asks for a seat later marks the drafts, and takes seats at the other dates.
    let standing = series_rsvp::Entity::find().filter(series_rsvp::Column::SeriesId.eq(series));
    let has_standing = standing.limit(1).one(tx.db()).await?.is_some();
    let mut row = event::ActiveModel {
        id: Set(id),
        slug: Set(slug.to_string()),
        status: Set(copied.status.clone()),
        cancel_reason: Set(String::new()),
        host_id: Set(copied.host_id),
        going: Set(0),
        waiting: Set(0),
        next_waitlist_seq: Set(1),
        online_going: Set(0),
        online_waiting: Set(0),
        next_seat_seq: Set(1),
        version: Set(1),
        create_key: Set(None),
        import_key: Set(None),
        created_at: Set(tx.now()),
        cover_name: Set(copied.cover_name.clone()),
        cover_alternative: Set(copied.cover_alternative.clone()),
        series_id: Set(Some(series)),
        series_number: Set(Some(number)),
        series_changed: Set(false),
        series_seats_at: Set(has_standing.then(|| opens_at(details).unwrap_or_default().max(tx.now()))),
        ..Default::default()
    };
    set_details(tx, &mut row, details).await?;
    let row = row.insert(tx.db()).await?;
    if let Some(cover) = event_cover::Entity::find_by_id(copied.id).one(tx.db()).await? {
        let mut cover = cover.into_active_model().reset_all();
        cover.event_id = Set(id);
        event_cover::Entity::insert(cover).exec_without_returning(tx.db()).await?;
    }
    copy_questions(tx, copied.id, id).await?;
    let subjects = event_subject::Entity::find()
        .filter(event_subject::Column::EventId.eq(copied.id))
        .filter(event_subject::Column::SessionId.is_null())
        .all(tx.db())
        .await?;
    for subject in subjects {
        let mut subject = subject.into_active_model().reset_all();
        subject.id = Set(secrets::new_id());
        subject.event_id = Set(id);
        subject.insert(tx.db()).await?;
    }
    search::event(tx, &row).await?;
    audit::record_by(tx, by, "event.create", Some(id)).await
}
