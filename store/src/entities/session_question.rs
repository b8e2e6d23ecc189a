//! Table `session_questions`: questions to the speakers of a session.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session_questions")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) session_id: Uuid,
    pub(crate) asker_id: Uuid,
    pub(crate) text: String,
    pub(crate) state: String,
    pub(crate) votes: i32,
    pub(crate) written_at: DateTimeUtc,
    pub(crate) changed_at: DateTimeUtc,
    pub(crate) hidden_at: Option<DateTimeUtc>,
    pub(crate) create_key: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
