//! Table `mentoring_answers`: answers to the questions of a programme.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mentoring_answers")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) sign_up_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) question_id: Uuid,
    pub(crate) option_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {
    #[sea_orm(
        belongs_to = "super::mentoring_sign_up::Entity",
        from = "Column::SignUpId",
        to = "super::mentoring_sign_up::Column::Id"
    )]
    SignUp,
    #[sea_orm(
        belongs_to = "super::mentoring_question::Entity",
        from = "Column::QuestionId",
        to = "super::mentoring_question::Column::Id"
    )]
    Question,
    #[sea_orm(
        belongs_to = "super::mentoring_option::Entity",
        from = "Column::OptionId",
        to = "super::mentoring_option::Column::Id"
    )]
    Option,
}

impl ActiveModelBehavior for ActiveModel {}
