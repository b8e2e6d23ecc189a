//! Who may work in a mentorship, and who may look after the pairs of a programme.

use super::{
    NoRelation, Own, Relation, actions, active, for_active_members, for_every_member,
    mentoring::ProgrammeRelation, steps,
};
use crate::Role;

actions! {
    /// Read a mentorship: its agreement, goals, meetings, notes, messages and feedback.
    SeeMentorship(PairRelation) = may_see;
    /// Change a mentorship: agree, meet, write, answer, pause and finish.
    WorkInMentorship(PairRelation) = may_work;
    /// Leave a mentorship. Suspended members can, so that nobody waits for them.
    LeaveMentorship(PairRelation) = may_see;
    /// See how the pairs of a programme are: their pulses, missed meetings and long silences. Never what they write.
    SeePairs(ProgrammeRelation) = for_coordinators;
    /// Warn, pause and exclude people of a programme, and decide their appeals.
    TakeMeasures(ProgrammeRelation) = for_coordinators;
    /// Read a measure about oneself, and appeal against it.
    AppealMeasure(Own) = for_every_member;
    /// Write the guide for first meetings of a programme.
    EditGuide(ProgrammeRelation) = for_coordinators;
    /// Ask a mentor directly.
    RequestMentor(NoRelation) = may_request;
    /// Answer a direct request, or withdraw one's own.
    AnswerRequest(Own) = for_active_members;
}

steps! {
    /// Save a step of a mentorship to another state.
    SaveStep: WorkInMentorship, LeaveMentorship, TakeMeasures;
}

/// The actor's relation to a mentorship.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PairRelation {
    /// The actor is one of the two, and neither has blocked the other.
    OneOfTwo,
    /// Everybody else: other members, mentors of other pairs, coordinators, line managers, organisers and
    /// administrators.
    Other,
}

impl Relation for PairRelation {
    const ALL: &'static [Self] = &[Self::OneOfTwo, Self::Other];
}

fn may_see(_: Role, relation: PairRelation) -> bool {
    match relation {
        PairRelation::OneOfTwo => true,
        PairRelation::Other => false,
    }
}

fn may_work(role: Role, relation: PairRelation) -> bool {
    match relation {
        PairRelation::OneOfTwo => active(role),
        PairRelation::Other => false,
    }
}

fn for_coordinators(role: Role, relation: ProgrammeRelation) -> bool {
    match relation {
        ProgrammeRelation::Coordinator => active(role),
        ProgrammeRelation::Other => false,
    }
}

fn may_request(role: Role, NoRelation: NoRelation) -> bool {
    active(role)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns: member, organiser, administrator, suspended. For a mentorship, each with `one-of-two other`. For a
    /// programme, each with `coordinator other`.
    #[test]
    fn the_table_is_as_reviewed() {
        assert_eq!(
            table(),
            "SeeMentorship: y- y- y- y-\n\
             WorkInMentorship: y- y- y- --\n\
             LeaveMentorship: y- y- y- y-\n\
             SeePairs: y- y- y- --\n\
             TakeMeasures: y- y- y- --\n\
             AppealMeasure: y y y y\n\
             EditGuide: y- y- y- --\n\
             RequestMentor: y y y -\n\
             AnswerRequest: y y y -\n"
        );
    }
}
