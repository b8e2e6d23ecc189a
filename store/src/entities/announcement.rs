//! Table `announcements`: emails from hosts and organisers to the people of an event, scheduled or sent.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "announcements")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) event_id: Uuid,
    pub(crate) by_id: Option<Uuid>,
    pub(crate) kind: String,
    pub(crate) subject: String,
    pub(crate) message: String,
    pub(crate) segments: String,
    pub(crate) shares_address: bool,
    pub(crate) state: String,
    pub(crate) due_at: DateTimeUtc,
    pub(crate) due_wall: Option<DateTime>,
    /// The last member that sending has reached. Members are emailed in the order of their ids.
    pub(crate) reached: Option<Uuid>,
    pub(crate) sent_count: i32,
    pub(crate) version: i32,
    #[sea_orm(unique)]
    pub(crate) create_key: Option<String>,
    pub(crate) created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
