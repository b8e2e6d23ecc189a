//! Table `kudos_praised_values`: the values that kudos praise.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "kudos_praised_values")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) kudos_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) value_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {
    #[sea_orm(
        belongs_to = "super::kudos_value::Entity",
        from = "Column::ValueId",
        to = "super::kudos_value::Column::Id"
    )]
    Value,
}

impl ActiveModelBehavior for ActiveModel {}
