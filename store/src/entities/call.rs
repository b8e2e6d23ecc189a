//! Table `calls`: calls for proposals.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "calls")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) slug: String,
    pub(crate) event_id: Option<Uuid>,
    pub(crate) group_id: Option<Uuid>,
    pub(crate) opened_by_id: Option<Uuid>,
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) kinds: String,
    pub(crate) zone: String,
    pub(crate) closes_at: Option<DateTimeUtc>,
    pub(crate) is_anonymous: bool,
    pub(crate) opened_at: DateTimeUtc,
    pub(crate) create_key: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
