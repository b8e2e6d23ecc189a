//! Table `speed_conversations`: who meets whom in which wave of a speed round. Its keys keep anybody from being in two
//! conversations at once, and two people from meeting twice. A wave without a row is a break.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "speed_conversations")]
pub(crate) struct Model {
    pub(crate) round_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) mentee_sign_up_id: Uuid,
    pub(crate) mentor_sign_up_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) wave: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
