//! Table `mentoring_decisions`: pairs that a coordinator pinned or forbade.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mentoring_decisions")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) round_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) mentee_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) mentor_id: Uuid,
    pub(crate) kind: String,
    pub(crate) by_id: Option<Uuid>,
    pub(crate) at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {
    #[sea_orm(
        belongs_to = "super::mentoring_round::Entity",
        from = "Column::RoundId",
        to = "super::mentoring_round::Column::Id"
    )]
    Round,
    #[sea_orm(
        belongs_to = "super::mentoring_sign_up::Entity",
        from = "Column::MenteeId",
        to = "super::mentoring_sign_up::Column::Id"
    )]
    Mentee,
    #[sea_orm(
        belongs_to = "super::mentoring_sign_up::Entity",
        from = "Column::MentorId",
        to = "super::mentoring_sign_up::Column::Id"
    )]
    Mentor,
    #[sea_orm(belongs_to = "super::member::Entity", from = "Column::ById", to = "super::member::Column::Id")]
    By,
}

impl ActiveModelBehavior for ActiveModel {}
