//! Table `blocks`: which member has blocked which.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "blocks")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) by_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) blocked_id: Uuid,
    pub(crate) since: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::BlockedId",
        to = "super::member::Column::Id"
    )]
    Blocked,
}

impl ActiveModelBehavior for ActiveModel {}

impl Related<super::member::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Blocked.def()
    }
}
