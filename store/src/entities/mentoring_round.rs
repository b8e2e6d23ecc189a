//! Table `mentoring_rounds`: rounds of a programme.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mentoring_rounds")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    #[sea_orm(unique)]
    pub(crate) slug: String,
    pub(crate) programme_id: Uuid,
    pub(crate) name: String,
    pub(crate) state: String,
    pub(crate) sign_up_closes_at: DateTimeUtc,
    pub(crate) starts_on: Date,
    pub(crate) ends_on: Date,
    pub(crate) seed: i64,
    pub(crate) review_sent_at: Option<DateTimeUtc>,
    pub(crate) published_at: Option<DateTimeUtc>,
    pub(crate) rematch_at: Option<DateTimeUtc>,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) version: i32,
    #[sea_orm(unique)]
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
