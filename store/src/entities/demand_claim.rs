//! Table `demand_claims`: who offered to teach it.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "demand_claims")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) demand_id: Uuid,
    pub(crate) member_id: Uuid,
    pub(crate) note: String,
    pub(crate) group_id: Option<Uuid>,
    pub(crate) claimed_at: DateTimeUtc,
    pub(crate) declined_group_id: Option<Uuid>,
    pub(crate) declined_by_id: Option<Uuid>,
    pub(crate) declined_note: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
