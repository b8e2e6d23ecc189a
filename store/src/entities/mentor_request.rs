//! Table `mentor_requests`: direct requests to mentors.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mentor_requests")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) round_id: Uuid,
    pub(crate) kind: String,
    pub(crate) from_id: Uuid,
    pub(crate) to_id: Uuid,
    pub(crate) sentence: String,
    pub(crate) state: String,
    pub(crate) note: String,
    pub(crate) requested_at: DateTimeUtc,
    pub(crate) expires_at: DateTimeUtc,
    pub(crate) settled_at: Option<DateTimeUtc>,
    pub(crate) create_key: Option<String>,
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
        from = "Column::FromId",
        to = "super::member::Column::Id"
    )]
    From,
    #[sea_orm(belongs_to = "super::member::Entity", from = "Column::ToId", to = "super::member::Column::Id")]
    To,
}

impl ActiveModelBehavior for ActiveModel {}
