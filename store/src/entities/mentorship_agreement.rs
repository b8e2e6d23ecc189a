//! Table `mentorship_agreements`: what a pair agreed on.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mentorship_agreements")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) mentorship_id: Uuid,
    pub(crate) cadence: String,
    pub(crate) channel: String,
    pub(crate) confidentiality: String,
    pub(crate) ending: String,
    pub(crate) mentee_agreed_at: Option<DateTimeUtc>,
    pub(crate) mentor_agreed_at: Option<DateTimeUtc>,
    pub(crate) version: i32,
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
