//! Table `events`: events. `going` and `waiting` count seats in the room, or all seats unless the event is
//! hybrid. `online_going` and `online_waiting` count the online seats of hybrid events.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "events")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    #[sea_orm(unique)]
    pub(crate) slug: String,
    pub(crate) title: String,
    pub(crate) kind: String,
    pub(crate) summary: String,
    pub(crate) description: String,
    pub(crate) place: String,
    pub(crate) join_url: Option<String>,
    pub(crate) starts_wall: DateTime,
    pub(crate) zone: String,
    pub(crate) minutes: i32,
    pub(crate) starts_at: DateTimeUtc,
    pub(crate) ends_at: DateTimeUtc,
    pub(crate) capacity: Option<i32>,
    pub(crate) guests_max: i32,
    pub(crate) opens_wall: Option<DateTime>,
    pub(crate) closes_wall: Option<DateTime>,
    pub(crate) status: String,
    pub(crate) cancel_reason: String,
    pub(crate) host_id: Option<Uuid>,
    pub(crate) going: i32,
    pub(crate) waiting: i32,
    pub(crate) next_waitlist_seq: i64,
    pub(crate) version: i32,
    #[sea_orm(unique)]
    pub(crate) create_key: Option<String>,
    #[sea_orm(unique)]
    pub(crate) import_key: Option<String>,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) updated_at: DateTimeUtc,
    pub(crate) group_id: Option<Uuid>,
    pub(crate) attendee_list: String,
    pub(crate) approval: bool,
    pub(crate) promotion: String,
    pub(crate) hold_minutes: Option<i32>,
    pub(crate) freeze_minutes: Option<i32>,
    pub(crate) online_capacity: Option<i32>,
    pub(crate) online_going: i32,
    pub(crate) online_waiting: i32,
    pub(crate) next_seat_seq: i64,
    pub(crate) cover_name: Option<String>,
    pub(crate) cover_alternative: String,
    pub(crate) parent_id: Option<Uuid>,
    pub(crate) series_id: Option<Uuid>,
    pub(crate) series_number: Option<i32>,
    pub(crate) series_changed: bool,
    pub(crate) series_seats_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::HostId",
        to = "super::member::Column::Id"
    )]
    Host,
    #[sea_orm(has_many = "super::rsvp::Entity")]
    Rsvp,
    #[sea_orm(belongs_to = "super::group::Entity", from = "Column::GroupId", to = "super::group::Column::Id")]
    Group,
}

impl ActiveModelBehavior for ActiveModel {}

impl Related<super::event_cover::Entity> for Entity {
    fn to() -> RelationDef {
        Entity::belongs_to(super::event_cover::Entity)
            .from(Column::Id)
            .to(super::event_cover::Column::EventId)
            .into()
    }
}

impl Related<super::member::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Host.def()
    }
}
