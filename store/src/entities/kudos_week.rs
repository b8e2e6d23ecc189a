//! Table `kudos_weeks`: how far the email with the kudos of the last week came in each time zone.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "kudos_weeks")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) zone: String,
    /// The Monday on which it was last sent.
    pub(crate) week: Date,
    /// The last member who was considered.
    pub(crate) after_id: Option<Uuid>,
    pub(crate) is_done: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
