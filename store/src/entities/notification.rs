//! Table `notifications`: what a member finds on the portal, whatever they chose for their emails.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notifications")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) member_id: Uuid,
    /// The kind of the email about the same thing.
    pub(crate) kind: String,
    /// A path, relative to the portal.
    pub(crate) link: String,
    pub(crate) created_at: DateTimeUtc,
    pub(crate) read_at: Option<DateTimeUtc>,
    /// Whether the member turned its category off. Such a row is never shown. It counts for limits of emails.
    pub(crate) muted: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::MemberId",
        to = "super::member::Column::Id"
    )]
    Member,
}

impl ActiveModelBehavior for ActiveModel {}
