//! Table `event_questions`: what organisers ask people who register.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event_questions")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) event_id: Uuid,
    pub(crate) position: i32,
    pub(crate) text: String,
    pub(crate) kind: String,
    pub(crate) options: String,
    pub(crate) required: bool,
    pub(crate) version: i32,
    pub(crate) origin: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
