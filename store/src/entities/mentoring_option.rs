//! Table `mentoring_options`: the options of a question.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mentoring_options")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) question_id: Uuid,
    pub(crate) position: i32,
    pub(crate) text: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {
    #[sea_orm(
        belongs_to = "super::mentoring_question::Entity",
        from = "Column::QuestionId",
        to = "super::mentoring_question::Column::Id"
    )]
    Question,
}

impl ActiveModelBehavior for ActiveModel {}
