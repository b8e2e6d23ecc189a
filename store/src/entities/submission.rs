//! Table `submissions`: proposals as they were sent to a call.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "submissions")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) proposal_id: Uuid,
    pub(crate) call_id: Uuid,
    pub(crate) title: String,
    pub(crate) summary: String,
    pub(crate) kind: String,
    pub(crate) minutes: i32,
    pub(crate) language: String,
    pub(crate) notes: String,
    pub(crate) do_not_record: bool,
    pub(crate) state: String,
    pub(crate) decision: Option<String>,
    pub(crate) decided_by_id: Option<Uuid>,
    pub(crate) sent_at: Option<DateTimeUtc>,
    pub(crate) started_at: DateTimeUtc,
    pub(crate) submitted_at: Option<DateTimeUtc>,
    pub(crate) changed_at: DateTimeUtc,
    pub(crate) confirm_by: Option<DateTimeUtc>,
    pub(crate) reminded_at: Option<DateTimeUtc>,
    pub(crate) session_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {
    #[sea_orm(
        belongs_to = "super::proposal::Entity",
        from = "Column::ProposalId",
        to = "super::proposal::Column::Id"
    )]
    Proposal,
    #[sea_orm(belongs_to = "super::call::Entity", from = "Column::CallId", to = "super::call::Column::Id")]
    Call,
}

impl ActiveModelBehavior for ActiveModel {}

impl Related<super::proposal::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Proposal.def()
    }
}

impl Related<super::call::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Call.def()
    }
}
