//! Table `mentorship_meetings`: the meetings of a pair.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mentorship_meetings")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) mentorship_id: Uuid,
    pub(crate) state: String,
    pub(crate) asked_by: String,
    pub(crate) minutes: i32,
    pub(crate) place: String,
    pub(crate) starts_at: Option<DateTimeUtc>,
    pub(crate) time_1: Option<DateTimeUtc>,
    pub(crate) time_2: Option<DateTimeUtc>,
    pub(crate) time_3: Option<DateTimeUtc>,
    pub(crate) sequence: i32,
    pub(crate) is_late: bool,
    pub(crate) missed_by: Option<String>,
    pub(crate) proposed_at: DateTimeUtc,
    pub(crate) settled_at: Option<DateTimeUtc>,
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
