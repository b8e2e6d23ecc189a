//! Table `member_disciplines`: the disciplines on members' profiles.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "member_disciplines")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) member_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) discipline_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::MemberId",
        to = "super::member::Column::Id"
    )]
    Member,
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
