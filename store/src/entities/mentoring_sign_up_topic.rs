//! Table `mentoring_sign_up_topics`: the topics that a mentee wants and that a mentor teaches.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mentoring_sign_up_topics")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) sign_up_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) topic_id: Uuid,
    pub(crate) position: i32,
    pub(crate) confidence: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {
    #[sea_orm(
        belongs_to = "super::mentoring_sign_up::Entity",
        from = "Column::SignUpId",
        to = "super::mentoring_sign_up::Column::Id"
    )]
    SignUp,
    #[sea_orm(belongs_to = "super::topic::Entity", from = "Column::TopicId", to = "super::topic::Column::Id")]
    Topic,
}

impl ActiveModelBehavior for ActiveModel {}

impl Related<super::topic::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Topic.def()
    }
}
