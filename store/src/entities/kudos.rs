//! Table `kudos`: kudos from a member. `hidden_at` is set when an admin has hidden them, `retracted_at` when the
//! giver has retracted them, and `posted_at` when they were posted to the community's chat. `text_key` is a hash of the
//! text, which finds identical ones.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "kudos")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) from_id: Uuid,
    pub(crate) text: String,
    pub(crate) text_key: String,
    pub(crate) visibility: String,
    pub(crate) team_id: Option<Uuid>,
    pub(crate) event_id: Option<Uuid>,
    pub(crate) session_id: Option<Uuid>,
    pub(crate) given_at: DateTimeUtc,
    pub(crate) edited_at: Option<DateTimeUtc>,
    pub(crate) retracted_at: Option<DateTimeUtc>,
    pub(crate) hidden_at: Option<DateTimeUtc>,
    pub(crate) posted_at: Option<DateTimeUtc>,
    pub(crate) create_key: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::FromId",
        to = "super::member::Column::Id"
    )]
    From,
    #[sea_orm(belongs_to = "super::team::Entity", from = "Column::TeamId", to = "super::team::Column::Id")]
    Team,
    #[sea_orm(belongs_to = "super::event::Entity", from = "Column::EventId", to = "super::event::Column::Id")]
    Event,
}

impl ActiveModelBehavior for ActiveModel {}
