//! What may wait for a member, asked with one query. The home page reads only the lists that may hold something, and
//! most members have none of them.

use domain::Actor;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait as _, EntityTrait, FromQueryResult as _, QueryFilter as _,
    QuerySelect as _, QueryTrait as _,
    sea_query::{Alias, Expr, Query},
};
use uuid::Uuid;

use crate::{
    Store, StoreError,
    entities::{
        call_reviewer, event_cohost, mentor_question, mentor_request, mentoring_sign_up, mentorship,
        proposal, proposal_speaker, speaker_link,
    },
};

/// The lists in which something may wait for a member. A list can be empty although it is named here, because its own
/// function also checks what the member may see, and whether it is still in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sea_orm::FromQueryResult)]
pub struct MayWait {
    /// Proposals of mentors or mentees, and sign-ups for mentoring that were not sent.
    pub sign_ups: bool,
    /// Mentorships.
    pub pairs: bool,
    /// Requests for mentoring.
    pub requests: bool,
    /// Questions to mentors.
    pub questions: bool,
    /// Sessions whose speaker the member may be.
    pub speakers: bool,
    /// Invitations to host an event with others.
    pub cohosting: bool,
    /// Own proposals for talks, invitations to speak with others, and calls to review.
    pub calls: bool,
}

/// The lists in which something may wait for the reader. None for visitors.
///
/// # Errors
/// `Unavailable` or `Corrupt` when the database does not answer.
pub async fn may_wait(store: &Store, actor: &Actor) -> Result<MayWait, StoreError> {
    let Some(me) = actor.member() else { return Ok(MayWait::default()) };
    let any = |conditions: Vec<Expr>| conditions.into_iter().fold(Condition::any(), Condition::add);
    let mut select = Query::select();
    for (name, conditions) in [
        ("sign_ups", vec![has::<mentoring_sign_up::Entity>(mentoring_sign_up::Column::MemberId, me.0)]),
        (
            "pairs",
            vec![
                has::<mentorship::Entity>(mentorship::Column::MenteeId, me.0),
                has::<mentorship::Entity>(mentorship::Column::MentorId, me.0),
            ],
        ),
        ("requests", vec![has::<mentor_request::Entity>(mentor_request::Column::ToId, me.0)]),
        (
            "questions",
            vec![
                has::<mentor_question::Entity>(mentor_question::Column::AskerId, me.0),
                has::<mentor_question::Entity>(mentor_question::Column::MentorId, me.0),
            ],
        ),
        ("speakers", vec![has::<speaker_link::Entity>(speaker_link::Column::MemberId, me.0)]),
        ("cohosting", vec![has::<event_cohost::Entity>(event_cohost::Column::MemberId, me.0)]),
        (
            "calls",
            vec![
                has::<proposal::Entity>(proposal::Column::SpeakerId, me.0),
                has::<proposal_speaker::Entity>(proposal_speaker::Column::MemberId, me.0),
                has::<call_reviewer::Entity>(call_reviewer::Column::MemberId, me.0),
            ],
        ),
    ] {
        select.expr_as(any(conditions), Alias::new(name));
    }
    let row = store.db().query_one(&select).await?;
    let row = row.ok_or_else(|| StoreError::Corrupt("a SELECT without a row".to_owned()))?;
    Ok(MayWait::from_query_result(&row, "")?)
}

/// Whether a table has a row of the member in this column.
fn has<E: EntityTrait>(column: E::Column, me: Uuid) -> Expr {
    let row = E::find().select_only().expr(Expr::value(1)).filter(column.eq(me));
    Expr::exists(row.into_query())
}
