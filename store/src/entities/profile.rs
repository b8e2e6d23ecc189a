//! Table `profiles`: one row for each member.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "profiles")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) member_id: Uuid,
    #[sea_orm(unique)]
    pub(crate) slug: String,
    pub(crate) pronouns: String,
    pub(crate) bio: String,
    pub(crate) seniority: Option<String>,
    pub(crate) team_id: Option<Uuid>,
    pub(crate) manager_id: Option<Uuid>,
    pub(crate) see_name: String,
    pub(crate) see_headline: String,
    pub(crate) see_pronouns: String,
    pub(crate) see_bio: String,
    pub(crate) see_picture: String,
    pub(crate) see_team: String,
    pub(crate) see_seniority: String,
    pub(crate) see_disciplines: String,
    pub(crate) see_topics: String,
    pub(crate) see_languages: String,
    pub(crate) see_zone: String,
    pub(crate) see_links: String,
    pub(crate) see_events: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::MemberId",
        to = "super::member::Column::Id"
    )]
    Member,
    #[sea_orm(belongs_to = "super::team::Entity", from = "Column::TeamId", to = "super::team::Column::Id")]
    Team,
}

impl ActiveModelBehavior for ActiveModel {}

impl Related<super::member::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Member.def()
    }
}

impl Related<super::team::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Team.def()
    }
}
