//! Table `kudos`: kudos between members. `hidden_at` is set when an admin has hidden them.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "kudos")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) from_id: Uuid,
    pub(crate) to_id: Uuid,
    pub(crate) value_id: Uuid,
    pub(crate) text: String,
    pub(crate) event_id: Option<Uuid>,
    pub(crate) given_at: DateTimeUtc,
    pub(crate) hidden_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::FromId",
        to = "super::member::Column::Id"
    )]
    From,
    #[sea_orm(belongs_to = "super::member::Entity", from = "Column::ToId", to = "super::member::Column::Id")]
    To,
    #[sea_orm(
        belongs_to = "super::kudos_value::Entity",
        from = "Column::ValueId",
        to = "super::kudos_value::Column::Id"
    )]
    Value,
}

impl ActiveModelBehavior for ActiveModel {}
