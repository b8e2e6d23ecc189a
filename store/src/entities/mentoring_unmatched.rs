//! Table `mentoring_unmatched`: mentees without a mentor in a draft, and the reason.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mentoring_unmatched")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) run_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) mentee_id: Uuid,
    pub(crate) reason: String,
    pub(crate) arguments: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {
    #[sea_orm(
        belongs_to = "super::mentoring_run::Entity",
        from = "Column::RunId",
        to = "super::mentoring_run::Column::Id"
    )]
    Run,
    #[sea_orm(
        belongs_to = "super::mentoring_sign_up::Entity",
        from = "Column::MenteeId",
        to = "super::mentoring_sign_up::Column::Id"
    )]
    Mentee,
}

impl ActiveModelBehavior for ActiveModel {}
