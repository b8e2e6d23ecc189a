//! Table `agenda_sessions`: the sessions of events' agendas. `content` is the complete session as JSON.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "agenda_sessions")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) event_id: Uuid,
    pub(crate) guid: String,
    pub(crate) day_index: i32,
    pub(crate) day_date: Option<Date>,
    pub(crate) position: i32,
    pub(crate) room_id: Option<Uuid>,
    pub(crate) track_id: Option<Uuid>,
    pub(crate) starts_at: Option<DateTimeUtc>,
    pub(crate) minutes: i32,
    pub(crate) title: String,
    pub(crate) content: String,
    pub(crate) recording: Option<String>,
    pub(crate) workshop_id: Option<Uuid>,
    pub(crate) no_recording: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
