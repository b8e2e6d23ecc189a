//! Table `digest_items`: emails that wait for their recipient's next digest.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "digest_items")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) member_id: Uuid,
    pub(crate) delivery: String,
    pub(crate) payload: String,
    pub(crate) posted_at: DateTimeUtc,
    pub(crate) due_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::MemberId",
        to = "super::member::Column::Id"
    )]
    Member,
    #[sea_orm(
        belongs_to = "super::digest::Entity",
        from = "Column::MemberId",
        to = "super::digest::Column::MemberId"
    )]
    Digest,
}

impl ActiveModelBehavior for ActiveModel {}
