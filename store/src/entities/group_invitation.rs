//! Table `group_invitations`: invitations to a group, to a member or to an email address.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "group_invitations")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) group_id: Uuid,
    pub(crate) member_id: Option<Uuid>,
    pub(crate) address: Option<String>,
    pub(crate) address_key: Option<String>,
    pub(crate) invited_by: Option<Uuid>,
    pub(crate) invited_at: DateTimeUtc,
    pub(crate) expires_at: DateTimeUtc,
    pub(crate) link_hash: Option<String>,
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

impl Related<super::member::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Member.def()
    }
}
