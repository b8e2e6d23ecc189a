//! Table `groups`: groups. `archived_at` is null for active ones.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "groups")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    #[sea_orm(unique)]
    pub(crate) slug: String,
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) purpose: String,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) description: String,
    pub(crate) visibility: String,
    pub(crate) joining: String,
    pub(crate) goal: String,
    pub(crate) out_of_scope: String,
    pub(crate) ends_on: Option<Date>,
    /// The name of the picture in `group_covers`.
    pub(crate) cover_name: Option<String>,
    pub(crate) cover_alternative: String,
    pub(crate) version: i32,
    pub(crate) archived_at: Option<DateTimeUtc>,
    #[sea_orm(unique)]
    pub(crate) create_key: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
