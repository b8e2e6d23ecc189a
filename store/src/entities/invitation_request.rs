//! Table `invitation_requests`: requests for an invitation, from people without an account.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitation_requests")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) address: String,
    #[sea_orm(unique)]
    pub(crate) address_key: String,
    pub(crate) name: String,
    pub(crate) reason: String,
    pub(crate) state: String,
    pub(crate) requested_at: DateTimeUtc,
    pub(crate) decided_at: Option<DateTimeUtc>,
    pub(crate) decided_by_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
