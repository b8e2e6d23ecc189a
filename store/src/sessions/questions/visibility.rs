//! Who sees which questions, as a condition over the table `session_questions`. Who sees the session is asked before.

use domain::{Actor, sessions::SessionQuestionState};
use sea_orm::{ColumnTrait as _, Condition, sea_query::Expr};

use crate::{blocks::hidden_from, entities::session_question, members};

/// The questions that a reader of a session sees: their own, and those of others that are not hidden. A moderator also
/// sees those that speakers and organisers hid. Nobody sees questions of a member when there is a block between the two.
pub(super) fn seen_by(actor: &Actor, moderates: bool) -> Condition {
    let own = actor.member().map(|me| session_question::Column::AskerId.eq(me.0));
    let asker = || Expr::col((session_question::Entity, session_question::Column::AskerId));
    let is_shown = session_question::Column::State.ne(SessionQuestionState::Hidden.name());
    let of_others = Condition::all()
        .add(session_question::Column::HiddenAt.is_null())
        .add_option((!moderates).then_some(is_shown))
        .add(hidden_from(actor, asker()))
        .add(session_question::Column::AskerId.not_in_subquery(members::suspended()));
    Condition::any().add_option(own).add(of_others)
}
