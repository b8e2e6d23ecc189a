//! Table `drafts`: contents of forms that did not pass. `member_id` is null for anonymous browsers.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "drafts")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) owner: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) form: String,
    pub(crate) member_id: Option<Uuid>,
    pub(crate) content: String,
    pub(crate) expires_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
