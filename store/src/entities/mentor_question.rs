//! Table `mentor_questions`: questions to mentors.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mentor_questions")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) asker_id: Uuid,
    pub(crate) mentor_id: Option<Uuid>,
    pub(crate) topic_id: Uuid,
    pub(crate) text: String,
    pub(crate) free: String,
    pub(crate) state: String,
    pub(crate) picks: i32,
    pub(crate) posted_at: DateTimeUtc,
    pub(crate) expires_at: DateTimeUtc,
    pub(crate) settled_at: Option<DateTimeUtc>,
    pub(crate) create_key: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::AskerId",
        to = "super::member::Column::Id"
    )]
    Asker,
    #[sea_orm(belongs_to = "super::topic::Entity", from = "Column::TopicId", to = "super::topic::Column::Id")]
    Topic,
}

impl ActiveModelBehavior for ActiveModel {}

impl Related<super::topic::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Topic.def()
    }
}
