//! Table `mentor_question_replies`: the conversations about questions to mentors.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mentor_question_replies")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) question_id: Uuid,
    pub(crate) author_id: Uuid,
    pub(crate) pick: i32,
    pub(crate) text: String,
    pub(crate) written_at: DateTimeUtc,
    pub(crate) create_key: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {
    #[sea_orm(
        belongs_to = "super::mentor_question::Entity",
        from = "Column::QuestionId",
        to = "super::mentor_question::Column::Id"
    )]
    Question,
}

impl ActiveModelBehavior for ActiveModel {}
