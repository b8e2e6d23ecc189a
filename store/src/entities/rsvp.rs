//! Table `rsvps`: at most one RSVP for each member and event. The fields of `domain::events::Rsvp` explain the
//! columns.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rsvps")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) event_id: Uuid,
    pub(crate) member_id: Uuid,
    pub(crate) state: String,
    pub(crate) guests: i32,
    pub(crate) waitlist_seq: i64,
    pub(crate) sequence: i32,
    pub(crate) answered_at: DateTimeUtc,
    pub(crate) hidden: bool,
    pub(crate) mode: String,
    pub(crate) guests_waiting: i32,
    pub(crate) online_meanwhile: bool,
    pub(crate) seat_seq: i64,
    pub(crate) holds_until: Option<DateTimeUtc>,
    pub(crate) fewer_offer_until: Option<DateTimeUtc>,
    pub(crate) fewer_offer_seats: i32,
    pub(crate) skips: i32,
    pub(crate) message: String,
    pub(crate) due_at: Option<DateTimeUtc>,
    pub(crate) no_show_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::MemberId",
        to = "super::member::Column::Id"
    )]
    Member,
    #[sea_orm(belongs_to = "super::event::Entity", from = "Column::EventId", to = "super::event::Column::Id")]
    Event,
}

impl ActiveModelBehavior for ActiveModel {}

impl Related<super::member::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Member.def()
    }
}

impl Related<super::event::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Event.def()
    }
}
