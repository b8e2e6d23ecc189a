//! Table `settings`: one row with the community's settings.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "settings")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: i32,
    pub(crate) community: String,
    pub(crate) sign_up: String,
    pub(crate) demo: bool,
    pub(crate) setup_hash: Option<Vec<u8>>,
    pub(crate) tagline: String,
    pub(crate) version: i32,
    pub(crate) organisers_invite: bool,
    pub(crate) kudos_board: bool,
    pub(crate) colour: String,
    pub(crate) logo: Option<String>,
    pub(crate) has_conduct: bool,
    pub(crate) keep_emails_days: i32,
    pub(crate) keep_sign_ins_days: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
