//! Table `mentoring_programmes`: programmes, with the weights and rules of their matching.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mentoring_programmes")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    #[sea_orm(unique)]
    pub(crate) slug: String,
    pub(crate) name: String,
    pub(crate) purpose: String,
    pub(crate) group_id: Option<Uuid>,
    pub(crate) topics_weight: i32,
    pub(crate) answers_weight: i32,
    pub(crate) wishes_weight: i32,
    pub(crate) hours_weight: i32,
    pub(crate) seniority_weight: i32,
    pub(crate) language_weight: i32,
    pub(crate) variety_weight: i32,
    pub(crate) min_overlap_hours: i32,
    pub(crate) min_seniority_gap: Option<i32>,
    pub(crate) max_seniority_gap: Option<i32>,
    pub(crate) same_team_allowed: bool,
    pub(crate) load: i32,
    pub(crate) cool_down_rounds: i32,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) archived_at: Option<DateTimeUtc>,
    pub(crate) version: i32,
    #[sea_orm(unique)]
    pub(crate) create_key: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {
    #[sea_orm(belongs_to = "super::group::Entity", from = "Column::GroupId", to = "super::group::Column::Id")]
    Group,
}

impl ActiveModelBehavior for ActiveModel {}
