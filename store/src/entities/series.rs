//! Table `series`: events that repeat. Its dates are rows of `events`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "series")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    #[sea_orm(unique)]
    pub(crate) slug: String,
    pub(crate) cadence: String,
    pub(crate) short_month: String,
    pub(crate) first_on: Date,
    pub(crate) times: String,
    pub(crate) until: Option<Date>,
    pub(crate) max_dates: Option<i32>,
    pub(crate) created_dates: i32,
    pub(crate) creates_at: Option<DateTimeUtc>,
    pub(crate) ended_at: Option<DateTimeUtc>,
    pub(crate) created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
