//! Table `mentoring_guides`: the guide of a programme for first meetings.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mentoring_guides")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) programme_id: Uuid,
    pub(crate) text: String,
    pub(crate) updated_at: DateTimeUtc,
    pub(crate) version: i32,
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
