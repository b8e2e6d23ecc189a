//! Table `group_wants`: how many people of a discipline a group is looking for.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "group_wants")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) group_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) discipline_id: Uuid,
    pub(crate) wanted: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {
    #[sea_orm(
        belongs_to = "super::discipline::Entity",
        from = "Column::DisciplineId",
        to = "super::discipline::Column::Id"
    )]
    Discipline,
}

impl ActiveModelBehavior for ActiveModel {}

impl Related<super::discipline::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Discipline.def()
    }
}
