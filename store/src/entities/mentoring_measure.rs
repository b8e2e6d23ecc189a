//! Table `mentoring_measures`: what coordinators did about people who broke the rules.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mentoring_measures")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) programme_id: Uuid,
    pub(crate) member_id: Uuid,
    pub(crate) kind: String,
    pub(crate) reason: String,
    pub(crate) by_id: Option<Uuid>,
    pub(crate) taken_at: DateTimeUtc,
    pub(crate) appeal: Option<String>,
    pub(crate) appealed_at: Option<DateTimeUtc>,
    pub(crate) decided_at: Option<DateTimeUtc>,
    pub(crate) decided_by_id: Option<Uuid>,
    pub(crate) lifted_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {
    #[sea_orm(
        belongs_to = "super::mentoring_programme::Entity",
        from = "Column::ProgrammeId",
        to = "super::mentoring_programme::Column::Id"
    )]
    Programme,
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::MemberId",
        to = "super::member::Column::Id"
    )]
    Member,
    #[sea_orm(belongs_to = "super::member::Entity", from = "Column::ById", to = "super::member::Column::Id")]
    By,
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::DecidedById",
        to = "super::member::Column::Id"
    )]
    DecidedBy,
}

impl ActiveModelBehavior for ActiveModel {}
