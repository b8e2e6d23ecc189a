//! Table `mentorship_feedback`: what the two say about each other at the end.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mentorship_feedback")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) mentorship_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) author_id: Uuid,
    pub(crate) helped: String,
    pub(crate) better: String,
    pub(crate) given_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {
    #[sea_orm(
        belongs_to = "super::mentorship::Entity",
        from = "Column::MentorshipId",
        to = "super::mentorship::Column::Id"
    )]
    Mentorship,
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::AuthorId",
        to = "super::member::Column::Id"
    )]
    Author,
}

impl ActiveModelBehavior for ActiveModel {}
