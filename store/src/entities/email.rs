//! Table `emails`: the outbox. `payload` is the email's content as JSON.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "emails")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) member_id: Option<Uuid>,
    pub(crate) kind: String,
    pub(crate) address: String,
    pub(crate) name: String,
    pub(crate) zone: String,
    pub(crate) locale: String,
    pub(crate) payload: String,
    pub(crate) state: String,
    pub(crate) attempts: i32,
    pub(crate) unknowns: i32,
    pub(crate) cause: String,
    pub(crate) posted_at: DateTimeUtc,
    pub(crate) due_at: DateTimeUtc,
    pub(crate) expires_at: Option<DateTimeUtc>,
    pub(crate) settled_at: Option<DateTimeUtc>,
    pub(crate) rsvp_id: Option<Uuid>,
    pub(crate) secret: bool,
    pub(crate) undeliverable: bool,
    pub(crate) priority: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
