//! Table `kudos_feed`: what happened to kudos, numbered in the order of the commits. Open walls follow it.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "kudos_feed")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) seq: i64,
    pub(crate) kudos_id: Option<Uuid>,
    /// The member whose walls load again.
    pub(crate) reader_id: Option<Uuid>,
    pub(crate) kind: String,
    pub(crate) at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
