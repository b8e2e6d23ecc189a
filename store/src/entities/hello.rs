//! Table `hellos`: what members write to people whose address they do not know.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "hellos")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) from_id: Uuid,
    pub(crate) to_id: Uuid,
    pub(crate) text: String,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) answered_at: Option<DateTimeUtc>,
    #[sea_orm(unique)]
    pub(crate) create_key: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
