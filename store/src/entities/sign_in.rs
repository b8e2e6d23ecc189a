//! Table `sign_ins`: sign-ins by email that wait for their link or code.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_ins")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) address: String,
    pub(crate) address_key: String,
    pub(crate) browser_hash: Vec<u8>,
    #[sea_orm(unique)]
    pub(crate) link_hash: Vec<u8>,
    pub(crate) code_hash: Vec<u8>,
    pub(crate) attempts: i32,
    pub(crate) next: String,
    pub(crate) zone: String,
    pub(crate) locale: String,
    pub(crate) requested_at: DateTimeUtc,
    pub(crate) expires_at: DateTimeUtc,
    pub(crate) used_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
