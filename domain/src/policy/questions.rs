//! Who may ask a question to mentors, read it, pick it and answer it (M27).

use super::{NoRelation, Relation, actions, active, steps};
use crate::Role;

actions! {
    /// Ask a question.
    AskQuestion(NoRelation) = may_ask;
    /// Read a question. Mentors who have not picked it read it only while it waits in the queue.
    SeeQuestion(QuestionRelation) = may_see;
    /// Read the conversation about it.
    ReadReplies(QuestionRelation) = may_read_replies;
    /// Pick a question.
    PickQuestion(QuestionRelation) = may_pick;
    /// Write in the conversation about it.
    ReplyToQuestion(QuestionRelation) = may_reply;
    /// Close one's own question, put it back into the queue, or withdraw it.
    SettleQuestion(QuestionRelation) = may_settle;
    /// Walk away from a question. Suspended mentors can, so that nobody waits for them.
    LeaveQuestion(QuestionRelation) = may_leave;
}

steps! {
    /// Save where a question is.
    SaveQuestionState: LeaveQuestion, SettleQuestion;
}

/// The actor's relation to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuestionRelation {
    /// The actor asked it.
    Asker,
    /// The actor has picked it.
    Mentor,
    /// The actor's profile says that they teach a topic, and nobody blocked the other.
    Teacher,
    /// Everybody else: other members, line managers, organisers and administrators.
    Other,
}

impl Relation for QuestionRelation {
    const ALL: &'static [Self] = &[Self::Asker, Self::Mentor, Self::Teacher, Self::Other];
}

use QuestionRelation::{Asker, Mentor, Other, Teacher};

fn may_ask(role: Role, NoRelation: NoRelation) -> bool {
    active(role)
}

fn may_see(role: Role, relation: QuestionRelation) -> bool {
    match relation {
        Asker | Mentor => true,
        Teacher => active(role),
        Other => false,
    }
}

fn may_read_replies(_: Role, relation: QuestionRelation) -> bool {
    match relation {
        Asker | Mentor => true,
        Teacher | Other => false,
    }
}

fn may_pick(role: Role, relation: QuestionRelation) -> bool {
    match relation {
        Mentor | Teacher => active(role),
        Asker | Other => false,
    }
}

fn may_reply(role: Role, relation: QuestionRelation) -> bool {
    match relation {
        Asker | Mentor => active(role),
        Teacher | Other => false,
    }
}

fn may_settle(role: Role, relation: QuestionRelation) -> bool {
    match relation {
        Asker => active(role),
        Mentor | Teacher | Other => false,
    }
}

fn may_leave(_: Role, relation: QuestionRelation) -> bool {
    match relation {
        Mentor => true,
        Asker | Teacher | Other => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns: member, organiser, administrator, suspended. Each with `asker mentor teacher other`.
    #[test]
    fn the_table_is_as_reviewed() {
        assert_eq!(
            table(),
            "AskQuestion: y y y -\n\
             SeeQuestion: yyy- yyy- yyy- yy--\n\
             ReadReplies: yy-- yy-- yy-- yy--\n\
             PickQuestion: -yy- -yy- -yy- ----\n\
             ReplyToQuestion: yy-- yy-- yy-- ----\n\
             SettleQuestion: y--- y--- y--- ----\n\
             LeaveQuestion: -y-- -y-- -y-- -y--\n"
        );
    }
}
