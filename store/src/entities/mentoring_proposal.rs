//! Table `mentoring_proposals`: published pairs, and the answers of both people. The ids are those of sign-ups.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mentoring_proposals")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) round_id: Uuid,
    pub(crate) run_id: Uuid,
    pub(crate) mentee_id: Uuid,
    pub(crate) mentor_id: Uuid,
    pub(crate) state: String,
    pub(crate) score: i32,
    pub(crate) topics_part: i32,
    pub(crate) answers_part: i32,
    pub(crate) hours_part: i32,
    pub(crate) other_part: i32,
    pub(crate) own_wish_part: i32,
    pub(crate) overlap_hours: i32,
    pub(crate) mentee_answer: Option<String>,
    pub(crate) mentee_answered_at: Option<DateTimeUtc>,
    pub(crate) mentor_answer: Option<String>,
    pub(crate) mentor_answered_at: Option<DateTimeUtc>,
    pub(crate) proposed_at: DateTimeUtc,
    pub(crate) expires_at: DateTimeUtc,
    pub(crate) reminders_sent: i32,
    pub(crate) settled_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {
    #[sea_orm(
        belongs_to = "super::mentoring_round::Entity",
        from = "Column::RoundId",
        to = "super::mentoring_round::Column::Id"
    )]
    Round,
    #[sea_orm(
        belongs_to = "super::mentoring_run::Entity",
        from = "Column::RunId",
        to = "super::mentoring_run::Column::Id"
    )]
    Run,
    #[sea_orm(
        belongs_to = "super::mentoring_sign_up::Entity",
        from = "Column::MenteeId",
        to = "super::mentoring_sign_up::Column::Id"
    )]
    Mentee,
    #[sea_orm(
        belongs_to = "super::mentoring_sign_up::Entity",
        from = "Column::MentorId",
        to = "super::mentoring_sign_up::Column::Id"
    )]
    Mentor,
}

impl ActiveModelBehavior for ActiveModel {}
