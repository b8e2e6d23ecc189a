//! Table `comments`: comments below records of other features. A deleted comment keeps its row, because replies may
//! follow it.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "comments")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    pub(crate) target_id: Uuid,
    /// The comment that this one replies to, which is never a reply itself.
    pub(crate) parent_id: Option<Uuid>,
    /// `None` when the author's account is deleted.
    pub(crate) author_id: Option<Uuid>,
    pub(crate) text: String,
    pub(crate) written_at: DateTimeUtc,
    pub(crate) edited_at: Option<DateTimeUtc>,
    pub(crate) deleted_at: Option<DateTimeUtc>,
    pub(crate) hidden_at: Option<DateTimeUtc>,
    /// When an organiser pinned it.
    pub(crate) pinned_at: Option<DateTimeUtc>,
    /// When an organiser removed it.
    pub(crate) removed_at: Option<DateTimeUtc>,
    pub(crate) removed_by_id: Option<Uuid>,
    pub(crate) removed_reason: Option<String>,
    /// How many of the members whom it mentions get an email.
    pub(crate) mention_emails: i32,
    pub(crate) create_key: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
