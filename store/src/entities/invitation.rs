//! Table `invitations`: invitations to the community by email. One row for each address.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitations")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) address: String,
    #[sea_orm(unique)]
    pub(crate) address_key: String,
    pub(crate) note: String,
    pub(crate) by_id: Option<Uuid>,
    pub(crate) invited_at: DateTimeUtc,
    pub(crate) sent_at: DateTimeUtc,
    pub(crate) sent: i32,
    pub(crate) expires_at: DateTimeUtc,
    pub(crate) revoked_at: Option<DateTimeUtc>,
    pub(crate) claimed_at: Option<DateTimeUtc>,
    pub(crate) claimed_id: Option<Uuid>,
    pub(crate) link_hash: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {
    #[sea_orm(belongs_to = "super::member::Entity", from = "Column::ById", to = "super::member::Column::Id")]
    By,
}

impl ActiveModelBehavior for ActiveModel {}

impl Related<super::member::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::By.def()
    }
}
