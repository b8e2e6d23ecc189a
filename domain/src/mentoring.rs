//! Mentoring: programmes, rounds, sign-ups, proposals and mentorships (M1 to M26).

mod states;

pub use states::{
    Answer, DecisionKind, MentorshipState, PreferenceKind, ProposalState, RoundState, RunOrder, RunStage,
    RunState, SignUpRole, SignUpState,
};
