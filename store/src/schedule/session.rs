//! One session of an event's agenda.

use domain::{Actor, Slug, agenda::SessionSpan, events::Event, speakers::SpeakerLinkState};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use uuid::Uuid;

use super::{
    agenda::{AgendaItem, scheduled},
    saved::saved_with_clashes,
    speakers::{SessionSpeaker, speakers},
};
use crate::{Store, StoreError, entities::agenda_session, events};

/// A session with its event.
#[derive(Clone, Debug)]
pub struct SessionPage {
    /// The event, without the link to join.
    pub event: Event,
    /// Whether the reader may set the session's topics, stages and disciplines.
    pub may_edit: bool,
    /// The session as in the agenda.
    pub item: AgendaItem,
    /// Its speakers, in the order of the agenda.
    pub speakers: Vec<SessionSpeaker>,
    /// Whether the reader saved it for their own agenda.
    pub is_saved: bool,
    /// Sessions that the reader saved and that overlap with this one, with their titles.
    pub clashes: Vec<(Uuid, String)>,
}

impl SessionPage {
    /// Whether the reader confirmed that they are one of its speakers (M28).
    #[must_use]
    pub fn is_speaker(&self) -> bool {
        let links = self.speakers.iter().filter_map(|speaker| speaker.link.as_ref());
        links.into_iter().any(|link| link.is_me && link.state == SpeakerLinkState::Confirmed)
    }
}

/// The page of a session.
///
/// # Errors
/// `NotFound` when there is no such session, or the reader may not see its event.
pub async fn session(store: &Store, actor: &Actor, slug: &Slug, id: Uuid) -> Result<SessionPage, StoreError> {
    let (event, may_edit) = events::seen(store.db(), actor, slug).await?;
    let row = agenda_session::Entity::find_by_id(id)
        .filter(agenda_session::Column::EventId.eq(event.id.0))
        .filter(scheduled())
        .one(store.db())
        .await?
        .ok_or(StoreError::NotFound)?;
    let item = AgendaItem::new(&row, &mut events::about_each(store.db(), event.id.0).await?)?;
    let speakers = speakers(store.db(), actor, id, may_edit).await?;
    let span = SessionSpan::of(id, &item.session);
    let (is_saved, clashes) = saved_with_clashes(store.db(), actor, event.id, span).await?;
    Ok(SessionPage { event, may_edit, item, speakers, is_saved, clashes })
}
