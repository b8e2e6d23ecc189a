//! Table `registrations`: visitors who registered for an event, until their links expire.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "registrations")]
pub(crate) struct Model {
    /// The id of the sign-in that confirms it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) event_id: Uuid,
    pub(crate) name: String,
    pub(crate) mode: String,
    pub(crate) network_hash: Vec<u8>,
    /// Whether a seat is held, and so counts as taken.
    pub(crate) is_held: bool,
    pub(crate) expires_at: DateTimeUtc,
    /// When the visitor got what they registered for. The link gives it only once.
    pub(crate) confirmed_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {
    #[sea_orm(belongs_to = "super::event::Entity", from = "Column::EventId", to = "super::event::Column::Id")]
    Event,
}

impl ActiveModelBehavior for ActiveModel {}

impl Related<super::event::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Event.def()
    }
}
