//! Table `reports`: reports by members, with their decisions and appeals.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reports")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    pub(crate) record_id: Uuid,
    pub(crate) message: String,
    pub(crate) reporter_id: Option<Uuid>,
    pub(crate) about_id: Option<Uuid>,
    pub(crate) state: String,
    pub(crate) reported_at: DateTimeUtc,
    pub(crate) decision: String,
    pub(crate) reason: String,
    pub(crate) decided_by_id: Option<Uuid>,
    pub(crate) decided_at: Option<DateTimeUtc>,
    pub(crate) appeal: String,
    pub(crate) appealed_by_id: Option<Uuid>,
    pub(crate) appealed_at: Option<DateTimeUtc>,
    pub(crate) closed_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
