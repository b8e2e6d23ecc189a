//! Table `teams`: teams. `parent_id` is null at the top of the tree.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "teams")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    #[sea_orm(unique)]
    pub(crate) slug: String,
    pub(crate) name: String,
    pub(crate) parent_id: Option<Uuid>,
    pub(crate) purpose: String,
    pub(crate) created_at: DateTimeUtc,
    #[sea_orm(unique)]
    pub(crate) create_key: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
