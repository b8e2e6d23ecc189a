//! Table `mentorship_goals`: the goals of a pair.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mentorship_goals")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) mentorship_id: Uuid,
    pub(crate) title: String,
    pub(crate) why: String,
    pub(crate) evidence: String,
    pub(crate) due_on: Option<Date>,
    pub(crate) progress: i32,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) create_key: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {
    #[sea_orm(
        belongs_to = "super::mentorship::Entity",
        from = "Column::MentorshipId",
        to = "super::mentorship::Column::Id"
    )]
    Mentorship,
}

impl ActiveModelBehavior for ActiveModel {}
