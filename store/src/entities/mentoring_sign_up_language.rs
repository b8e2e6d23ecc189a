//! Table `mentoring_sign_up_languages`: the languages of a sign-up, as BCP 47 tags.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mentoring_sign_up_languages")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) sign_up_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) tag: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {
    #[sea_orm(
        belongs_to = "super::mentoring_sign_up::Entity",
        from = "Column::SignUpId",
        to = "super::mentoring_sign_up::Column::Id"
    )]
    SignUp,
}

impl ActiveModelBehavior for ActiveModel {}
