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
    pub(crate) name_audience: String,
    pub(crate) headline_audience: String,
    pub(crate) pronouns_audience: String,
    pub(crate) bio_audience: String,
    pub(crate) picture_audience: String,
    pub(crate) team_audience: String,
    pub(crate) seniority_audience: String,
    pub(crate) disciplines_audience: String,
    pub(crate) topics_audience: String,
    pub(crate) languages_audience: String,
    pub(crate) zone_audience: String,
    pub(crate) links_audience: String,
    pub(crate) events_audience: String,
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
