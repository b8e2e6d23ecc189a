//! Rows of announcements, and converting them from and to domain values.

use domain::{
    AnnouncementId, Instant, MemberId,
    announcements::{Announcement, AnnouncementState, Segment},
    events::Event,
};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set};

use crate::{StoreError, entities::announcement, secrets, write::Tx};

/// Values of the column `kind`.
pub(super) mod kind {
    pub(in crate::announcements) const MESSAGE: &str = "message";
    pub(in crate::announcements) const NEW_EVENT: &str = "new_event";
}

/// All values of the column `kind`.
pub(crate) const KINDS: [&str; 2] = [kind::MESSAGE, kind::NEW_EVENT];

/// An announcement in the list of its event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnouncementRow {
    /// ID of the announcement.
    pub id: AnnouncementId,
    /// Subject, message, recipients and time.
    pub content: Announcement,
    /// Scheduled, being sent, sent or cancelled.
    pub state: AnnouncementState,
    /// When it will be sent, or was sent.
    pub due_at: Instant,
    /// Number of people it was sent to so far.
    pub sent_to: u32,
    /// Rises with every change. An edit sends the version it is based on.
    pub version: u32,
    /// Who wrote it. Only they choose whether replies reach them. `None` once they are erased.
    pub author: Option<MemberId>,
}

pub(super) fn read_row(row: announcement::Model) -> Result<AnnouncementRow, StoreError> {
    let corrupt = |what: &str| StoreError::Corrupt(format!("announcement {}: unreadable {what}", row.id));
    Ok(AnnouncementRow {
        id: AnnouncementId(row.id),
        state: row.state.parse().map_err(|()| corrupt("state"))?,
        due_at: row.due_at,
        sent_to: u32::try_from(row.sent_count).unwrap_or(0),
        version: u32::try_from(row.version).unwrap_or(0),
        author: row.by_id.map(MemberId),
        content: Announcement {
            segments: segments_of(&row),
            subject: row.subject,
            message: row.message,
            at: row.due_wall,
            shares_address: row.shares_address,
        },
    })
}

pub(super) fn segments_of(row: &announcement::Model) -> Vec<Segment> {
    row.segments.split(' ').filter_map(|name| name.parse().ok()).collect()
}

pub(super) fn new_row(
    tx: &Tx,
    by: Option<MemberId>,
    event: &Event,
    content: &Announcement,
    due_at: Instant,
) -> announcement::ActiveModel {
    announcement::ActiveModel {
        id: Set(secrets::new_id()),
        event_id: Set(event.id.0),
        by_id: Set(by.map(|member| member.0)),
        kind: Set(kind::MESSAGE.to_owned()),
        state: Set(AnnouncementState::Held.name().to_owned()),
        reached: Set(None),
        sent_count: Set(0),
        version: Set(1),
        create_key: Set(None),
        created_at: Set(tx.now()),
        ..content_columns(content, due_at)
    }
}

pub(super) fn content_columns(content: &Announcement, due_at: Instant) -> announcement::ActiveModel {
    let segments: Vec<_> = content.segments.iter().map(|segment| segment.name()).collect();
    announcement::ActiveModel {
        subject: Set(content.subject.clone()),
        message: Set(content.message.clone()),
        segments: Set(segments.join(" ")),
        due_wall: Set(content.at),
        shares_address: Set(content.shares_address),
        due_at: Set(due_at),
        ..Default::default()
    }
}

pub(super) async fn set_state(
    tx: &Tx,
    row: &announcement::Model,
    state: AnnouncementState,
) -> Result<(), StoreError> {
    let change = announcement::ActiveModel {
        id: Set(row.id),
        state: Set(state.name().to_owned()),
        version: Set(row.version + 1),
        ..Default::default()
    };
    change.update(tx.db()).await?;
    Ok(())
}
