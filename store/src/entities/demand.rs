//! Table `demands`: what members want to learn.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "demands")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) asker_id: Option<Uuid>,
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) group_id: Option<Uuid>,
    pub(crate) topic_id: Option<Uuid>,
    pub(crate) place: String,
    pub(crate) city: String,
    pub(crate) state: String,
    pub(crate) supporters: i32,
    pub(crate) event_id: Option<Uuid>,
    pub(crate) posted_at: DateTimeUtc,
    pub(crate) changed_at: Option<DateTimeUtc>,
    pub(crate) hidden_at: Option<DateTimeUtc>,
    pub(crate) create_key: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
