//! Table `mentoring_runs`: runs of the solver. Each makes a draft.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mentoring_runs")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) round_id: Uuid,
    pub(crate) number: i32,
    pub(crate) state: String,
    pub(crate) run_order: String,
    pub(crate) stage: Option<String>,
    pub(crate) started_by_id: Option<Uuid>,
    pub(crate) started_at: DateTimeUtc,
    pub(crate) finished_at: Option<DateTimeUtc>,
    pub(crate) seed: i64,
    pub(crate) input_digest: Option<String>,
    pub(crate) instance_digest: Option<String>,
    pub(crate) figures: Option<String>,
    pub(crate) certificate: Option<String>,
    pub(crate) verified_at: Option<DateTimeUtc>,
    pub(crate) pricing: Option<String>,
    pub(crate) added_pairs: Option<String>,
    pub(crate) error: Option<String>,
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
        from = "Column::StartedById",
        to = "super::member::Column::Id"
    )]
    StartedBy,
}

impl ActiveModelBehavior for ActiveModel {}
