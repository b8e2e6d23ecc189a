//! Who may ask questions in a session and moderate them (D14), and who adds slides and a recording (D8). Whether somebody sees the session decides its event.

use super::{
    Own, Relation, actions, active, for_every_member,
    reports::{DecideReports, ReportContent},
    steps,
};
use crate::Role;

actions! {
    /// Ask a question to the speakers of a session, and vote for one.
    AskInSession(SessionRelation) = may_take_part;
    /// Delete one's own question.
    WithdrawSessionQuestion(Own) = for_every_member;
    /// Hide questions, mark them as answered, and open and close asking in a session.
    ModerateSessionQuestions(SessionRelation) = may_run;
    /// Add and remove slides and the link to a recording, and say that the session must not be recorded.
    AddMaterial(SessionRelation) = may_run;
    /// Take back that a speaker does not want to be recorded.
    AllowRecordingAgain(SessionRelation) = may_allow_again;
}

steps! {
    /// Hide a question from everybody, or show it again: while a report waits, and as it is decided.
    HideSessionQuestion: ReportContent, DecideReports;
}

/// The actor's relation to a session that they see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionRelation {
    /// The actor may edit the event of the session, and does not speak in it.
    Organises,
    /// The actor confirmed that they are a speaker of the session (M28), whether they organise the event or not.
    Speaks,
    /// The actor sees the session, and no more.
    Other,
}

impl Relation for SessionRelation {
    const ALL: &'static [Self] = &[Self::Organises, Self::Speaks, Self::Other];
}

fn may_take_part(role: Role, relation: SessionRelation) -> bool {
    match relation {
        SessionRelation::Organises | SessionRelation::Speaks | SessionRelation::Other => active(role),
    }
}

fn may_run(role: Role, relation: SessionRelation) -> bool {
    match relation {
        SessionRelation::Organises | SessionRelation::Speaks => active(role),
        SessionRelation::Other => false,
    }
}

fn may_allow_again(role: Role, relation: SessionRelation) -> bool {
    match relation {
        SessionRelation::Speaks => active(role),
        SessionRelation::Organises | SessionRelation::Other => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns: member, organiser, administrator, suspended. Each with `organises speaks other`.
    #[test]
    fn the_table_is_as_reviewed() {
        assert_eq!(
            table(),
            "AskInSession: yyy yyy yyy ---\n\
             WithdrawSessionQuestion: y y y y\n\
             ModerateSessionQuestions: yy- yy- yy- ---\n\
             AddMaterial: yy- yy- yy- ---\n\
             AllowRecordingAgain: -y- -y- -y- ---\n"
        );
    }
}
