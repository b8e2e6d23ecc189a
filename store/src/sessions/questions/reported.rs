//! Reported questions.

use domain::{
    Actor, MemberId, SessionQuestionId,
    policy::{Permit, sessions::HideSessionQuestion},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _,
    QueryFilter as _, QuerySelect as _, QueryTrait as _,
};
use uuid::Uuid;

use super::visibility::seen_by;
use crate::{
    StoreError, audit,
    entities::{agenda_session, event, session_question},
    events,
    write::Tx,
};

/// The questions that a reader sees in the sessions of events that they see. Visitors see none.
fn seen_anywhere(actor: &Actor) -> Condition {
    let events = event::Entity::find().select_only().column(event::Column::Id).filter(events::seen_by(actor));
    let sessions = agenda_session::Entity::find()
        .select_only()
        .column(agenda_session::Column::Id)
        .filter(agenda_session::Column::EventId.in_subquery(events.into_query()));
    // No question has the nil ID.
    let none = session_question::Column::Id.eq(Uuid::nil());
    Condition::all()
        .add_option(actor.member().is_none().then_some(none))
        .add(session_question::Column::SessionId.in_subquery(sessions.into_query()))
        .add(seen_by(actor, false))
}

/// The author of a question that somebody wants to report.
///
/// # Errors
/// `NotFound` when the reader does not see it.
pub(crate) async fn find_reported(tx: &Tx, actor: &Actor, id: Uuid) -> Result<Option<MemberId>, StoreError> {
    let row = session_question::Entity::find_by_id(id).filter(seen_anywhere(actor)).one(tx.db()).await?;
    Ok(Some(MemberId(row.ok_or(StoreError::NotFound)?.asker_id)))
}

/// Those of some questions that a reader sees or wrote.
pub(crate) async fn readable(
    db: &impl ConnectionTrait,
    actor: &Actor,
    ids: &[Uuid],
) -> Result<Vec<Uuid>, StoreError> {
    let find = session_question::Entity::find().select_only().column(session_question::Column::Id);
    let find =
        find.filter(session_question::Column::Id.is_in(ids.iter().copied())).filter(seen_anywhere(actor));
    Ok(find.into_tuple().all(db).await?)
}

/// Hides a question for everybody but its author, or shows it again, for reports and their decisions.
pub(crate) async fn set_hidden(
    tx: &Tx,
    permit: &Permit<HideSessionQuestion>,
    id: SessionQuestionId,
    hidden: bool,
) -> Result<(), StoreError> {
    let row = session_question::Entity::find_by_id(id.0).lock_exclusive().one(tx.db()).await?;
    let Some(row) = row.filter(|row| row.hidden_at.is_some() != hidden) else { return Ok(()) };
    let change = session_question::ActiveModel {
        id: Set(row.id),
        hidden_at: Set(hidden.then(|| tx.now())),
        ..Default::default()
    };
    change.update(tx.db()).await?;
    audit::record(tx, permit, if hidden { "session_question.hide" } else { "session_question.show" }, id.0)
        .await
}
