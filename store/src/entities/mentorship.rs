//! Table `mentorships`: pairs where both accepted.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mentorships")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) programme_id: Uuid,
    pub(crate) round_id: Option<Uuid>,
    pub(crate) proposal_id: Option<Uuid>,
    pub(crate) mentee_id: Option<Uuid>,
    pub(crate) mentor_id: Option<Uuid>,
    pub(crate) state: String,
    pub(crate) outcome: Option<String>,
    pub(crate) started_at: DateTimeUtc,
    pub(crate) ends_on: Date,
    pub(crate) ended_at: Option<DateTimeUtc>,
    pub(crate) extension_asked_by: Option<String>,
    pub(crate) extended_at: Option<DateTimeUtc>,
    pub(crate) nudged_at: Option<DateTimeUtc>,
    pub(crate) term_told_at: Option<DateTimeUtc>,
    pub(crate) feedback_released_at: Option<DateTimeUtc>,
    pub(crate) missed_told_at: Option<DateTimeUtc>,
    pub(crate) due_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {
    #[sea_orm(
        belongs_to = "super::mentoring_programme::Entity",
        from = "Column::ProgrammeId",
        to = "super::mentoring_programme::Column::Id"
    )]
    Programme,
    #[sea_orm(
        belongs_to = "super::mentoring_round::Entity",
        from = "Column::RoundId",
        to = "super::mentoring_round::Column::Id"
    )]
    Round,
    #[sea_orm(
        belongs_to = "super::mentoring_proposal::Entity",
        from = "Column::ProposalId",
        to = "super::mentoring_proposal::Column::Id"
    )]
    Proposal,
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::MenteeId",
        to = "super::member::Column::Id"
    )]
    Mentee,
    #[sea_orm(
        belongs_to = "super::member::Entity",
        from = "Column::MentorId",
        to = "super::member::Column::Id"
    )]
    Mentor,
}

impl ActiveModelBehavior for ActiveModel {}

impl Related<super::mentoring_programme::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Programme.def()
    }
}
