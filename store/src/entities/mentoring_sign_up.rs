//! Table `mentoring_sign_ups`: sign-ups for a round. A member can be mentee and mentor.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mentoring_sign_ups")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) round_id: Uuid,
    pub(crate) member_id: Uuid,
    pub(crate) role: String,
    pub(crate) state: String,
    pub(crate) goal: String,
    pub(crate) places: i32,
    pub(crate) hours_a_month: i32,
    pub(crate) paused_until: Option<Date>,
    pub(crate) zone: String,
    pub(crate) availability: String,
    pub(crate) consented_at: Option<DateTimeUtc>,
    pub(crate) submitted_at: Option<DateTimeUtc>,
    pub(crate) updated_at: DateTimeUtc,
    pub(crate) is_first: bool,
    pub(crate) missed_proposals: i32,
    pub(crate) no_mentee_told_at: Option<DateTimeUtc>,
    pub(crate) version: i32,
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
        belongs_to = "super::member::Entity",
        from = "Column::MemberId",
        to = "super::member::Column::Id"
    )]
    Member,
}

impl ActiveModelBehavior for ActiveModel {}

impl Related<super::member::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Member.def()
    }
}
