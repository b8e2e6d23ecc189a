//! Table `mentoring_preferences`: wishes, and people whom somebody would rather not or never be matched with. Private to
//! the author of the sign-up.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mentoring_preferences")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) sign_up_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) member_id: Uuid,
    pub(crate) kind: String,
    pub(crate) position: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {
    #[sea_orm(
        belongs_to = "super::mentoring_sign_up::Entity",
        from = "Column::SignUpId",
        to = "super::mentoring_sign_up::Column::Id"
    )]
    SignUp,
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::MemberId",
        to = "super::member::Column::Id"
    )]
    Member,
}

impl ActiveModelBehavior for ActiveModel {}

impl Related<super::mentoring_sign_up::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::SignUp.def()
    }
}
