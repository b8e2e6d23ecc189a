//! Table `mentoring_round_emails`: emails of coordinators to people of a round.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mentoring_round_emails")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) round_id: Uuid,
    pub(crate) by_id: Option<Uuid>,
    pub(crate) audience: String,
    pub(crate) text: String,
    pub(crate) state: String,
    pub(crate) due_at: DateTimeUtc,
    pub(crate) people: i32,
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
}

impl ActiveModelBehavior for ActiveModel {}
