//! Table `agenda_releases`: the releases of agendas. They are never changed.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "agenda_releases")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) event_id: Uuid,
    pub(crate) number: i32,
    pub(crate) is_import: bool,
    pub(crate) released_by_id: Option<Uuid>,
    pub(crate) released_at: DateTimeUtc,
    pub(crate) note: String,
    pub(crate) content: String,
    pub(crate) digest: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
