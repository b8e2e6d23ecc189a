//! Table `speed_rounds`: hours in which mentees meet several mentors, one after another.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "speed_rounds")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) programme_id: Uuid,
    pub(crate) title: String,
    pub(crate) about: String,
    pub(crate) place: String,
    pub(crate) starts_at: DateTimeUtc,
    pub(crate) waves: i32,
    pub(crate) minutes: i32,
    pub(crate) state: String,
    pub(crate) planned_at: Option<DateTimeUtc>,
    pub(crate) plan_digest: Option<String>,
    pub(crate) version: i32,
    pub(crate) create_key: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {
    #[sea_orm(
        belongs_to = "super::mentoring_programme::Entity",
        from = "Column::ProgrammeId",
        to = "super::mentoring_programme::Column::Id"
    )]
    Programme,
}

impl ActiveModelBehavior for ActiveModel {}

impl Related<super::mentoring_programme::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Programme.def()
    }
}
