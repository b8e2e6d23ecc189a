//! Table `members`: accounts. Most of a member's profile is in `profiles` and its related tables.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "members")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) address: Option<String>,
    #[sea_orm(unique)]
    pub(crate) address_key: Option<String>,
    pub(crate) role: String,
    pub(crate) zone: String,
    pub(crate) locale: String,
    #[sea_orm(unique)]
    pub(crate) demo_key: Option<String>,
    pub(crate) joined_at: DateTimeUtc,
    /// The Monday of the last email with the kudos of the week. At first the day of joining.
    pub(crate) kudos_week: Date,
    /// Whether the member wants to be on the list of people whom most others thanked.
    pub(crate) on_kudos_board: bool,
    pub(crate) headline: String,
    /// Equal for names that readers would confuse. See `domain::text::lookalike_key`.
    pub(crate) lookalike_key: String,
    /// The name with the handle, for a member whose name looks like an admin's. Others see it instead of the
    /// name.
    pub(crate) distinct_name: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
