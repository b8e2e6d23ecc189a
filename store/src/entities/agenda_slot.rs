//! Table `agenda_slots`: where the drafts of agendas have their sessions.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "agenda_slots")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) session_id: Uuid,
    pub(crate) event_id: Uuid,
    pub(crate) room_id: Option<Uuid>,
    pub(crate) starts_at: Option<DateTimeUtc>,
    pub(crate) minutes: i32,
    pub(crate) revision: i32,
    pub(crate) changed_by_id: Option<Uuid>,
    pub(crate) changed_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
