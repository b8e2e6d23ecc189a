//! Table `mentoring_pairs`: the pairs of a draft. The ids are those of sign-ups.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mentoring_pairs")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) run_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) mentee_id: Uuid,
    pub(crate) mentor_id: Uuid,
    pub(crate) score: i32,
    pub(crate) topics_part: i32,
    pub(crate) answers_part: i32,
    pub(crate) hours_part: i32,
    pub(crate) other_part: i32,
    pub(crate) own_wish_part: i32,
    pub(crate) overlap_hours: i32,
    pub(crate) is_kept: bool,
    pub(crate) is_pinned: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {
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
