//! Seats that are held for visitors who have not confirmed their address (A14).

use domain::events::{Holds, Mode};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QuerySelect as _, QueryTrait as _, Select, sea_query::SelectStatement,
};

use uuid::Uuid;

use super::LockedEvent;
use crate::{
    StoreError,
    entities::{registration, sign_in},
};

/// The sign-ins of an address.
fn sign_ins_of(address_key: &str) -> SelectStatement {
    sign_in::Entity::find()
        .select_only()
        .column(sign_in::Column::Id)
        .filter(sign_in::Column::AddressKey.eq(address_key))
        .into_query()
}

impl LockedEvent<'_> {
    fn held(&self) -> Select<registration::Entity> {
        registration::Entity::find()
            .filter(registration::Column::EventId.eq(self.event.id.0))
            .filter(registration::Column::IsHeld.eq(true))
    }

    /// Counts the seats that are held, in the pool of a mode and for a client network.
    pub(in crate::events) async fn holds(&self, mode: Mode, network: &[u8]) -> Result<Holds, StoreError> {
        let mut in_pool = self.held();
        if self.event.is_hybrid() {
            in_pool = in_pool.filter(registration::Column::Mode.eq(mode.name()));
        }
        let of_network = self.held().filter(registration::Column::NetworkHash.eq(network));
        let number = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
        Ok(Holds {
            in_pool: number(in_pool.count(self.tx.db()).await?),
            of_network: number(of_network.count(self.tx.db()).await?),
            had_one: false,
        })
    }

    /// Adds a registration.
    pub(in crate::events) async fn add_registration(
        &mut self,
        row: registration::ActiveModel,
    ) -> Result<(), StoreError> {
        row.insert(self.tx.db()).await?;
        self.tally = None;
        Ok(())
    }

    /// Gives back the seat that is held for an address. Its links still work. Returns the registration with its mode, if
    /// there was one.
    pub(in crate::events) async fn end_hold(
        &mut self,
        address_key: &str,
    ) -> Result<Option<(Uuid, Mode)>, StoreError> {
        let of_address = registration::Column::Id.in_subquery(sign_ins_of(address_key));
        let held = self.held().filter(of_address.clone()).one(self.tx.db()).await?;
        registration::Entity::update_many()
            .set(registration::ActiveModel { is_held: Set(false), ..Default::default() })
            .filter(registration::Column::EventId.eq(self.event.id.0))
            .filter(of_address)
            .exec(self.tx.db())
            .await?;
        self.tally = None;
        Ok(held.map(|row| (row.id, row.mode.parse().unwrap_or_default())))
    }

    /// Holds the seat of a registration again, which this transaction has just given back.
    pub(in crate::events) async fn hold_again(&mut self, registration: Uuid) -> Result<(), StoreError> {
        let held =
            registration::ActiveModel { id: Set(registration), is_held: Set(true), ..Default::default() };
        held.update(self.tx.db()).await?;
        self.tally = None;
        Ok(())
    }

    /// Removes the registrations that have expired. Returns whether there were any.
    pub(super) async fn expire_registrations(&mut self) -> Result<bool, StoreError> {
        let expired = registration::Entity::delete_many()
            .filter(registration::Column::EventId.eq(self.event.id.0))
            .filter(registration::Column::ExpiresAt.lte(self.now()))
            .exec(self.tx.db())
            .await?;
        if expired.rows_affected == 0 {
            return Ok(false);
        }
        self.tally = None;
        Ok(true)
    }
}
