//! Table `series_edits`: changes of several dates of a series, which a job makes one by one.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "series_edits")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) series_id: Uuid,
    pub(crate) member_id: Option<Uuid>,
    pub(crate) kind: String,
    pub(crate) edited_number: i32,
    pub(crate) from_number: i32,
    pub(crate) details_before: String,
    pub(crate) details_after: String,
    pub(crate) reason: String,
    pub(crate) position: i32,
    pub(crate) done_dates: i32,
    pub(crate) total_dates: i32,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) finished_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
