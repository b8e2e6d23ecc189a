//! The order of a waitlist, as a host changes it.

use domain::{
    Refusal,
    events::Rsvp,
    policy::{Permit, events::EditEvent},
};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Set,
    ColumnTrait as _, Condition, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
    sea_query::{Expr, ExprTrait as _},
};

use super::{LockedEvent, count_before, is_waiting};
use crate::{
    StoreError,
    audit::{self, Changes},
    entities::rsvp,
};

impl LockedEvent<'_> {
    /// Moves somebody to a position of their waitlist, from 1. The people between move by one. A position after the end is
    /// the end. Returns the positions before and after. Nobody is emailed, because pages show the position.
    ///
    /// # Errors
    /// `Refused(NotWaiting)` for somebody who is not on the waitlist.
    pub(in crate::events) async fn move_to_position(
        &mut self,
        permit: &Permit<EditEvent>,
        rsvp: &Rsvp,
        position: u32,
    ) -> Result<(u32, u32), StoreError> {
        if !rsvp.is_waiting() {
            return Err(Refusal::NotWaiting.into());
        }
        let was = 1 + count_before(self.tx.db(), rsvp).await?;
        let same_list = Condition::all()
            .add(rsvp::Column::EventId.eq(self.event.id.0))
            .add(rsvp::Column::Mode.eq(rsvp.mode.name()))
            .add(is_waiting());
        let of_list = || rsvp::Entity::find().filter(same_list.clone());
        let count = u32::try_from(of_list().count(self.tx.db()).await?).unwrap_or(u32::MAX);
        // They wait themselves, so the list is not empty.
        let wanted = position.clamp(1, count);
        if wanted == was {
            return Ok((was, was));
        }
        let target: Option<i64> = of_list()
            .select_only()
            .column(rsvp::Column::WaitlistSeq)
            .order_by_asc(rsvp::Column::WaitlistSeq)
            .order_by_asc(rsvp::Column::Id)
            .offset(u64::from(wanted - 1))
            .limit(1)
            .into_tuple()
            .one(self.tx.db())
            .await?;
        let target = target.ok_or(StoreError::NotFound)?;
        let seq = rsvp::Column::WaitlistSeq;
        let (step, between) = match target < rsvp.waitlist_seq {
            true => (1, Condition::all().add(seq.gte(target)).add(seq.lt(rsvp.waitlist_seq))),
            false => (-1, Condition::all().add(seq.gt(rsvp.waitlist_seq)).add(seq.lte(target))),
        };
        rsvp::Entity::update_many()
            .col_expr(seq, Expr::col(seq).add(step))
            .filter(same_list)
            .filter(between)
            .exec(self.tx.db())
            .await?;
        let row = rsvp::ActiveModel { id: Set(rsvp.id.0), waitlist_seq: Set(target), ..Default::default() };
        row.update(self.tx.db()).await?;
        let changes = Changes::default().and("position", &was.to_string(), &wanted.to_string());
        audit::record_changes(self.tx, permit, "rsvp.reorder", rsvp.id.0, changes).await?;
        Ok((was, wanted))
    }
}
