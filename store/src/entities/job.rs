//! Table `jobs`: background work. `payload` is what the job needs to know, as JSON.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jobs")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    pub(crate) key: String,
    pub(crate) subject_id: Option<Uuid>,
    pub(crate) payload: String,
    pub(crate) state: String,
    pub(crate) due_at: Option<DateTimeUtc>,
    pub(crate) attempts: i32,
    pub(crate) claims: i32,
    pub(crate) run_again: bool,
    pub(crate) progress: Option<i32>,
    pub(crate) total: Option<i32>,
    pub(crate) last_error: String,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) started_at: Option<DateTimeUtc>,
    pub(crate) finished_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
