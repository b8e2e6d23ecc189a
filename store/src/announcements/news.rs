//! Planning the news that a group has a new event, and cancelling what is planned for an event.

use domain::{
    EventId, MemberId,
    announcements::{Announcement, AnnouncementState, NEW_EVENT_DELAY, Segment},
    events::{Event, EventStatus},
    policy::{
        Permit,
        events::{EditEvent, PlanCohostNews},
    },
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
    sea_query::Expr,
};
use uuid::Uuid;

use super::rows::{kind, new_row};
use crate::{
    StoreError,
    entities::{announcement, event},
    write::Tx,
};

/// Plans the news that a group has a new event. Runs behind the event's lock.
pub(crate) async fn new_event(
    tx: &Tx,
    permit: &Permit<EditEvent>,
    event: &Event,
    row: &event::Model,
) -> Result<(), StoreError> {
    match row.group_id {
        Some(_) => plan(tx, permit.by(), event, new_event_key(event.id, None)).await,
        None => Ok(()),
    }
}

/// Plans the news for the members of a group that co-hosts an event after it was published (F6).
pub(crate) async fn new_event_of(
    tx: &Tx,
    permit: &Permit<PlanCohostNews>,
    event: &Event,
    group: Uuid,
) -> Result<(), StoreError> {
    match event.status {
        EventStatus::Published => plan(tx, permit.by(), event, new_event_key(event.id, Some(group))).await,
        EventStatus::Draft | EventStatus::Cancelled => Ok(()),
    }
}

/// Key of the news for an event, or for a group that co-hosts it since later. There is one row per key.
fn new_event_key(event: EventId, later_group: Option<Uuid>) -> String {
    let later_group = later_group.map_or_else(String::new, |group| format!(":{group}"));
    format!("new-event:{event}{later_group}")
}

/// The group in the key of news for a later co-host.
pub(super) fn later_group_of(key: &str) -> Option<Uuid> {
    key.strip_prefix("new-event:")?.split_once(':')?.1.parse().ok()
}

async fn plan(tx: &Tx, by: Option<MemberId>, event: &Event, key: String) -> Result<(), StoreError> {
    let empty = Announcement {
        subject: String::new(),
        message: String::new(),
        segments: Vec::new(),
        at: None,
        shares_address: false,
    };
    let existing = announcement::Entity::find().filter(announcement::Column::CreateKey.eq(&key));
    if existing.one(tx.db()).await?.is_some() {
        return Ok(());
    }
    let row = announcement::ActiveModel {
        kind: Set(kind::NEW_EVENT.to_owned()),
        segments: Set(Segment::Unanswered.name().to_owned()),
        create_key: Set(Some(key)),
        ..new_row(tx, by, event, &empty, tx.now() + NEW_EVENT_DELAY)
    };
    row.insert(tx.db()).await?;
    Ok(())
}

/// Cancels everything scheduled for an event, because the event is cancelled.
pub(crate) async fn cancel_scheduled(tx: &Tx, event: EventId) -> Result<(), StoreError> {
    announcement::Entity::update_many()
        .col_expr(announcement::Column::State, Expr::value(AnnouncementState::Cancelled.name()))
        .filter(announcement::Column::EventId.eq(event.0))
        .filter(announcement::Column::State.eq(AnnouncementState::Held.name()))
        .exec(tx.db())
        .await?;
    Ok(())
}
