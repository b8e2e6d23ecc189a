//! RSVPs of an event that is no longer hybrid.

use domain::events::{Mode, RsvpState};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::LockedEvent;
use crate::{StoreError, entities::rsvp};

impl LockedEvent<'_> {
    /// Moves every RSVP to the only mode that is left. Everyone keeps their seat (A12).
    pub(in crate::events) async fn collapse_to_one_mode(&mut self) -> Result<(), StoreError> {
        if self.event.is_hybrid() {
            return Ok(());
        }
        self.tally = None;
        let of_event = || rsvp::Entity::update_many().filter(rsvp::Column::EventId.eq(self.event.id.0));
        of_event()
            .set(rsvp::ActiveModel {
                state: Set(RsvpState::Going.name().to_owned()),
                online_meanwhile: Set(false),
                holds_until: Set(None),
                due_at: Set(None),
                ..Default::default()
            })
            .filter(rsvp::Column::OnlineMeanwhile.eq(true))
            .exec(self.tx.db())
            .await?;
        let mode = self.event.effective_mode(Mode::OnSite).name();
        of_event()
            .set(rsvp::ActiveModel { mode: Set(mode.to_owned()), ..Default::default() })
            .filter(rsvp::Column::Mode.ne(mode))
            .exec(self.tx.db())
            .await?;
        Ok(())
    }
}
