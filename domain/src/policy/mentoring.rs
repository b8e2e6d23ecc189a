//! Who may set up mentoring, coordinate its rounds, sign up, and read sign-ups.

use super::{NoRelation, Own, Relation, actions, active, for_active_members, for_every_member, steps};
use crate::Role;

actions! {
    /// Create a mentoring programme. Its creator becomes its first coordinator.
    CreateProgramme(NoRelation) = may_create;
    /// Change a programme's texts, questions, weights and rules.
    EditProgramme(ProgrammeRelation) = may_edit;
    /// Choose the coordinators of a programme.
    ChooseCoordinators(ProgrammeRelation) = may_edit;
    /// Create, open and close rounds, see who signed up, invite people, and match them. Administrators can't, because
    /// sign-ups contain goals: they become coordinators first, which the programme's page and the audit log show.
    CoordinateRound(ProgrammeRelation) = may_coordinate;
    /// Save and submit one's own sign-up.
    SignUp(Own) = for_active_members;
    /// Take one's own sign-up back.
    WithdrawSignUp(Own) = for_every_member;
    /// Read a sign-up: its goal, its topics, answers and hours. Preferences are never part of it.
    SeeSignUp(SignUpRelation) = may_see_sign_up;
    /// Answer a proposal to oneself, and see it.
    AnswerProposal(Own) = for_active_members;
}

steps! {
    /// Save the questions and their options.
    SaveQuestions: CreateProgramme, EditProgramme;
    /// Save a coordinator.
    SaveCoordinator: CreateProgramme, ChooseCoordinators;
    /// Save a sign-up: its author, or a coordinator who imports it.
    SaveSignUp: SignUp, CoordinateRound;
}

/// The actor's relation to a programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProgrammeRelation {
    /// The actor is a coordinator of the programme.
    Coordinator,
    /// The actor is not.
    Other,
}

impl Relation for ProgrammeRelation {
    const ALL: &'static [Self] = &[Self::Coordinator, Self::Other];
}

/// The actor's relation to a sign-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignUpRelation {
    /// It is the actor's own.
    Own,
    /// The actor coordinates its programme.
    Coordinator,
    /// The actor is a mentor to whom its author was proposed, and the proposal was not declined, withdrawn or
    /// expired.
    ProposedMentor,
    /// Everybody else: other members, line managers, organisers and administrators.
    Other,
}

impl Relation for SignUpRelation {
    const ALL: &'static [Self] = &[Self::Own, Self::Coordinator, Self::ProposedMentor, Self::Other];
}

fn may_create(role: Role, NoRelation: NoRelation) -> bool {
    match role {
        Role::Organiser | Role::Administrator => true,
        Role::Member | Role::Suspended => false,
    }
}

fn may_edit(role: Role, relation: ProgrammeRelation) -> bool {
    use ProgrammeRelation::{Coordinator, Other};
    match (role, relation) {
        (Role::Administrator, Coordinator | Other) => true,
        (Role::Member | Role::Organiser, Coordinator) => true,
        (Role::Member | Role::Organiser, Other) => false,
        (Role::Suspended, Coordinator | Other) => false,
    }
}

fn may_coordinate(role: Role, relation: ProgrammeRelation) -> bool {
    match relation {
        ProgrammeRelation::Coordinator => active(role),
        ProgrammeRelation::Other => false,
    }
}

fn may_see_sign_up(role: Role, relation: SignUpRelation) -> bool {
    use SignUpRelation::{Coordinator, Other, Own, ProposedMentor};
    match relation {
        Own => true,
        Coordinator | ProposedMentor => active(role),
        Other => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns: member, organiser, administrator, suspended. For a programme, each with `coordinator other`. For a
    /// sign-up, each with `own coordinator proposed-mentor other`.
    #[test]
    fn the_table_is_as_reviewed() {
        assert_eq!(
            table(),
            "CreateProgramme: - y y -\n\
             EditProgramme: y- y- yy --\n\
             ChooseCoordinators: y- y- yy --\n\
             CoordinateRound: y- y- y- --\n\
             SignUp: y y y -\n\
             WithdrawSignUp: y y y y\n\
             SeeSignUp: yyy- yyy- yyy- y---\n\
             AnswerProposal: y y y -\n"
        );
    }
}
